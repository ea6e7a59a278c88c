"""The decoder finds a planted number wherever one could hide: what it cannot read, no test could find."""

import gzip
import io
import json
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import brotli
import numpy as np
import pytest

from tests.attacks.decode import find_numbers, unwrap

PLANTED = 870_001
TEXT = f'{{"x": [1, {PLANTED}, 3]}}'
COMPRESSED = {"br": brotli.compress, "gzip": gzip.compress, "identity": bytes}


def pack_array(kind: str) -> str:
    return b64encode(np.array([1, PLANTED, 3], dtype=kind).tobytes()).decode()


def pack_zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<c r='A1'><f>B1</f><v>{PLANTED}</v></c>")
    return written.getvalue()


HIDING_PLACES: dict[str, str | bytes] = {
    "JSON": TEXT,
    "a list without spaces": f"[300,{PLANTED},100]",
    "a list after groups": f"[300,123,{PLANTED},1]",
    "words": f"There were {PLANTED:,} of them.",
    "thin spaces": "870\u202f001",
    "a number with decimals": "870001.0",
    "a scientific number": "8.70001e5",
    "an attribute": f'<td aria-label="{PLANTED:,}" title="x">[c]</td>',
    "a number cut by tags": "<b>870</b>,<i>001</i>",
    "entities": "&#56;70&#48;01",
    "an address": f"/page?value=870%2C001&x={1}",
    "a picture in an address": "data:image/svg+xml," + quote(f"<text>{PLANTED}</text>"),
    "escapes": r"\u003870\u003001",
    "escaped entities": r"\u0026#56;70001",
    "other digits": "٨٧٠٠٠١",
    "base64 of a text": b64encode(TEXT.encode()).decode(),
    "base64 for addresses": urlsafe_b64encode(b"\xff>>" + TEXT.encode()).decode().replace("=", "")[4:],
    "base64 of gzip": b64encode(gzip.compress(TEXT.encode())).decode(),
    "base64 of brotli": b64encode(brotli.compress(TEXT.encode() * 9)).decode(),
    "base64 of a workbook": b64encode(pack_zip()).decode(),
    "gzip": gzip.compress(TEXT.encode()),
    "zlib": zlib.compress(TEXT.encode()),
    "a workbook": pack_zip(),
    **{
        f"a typed array of {kind}": json.dumps({"y": {"dtype": kind, "bdata": pack_array(kind)}})
        for kind in ("i4", "u4", "f4", "f8", ">f8", "i8")
    },
}


@pytest.mark.parametrize("content", HIDING_PLACES.values(), ids=HIDING_PLACES)
def test_a_planted_number_is_found(content: str | bytes) -> None:
    assert PLANTED in find_numbers(content)


def test_a_planted_decimal_is_found() -> None:
    array = b64encode(np.array([37.3719, 2.0]).tobytes()).decode()
    for content in ('"37.3719"', "y=37.3719%", f'{{"dtype": "f8", "bdata": "{array}"}}'):
        assert 37.3719 in find_numbers(content)


@pytest.mark.parametrize("encoding", COMPRESSED)
def test_a_body_is_read_as_it_was_before_it_was_compressed(encoding: str) -> None:
    assert unwrap(COMPRESSED[encoding](TEXT.encode()), encoding).decode() == TEXT


def test_what_is_not_there_is_not_found() -> None:
    assert find_numbers("On 31 March 2022, 842 of them, 12.5% and [c].") == set()
