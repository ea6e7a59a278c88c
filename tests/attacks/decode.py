"""The unusual numbers in what was sent, however they are wrapped.

Unusual: five digits or more, or three decimals or more. Nothing is parsed that need not be: a number is found
in a text whatever stands round it, so the text is read as it is, then without its tags, entities and escapes.
"""

import gzip
import io
import re
import zipfile
import zlib
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from urllib.parse import unquote_plus

import brotli
import numpy as np

_DEEPEST = 4  # of one wrapping inside another
_NUMBER = re.compile(
    r"(?<!\d)\d{1,3}(?:[,\u00a0\u2009\u202f ]\d{3})+(?!\d)(?:\.\d+)?"  # 870,001
    r"|(?<!\d)\d{5,}(?:\.\d+)?"
    r"|\d+\.\d{3,}(?:[eE][+-]?\d+)?"
)
_SPACES = str.maketrans("", "", ",\u00a0\u2009\u202f ")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_WRAPPINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("\\u", lambda text: _ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)),
    ("&", unescape),
    ("%", unquote_plus),
)
_TAG = re.compile(r"<[^<>]*>")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_TYPED = ("i4", "u4", "f4", "i8", "f8")  # as Plotly sends arrays; smaller ones hold no unusual number


def unwrap(content: bytes, encoding: str) -> bytes:
    """A body without its `Content-Encoding`."""
    if encoding == "br" and content:
        return bytes(brotli.decompress(content))
    return gzip.decompress(content) if encoding == "gzip" and content else content


def unpack(content: bytes) -> list[bytes]:
    """A body as it is; that of an archive, such as a workbook, as everything in it."""
    if not content.startswith(b"PK\x03\x04"):
        return [content]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [part for name in archive.namelist() for part in (name.encode(), archive.read(name))]


def find_numbers(content: bytes | str, depth: int = 0) -> set[float]:
    """Every unusual number that can be read out of a text, an archive, a compressed body or an array."""
    if isinstance(content, bytes):
        return _find_in_bytes(content, depth)
    found: set[float] = set()
    for layer in _peel(content):
        found.update(float(text.translate(_SPACES)) for text in _NUMBER.findall(layer))
        if depth < _DEEPEST:
            for word in set(_BASE64.findall(layer)):
                found |= _find_in_base64(word, depth + 1)
    return found


def _peel(text: str) -> Iterator[str]:
    """A text, and what becomes of it without each kind of wrapping that it has."""
    yield text
    for mark, read in _WRAPPINGS:
        if mark in text:
            text = read(text)
            yield text
    if "<" in text:
        yield _TAG.sub("", text)


def _find_in_bytes(content: bytes, depth: int) -> set[float]:
    if depth > _DEEPEST:
        return set()
    if content.startswith(b"PK\x03\x04"):
        return set[float]().union(*(find_numbers(part, depth + 1) for part in unpack(content)))
    if (plain := _decompress(content)) is not None:
        return find_numbers(plain, depth + 1)
    return find_numbers(content.decode("utf-8", "replace"), depth)


def _decompress(content: bytes) -> bytes | None:
    """What was compressed, where it says that it was."""
    if content.startswith((b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda")):
        try:
            return zlib.decompress(content, wbits=47)  # gzip or zlib, whichever it is
        except zlib.error:
            return None
    return None


@cache
def _find_in_base64(word: str, depth: int) -> set[float]:
    try:
        content = b64decode(word.replace("-", "+").replace("_", "/") + "=" * (-len(word) % 4))
    except Base64Error:
        return set()
    found = _read_arrays(content)
    if content.startswith(b"PK\x03\x04") or (plain := _decompress(content)) is not None:
        return found | _find_in_bytes(content, depth)
    plain = _try_brotli(content)
    is_text = content.isascii() and content.decode().isprintable()
    for text in (plain, content if is_text else None):
        found |= set() if text is None else find_numbers(text, depth)
    return found


def _try_brotli(content: bytes) -> bytes | None:
    try:
        return bytes(brotli.decompress(content)) if len(content) > 16 else None
    except brotli.error:
        return None


def _read_arrays(content: bytes) -> set[float]:
    """The unusual numbers of bytes read as an array of each type, of either byte order."""
    found: set[float] = set()
    for kind in _TYPED:
        size = int(kind[1])
        if len(content) % size:
            continue
        for order in "<>":
            with np.errstate(invalid="ignore", over="ignore"):
                numbers = np.frombuffer(content, dtype=f"{order}{kind}").astype(np.float64)
                large = np.isfinite(numbers) & (np.abs(numbers) >= 10_000) & (np.abs(numbers) < 1e9)
                fine = np.isfinite(numbers) & (np.abs(numbers) < 10_000) & (numbers * 100 % 1 != 0)
            kept = numbers[large | (fine if kind[0] == "f" else False)]
            found.update(np.abs(kept).tolist())
    return found
