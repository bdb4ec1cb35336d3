"""JSON Lines in: `{"id", "text" or "html", "title"?, "url"?, "published"?, "outlet"?}`, one report a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Final, TextIO, cast

from dragoman.errors import LineError
from dragoman.facts import Date
from dragoman.reading.date_words import given_date
from dragoman.reading.source import Source

KEYS: Final = ("id", "text", "html", "title", "url", "published", "outlet")

LINE_OVERHEAD: Final = 6
"""A character may take so many bytes in JSON (`\\u00e9`): a line may be that much longer than a page."""


def read_lines(stream: io.BufferedIOBase | TextIO, name: str, max_page_bytes: int) -> Iterator[Source | LineError]:
    """Each line of STREAM as a Source, or the LineError that says why it isn't one; blank lines are passed over."""
    limit = max_page_bytes * LINE_OVERHEAD
    for number, line in enumerate(_bounded_lines(stream, limit), 1):
        where = f"line {number} of {name}"
        if line is None:
            yield LineError(where, f"longer than {limit:,} bytes", "leave it out or raise DRAGOMAN_MAX_PAGE_BYTES")
        elif line.strip():
            try:
                yield parse_line(line, where, max_page_bytes)
            except LineError as error:
                yield error


def parse_line(line: str | bytes, where: str, max_page_bytes: int) -> Source:
    """One line as a Source. Raises LineError naming WHERE, what is wrong and what to do."""
    return parse_row(_object(line, where), where, max_page_bytes)


def parse_row(row: Mapping[str, object], where: str, max_page_bytes: int) -> Source:
    """The object of a line as a Source. Raises LineError naming WHERE, what is wrong and what to do."""
    for key in row:
        if key not in KEYS:
            raise LineError(where, f"unknown key {key!r}", f"the keys are {', '.join(KEYS)}")
    report_id = row.get("id")
    if isinstance(report_id, int) and not isinstance(report_id, bool):
        report_id = str(report_id)
    if not isinstance(report_id, str) or not report_id:
        raise LineError(where, "no id", 'give each report an "id" of its own')
    fields = {key: _text_field(row, key, where) for key in KEYS[1:]}
    text, html = fields["text"], fields["html"]
    if (text is None) == (html is None):
        problem = "neither text nor html" if text is None else "both text and html"
        raise LineError(where, problem, 'give one of "text" and "html"')
    if len((text or html or "").encode("utf-8", "surrogatepass")) > max_page_bytes:
        remedy = "leave it out or raise DRAGOMAN_MAX_PAGE_BYTES"
        raise LineError(where, f"the report is larger than {max_page_bytes:,} bytes", remedy)
    return Source(
        id=report_id,
        name=f"{where} ({report_id})" if len(report_id) <= 80 else where,
        html=html,
        text=text,
        title=fields["title"],
        url=fields["url"],
        published=_published(fields["published"], where),
        outlet=fields["outlet"],
    )


def _object(line: str | bytes, where: str) -> dict[str, object]:
    try:
        row = json.loads(line.removeprefix("\ufeff") if isinstance(line, str) else line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        remedy = "save the file as UTF-8"
        raise LineError(where, f"byte {error.start + 1} is not UTF-8", remedy) from error
    except json.JSONDecodeError as error:
        remedy = "each line must be one JSON object"
        raise LineError(where, f"malformed JSON at character {error.colno}: {error.msg}", remedy) from error
    except (RecursionError, ValueError) as error:
        raise LineError(where, "JSON that can't be read: nested too deeply or a number too long") from error
    if not isinstance(row, dict):
        raise LineError(where, "not a JSON object", 'each line must be one object with "id" and "text" or "html"')
    return cast("dict[str, object]", row)


def _text_field(row: Mapping[str, object], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise LineError(where, f'"{key}" is no text', "put it in quotes")
    return value


def _published(value: str | None, where: str) -> Date | None:
    if value is None or not value.strip():
        return None
    date = given_date(value)
    if date is None:
        remedy = "give it as 1978, 1978-09 or 1978-09-17, with or without a time of day"
        raise LineError(where, f"published {value[:60]!r} is no date", remedy)
    return date


def _bounded_lines(stream: io.BufferedIOBase | TextIO, limit: int) -> Iterator[str | bytes | None]:
    """Lines of at most LIMIT bytes; None stands for one that is longer, whose rest is skipped."""
    while True:
        line: str | bytes = stream.readline(limit + 1)
        if not line:
            return
        if len(line) <= limit or _ends(line):
            yield line
            continue
        yield None
        while line and not _ends(line):
            line = stream.readline(limit + 1)


def _ends(line: str | bytes) -> bool:
    return line.endswith("\n") if isinstance(line, str) else line.endswith(b"\n")
