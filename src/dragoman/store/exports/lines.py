"""Every kind of fact as JSON Lines: as `dragoman facts --json` prints them, with whose report and who coded it."""

from __future__ import annotations

from typing import cast

from dragoman.store.payload import Json
from dragoman.store.query import StoredFact


def line(fact: StoredFact, codebook: str, text: bool) -> Json:
    """A fact's fields; without TEXT no quotes and no cues, only where they stand."""
    about: Json = {
        "url": fact.url,
        "outlet": fact.outlet,
        "codebook": codebook,
        "coder": fact.coder,
        "lexicon": fact.lexicon,
        "coded_date": fact.read_at[:10],
        "reviewed_by": fact.reviewed_by,
    }
    whole = fact.line()
    return {**(whole if text else _without_text(whole)), **about}


def _without_text(whole: Json) -> Json:
    evidence = [{**item, "text": None} for item in cast("list[Json]", whole["evidence"])]
    cue = cast("Json | None", whole.get("cue"))
    return {**whole, "evidence": evidence, **({"cue": {**cue, "text": None}} if cue else {})}
