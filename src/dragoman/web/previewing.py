"""What would be read of a report that isn't posted yet, as its page would show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.facts import Answer
from dragoman.lexicon.names import Names
from dragoman.store.payload import evidence_of, named
from dragoman.store.query import StoredFact
from dragoman.store.rows import date_of, fact_rows
from dragoman.web import words
from dragoman.web.marking import Piece, Words, paragraphs
from dragoman.web.rows import MAIN_KINDS, Row, row


@dataclass(frozen=True, slots=True)
class Preview:
    """A report as it would be stored: its text with the words of its facts marked, and the facts in its order."""

    title: str
    published: str
    warnings: tuple[str, ...]
    paragraphs: list[list[Piece]]
    facts: tuple[Row, ...]
    others: tuple[Row, ...]


def preview(answer: Answer, names: Names) -> Preview:
    """ANSWER as a reader would see it."""
    facts = sorted(_stored(answer), key=lambda fact: evidence_of(fact.payload)[0][:2])
    marked = [
        Words(str(n), "said" if fact.kind == "statement" else "proof", (evidence_of(fact.payload)[0][:2],))
        for n, fact in enumerate(facts, 1)
        if fact.kind in (*MAIN_KINDS, "statement")
    ]
    rows = [row(fact, names) for fact in facts]
    return Preview(
        title=answer.report.title or answer.report.id,
        published=words.date(answer.report.published),
        warnings=answer.report.warnings,
        paragraphs=paragraphs(answer.report.text, marked),
        facts=tuple(one for one in rows if one.kind in (*MAIN_KINDS, "statement")),
        others=tuple(one for one in rows if one.kind in ("figure", "office")),
    )


def _stored(answer: Answer) -> Iterator[StoredFact]:
    """The facts of ANSWER as the record would hold them."""
    report = answer.report
    for ident, fact in named(answer):
        made = fact_rows(fact, ident).fact
        yield StoredFact(
            seq=0,
            id=ident,
            kind=fact.kind,
            report=report.id,
            version=0,
            type=getattr(fact, "type", None),
            status=getattr(fact, "status", None),
            background=bool(getattr(fact, "background", False)),
            date=date_of(fact),
            payload=made["payload"],  # type: ignore[arg-type]
            outlet=report.outlet,
            title=report.title,
            url=report.url,
            language=report.language,
            published=report.published,
            coder="",
            lexicon="",
            read_at="",
            first_seen="",
            last_seen="",
            superseded=False,
        )
