"""Bytes to text: a byte order mark, then the server's header, the page's meta tag, strict UTF-8, then detection.

A header or meta that names UTF-8 while the bytes are not UTF-8 is wrong, and so is one that names a one-byte charset
while the bytes are strict UTF-8 beyond ASCII: no other text looks like that by chance.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

META_BYTES: Final = 4096
"""How far into a page its charset declaration is looked for, in bytes (the HTML standard asks for 1024)."""

DETECT_BYTES: Final = 100_000
"""How much of a page the detector sees, in bytes."""

_META: Final = re.compile(rb"<meta[^<>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_XML: Final = re.compile(rb"^\s*<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SUPERSETS: Final = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""What browsers decode instead of the charset named: the superset that people meant (WHATWG Encoding Standard)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was decoded with, and how that was known: bom, header, meta, utf-8, detected."""

    text: str
    charset: str
    how: str
    warning: str = ""


def decode(data: bytes, header: str | None = None) -> Decoded:
    """Decode a page or a text file; never fails: bytes without a meaning become U+FFFD, with a warning."""
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], charset, "bom")
    utf8 = _strict_utf8(data)
    for named, how in ((header, "header"), (declared_charset(data), "meta")):
        known = known_charset(named)
        if known is None:
            continue
        if utf8 is not None and known != "utf-8" and _one_byte(known) and not data.isascii():
            return Decoded(utf8, "utf-8", "utf-8", f"the {how} names {named}, but the bytes are UTF-8")
        if known == "utf-8" and utf8 is None:
            continue
        if known == "utf-8" and utf8 is not None:
            return Decoded(utf8, known, how)
        return _decoded(data, known, how)
    if utf8 is not None:
        return Decoded(utf8, "utf-8", "utf-8")
    return _decoded(data, _detected(data), "detected")


def declared_charset(data: bytes) -> str | None:
    """The charset that the page itself names in a meta tag or XML declaration; None where it names none."""
    head = data[:META_BYTES]
    found = _XML.search(head) or _META.search(head)
    return found.group(1).decode("ascii") if found else None


def known_charset(name: str | None) -> str | None:
    """Python's name of a charset of text, None where there is no such charset. UTF-16 in a meta tag means UTF-8."""
    if not name:
        return None
    try:
        info = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, UnicodeError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True):
        return None
    if info.name.startswith(("utf-16", "utf-32")):
        return "utf-8"
    return _SUPERSETS.get(info.name, info.name)


def looks_binary(data: bytes) -> bool:
    """Whether the bytes are no text: a known file signature, or NUL and control bytes among the first 4,096."""
    head = data[:4096]
    if not head or any(head.startswith(bom) for bom, _ in _BOMS):
        return False
    if head.startswith(_SIGNATURES):
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1b\x1a" for byte in head)
    return controls > len(head) // 10 or (b"\0" in head and controls > len(head) // 50)


_SIGNATURES: Final = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf",
    b"\x7fELF", b"MZ\x90", b"\xd0\xcf\x11\xe0", b"SQLite format 3\0", b"ID3", b"OggS", b"\x1aE\xdf\xa3",
)  # fmt: skip


def _strict_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _one_byte(charset: str) -> bool:
    return not charset.startswith(
        ("utf", "gb", "big5", "euc", "shift", "iso2022", "cp932", "cp949", "cp950", "hz", "johab")
    )


def _decoded(data: bytes, charset: str, how: str) -> Decoded:
    text = data.decode(charset, "replace")
    lost = text.count("\ufffd")
    warning = f"{lost} characters could not be decoded as {charset}" if lost else ""
    return Decoded(text, charset, how, warning)


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes  # late: 20 ms that no given text needs

    found = from_bytes(data[:DETECT_BYTES])
    best = found.best()
    if best is None:
        return "cp1252"
    western = next((one for one in found if one.encoding == "cp1252"), None)
    if western is not None and western.coherence >= best.coherence and _one_byte(best.encoding):
        return "cp1252"  # of one-byte charsets that fit alike, the one that most old pages in English have
    return known_charset(best.encoding) or "cp1252"
