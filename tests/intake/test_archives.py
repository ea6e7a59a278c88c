"""Whether a file may be opened as a workbook, and what is said of one that may not."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from openpyxl import Workbook

from dashboard.intake import archives
from dashboard.intake.archives import check_archive

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.fixture
def workbook() -> bytes:
    book, raw = Workbook(), io.BytesIO()
    book.active["A1"] = 842
    book.save(raw)
    return raw.getvalue()


def check(tmp_path: Path, raw: bytes, **limits: int) -> str:
    path = tmp_path / "figures.xlsx"
    path.write_bytes(raw)
    return check_archive(path, **limits)


def pack(parts: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return raw.getvalue()


def test_a_workbook_may_be_opened(tmp_path: Path, workbook: bytes) -> None:
    assert check(tmp_path, workbook) == ""


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "an empty file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0 JFIF", "a picture"),
        (b"<html><table>", "a web page"),
        (b"indicator,period\n", "not a workbook"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (OLE + bytes(600) + "Workbook".encode("utf-16-le"), "an Excel file of before 2007"),
        (b"PK\x03\x04 and no more", "a damaged workbook"),
    ],
)
def test_another_file_with_a_workbooks_name_is_called_what_it_is(
    tmp_path: Path, raw: bytes, told: str
) -> None:
    assert check(tmp_path, raw).startswith(told)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("word/document.xml", "a Word document"),
        ("content.xml", "an OpenDocument file"),
        ("xl/workbook.bin", "a binary workbook"),
        ("holiday.jpg", "a zip without a workbook"),
    ],
)
def test_another_kind_of_zip_is_called_what_it_is(tmp_path: Path, part: str, told: str) -> None:
    assert check(tmp_path, pack({part: b"anything"})).startswith(told)


def test_every_answer_says_how_to_mend_the_file(tmp_path: Path) -> None:
    for raw in (b"", b"%PDF", b"\x89PNG", OLE, b"PK", pack({"content.xml": b""})):
        assert ": " in check(tmp_path, raw)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_part_of_a_workbook_is_damaged(tmp_path: Path, workbook: bytes, kept: float) -> None:
    assert check(tmp_path, workbook[: int(len(workbook) * kept)]).startswith("a damaged workbook")


def test_a_workbook_with_a_changed_byte_is_damaged(tmp_path: Path, workbook: bytes) -> None:
    changed = bytearray(workbook)
    changed[len(changed) // 3] ^= 0xFF
    assert check(tmp_path, bytes(changed)).startswith("a damaged workbook")


def test_a_workbook_that_unpacks_to_more_than_is_allowed_is_not_opened(tmp_path: Path) -> None:
    raw = pack({"xl/workbook.xml": b"<w/>", "xl/one.xml": b"<a>12345</a>" * 50, "xl/two.xml": b"b" * 600})
    assert check(tmp_path, raw, most_bytes=1300) == ""
    assert "unpacks to far more" in check(tmp_path, raw, most_bytes=1100)


def test_a_part_that_is_packed_too_well_is_not_opened(tmp_path: Path) -> None:
    empty = b"<row/>" * (archives.RATIO_FROM // 6 + 1)
    raw = pack({"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": empty})
    assert len(raw) < 100_000
    told = check(tmp_path, raw)
    assert "unpacks to far more" in told
    assert "sheet1.xml" in told


@pytest.mark.parametrize(("summed", "told"), [(6000, "a workbook that hides how large"), (600, "a damaged")])
def test_a_workbook_that_says_too_little_of_its_size_is_not_believed(
    tmp_path: Path, summed: int, told: str
) -> None:
    """It says that a part of 6,000 bytes has 600, with the checksum of so many of them."""
    content = b"<row/>" * 1000
    raw = pack({"xl/workbook.xml": b"<w/>", "xl/sheet.xml": content})
    packed = len(zlib_raw(content))
    right = struct.pack("<LLL", zlib.crc32(content), packed, 6000)
    assert raw.count(right) == 2
    changed = raw.replace(right, struct.pack("<LLL", zlib.crc32(content[:summed]), packed, 600))
    assert check(tmp_path, changed).startswith(told)


def zlib_raw(content: bytes) -> bytes:
    packer = zlib.compressobj(-1, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def test_a_workbook_with_definitions_of_its_own_is_not_opened(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    assert "definitions of its own" in check(tmp_path, pack({"xl/workbook.xml": bomb}))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in check_archive(tmp_path / "none.xlsx")
