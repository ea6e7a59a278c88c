"""Bringing figures in: one reader for each kind of file, found in this folder and not listed.

A reader is a module (or a package) with KIND, what it is called on the command line; TITLE, what it reads, in
words; SUFFIXES, how such files end; and `read(files, given)`, which returns a `Reading` and never raises for
what is in a file: all that is odd becomes a finding, all at once.
"""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from dashboard.intake.readings import Given, Question, Reading, make_figures

__all__ = ["Given", "Question", "Reader", "Reading", "find_readers", "make_figures"]


class Reader(Protocol):
    """A module that reads one kind of file."""

    KIND: str
    TITLE: str
    SUFFIXES: tuple[str, ...]

    def read(self, files: Sequence[Path], given: Given) -> Reading:
        """Everything in some files, and everything odd about them."""


@cache
def find_readers() -> Mapping[str, Reader]:
    """Every reader by its kind, in order of kind."""
    modules = [importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)]
    readers = {module.KIND: cast(Reader, module) for module in modules if hasattr(module, "KIND")}
    return MappingProxyType(dict(sorted(readers.items())))
