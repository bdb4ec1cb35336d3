"""A report with its facts beside the words that prove them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Final, cast

from fastapi import APIRouter, Path, Query, Request, Response

from dragoman.facts import DateCandidate, Span
from dragoman.store.changes import Change, change
from dragoman.store.payload import date_json, evidence_of
from dragoman.store.query import StoredFact
from dragoman.store.reports import StoredReport
from dragoman.store.reports import report as stored_report
from dragoman.store.versions import versions
from dragoman.web import respond, urls
from dragoman.web.errors import NotFoundError
from dragoman.web.marking import Words, paragraphs
from dragoman.web.rows import MAIN_KINDS, Row, row
from dragoman.web.shown import FORMS, PAGE, Shown, accepted, answer
from dragoman.web.site import Site, site_of
from dragoman.web.tables import fact_table

STAMPS: Final = frozenset({"meta", "json-ld", "time", "feed", "url", "modified", "copyright"})
"""Sources of a date that a page or a feed bears, and that may be of another day than the report."""

LIST_KINDS: Final = (*MAIN_KINDS, "statement")
"""Kinds that stand in the list beside the text; figures and offices follow in one of their own."""

MARK_KINDS: Final = {"statement": "said", "figure": "noted", "office": "noted"}

CONTEXT: Final = 160
"""Characters that are shown before and after what has changed in a report."""

ROUND: Final = 50
MOST_MARKED: Final = 1000
"""Facts of one report that light up without a script; the style sheet for them is 160 kB."""

_WORDS: Final = '.page:has(#fact-{n}:is(:hover,:focus-within,:target)) mark[data-f~="{n}"]'
_FACT: Final = '.page:has(:is(mark[data-f~="{n}"]:hover,.ref[href="#fact-{n}"]:is(:hover,:focus))) #fact-{n}'

router = APIRouter(tags=["pages"])


@dataclass(frozen=True, slots=True)
class Numbered:
    """A fact on the report's page, with its number."""

    number: int
    row: Row
    words: Words


@router.api_route("/reports/{segment:path}", methods=["GET", "HEAD"], summary="A report with its facts")
def report(
    request: Request,
    segment: Annotated[str, Path(description="The report's id, percent-encoded as a whole; a suffix: .json, .csv.")],
    version: Annotated[int | None, Query(ge=0, lt=10**18, description="An older reading.")] = None,
) -> Response:
    """Its text and facts as a page or JSON; its facts alone as NDJSON, CSV and Parquet."""
    ident, form = urls.unslug(segment)
    if form not in FORMS and form != PAGE:
        raise NotFoundError(f"A report is there as a page and as {', '.join(FORMS)}, not as .{form}.")
    site = site_of(request)
    found = _find(site, ident, version)
    shown = Shown(
        lambda: _page(request, ident, found),
        lambda: _json(found, change(site.record, ident, found.version)),
        lambda: fact_table(found.facts),
        lambda: (fact.line() for fact in found.facts),
    )
    return answer(request, form or accepted(request), shown)


def _page(request: Request, ident: str, found: StoredReport) -> Response:
    site = site_of(request)
    facts = _numbered(found.facts, site)
    main = [fact for fact in facts if fact.row.kind in LIST_KINDS]
    return respond.page(
        request,
        "report.html",
        found=found,
        report=found.report,
        outward=urls.outward(found.report.url),
        paragraphs=paragraphs(found.report.text, [fact.words for fact in facts]),
        main=main,
        others=facts[len(main) :],
        labels={str(fact.number): fact.row for fact in facts},
        believed=next((c for c in found.report.candidates if c.won), None),
        stamp=_stamp(found.report.candidates),
        change=change(site.record, ident, found.version),
        shortened=shortened,
        marks=min(-(-len(facts) // ROUND) * ROUND, MOST_MARKED),
        json_address=urls.json_url(urls.report_url(ident), request.url.query),
    )


@router.api_route("/marks/{most}.css", methods=["GET", "HEAD"], include_in_schema=False)
def marks(request: Request, most: int) -> Response:
    """The rules by which a fact and its words light each other, for numbers up to MOST."""
    if not 0 <= most <= MOST_MARKED:
        raise NotFoundError(f"There is no style sheet for {most} facts.")
    return respond.answer(request, mark_rules(most), respond.CSS)


def mark_rules(most: int) -> str:
    """Selectors for each number, so that no script is needed to light what belongs together."""
    if not most:
        return ""
    numbers = range(1, most + 1)
    words = ",\n".join(_WORDS.format(n=n) for n in numbers)
    facts = ",\n".join(_FACT.format(n=n) for n in numbers)
    return (
        f"{words} {{ outline: 2px solid var(--lit); outline-offset: -1px; }}\n{facts} {{ background: var(--said); }}\n"
    )


def _find(site: Site, ident: str, version: int | None) -> StoredReport:
    known = versions(site.record, ident)
    if not known:
        raise NotFoundError(f"There is no report {ident[:200]!r} in this record; it may stand in another one.")
    if version is not None and version not in known:
        raise NotFoundError(f"Report {ident[:200]!r} has no version {version}; there are {', '.join(map(str, known))}.")
    found, least = stored_report(site.record, ident, version), site.settings.min_confidence
    return replace(found, facts=tuple(fact for fact in found.facts if fact.sure(least)))


def _numbered(facts: Sequence[StoredFact], site: Site) -> list[Numbered]:
    """Facts of the list first, then figures and offices, each in the order of the text."""
    ordered = sorted(facts, key=lambda fact: fact.kind not in LIST_KINDS)
    return [
        Numbered(n, row(fact, site.names), Words(str(n), MARK_KINDS.get(fact.kind, "proof"), _spans(fact)))
        for n, fact in enumerate(ordered, 1)
    ]


def _spans(fact: StoredFact) -> tuple[Span, ...]:
    """What is marked of a fact: of a statement what was said, of a figure the number, else its words."""
    if fact.kind == "statement":
        content = cast("list[list[int]]", fact.payload["content"])
        return tuple((start, end) for start, end in content)
    if fact.kind == "figure":
        start, end = cast("list[int]", fact.payload["span"])
        return ((start, end),)
    return (evidence_of(fact.payload)[0][:2],)


def _stamp(candidates: Sequence[DateCandidate]) -> DateCandidate | None:
    """The date that the page bears and that was not believed."""
    won = next((c for c in candidates if c.won), None)
    days = (won.date.start, won.date.end) if won else (None, None)
    lost = (c for c in candidates if not c.won and c.source in STAMPS and c.date.known)
    return next((c for c in lost if (c.date.start, c.date.end) != days), None)


def shortened(text: str) -> str:
    """Words that two versions share, without their middle where they are long."""
    return text if len(text) <= 2 * CONTEXT else f"{text[:CONTEXT]} … {text[-CONTEXT:]}"


def _json(found: StoredReport, changed: Change | None) -> dict[str, object]:
    report = found.report
    return {
        "report": {
            "id": report.id,
            "url": report.url,
            "outlet": report.outlet,
            "title": report.title,
            "author": report.author,
            "language": report.language,
            "kind": report.kind,
            "text": report.text,
            "published": date_json(report.published),
            "candidates": [_candidate(c) for c in report.candidates],
            "warnings": list(report.warnings),
        },
        "version": found.version,
        "versions": list(found.versions),
        "change": asdict(changed) if changed else None,
        "read_at": found.read_at,
        "coder": found.coder,
        "lexicon": found.lexicon,
        "facts": [fact.line() for fact in found.facts],
    }


def _candidate(candidate: DateCandidate) -> dict[str, object]:
    return {
        "date": date_json(candidate.date),
        "source": candidate.source,
        "where": candidate.where,
        "text": candidate.text,
        "won": candidate.won,
        "reason": candidate.reason,
    }
