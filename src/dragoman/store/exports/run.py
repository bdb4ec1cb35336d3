"""Writing one export: the file, and beside it a JSON file that says what is in it and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from dragoman import __version__
from dragoman.errors import QueryError, RecordError
from dragoman.lexicon.table import Lexicon
from dragoman.store.engine import sqlite_path
from dragoman.store.exports.codes import codes
from dragoman.store.exports.files import whole_files
from dragoman.store.exports.formats import FORMATS, Format
from dragoman.store.exports.job import Job, Wanted
from dragoman.store.exports.selection import SAYABLE, Tally, only_facts
from dragoman.store.payload import Json
from dragoman.store.record import Record, now
from dragoman.store.search.syntax import named_codes

ABOUT: Final = ".about.json"
"""What the name of the file beside an export has behind that of the export."""


@dataclass(frozen=True, slots=True)
class Exported:
    """An export that was written: its rows, and the facts that were left out by reason."""

    rows: int
    left_out: dict[str, int]


def export(
    record: Record,
    format_name: str,
    path: Path,
    wanted: Wanted,
    lexicon: Lexicon,
    codebook: str,
    force: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Exported:
    """Write what is WANTED of RECORD to PATH, whole or not at all, and PATH.about.json beside it.

    CODEBOOK names the codebooks that facts were coded by; PROGRESS is told how many facts (of dyad-month: pairs) have
    been read. Raises QueryError where the format is unknown or can't hold what is wanted, RecordError where a file is
    the record or is there already and FORCE isn't given, SettingError where a library that is needed isn't installed.
    """
    format_ = format_of(format_name)
    job = job_of(record, format_, wanted, lexicon, codebook, progress)
    held = sqlite_path(record.where)
    if held is not None and held.resolve() == path.resolve():
        raise RecordError(f"{path}: this is the record itself; name another file")
    with whole_files((path, Path(f"{path}{ABOUT}")), force) as (out, beside):
        format_.export(out, job)
        about = json.dumps(_about(format_, job, path), ensure_ascii=False, indent=2)
        beside.write(f"{about}\n".encode())
    return Exported(job.tally.rows, dict(job.tally.left_out))


def job_of(
    record: Record,
    format_: Format,
    wanted: Wanted,
    lexicon: Lexicon,
    codebook: str,
    progress: Callable[[int], None] | None = None,
) -> Job:
    """What is to be done for an export in FORMAT_. Raises QueryError where it can't hold what is wanted."""
    wanted = _checked(format_, wanted)
    statuses = named_codes(wanted.query, "status")
    return Job(
        record=record,
        wanted=wanted,
        codes=lexicon.compiled(codes),
        codebook=codebook,
        rules=tuple(rule for rule in format_.rules if rule is not only_facts or statuses is None),
        in_pairs=format_.in_pairs or wanted.expand,
        leads=format_.leads,
        progress=progress,
    )


def format_of(name: str) -> Format:
    """The format of that NAME. Raises QueryError where there is none."""
    if name not in FORMATS:
        raise QueryError(f"export: {name!r} is none of {', '.join(FORMATS)}")
    return FORMATS[name]


def _checked(format_: Format, wanted: Wanted) -> Wanted:
    """WANTED, with the kinds of fact that the format holds. Raises QueryError where it can't hold what is wanted."""
    for option, given in _options(wanted).items():
        if given and option not in format_.options:
            takes = ", ".join(name for name, other in FORMATS.items() if option in other.options)
            raise QueryError(f"export {format_.name}: --{option.replace('_', '-')} goes with {takes}")
    if not format_.events_only:
        return wanted
    query = wanted.query
    if [kind for kind in named_codes(query, "kind") or () if kind != "event"]:
        raise QueryError(f"export {format_.name}: it holds events; export other kinds as jsonl")
    statuses = named_codes(query, "status") or ()
    unsayable = [status for status in statuses if status not in SAYABLE]
    if unsayable and not format_.has_status:
        raise QueryError(
            f"export {format_.name}: the format has no status, so what is {unsayable[0]} would be told as done; "
            "export it as csv, parquet or jsonl"
        )
    return replace(wanted, filters=replace(wanted.filters, kinds=("event",)))


def _options(wanted: Wanted) -> dict[str, bool]:
    return {
        "expand": wanted.expand,
        "one_a_day": wanted.one_a_day,
        "report_day": wanted.report_day,
        "undirected": wanted.undirected,
        "once": wanted.once,
        "no_text": not wanted.text,
    }


def _about(format_: Format, job: Job, path: Path) -> Json:
    """What a reader of the export has to know of it."""
    tally: Tally = job.tally
    filters = job.wanted.filters
    asked = {name: getattr(filters, name) for name in filters.__dataclass_fields__}
    return {
        "file": path.name,
        "format": format_.name,
        "columns": list(format_.columns),
        "rows": tally.rows,
        "left_out": tally.left_out,
        "dated_by_their_report": tally.from_report,
        "options": _options(job.wanted),
        "query": job.wanted.search.text or None,
        "filters": {name: value for name, value in asked.items() if value not in (None, (), False)},
        "codebook": job.codebook,
        "coders": sorted(tally.coders),
        "lexicons": sorted(tally.lexicons),
        "made_by": f"dragoman {__version__}",
        "made_at": now(),
        "notes": list(format_.notes),
    }
