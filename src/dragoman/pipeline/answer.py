"""An answer as the JSON object that `dragoman read --json` prints; `schema.json` describes it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import cast

from dragoman.facts import Answer, PlaceMention, Report, TimeMention
from dragoman.store.payload import Json, date_json, fields


def as_json(answer: Answer) -> Json:
    """One report and all that was read from it, keys and order as in the machine interface."""
    return {
        "report": _report(answer.report),
        "events": [fields(fact) for fact in answer.events],
        "statements": [fields(fact) for fact in answer.statements],
        "figures": [fields(fact) for fact in answer.figures],
        "agreements": [fields(fact) for fact in answer.agreements],
        "transfers": [fields(fact) for fact in answer.transfers],
        "offices": [fields(fact) for fact in answer.offices],
        "times": [_time(mention) for mention in answer.times],
        "places": [_place(mention) for mention in answer.places],
    }


def _report(report: Report) -> Json:
    return {
        "id": report.id,
        "url": report.url,
        "outlet": report.outlet,
        "title": report.title,
        "language": report.language,
        "text": report.text,
        "published": date_json(report.published),
    }


def _time(time: TimeMention) -> Json:
    return {"start": time.start, "end": time.end, "text": time.text, "type": time.type, "value": time.value}


def _place(place: PlaceMention) -> Json:
    return {
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
    }


def dumps(value: object) -> str:
    """One line of JSON, ready for UTF-8: a lone surrogate, which UTF-8 can't hold, is written as its escape."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False)
    return text


def schema() -> Json:
    """JSON Schema (2020-12) of one answer."""
    return cast(Json, json.loads((files("dragoman.pipeline") / "schema.json").read_text(encoding="utf-8")))
