from __future__ import annotations

import gzip
import io
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.reading.inputs import read_inputs
from dragoman.reading.source import Source
from dragoman.settings import Settings

PAGE = b"<html><body><p>The envoys met in Velden.</p></body></html>"


def record(address: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2004-05-11T09:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000000{len(address) % 10}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def read(path: Path, settings: Settings) -> list[Source | InputError]:
    return list(read_inputs([str(path)], settings, io.BytesIO()))


@pytest.mark.parametrize("packed", [False, True])
def test_html_responses_are_read_in_order(tmp_path: Path, settings: Settings, packed: bool) -> None:
    records = [
        record("https://courier.example/1", PAGE),
        record("https://courier.example/logo", b"\x89PNG", "image/png"),
        record("https://courier.example/gone", b"gone", status="404 Not Found"),
        record("https://courier.example/22", PAGE),
    ]
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(b"".join(gzip.compress(one) if packed else one for one in records))
    first, second = read(path, settings)
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.id, first.url, first.html, first.charset) == (
        "https://courier.example/1", "https://courier.example/1", PAGE, "utf-8",
    )  # fmt: skip
    assert second.id == "https://courier.example/22"
    assert first.seen_on == date(2004, 5, 11)


def test_page_too_large_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record("https://courier.example/big", PAGE * 100) + record("https://courier.example/1", PAGE))
    error, source = read(path, Settings(max_page_bytes=1024))
    assert str(error).startswith(f"https://courier.example/big in {path}: more than the 1,024 bytes")
    assert isinstance(source, Source)


def test_archive_without_pages_is_an_error(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"no archive at all")
    [error] = read(path, settings)
    assert isinstance(error, InputError)
    assert str(error).startswith(f"{path}: ")
