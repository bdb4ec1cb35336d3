"""From facts to rows: what the columns beside a fact's JSON hold, so that it can be found."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final, Literal, TypeAlias, TypeVar, cast

from dragoman.facts import Actor, Agreement, Date, Event, Fact, Figure, Office, Report, Statement, Transfer
from dragoman.store.engine import dumps
from dragoman.store.payload import Json, evidence_of, stored_fields
from dragoman.store.search.documents import fact_document
from dragoman.terms import BASE_STATUSES

Role: TypeAlias = Literal["source", "target", "party", "speaker", "about", "holder"]
"""`party`: of a reciprocal event or an agreement; `about`: a figure's country; `holder`: of an office."""

J = TypeVar("J")

_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_MAYBE_UNSTORABLE: Final = re.compile(r"\\u0000|[\ud800-\udfff]")
"""What JSON makes of them; it makes it of a backslash before `u0000` too."""


@dataclass(frozen=True, slots=True)
class FactRows:
    """One fact's rows; `seq` is put in when the record has given it."""

    fact: Json
    actors: tuple[Json, ...]
    evidence: tuple[Json, ...]
    pairs: tuple[Json, ...]

    @property
    def tally(self) -> tuple[str, str, str, bool]:
        """Kind, type, status, background: what the fact is counted under."""
        row = self.fact
        return (str(row["kind"]), str(row["type"] or ""), str(row["status"] or ""), bool(row["background"]))

    @property
    def happened(self) -> bool:
        """Whether this is an event that took place or was under way, and is no background."""
        kind, _, status, background = self.tally
        return kind == "event" and status in BASE_STATUSES and not background

    def document(self, report: Json) -> str:
        """What the word index holds of the fact, given its report's row."""
        return fact_document(self.fact, self.actors, self.pairs, report)


def content_hash(report: Report) -> str:
    """What a report says, in 64 characters: other text, title or date of its own make another version of it."""
    date = report.published
    return stored_hash(clean(report.text), clean(report.title), date.start, date.end, date.granularity)


def stored_hash(text: str, title: str | None, start: str | None, end: str | None, granularity: str) -> str:
    """The hash of what a record holds of a report: `content_hash` can be checked by it as long as the text is there."""
    parts = (text, title or "", start or "", end or "", granularity)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()


def clean(value: J) -> J:
    """VALUE with NUL and lone surrogates, which not every database takes, as U+FFFD: one for one, so offsets stay."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)  # type: ignore[return-value]
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}  # type: ignore[return-value]
    if isinstance(value, list):
        return [clean(item) for item in value]  # type: ignore[return-value]
    return value


def report_row(report: Report) -> Json:
    """The columns of a report that the report itself gives."""
    return clean(
        {
            "id": report.id,
            "url": report.url,
            "outlet": report.outlet,
            "title": report.title,
            "author": report.author,
            "language": report.language,
            "kind": report.kind,
            "text": report.text,
            **interval("published", report.published),
            "published_approx": report.published.approx,
            "published_basis": report.published.basis,
            "warnings": list(report.warnings),
            "content_hash": content_hash(report),
        }
    )


def candidate_rows(report: Report) -> list[Json]:
    """Where the report's date may be read, in the order in which it was looked for."""
    return [
        clean(
            {
                "number": number,
                **interval("date", candidate.date),
                "date_approx": candidate.date.approx,
                "date_basis": candidate.date.basis,
                "source": candidate.source,
                "place": candidate.where,
                "text": candidate.text,
                "won": candidate.won,
                "reason": candidate.reason,
            }
        )
        for number, candidate in enumerate(report.candidates)
    ]


def interval(prefix: str, date: Date) -> Json:
    """A Date's first and last day and its granularity."""
    return {f"{prefix}_start": date.start, f"{prefix}_end": date.end, f"{prefix}_granularity": date.granularity}


def fact_rows(fact: Fact, ident: str) -> FactRows:
    """All rows of one fact."""
    payload = stored_fields(fact)
    if _MAYBE_UNSTORABLE.search(dumps(payload)):  # one look at the whole is ten times as fast as one at each part
        payload = clean(payload)
    date = date_of(fact)
    evidence = evidence_of(payload)
    actors = actors_of(fact)
    row: Json = {
        "id": clean(ident),
        "kind": fact.kind,
        "act": getattr(fact, "act", None),
        "type": getattr(fact, "type", None),
        "status": getattr(fact, "status", None),
        "background": bool(getattr(fact, "background", False)),
        **interval("date", date),
        "date_order": date.start or date.end or "",
        "words": clean(_words(fact, actors, evidence)),
        "payload": payload,
    }
    return FactRows(
        fact=row,
        actors=tuple(_actor(i, role, actor) for i, (role, actor) in enumerate(actors)),
        evidence=tuple({"number": i, "start": start, "end": end} for i, (start, end, _) in enumerate(evidence)),
        pairs=tuple(
            {"low": low, "high": high, "direction": way, **_counted(row, date)}
            for (low, high), way in _pairs(fact, actors).items()
        ),
    )


_COUNTED: Final = ("kind", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order")


def _counted(row: Json, date: Date) -> Json:
    """What `pairs` repeats of the row of a fact."""
    payload = cast(Json, row["payload"])
    of_event = {name: payload[name] if row["kind"] == "event" else None for name in ("mode", "cameo", "confidence")}
    return {**{name: row[name] for name in _COUNTED}, "date_basis": date.basis, "superseded": False, **of_event}


def _actor(number: int, role: Role, actor: Actor) -> Json:
    return clean({"number": number, "role": role, "name": actor.name, "country": actor.country, "sector": actor.sector})


def date_of(fact: Fact) -> Date:
    """When the fact was, is or will be."""
    if isinstance(fact, Figure):
        return fact.when
    if isinstance(fact, Office):
        return fact.as_of if fact.as_of.known or fact.start is None else fact.start
    return fact.date


def actors_of(fact: Fact) -> list[tuple[Role, Actor]]:
    """(role, actor) of all parties to a fact."""
    found: list[tuple[Role, Actor | None]] = []
    if isinstance(fact, Event):
        found = [("party" if fact.reciprocal else "source", actor) for actor in fact.source]
        found += [("target", actor) for actor in fact.target]
    elif isinstance(fact, Statement):
        found = [("speaker", fact.speaker)]
    elif isinstance(fact, Agreement):
        found = [("party", actor) for actor in fact.parties]
    elif isinstance(fact, Transfer):
        found = [("source", fact.supplier), ("target", fact.recipient)]
    elif isinstance(fact, Figure):
        found = [("about", Actor(country, country)) for country in fact.countries]
    else:
        found = [("holder", Actor(fact.person, fact.country))]
    return [(role, actor) for role, actor in found if actor is not None]


def _pairs(fact: Fact, actors: list[tuple[Role, Actor]]) -> dict[tuple[str, str], str]:
    """Pairs of unlike countries in alphabetical order, with `>`, `<` or `=`; offices and statements have none."""

    def countries(*roles: Role) -> list[str]:
        return sorted({actor.country for role, actor in actors if role in roles and actor.country})

    found: dict[tuple[str, str], str] = {}
    for low, high in combinations(countries("party", "about"), 2):
        found[low, high] = "="
    for one, other in product(countries("source"), countries("target")):
        if one != other:
            key, way = ((one, other), ">") if one < other else ((other, one), "<")
            found[key] = way if found.get(key, way) == way else "="
    return found


def _words(fact: Fact, actors: list[tuple[Role, Actor]], evidence: list[tuple[int, int, str]]) -> str:
    """What a search for words looks in: the quotes, none inside another, the parties and the named things."""
    parts: list[str] = []
    covered: list[tuple[int, int]] = []
    for start, end, text in evidence:
        if not any(first <= start and end <= last for first, last in covered):
            covered.append((start, end))
            parts.append(text)
    parts += [actor.name for _, actor in actors]
    for name in ("name", "item", "office", "body", "what", "agreement", "attributed_to"):
        value = getattr(fact, name, None)
        if value:
            parts.append(value)
    return "\n".join(parts)
