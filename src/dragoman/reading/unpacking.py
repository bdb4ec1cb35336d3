"""Bodies of answers, unpacked piece by piece: what a small body grows into is known before it stands in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final

from dragoman.errors import FetchError

ACCEPTED: Final = "gzip, deflate"
"""What is asked for. Brotli and Zstandard can't be bounded as they are unpacked here, so they are not."""

_PIECE: Final = 65_536


def unpacked(pieces: Iterable[bytes], encoding: str, name: str, limit: int, remedy: str) -> bytes:
    """PIECES of a body under the Content-Encoding ENCODING, whole. LIMIT is in bytes, before unpacking and after it.

    Raises FetchError that names NAME where it grows beyond LIMIT, is damaged, or is packed in a way not asked for.
    """
    packed = [one.strip().lower() for one in encoding.split(",") if one.strip().lower() not in ("", "identity")]
    if len(packed) > 1 or (packed and packed[0] not in ("gzip", "x-gzip", "deflate")):
        raise FetchError(name, f"the server packs its answer as {encoding[:40]!r}, which nobody asked for", remedy)
    body = _Body(name, limit, remedy)
    if not packed:
        for piece in pieces:
            body.add(piece)
        return bytes(body.data)
    return _inflated(pieces, body, "gzip" in packed[0])


class _Body:
    def __init__(self, name: str, limit: int, remedy: str) -> None:
        self.name = name
        self.limit = limit
        self.remedy = remedy
        self.data = bytearray()

    def add(self, piece: bytes) -> None:
        self.data += piece
        if len(self.data) > self.limit:
            problem = f"more than the {self.limit:,} bytes that it may have"
            raise FetchError(self.name, problem, self.remedy)


def _inflated(pieces: Iterable[bytes], body: _Body, gzip: bool) -> bytes:
    """Deflate comes with a zlib header or, from some servers, without."""
    inflater = zlib.decompressobj(31) if gzip else None
    try:
        for piece in pieces:
            if inflater is None:
                inflater = zlib.decompressobj(15 if piece[:1] and piece[0] & 0x0F == 8 else -15)
            while piece and not inflater.eof:
                body.add(inflater.decompress(piece, _PIECE))
                piece = inflater.unconsumed_tail
            if inflater.eof:
                return bytes(body.data)
        if inflater is not None:
            body.add(inflater.flush())
    except zlib.error as error:
        raise FetchError(body.name, "its packed body is damaged", "try again later") from error
    if inflater is not None and not inflater.eof:
        raise FetchError(body.name, "its packed body ends in the middle", "try again later")
    return bytes(body.data)
