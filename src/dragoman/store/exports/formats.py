"""The table of formats: one row each, with its columns, what makes its rows, and what it can't say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, Final, TypeAlias, TypeVar

from dragoman.store.exports import dyad_month, gdelt, icews, lines, outcomes, phoenix, plain, plover, polecat
from dragoman.store.exports.cells import Row
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.events import ExportedEvent
from dragoman.store.exports.job import Job
from dragoman.store.exports.selection import Rule, has_cameo, named_parties, no_background, only_facts
from dragoman.store.exports.writers import RowWriter, comma_separated, counts, json_lines, parquet, tab_separated

T = TypeVar("T")
Export: TypeAlias = Callable[[BinaryIO, Job], None]
"""Writes an export and counts its rows in the job's tally."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `says` is a line for its users, `notes` what the file beside each export says of its reading.

    `columns` is empty for JSON Lines. `rules` leave out what the format can't say; a format without `has_status` holds
    only what took place unless statuses are asked for. `options` are those of `Wanted` that it takes, and `in_pairs`
    says that its rows are pairs always; `leads`, that it has a column for events of the first paragraph.
    """

    name: str
    says: str
    columns: tuple[str, ...]
    export: Export
    options: frozenset[str]
    rules: tuple[Rule, ...] = ()
    has_status: bool = True
    in_pairs: bool = False
    leads: bool = False
    events_only: bool = True
    notes: tuple[str, ...] = ()


def _events(make: Callable[[ExportedEvent, Codes, str], T], write: Callable[[BinaryIO, Iterable[T]], None]) -> Export:
    def export(out: BinaryIO, job: Job) -> None:
        write(out, job.tally.counted(make(event, job.codes, job.codebook) for event in job.events()))

    return export


def _facts(out: BinaryIO, job: Job) -> None:
    json_lines(out, job.tally.counted(lines.line(fact, job.codebook, job.wanted.text) for fact in job.facts()))


def _dyads(write: RowWriter) -> Export:
    def export(out: BinaryIO, job: Job) -> None:
        write(out, job.tally.counted(dyad_month.rows(job)))

    return export


def _rows(columns: tuple[str, ...], make: Callable[[Job], Iterable[Row]]) -> Export:
    def export(out: BinaryIO, job: Job) -> None:
        comma_separated(columns)(out, job.tally.counted(make(job)))

    return export


_TABLE: Final = frozenset({"expand", "one_a_day", "no_text"})
_DAYS: Final = _TABLE | {"report_day"}

_NO_STATUS: Final = (
    "Holds what took place, and plans that PLOVER counts as acts of their own; the format has no status."
)
_DAY: Final = "A day stands only where the event's date is one day; wider and open dates leave it empty."
_PAIRS: Final = "One row for each source and target; what several did together is a row each way."
_CAMEO: Final = "CAMEO codes are text with their leading zeros; Goldstein values are those that ICEWS publishes."
_COUNTED: Final = "n_independent_sources takes reprints, and reports that give one medium's word, for one."

_ALL: Final = (
    Format(
        "polecat",
        "tab-separated with a header, 40 columns, one event a row",
        polecat.COLUMNS,
        _events(polecat.row, tab_separated(polecat.COLUMNS, header=True, missing=polecat.MISSING)),
        _DAYS,
        (no_background, only_facts, named_parties),
        has_status=False,
        notes=(_NO_STATUS, _DAY, "What is missing is None; lists are joined by '; '."),
    ),
    Format(
        "icews",
        "tab-separated with a header, 20 columns, one pair a row",
        icews.COLUMNS,
        _events(icews.row, tab_separated(icews.COLUMNS, header=True)),
        _DAYS,
        (no_background, only_facts, has_cameo),
        has_status=False,
        in_pairs=True,
        notes=(_NO_STATUS, _DAY, _PAIRS, _CAMEO, "Sectors are PLOVER's codes; sentences are not numbered."),
    ),
    Format(
        "phoenix",
        "tab-separated without a header, 26 columns, one pair a row",
        phoenix.COLUMNS,
        _events(phoenix.row, tab_separated(phoenix.COLUMNS, header=False)),
        _DAYS,
        (no_background, only_facts, has_cameo),
        has_status=False,
        in_pairs=True,
        notes=(_NO_STATUS, _DAY, _PAIRS, _CAMEO, "SentenceID is the report's id and the characters of the quote."),
    ),
    Format(
        "gdelt",
        "GDELT 2.0 events: tab-separated without a header, 61 columns, one pair a row",
        gdelt.COLUMNS,
        _events(gdelt.row, tab_separated(gdelt.COLUMNS, header=False)),
        _DAYS,
        (no_background, only_facts, has_cameo),
        has_status=False,
        in_pairs=True,
        leads=True,
        notes=(_NO_STATUS, _DAY, _PAIRS, _CAMEO, "Places have FIPS 10-4 codes, actors CAMEO's; tone is not measured."),
    ),
    Format(
        "plover",
        "JSON Lines with PLOVER's field names, one event a line",
        (),
        _events(plover.line, json_lines),
        _TABLE,
        (no_background, only_facts, named_parties),
        has_status=False,
        notes=(
            _NO_STATUS,
            "Fields after `comment` are ours.",
            _COUNTED,
        ),
    ),
    Format(
        "csv",
        "a table for R, Python and spreadsheets, one event a row",
        plain.COLUMNS,
        _events(plain.row, comma_separated(plain.COLUMNS)),
        _TABLE,
        notes=(
            "All statuses and background stand in columns: choose before you count.",
            "Text that begins like a formula has an apostrophe before it.",
            _COUNTED,
        ),
    ),
    Format(
        "jsonl",
        "JSON Lines with every kind of fact, all its fields",
        (),
        _facts,
        frozenset({"no_text"}),
        events_only=False,
    ),
    Format(
        "parquet",
        "the columns of csv with their types; needs pyarrow",
        plain.COLUMNS,
        _events(plain.row, parquet(plain.COLUMNS, plain.KINDS)),
        _TABLE,
        notes=("All statuses and background stand in columns: choose before you count.", _COUNTED),
    ),
    Format(
        "dyad-month",
        "CSV of two countries by month: counts by type, quad class and status, scores, reports read",
        dyad_month.COLUMNS,
        _dyads(counts(dyad_month.COLUMNS)),
        frozenset({"report_day", "undirected", "no_text", "once"}),
        notes=(
            "Each row is of one status. Directed rows count what two did together once each way.",
            "left_out counts an event once for each pair of countries in it.",
        ),
    ),
    Format(
        "outcomes",
        "CSV of plans and what became of them, one report of an outcome a row",
        outcomes.OUTCOME_COLUMNS,
        _rows(outcomes.OUTCOME_COLUMNS, outcomes.outcome_rows),
        frozenset({"no_text"}),
        notes=(
            "A plan has a row for each report of its outcome, and one where there is none: count plan_id once.",
            "'no outcome seen' says that no report of it was read, not that it did not happen.",
        ),
    ),
    Format(
        "agreements",
        "CSV of agreements and their steps, one report of a step a row",
        outcomes.AGREEMENT_COLUMNS,
        _rows(outcomes.AGREEMENT_COLUMNS, outcomes.agreement_rows),
        frozenset({"no_text"}),
        events_only=False,
        notes=("A step has a row for each report of it: count agreement_id and step_number once.",),
    ),
)

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({format_.name: format_ for format_ in _ALL})
"""Format by name, in the order of the help."""
