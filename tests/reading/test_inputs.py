"""Files, folders and standard input: what is read, and what is said of what can't be."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from dragoman.errors import FetchError, InputError, LineError
from dragoman.reading.inputs import read_inputs
from dragoman.reading.source import Source
from dragoman.settings import Settings

TEXT = "The envoys of Ostland and Norrland met in Velden on Tuesday."


def read(settings: Settings, *paths: object, stdin: bytes = b"") -> list[Source | InputError]:
    return list(read_inputs(map(str, paths), settings, io.BytesIO(stdin)))


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_standard_input_keeps_order_ids_and_what_was_given(settings: Settings) -> None:
    row = {"id": "a", "text": TEXT, "title": "T", "url": "https://x.example/1", "published": "1978-09", "outlet": "O"}
    first, second = read(settings, "-", stdin=lines(row, {"id": 7, "html": "<p>x</p>"}))
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    assert (first.id, first.text, first.title, first.url, first.outlet) == (
        "a", TEXT, "T", "https://x.example/1", "O",
    )  # fmt: skip
    assert first.published is not None
    assert (first.published.start, first.published.end, first.published.granularity) == (
        "1978-09-01", "1978-09-30", "month",
    )  # fmt: skip
    assert (second.id, second.html) == ("7", "<p>x</p>")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"id": "b", "text": ', "malformed JSON at character"),
        (b"[1, 2]", "not a JSON object"),
        (b'{"id": "b", "txt": "x"}', "unknown key 'txt'"),
        (b'{"text": "x"}', "no id"),
        (b'{"id": true, "text": "x"}', "no id"),
        (b'{"id": "b"}', "neither text nor html"),
        (b'{"id": "b", "text": "x", "html": "x"}', "both text and html"),
        (b'{"id": "b", "text": 3}', '"text" is no text'),
        (b'{"id": "b", "text": "x", "published": "soon"}', "published 'soon' is no date"),
        (b'{"id": "b", "text": "x", "published": "2001-02-30"}', "is no date"),
        (b'{"id": "b", "text": "\xff"}', "is not UTF-8"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_bad_line_is_named_by_its_number_and_the_others_are_read(settings: Settings, line: bytes, problem: str) -> None:
    stdin = lines({"id": "a", "text": TEXT}) + b"\n" + line + b"\n" + lines({"id": "c", "text": TEXT})
    first, error, last = read(settings, "-", stdin=stdin)
    assert isinstance(first, Source)
    assert isinstance(last, Source)
    assert (first.id, last.id) == ("a", "c")
    assert isinstance(error, LineError)
    assert str(error).startswith("line 3 of standard input: ")
    assert problem in str(error)


def test_line_longer_than_a_page_may_be_is_skipped_whole() -> None:
    small = Settings(max_page_bytes=1024)
    stdin = b"x" * 10_000 + b"\n" + lines({"id": "c", "text": TEXT})
    error, last = read(small, "-", stdin=stdin)
    assert "longer than 6,144 bytes" in str(error)
    assert isinstance(last, Source)


def test_lines_may_start_with_a_byte_order_mark_and_lack_the_last_newline(settings: Settings) -> None:
    [only] = read(settings, "-", stdin=b"\xef\xbb\xbf" + lines({"id": "a", "text": TEXT}).strip())
    assert isinstance(only, Source)


def test_files_of_each_kind(settings: Settings, tmp_path: Path) -> None:
    page, text, rows = tmp_path / "a.html", tmp_path / "b.txt", tmp_path / "c.jsonl"
    page.write_text(f"<p>{TEXT}</p>")
    text.write_bytes(b"\xef\xbb\xbf" + TEXT.encode() + b"\r\n")
    rows.write_bytes(lines({"id": "r1", "text": TEXT}))
    one, two, three = read(settings, page, text, rows)
    assert isinstance(one, Source)
    assert isinstance(two, Source)
    assert isinstance(three, Source)
    assert (one.id, one.html) == (str(page), f"<p>{TEXT}</p>".encode())
    assert (two.id, two.text) == (str(text), TEXT + "\r\n")
    assert three.id == "r1"


def test_folder_is_walked_in_order_and_what_is_skipped_is_named(settings: Settings, tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "c.htm", "photo.jpg", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    found = [item.id if isinstance(item, Source) else f"! {item.problem}" for item in read(settings, tmp_path)]
    assert found == [
        str(tmp_path / "a/z.txt"),
        str(tmp_path / "b.txt"),
        str(tmp_path / "c.htm"),
        "! skipped, not a kind of file that is read",
    ]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("missing.html", None, "there is no such file or folder"),
        ("empty.html", b"", "the file is empty"),
        ("blank.txt", b" \n\n", "the file is empty"),
        ("binary.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file"),
        ("noise.txt", bytes(range(256)) * 4, "a binary file"),
        ("big.html", b"<p>" + b"x" * 4000, "4,003 bytes, more than the 2,048 that a page may have"),
    ],
)
def test_bad_file_is_one_sentence_and_loses_nothing_else(
    tmp_path: Path, name: str, content: bytes | None, problem: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(TEXT)
    error, good = read(Settings(max_page_bytes=2048), tmp_path / name, tmp_path / "good.txt")
    assert isinstance(error, InputError)
    assert str(error).startswith(f"{tmp_path / name}: ")
    assert problem in str(error)
    assert error.remedy
    assert isinstance(good, Source)


def test_nul_in_a_path_is_an_error_of_that_path(settings: Settings) -> None:
    [error] = read(settings, "a\0b")
    assert isinstance(error, InputError)


def test_address_that_may_not_be_fetched_is_an_error_of_it(settings: Settings) -> None:
    [error] = read(settings, "ftp://files.example/a.html")
    assert isinstance(error, FetchError)
    assert str(error).startswith("ftp://files.example/a.html: ")
