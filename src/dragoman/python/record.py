"""A record in Python: what the commands do, with typed answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal, Unpack, overload
from weakref import finalize

from dragoman.errors import RecordError
from dragoman.facts import Agreement, Event, Fact, Figure, Office, Report, Statement, Transfer
from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.pipeline.tools import CODEBOOK, load_lexicon
from dragoman.plots.asked import Asked
from dragoman.plots.canvas import Look
from dragoman.plots.kinds import draw
from dragoman.python.adding import Line, read_into, sources
from dragoman.python.drawing import Drawing
from dragoman.python.found import Found
from dragoman.python.recorded import DyadMonth, ReadDone, Recorded, recorded
from dragoman.python.tables import dyad_table, fact_columns, fact_table, report_table, sentence_table
from dragoman.python.values import Codes, Day, Filters, days_of, filters_of, sentences_of
from dragoman.settings import load_settings
from dragoman.store import query as queries
from dragoman.store import record as records
from dragoman.store import reports as stored_reports
from dragoman.store.exports.codes import Codes as CodeTables
from dragoman.store.exports.codes import codes
from dragoman.store.exports.dyad_month import rows as dyad_rows
from dragoman.store.exports.job import Job, Wanted
from dragoman.store.exports.run import Exported, export, format_of, job_of
from dragoman.store.proving import BATCH_FACTS, typed_facts, with_types
from dragoman.store.query import Counts, Order, PairCount, StoredFact
from dragoman.store.reports import ReportHead
from dragoman.store.search.asked import both, parse_facts
from dragoman.store.search.results import (
    Facets,
    Passage,
    SentenceHit,
    count_sentences,
    facets,
    found_sentences,
    passages,
)
from dragoman.store.search.syntax import EVERYTHING, Query, named_codes

PAGE_SENTENCES: Final = 100
"""Sentences that are fetched at once."""


class Record:
    """An open record. Use it in a `with`, or call `close`; one that is forgotten is closed when Python lets it go.

    What a record is asked for is given as a `Found`: loop over it, ask for its `len`, or make a frame of it. Where a
    method takes a query, it is one of docs/search.md, and it may be narrowed further by name:

    `pair`: two countries by code or name, whoever acts; with `directed` only the first on the second. `country`: of any
    party. `type`, `status`: one code or several. `background`: True for what is older than the news, False for the
    rest. `since`, `until`: the fact's own date may fall on these days, both inclusive (an unknown one never does);
    `published_since`, `published_until` ask the same of the report's. `report`: a report's id. `words`: words of the
    quotes and names. `min_confidence`: no events less sure than that, 0 to 1. `as_of`: the record as it stood at the
    end of that day (UTC). All that is given must hold.

    Everything that is asked wrongly is a QueryError, a fault in a query a SearchError with its place, and what the
    database says against it a RecordError.
    """

    def __init__(
        self, where: str | Path | None = None, *, write: bool = False, lexicon: Path | str | None = None
    ) -> None:
        """Open WHERE, a file or a database URL; without it DRAGOMAN_RECORD, else dragoman.db.

        With WRITE it is made if it isn't there, brought up to date, and may be read into. `lexicon` is a folder of the
        user's own tables. Raises RecordError where it is missing, damaged, another program's, or of a newer Dragoman.
        """
        self._settings = load_settings(lexicon=lexicon)
        self._name = self._settings.record if where is None else str(where)
        self._opened = records.open_record(self._name, write)
        self._open = finalize(self, self._opened.close)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Record {self._opened.where}{'' if self._open.alive else ', closed'}>"

    def close(self) -> None:
        """Close it; closing twice does nothing more."""
        self._open()

    @property
    def _record(self) -> records.Record:
        if not self._open.alive:
            raise RecordError(f"{self._opened.where}: the record was closed; open it again")
        return self._opened

    @cached_property
    def _lexicon(self) -> Lexicon:
        return load_lexicon(self._settings)

    @cached_property
    def _names(self) -> Names:
        return Names(self._lexicon)

    @property
    def _codes(self) -> CodeTables:
        return self._lexicon.compiled(codes)

    @overload
    def facts(
        self,
        query: str | None = None,
        *,
        kind: Literal["event"],
        order: Order = "seq",
        **filters: Unpack[Filters],
    ) -> Found[Recorded[Event]]: ...

    @overload
    def facts(
        self,
        query: str | None = None,
        *,
        kind: Literal["statement"],
        order: Order = "seq",
        **filters: Unpack[Filters],
    ) -> Found[Recorded[Statement]]: ...

    @overload
    def facts(
        self,
        query: str | None = None,
        *,
        kind: Literal["figure"],
        order: Order = "seq",
        **filters: Unpack[Filters],
    ) -> Found[Recorded[Figure]]: ...

    @overload
    def facts(
        self,
        query: str | None = None,
        *,
        kind: Literal["agreement"],
        order: Order = "seq",
        **filters: Unpack[Filters],
    ) -> Found[Recorded[Agreement]]: ...

    @overload
    def facts(
        self,
        query: str | None = None,
        *,
        kind: Literal["transfer"],
        order: Order = "seq",
        **filters: Unpack[Filters],
    ) -> Found[Recorded[Transfer]]: ...

    @overload
    def facts(
        self,
        query: str | None = None,
        *,
        kind: Literal["office"],
        order: Order = "seq",
        **filters: Unpack[Filters],
    ) -> Found[Recorded[Office]]: ...

    @overload
    def facts(
        self,
        query: str | None = None,
        *,
        kind: Codes | None = None,
        order: Order = "seq",
        **filters: Unpack[Filters],
    ) -> Found[Recorded[Fact]]: ...

    def facts(
        self,
        query: str | None = None,
        *,
        kind: Codes | None = None,
        order: Order = "seq",
        **filters: Unpack[Filters],
    ) -> Found[Recorded[Any]]:
        """The facts that QUERY and the filters let through, streamed, in the order of reading or of their dates.

        `kind` is one or several of event, statement, figure, agreement, transfer and office; `order` is `seq` or
        `date`, with a minus the other way round. Frames of events have the columns of the csv export.
        """
        asked = self._asked(query, kind, filters)
        queries.check_order(order)

        def shown() -> Iterator[tuple[StoredFact, Passage | None]]:
            return ((fact, None) for fact in queries.facts(self._record, asked, order=order))

        return Found(
            self._told("facts", asked),
            lambda: (recorded(*pair) for pair in typed_facts(self._record, asked, order)),
            lambda: queries.count(self._record, asked),
            lambda: fact_table(fact_columns(_kinds(asked)), shown(), self._codes, CODEBOOK),
        )

    def fact(self, ident: str) -> Recorded[Fact] | None:
        """The fact of that id in its newest version, or None."""
        stored = queries.fact(self._record, ident)
        return None if stored is None else recorded(*next(with_types(self._record, [stored])))

    def search(
        self,
        query: str,
        *,
        kind: Codes | None = None,
        order: Order = "-seq",
        **filters: Unpack[Filters],
    ) -> Found[Recorded[Fact]]:
        """The same facts as `facts` gives, the newest first, each with the `sentence` that it stands in, marked."""
        asked = self._asked(query, kind, filters)
        queries.check_order(order)
        return Found(
            self._told("facts with sentences", asked),
            lambda: self._hits(asked, order),
            lambda: queries.count(self._record, asked),
            lambda: fact_table(
                fact_columns(_kinds(asked), True), self._in_sentences(asked, order), self._codes, CODEBOOK
            ),
        )

    def _hits(self, asked: Query, order: Order) -> Iterator[Recorded[Fact]]:
        found = self._in_sentences(asked, order)
        while batch := list(islice(found, BATCH_FACTS)):
            for (stored, fact), (_, passage) in zip(
                with_types(self._record, [stored for stored, _ in batch]), batch, strict=True
            ):
                yield recorded(stored, fact, passage)

    def _in_sentences(self, asked: Query, order: Order) -> Iterator[tuple[StoredFact, Passage]]:
        found = queries.facts(self._record, asked, order=order)
        while batch := list(islice(found, BATCH_FACTS)):
            there = passages(self._record, batch)
            yield from ((fact, there[fact.seq]) for fact in batch)

    def sentences(self, query: str) -> Found[SentenceHit]:
        """The sentences that QUERY finds, the newest first; `in:sentences` may be left out of it."""
        asked = sentences_of(query, self._names)
        return Found(
            self._told("sentences", asked),
            lambda: self._sentences(asked),
            lambda: count_sentences(self._record, asked),
            lambda: sentence_table(self._sentences(asked)),
        )

    def _sentences(self, asked: Query) -> Iterator[SentenceHit]:
        after: int | None = None
        while True:
            page, after = found_sentences(self._record, asked, after, PAGE_SENTENCES)
            yield from page
            if after is None:
                return

    def facets(self, query: str | None = None) -> Facets:
        """How many of the facts that QUERY finds have which value: kinds, types, statuses, years, pairs, outlets."""
        return facets(self._record, self._asked(query, None, {}))

    def counts(self) -> Counts:
        """How much the record holds, by kind, type and status."""
        return queries.counts(self._record)

    def pairs(self, country: str | None = None) -> list[PairCount]:
        """Pairs of countries with facts, those with most first; of COUNTRY alone where a code is given."""
        return queries.pairs(self._record, country)

    def reports(self, *, since: Day | None = None, until: Day | None = None) -> Found[ReportHead]:
        """Reports without their texts, each in its newest version, in the order of reading; or those published in these
        days.
        """
        days = days_of("since", "until", since, until)
        return Found(
            f"reports of {self._opened.where}",
            lambda: stored_reports.heads(self._record, *days),
            lambda: stored_reports.count_reports(self._record, *days),
            lambda: report_table(stored_reports.heads(self._record, *days)),
        )

    def report(self, ident: str, version: int | None = None) -> Report:
        """The report of that id with its text, in its newest version or the one asked for.

        Raises RecordError where the record has no such report or version.
        """
        return stored_reports.report(self._record, ident, version).report

    def dyad_month(
        self,
        query: str | None = None,
        *,
        undirected: bool = False,
        report_day: bool = False,
        **filters: Unpack[Filters],
    ) -> Found[DyadMonth]:
        """Counts and scores of two countries by month, a row for each status, months without events with zeros.

        `since`, `until` or the query's `event:` are whole months; without them, those of the reports read.
        `undirected`: both ways of a pair in one row. `report_day`: where nothing is known of a date but that it was
        before the report's, that month.
        """
        asked = self._asked(query, None, filters)
        wanted = Wanted(search=asked, undirected=undirected, report_day=report_day)

        def counted() -> Iterator[DyadMonth]:
            return (DyadMonth(*row) for row in dyad_rows(self._job("dyad-month", wanted)))  # type: ignore[arg-type]

        self._job("dyad-month", wanted)  # what can't be counted is told at once
        return Found(
            self._told("dyad-months", asked), counted, lambda: sum(1 for _ in counted()), lambda: dyad_table(counted())
        )

    def _job(self, format_: str, wanted: Wanted) -> Job:
        return job_of(self._record, format_of(format_), wanted, self._lexicon, CODEBOOK)

    def plot(
        self,
        kind: str,
        query: str | None = None,
        *,
        title: str | None = None,
        width: int = 960,
        dark: bool = False,
        most: int | None = None,
        **filters: Unpack[Filters],
    ) -> Drawing:
        """A drawing of that kind of what is found, as `dragoman plot` makes it and a notebook shows it.

        `timeline`, `series`, `types`, `network`, `agreements` or `map`; `most`: so many rows, nodes or agreements at
        most. Raises QueryError for another kind.
        """
        found = self._asked(query, None, filters)
        asked = Asked(found, found.text or "", self._names, records.now()[:10], title, most)
        drawn = draw(self._record, kind, asked, Look(width, dark))
        return Drawing(drawn.svg, drawn.summary, width)

    def timeline(self, query: str | None = None, *, title: str | None = None, **filters: Unpack[Filters]) -> Drawing:
        """Events over time: cooperation up, conflict down, plans as outlines. It is `plot("timeline", …)`."""
        return self.plot("timeline", query, title=title, **filters)

    def export(
        self,
        format: str,
        out: Path | str,
        query: str | None = None,
        *,
        kind: Codes | None = None,
        expand: bool = False,
        one_a_day: bool = False,
        report_day: bool = False,
        undirected: bool = False,
        text: bool = True,
        force: bool = False,
        progress: Callable[[int], None] | None = None,
        **filters: Unpack[Filters],
    ) -> Exported:
        """Write facts to OUT in FORMAT, whole or not at all, and OUT.about.json beside it, as `dragoman export` does.

        docs/exports.md has the formats and what the options mean; `text=False` is `--no-text`. `progress` is told how
        many facts have been read. Raises RecordError where a file is there and FORCE isn't given, or the disk is full.
        """
        wanted = Wanted(
            filters=filters_of(self._names, kind, filters),
            search=self._search(query),
            expand=expand,
            one_a_day=one_a_day,
            report_day=report_day,
            undirected=undirected,
            text=text,
        )
        return export(self._record, format, Path(out), wanted, self._lexicon, CODEBOOK, force, progress)

    def read(
        self,
        *paths: str | Path,
        texts: Iterable[Line] = (),
        jobs: int = 1,
        parser: str | None = None,
        codebook: Path | str | None = None,
        min_confidence: float | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> ReadDone:
        """Read reports and store their facts, as `dragoman read` does: files, folders, addresses, and TEXTS.

        A text is a mapping as a line of `dragoman read -`: `{"id": "wire-7", "text": "…", "published": "1990-08-01"}`.
        A report that is there already, unchanged, is passed over. `jobs` processes read; PROGRESS is told after each
        report how many are done. Raises InputError where nothing could be read; else what failed is in the answer.
        """
        if not self._record.writable:
            raise RecordError(f"{self._opened.where}: the record is open for reading only; open it with write=True")
        settings = load_settings(
            lexicon=self._settings.lexicon, parser=parser, codebook=codebook, min_confidence=min_confidence
        )
        inputs = sources(map(str, paths), texts, settings)
        return read_into(self._record, self._name, inputs, settings, jobs, progress)

    def _search(self, query: str | None) -> Query:
        return parse_facts(query, self._names) if query and query.strip() else EVERYTHING

    def _asked(self, query: str | None, kind: Codes | None, filters: Filters) -> Query:
        return both(filters_of(self._names, kind, filters), self._search(query))

    def _told(self, what: str, asked: Query) -> str:
        return f"{what} of {self._opened.where}" + (f": {asked.text}" if asked.text else "")


def _kinds(asked: Query) -> tuple[str, ...] | None:
    """The kinds of fact that can be found; only events have a type."""
    named = named_codes(asked, "kind")
    has_type = named_codes(asked, "type") is not None or named_codes(asked, "act") is not None
    return ("event",) if named is None and has_type else named
