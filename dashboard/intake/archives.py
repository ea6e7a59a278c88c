"""Whether a file is a workbook that can be opened without harm, found out before anything opens it.

A workbook is a zip of XML. A few kilobytes of it can unpack to gigabytes, so it is inflated here first, piece
by piece, and never beyond a limit; what it says of its own sizes is not believed.
"""

import zipfile
import zlib
from copy import copy
from pathlib import Path

#: How many bytes all parts of a workbook may unpack to. One of 27,000 rows takes some 20 million.
MOST_BYTES = 250_000_000
#: How many times its packed size a part may unpack to, once it is larger than `RATIO_FROM` bytes.
MOST_RATIO = 200
RATIO_FROM = 5_000_000
#: How many parts a workbook may have. Those of a hundred sheets and their drawings are a few hundred.
MOST_PARTS = 5_000

_PIECE = 1 << 18
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOOKED_AT = 20_000_000  # bytes in which the directory of an older Office file is looked for
_SAVE = "open it in Excel and save it as 'Excel Workbook (.xlsx)'"
#: What files that are no zip begin with, and what to do about them.
_BEGINNINGS = (
    (b"%PDF", f"a PDF, whatever its name says: ask for the workbook it was made from, or {_SAVE}"),
    (b"\x89PNG", "a picture (PNG), whatever its name says: ask for the workbook itself"),
    (b"\xff\xd8\xff", "a picture (JPEG), whatever its name says: ask for the workbook itself"),
    (b"GIF8", "a picture (GIF), whatever its name says: ask for the workbook itself"),
    (b"{\\rtf", "a text document, whatever its name says: ask for the workbook itself"),
    (b"<", f"a web page or XML, whatever its name says: {_SAVE}"),
)
#: What a zip that is another kind of file has in it.
_OTHER_KINDS = (
    ("xl/workbook.bin", f"a binary workbook (.xlsb): {_SAVE}"),
    ("word/document.xml", "a Word document, whatever its name says: copy its table into a workbook"),
    ("ppt/presentation.xml", "a presentation, whatever its name says: ask for the workbook itself"),
    ("content.xml", f"an OpenDocument file: {_SAVE}"),
)


def check_archive(path: Path, most_bytes: int = MOST_BYTES) -> str:
    """Blank if a file is a workbook that is safe to open; else what it is and how to mend it.

    Never raises for what is in the file, and takes no more memory than a piece of it.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(16)
            beginning += file.read(_LOOKED_AT) if beginning.startswith(_OLE) else b""
        if wrong := _name_other_file(beginning):
            return wrong
        if path.stat().st_size > most_bytes:
            return _say_too_large(path.name)
        with zipfile.ZipFile(path) as archive:
            return _check_parts(archive, most_bytes)
    except OSError as problem:
        return f"a file that cannot be read ({problem.strerror or problem}): is it still being copied?"
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return "a damaged workbook, perhaps only part of one: copy or download it again"


def _name_other_file(beginning: bytes) -> str:
    """What a file is that cannot be a workbook, by how it begins; blank for a zip."""
    if not beginning:
        return "an empty file: copy or download it again"
    if beginning.startswith(_OLE):
        return _name_older_file(beginning)
    named = (told for start, told in _BEGINNINGS if beginning.startswith(start))
    other = "" if beginning.startswith(b"PK") else f"not a workbook, whatever its name says: {_SAVE}"
    return next(named, other)


def _name_older_file(beginning: bytes) -> str:
    """What a file in Office's older container is: a workbook with a password, or one of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in beginning:
        return (
            "protected by a password: open it in Excel, take the password off "
            "(File, Info, Protect Workbook, Encrypt with Password) and save it"
        )
    return f"an Excel file of before 2007, or another Office file: {_SAVE}"


def _check_parts(archive: zipfile.ZipFile, most_bytes: int) -> str:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS:
        return f"a workbook of {len(parts):,} parts, which no workbook has: ask where it comes from"
    if "xl/workbook.xml" not in names:
        others = (told for name, told in _OTHER_KINDS if name in names)
        return next(others, f"a zip without a workbook in it: unpack it, or {_SAVE}")
    if len(names) < len(parts):
        return f"a workbook with two parts of one name: {_SAVE}"
    if any(part.flag_bits & 1 for part in parts):
        return f"a zip protected by a password: unpack it, then {_SAVE}"
    room = most_bytes
    for part in parts:
        size, wrong = _inflate(archive, part, room)
        room -= size
        if wrong:
            return wrong
    return ""


def _inflate(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> tuple[int, str]:
    """How many bytes a part really unpacks to, and what is wrong with it; stops at the first limit."""
    allowed = max(RATIO_FROM, MOST_RATIO * part.compress_size)
    asked, size = copy(part), 0
    asked.file_size = allowed + 2 * _PIECE  # zipfile stops at what a part says of itself: have it go on
    with archive.open(asked) as stream:
        while piece := stream.read(_PIECE):
            if size == 0 and b"<!DOCTYPE" in piece[:1000]:
                return size, f"a workbook with definitions of its own in {part.filename}: {_SAVE}"
            size += len(piece)
            if size > room or size > allowed:
                return size, _say_too_large(part.filename)
    return size, "" if size == part.file_size else f"a workbook that hides how large it is: {_SAVE}"


def _say_too_large(name: str) -> str:
    return (
        f"a workbook that unpacks to far more than such a file holds ({name}): copy the cells "
        "with figures into a new workbook and save that"
    )
