"""An actor, a country or whoever a name is of: offices by date, what it did and said, and with whom it had to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.lexicon.holders import Term
from dragoman.store.query import FactFilter, StoredFact, facts, pairs
from dragoman.web import respond, urls, words
from dragoman.web.errors import NotFoundError
from dragoman.web.paging import number, page_of
from dragoman.web.rows import row
from dragoman.web.site import Site, site_of

PAGE_FACTS: Final = 40
SAID: Final = 20
OFFICES: Final = 200
"""Facts of offices that are put together, and rows that are shown of them."""
PAIRS: Final = 12
LEADING: Final = ("head_of_state", "head_of_government", "foreign_minister")
"""Offices of a country whose holders are listed out of the tables."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office as reports name it: from the first to the last day on which one does; `url` of the first such fact."""

    person: str
    office: str
    of: str
    first: str
    last: str
    reports: int
    url: str


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of office out of the tables."""

    person: str
    title: str
    of: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a page is about: a country with its code, or a name. `search` finds its facts."""

    name: str
    code: str | None

    @property
    def search(self) -> str:
        """The search for all its facts."""
        return f"country:{self.code}" if self.code else f'actor:"{self.name}"'

    def facts(self, *kinds: str, least: float = 0.0) -> FactFilter:
        """Its facts of those kinds."""
        if self.code:
            return FactFilter(kinds=kinds, country=self.code, min_confidence=least or None)
        return FactFilter(kinds=kinds, actor=self.name, min_confidence=least or None)


@router.api_route("/actors/{segment:path}", methods=["GET", "HEAD"])
def actor(request: Request, segment: str) -> Response:
    """The page of a country, by code or name, or of a person, body or group by its name; or its JSON."""
    site, after = site_of(request), number(request, "after")
    given, as_json = urls.page_or_json(segment)
    who = _who(site, " ".join(given.split()))
    if who.code and given != who.code:
        address = actor_url(who.code)
        return RedirectResponse(urls.json_url(address) if as_json else address, 307)
    least = site.settings.min_confidence
    done, cursor = page_of(
        site.record, who.facts("event", "agreement", "transfer", least=least), after, PAGE_FACTS, "-date"
    )
    said = list(facts(site.record, who.facts("statement"), limit=SAID, order="-date"))
    offices = _offices(site, list(facts(site.record, who.facts("office"), limit=OFFICES, order="date")))
    terms = list(_terms(site, who))
    if not (done or said or offices or terms or who.code or after):
        raise NotFoundError(f"No fact of this record names {who.name[:80]!r}; try a part of the name, or a search.")
    more = urls.search_url("", actor_url(who.code or who.name), after=cursor) if cursor else None
    if as_json:
        return respond.json(request, _json(who, (done, said, offices, terms), more))
    return respond.page(
        request,
        "actor.html",
        nav="pairs",
        who=who,
        pairs=_pairs(site, who, done),
        rows=[row(fact, site.names) for fact in done],
        said=[row(fact, site.names) for fact in said],
        offices=offices,
        terms=terms,
        more=more,
        json_address=urls.json_url(actor_url(who.code or who.name), request.url.query),
    )


def actor_url(name: str) -> str:
    """The page of a country's code or of a name."""
    return f"/actors/{urls.slug(name)}"


def _who(site: Site, given: str) -> Who:
    code = given.upper() if site.names.known(given.upper()) else site.names.code(given) if len(given) > 1 else None
    return Who(site.names.of(code), code) if code else Who(given.replace('"', " ").strip(), None)


def _pairs(site: Site, who: Who, done: Sequence[StoredFact]) -> list[tuple[str, str, int]]:
    """Name, address and number of facts of the pairs that it is part of; of a name those of the facts shown."""
    if who.code:
        found = pairs(site.record, who.code, PAIRS)
        counted = [((pair.low, pair.high), pair.facts) for pair in found]
    else:
        counted = Counter(pair for fact in done if (pair := row(fact, site.names).pair)).most_common(PAIRS)
    return [
        (f"{site.names.of(low)} – {site.names.of(high)}", urls.pair_url(low, high), facts_)
        for (low, high), facts_ in counted
    ]


def _offices(site: Site, found: Sequence[StoredFact]) -> list[OfficeRow]:
    """Facts of one person in one office as one row, in the order of their first day."""
    gathered: dict[tuple[str, str, str], list[StoredFact]] = {}
    for fact in found:
        p = fact.payload
        of = ", ".join(filter(None, (str(p["body"] or ""), site.names.of(str(p["country"])) if p["country"] else "")))
        gathered.setdefault((str(p["person"]), str(p["office"]), of), []).append(fact)
    return [
        OfficeRow(
            *key,
            first=words.date(some[0].date),
            last=words.date(some[-1].date),
            reports=len({fact.report for fact in some}),
            url=urls.fact_url(some[0].id),
        )
        for key, some in gathered.items()
    ]


def _terms(site: Site, who: Who) -> Iterator[TermRow]:
    """Terms of office out of the tables: those of a person, or of a country's leading offices, by their start."""
    wanted = who.name.casefold()
    rows = [
        term
        for term in site.lexicon.rows(Term)
        if (
            term.country == who.code and term.office in LEADING
            if who.code
            else wanted in [name.casefold() for name in term.all_names]
        )
    ]
    for term in sorted(rows, key=lambda term: (term.start or "", term.person)):
        of = site.names.of(term.country) if term.country else str(term.body)
        end = "in office when the table was made" if term.open else term.end or "unknown"
        yield TermRow(term.person, term.title, of, term.start or "unknown", end)


def _json(
    who: Who, found: tuple[Sequence[StoredFact], Sequence[StoredFact], list[OfficeRow], list[TermRow]], more: str | None
) -> dict[str, object]:
    done, said, offices, terms = found
    names = ("person", "office", "of", "first", "last", "reports")
    return {
        "name": who.name,
        "country": who.code,
        "offices": [{name: getattr(office, name) for name in names} for office in offices],
        "terms": [{name: getattr(term, name) for name in ("person", "title", "of", "start", "end")} for term in terms],
        "facts": [fact.line() for fact in done],
        "statements": [fact.line() for fact in said],
        "next": more,
    }
