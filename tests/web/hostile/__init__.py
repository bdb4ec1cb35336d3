"""Strings that strangers might write, and a record in which each stands in every field."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from dragoman.facts import Actor, Answer, Date, DateCandidate, Evidence, Place, fact_id
from tests import made

CORPUS = Path(__file__).parent / "corpus.jsonl"


def values() -> list[str]:
    return [json.loads(line)["value"] for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def answer(number: int, value: str) -> Answer:
    """A report and facts of each kind, all words in which are VALUE; every other one bears it as its id."""
    day = Date.on(f"{1800 + number}-03-08", "dateline")  # apart from each other, so that none is linked to another
    ident = value if number % 2 and value.strip() else f"r{number}"
    text = f"{made.TEXT}\n\n{value} said {value}."
    start = text.rindex(value)
    quote = Evidence(start, start + len(value), text)
    actor, other = Actor(value, "FRA", "GOV", role=value), Actor(value, "GHA", None)
    plain = made.answer(ident)
    said = plain.statements[0]
    return replace(
        plain,
        report=made.report(
            ident,
            text=text,
            url=value,
            outlet=value,
            title=value,
            author=value,
            published=day,
            candidates=(DateCandidate(day, "dateline", value, value, True, value),),
            warnings=(value,),
        ),
        events=(
            replace(
                plain.events[0], id=fact_id(ident, "event", quote.span), source=(actor,), target=(other,),
                reciprocal=False, date=day, agreement=value, attributed_to=value, place=Place(value, "GHA", 5.5, -0.2),
                evidence=(quote,),
            ),
        ),
        statements=(
            replace(
                said, id=fact_id(ident, "statement", quote.span), speaker=actor, affiliation=value, addressee=value,
                date=day, chain=(value, value), cue=None, content=(quote.span,), evidence=(quote,),
            ),
        ),
        figures=(replace(plain.figures[0], what=value, set_by=value, evidence=(quote,), span=quote.span),),
        agreements=(
            replace(
                plain.agreements[0], id=fact_id(ident, "agreement", quote.span), date=day, name=value,
                parties=(actor, other), evidence=(quote,),
            ),
        ),
        transfers=(
            replace(plain.transfers[0], date=day, item=value, supplier=actor, recipient=other, evidence=(quote,)),
        ),
        offices=(replace(plain.offices[0], person=value, office=value, body=value, evidence=(quote,)),),
        times=(),
        places=(),
    )  # fmt: skip
