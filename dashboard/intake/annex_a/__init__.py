"""The child-level lists that Ofsted asks for before an inspection (Annex A): counted, and forgotten.

What goes in is a row for every child; what comes out is numbers of children. No id, date of birth, postcode
or name leaves `read`: not in a figure, a finding, a question or an exception.
"""

from dashboard.intake.annex_a.reading import read

__all__ = ["KIND", "SUFFIXES", "TITLE", "read"]

KIND = "annex-a"
TITLE = "Ofsted's child-level lists (Annex A), with or without a list of home districts"
SUFFIXES = (".xlsx",)
