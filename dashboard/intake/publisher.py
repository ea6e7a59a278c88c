"""Who publishes the council's own figures."""

from dashboard.areas import Areas


def name_publisher(areas: Areas) -> str:
    """The council, as `areas.csv` names it among the other names of the county; else the county."""
    named = (alias for alias in areas.county.aliases if "council" in alias.lower())
    return next(named, areas.county.name)
