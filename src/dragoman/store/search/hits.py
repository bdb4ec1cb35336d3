"""Hits and facets as JSON objects, as `dragoman search --json` and `GET /api/search` give them."""

from __future__ import annotations

from dragoman.store.payload import Json, date_json
from dragoman.store.search.results import Facets, FactHit, Passage, SentenceHit


def fact_hit_json(hit: FactHit) -> Json:
    """A fact as `facts --json` prints it, then its report's head and the `sentence` that it stands in."""
    fact = hit.fact
    about = {"outlet": fact.outlet, "title": fact.title, "url": fact.url, "published": date_json(fact.published)}
    return {**fact.line(), "of": about, "sentence": passage_json(hit.passage)}


def sentence_hit_json(hit: SentenceHit) -> Json:
    """A sentence with its report's head and the ids of the facts that were read from it."""
    about = {"outlet": hit.outlet, "title": hit.title, "url": hit.url, "published": date_json(hit.published)}
    return {"report": hit.report, "of": about, "sentence": passage_json(hit.passage), "facts": list(hit.facts)}


def passage_json(passage: Passage) -> Json:
    """`start` counts in the report's text, `marks` in `text`."""
    return {"text": passage.text, "start": passage.start, "marks": [list(mark) for mark in passage.marks]}


def facets_json(found: Facets) -> Json:
    """Numbers by value, by key of the language; `more`: older hits were not counted."""
    return {"counted": found.counted, "more": found.more, **{key: dict(values) for key, values in found.values.items()}}
