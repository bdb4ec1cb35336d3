"""WARC archives: each successful HTML response is one Source, with the address and the day it was archived under."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.reading.charset import looks_binary
from dragoman.reading.date_words import given_date
from dragoman.reading.source import Source
from dragoman.settings import Settings

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord


def read_archive(path: str, settings: Settings) -> Iterator[Source | InputError]:
    """The HTML responses in a `.warc` or `.warc.gz`, in order; `report.id` is the address. Others are passed over."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with Path(path).open("rb") as stream:
        count = 0
        try:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
                source = _source(record, path, settings)
                count += source is not None
                if source is not None:
                    yield source
        except (OSError, ValueError) as error:
            problem = f"the archive is damaged after {count} pages: {error}"
            yield InputError(path, problem, "what came before was read; fetch the archive again for the rest")
            return
    if not count:
        yield InputError(path, "the archive holds no HTML page", "check that it is a WARC file with responses")


def _source(record: WarcRecord, path: str, settings: Settings) -> Source | InputError | None:
    http = record.http_headers
    if http is None or http.status_code != 200 or "html" not in (record.http_content_type or "html"):
        return None
    address = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    data = record.reader.read(settings.max_page_bytes + 1)
    name = f"{address} in {path}"
    if len(data) > settings.max_page_bytes:
        problem = f"more than the {settings.max_page_bytes:,} bytes that a page may have"
        return InputError(name, problem, "leave it out or raise DRAGOMAN_MAX_PAGE_BYTES")
    if looks_binary(data):
        return InputError(name, "binary content that calls itself HTML")
    archived = given_date(record.headers.get("WARC-Date") or "")
    return Source(
        id=address or str(record.record_id),
        name=name,
        html=data,
        url=address or None,
        charset=record.http_charset,
        seen_on=date.fromisoformat(archived.start) if archived and archived.start else None,
    )
