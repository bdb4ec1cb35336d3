"""Paths, folders, addresses and standard input to Sources, in the order given; what fails is named."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TextIO, TypeAlias

from dragoman.errors import InputError
from dragoman.reading.charset import decode, looks_binary
from dragoman.reading.jsonl import read_lines
from dragoman.reading.source import Source
from dragoman.settings import Settings

PAGE_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml"})
TEXT_SUFFIXES: Final = frozenset({".txt"})
LINE_SUFFIXES: Final = frozenset({".jsonl", ".ndjson"})
ARCHIVE_ENDINGS: Final = (".warc", ".warc.gz")
REMEDY_KINDS: Final = (
    "give .html, .htm, .txt, .jsonl or .warc files, folders of them, addresses, or - for standard input"
)

Item: TypeAlias = Source | InputError


def read_inputs(paths: Iterable[str], settings: Settings, stdin: io.BufferedIOBase | TextIO) -> Iterator[Item]:
    """Every report that PATHS name, or the error that says why one can't be read; nothing is raised for an input.

    A path is a file, a folder (walked in sorted order), an http(s) address, or `-` for JSON Lines on STDIN. The id of a
    file's report is its path as given, of an address the address, of a line the id on it.
    """
    for path in paths:
        if path == "-":
            yield from read_lines(_bytes_of(stdin), "standard input", settings.max_page_bytes)
        elif is_address(path):
            yield _fetched(path, settings)
        else:
            yield from _from_disk(path, settings)


def is_address(path: str) -> bool:
    """Whether PATH is an address (`scheme://…`) rather than a file; other schemes than http(s) are refused later."""
    scheme, found, _ = path.partition("://")
    return bool(found) and scheme.isascii() and scheme.replace("+", "").replace("-", "").isalnum()


def _bytes_of(stream: io.BufferedIOBase | TextIO) -> io.BufferedIOBase | TextIO:
    """The bytes below a text stream: its own decoding could fail before a line can be named."""
    buffer = getattr(stream, "buffer", None)
    return buffer if isinstance(buffer, io.BufferedIOBase) else stream


def _fetched(address: str, settings: Settings) -> Item:
    from dragoman.reading.fetch import fetch_source  # late: an HTTP client that reading files does not need

    try:
        return fetch_source(address, settings)
    except InputError as error:
        return error


def _from_disk(path: str, settings: Settings) -> Iterator[Item]:
    try:
        if Path(path).is_dir():
            yield from _folder(path, settings)
        elif Path(path).exists():
            yield from _file(path, settings)
        else:
            yield InputError(
                path, "there is no such file or folder", "check the spelling, or write an address with http://"
            )
    except (OSError, ValueError) as error:
        yield InputError(path, f"it can't be opened: {_reason(error)}", "check its name and your rights to it")


def _folder(path: str, settings: Settings) -> Iterator[Item]:
    files = [file for file in sorted(Path(path).rglob("*")) if file.is_file()]
    if not files:
        yield InputError(path, "the folder holds no files", REMEDY_KINDS)
    for file in files:
        if _is_readable(file):
            yield from _from_disk(str(file), settings)
        elif not any(part.startswith(".") for part in file.relative_to(path).parts):
            yield InputError(str(file), "skipped, not a kind of file that is read", REMEDY_KINDS)


def _is_readable(file: Path) -> bool:
    kinds = PAGE_SUFFIXES | TEXT_SUFFIXES | LINE_SUFFIXES
    return file.suffix.lower() in kinds or file.name.lower().endswith(ARCHIVE_ENDINGS)


def _file(path: str, settings: Settings) -> Iterator[Item]:
    suffix = Path(path).suffix.lower()
    if suffix in LINE_SUFFIXES:
        with Path(path).open("rb") as stream:
            yield from read_lines(stream, path, settings.max_page_bytes)
    elif path.lower().endswith(ARCHIVE_ENDINGS):
        from dragoman.reading.archives import read_archive  # late: few runs read archives

        yield from read_archive(path, settings)
    else:
        yield _page_or_text(path, suffix, settings)


def _page_or_text(path: str, suffix: str, settings: Settings) -> Item:
    size = Path(path).stat().st_size
    if size > settings.max_page_bytes:
        return too_large(path, size, settings)
    with Path(path).open("rb") as stream:
        data = stream.read(settings.max_page_bytes + 1)
    if len(data) > settings.max_page_bytes:
        return too_large(path, len(data), settings)
    if not data.strip():
        return InputError(path, "the file is empty", "leave it out, or save the page again")
    if looks_binary(data):
        return InputError(path, "a binary file, not a page or a text", REMEDY_KINDS)
    if suffix in PAGE_SUFFIXES or (suffix not in TEXT_SUFFIXES and looks_like_page(data)):
        return Source(id=path, name=path, html=data)
    decoded = decode(data)
    return Source(id=path, name=path, text=decoded.text, warnings=(decoded.warning,) if decoded.warning else ())


def looks_like_page(data: bytes) -> bool:
    """Whether bytes without a telling name are HTML: a doctype or a root tag near the start."""
    head = data[:2048].lower()
    return any(tag in head for tag in (b"<!doctype html", b"<html", b"<head", b"<body", b"<article"))


def too_large(name: str, size: int, settings: Settings) -> InputError:
    """The error for a page beyond `max_page_bytes`."""
    problem = f"{size:,} bytes, more than the {settings.max_page_bytes:,} that a page may have"
    return InputError(name, problem, "leave it out or raise DRAGOMAN_MAX_PAGE_BYTES")


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
