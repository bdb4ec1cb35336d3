"""Answers made by hand, with good defaults: tests of the store, the pipeline's JSON and the commands need no parser."""

from __future__ import annotations

from dataclasses import replace

from dragoman.facts import (
    Actor,
    Agreement,
    Answer,
    Cue,
    Date,
    DateCandidate,
    Event,
    Evidence,
    Figure,
    Office,
    Place,
    PlaceMention,
    Report,
    Statement,
    TimeMention,
    Transfer,
    fact_id,
)

TEXT = (
    "PARIS (AP) — France and Germany signed the Elbe accord on Monday. “Canada met Ghana in Accra last week,” "
    "President Marie Duval told reporters. France will deliver 40 trucks to Ghana, worth $3 billion."
)
DAY = Date.on("1994-03-07")


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    at = text.index(words)
    return (at, at + len(words))


def proof(*words: str, text: str = TEXT) -> tuple[Evidence, ...]:
    return tuple(Evidence(*span(item, text), text) for item in words)


def actor(name: str, country: str | None, sector: str | None = "GOV", text: str = TEXT) -> Actor:
    return Actor(name, country, sector, span=span(name, text) if name in text else None)


def report(ident: str = "r1", text: str = TEXT, **fields: object) -> Report:
    made = Report(
        id=ident,
        text=text,
        published=Date.on("1994-03-08", "dateline"),
        url=f"https://example.org/{ident}",
        outlet="Morning Wire",
        title="An accord on the Elbe",
        language="en",
        candidates=(
            DateCandidate(Date.on("1994-03-08"), "dateline", "first line", "March 8", True, "the report's own word"),
            DateCandidate(Date.on("2011-01-01"), "meta", "meta date", "2011-01-01", False, "years after the dateline"),
        ),
        warnings=("the page is short",),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def event(ident: str = "r1", **fields: object) -> Event:
    evidence = proof("France and Germany signed the Elbe accord on Monday", "signed")
    made = Event(
        id=fact_id(ident, "event", evidence[1].span),
        act="SUPPORT",
        type="SUPPORT",
        status="happened",
        source=(actor("France", "FRA"), actor("Germany", "DEU")),
        target=(),
        reciprocal=True,
        evidence=evidence,
        date=DAY,
        contexts=("diplomatic",),
        cameo="057",
        agreement="the Elbe accord",
        confidence=0.9,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def meeting(ident: str = "r1", **fields: object) -> Event:
    evidence = proof("Canada met Ghana in Accra last week", "met")
    made = Event(
        id=fact_id(ident, "event", evidence[1].span),
        act="CONSULT",
        type="CONSULT",
        status="claimed",
        source=(actor("Canada", "CAN"),),
        target=(actor("Ghana", "GHA"),),
        evidence=evidence,
        date=Date("1994-02-28", "1994-03-06", "week", basis="relative"),
        mode="visit",
        cameo="042",
        place=Place("Accra", "GHA", 5.55, -0.2),
        attributed_to="President Marie Duval",
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def statement(ident: str = "r1") -> Statement:
    evidence = proof("“Canada met Ghana in Accra last week,” President Marie Duval told reporters.")
    return Statement(
        id=fact_id(ident, "statement", evidence[0].span),
        speaker=actor("President Marie Duval", "FRA"),
        cue=Cue("told reporters", span("told reporters")),
        mode="direct",
        speech="speech",
        content=(span("Canada met Ghana in Accra last week"),),
        evidence=evidence,
        date=DAY,
        affiliation="France",
        addressee="reporters",
        chain=("Morning Wire", "President Marie Duval"),
    )


def answer(ident: str = "r1", **fields: object) -> Answer:
    figure = Figure(
        value=3e9,
        unit="USD",
        measure="value",
        span=span("$3 billion"),
        evidence=proof("worth $3 billion"),
        when=Date.unknown(),
        what="trucks",
        countries=("FRA", "GHA"),
    )
    agreement = Agreement(
        id=fact_id(ident, "agreement", span("the Elbe accord")),
        name="the Elbe accord",
        parties=(actor("France", "FRA"), actor("Germany", "DEU")),
        status="signed",
        evidence=proof("signed the Elbe accord"),
        date=DAY,
    )
    transfer = Transfer(
        item="trucks",
        count=40,
        supplier=actor("France", "FRA"),
        recipient=actor("Ghana", "GHA"),
        status="scheduled",
        evidence=proof("France will deliver 40 trucks to Ghana"),
        date=Date.unknown(),
    )
    office = Office(
        person="Marie Duval",
        office="president",
        body=None,
        country="FRA",
        evidence=proof("President Marie Duval"),
        as_of=DAY,
    )
    made = Answer(
        report=report(ident),
        events=(event(ident), meeting(ident)),
        statements=(statement(ident),),
        figures=(figure,),
        agreements=(agreement,),
        transfers=(transfer,),
        offices=(office,),
        times=(TimeMention(*span("last week"), "last week", "DATE", "1994-W09"),),
        places=(PlaceMention(*span("Accra"), "Accra", "Accra", "GHA", 5.55, -0.2, 2306104),),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


FACTS = 7
"""How many facts `answer` holds."""
