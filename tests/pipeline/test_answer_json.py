"""Answers as JSON: the schema accepts what we print, and refuses what the machine interface doesn't have."""

from __future__ import annotations

import json

import jsonschema
import pytest

from dragoman.facts import GRANULARITIES, PLOVER_TYPES, STATUSES, Answer, Date, FieldConfidence
from dragoman.pipeline.answer import as_json, dumps, schema
from dragoman.terms import AGREEMENT_STATUSES
from tests import made

VALIDATOR = jsonschema.Draft202012Validator(schema())


@pytest.mark.parametrize(
    "answer",
    [
        made.answer(),
        Answer(made.report(url=None, outlet=None, title=None, language=None, published=Date.unknown())),
        made.answer(events=(made.event(cameo=None, agreement=None, date=Date(None, "1994-03-07", "interval")),)),
    ],
)
def test_what_is_printed_fits_the_schema(answer: Answer) -> None:
    printed = json.loads(dumps(as_json(answer)))
    VALIDATOR.validate(printed)
    text = printed["report"]["text"]
    for facts in printed.values():
        for fact in facts if isinstance(facts, list) else ():
            assert all(text[item["start"] : item["end"]] == item["text"] for item in fact.get("evidence", []))


def test_the_schema_is_sound_and_speaks_of_the_same_terms() -> None:
    found = schema()
    jsonschema.Draft202012Validator.check_schema(found)
    defs = found["$defs"]
    assert defs["type"]["enum"] == list(PLOVER_TYPES)  # type: ignore[index]
    assert defs["status"]["enum"] == list(STATUSES)  # type: ignore[index]
    assert defs["date"]["properties"]["granularity"]["enum"] == list(GRANULARITIES)  # type: ignore[index]
    assert defs["agreement"]["properties"]["status"]["enum"] == list(AGREEMENT_STATUSES)  # type: ignore[index]


KEYS = {
    "report": "id url outlet title language text published",
    "events": "id act type mode contexts cameo status background source target reciprocal date place attributed_to "
    "agreement evidence confidence",
    "statements": "id speaker affiliation cue mode kind content addressee chain date evidence confidence",
    "figures": "value unit kind span what when qualifier countries set_by status evidence",
    "agreements": "id name parties status date evidence",
    "transfers": "item count supplier recipient status date evidence",
    "offices": "person office body country from to as_of evidence",
    "times": "start end text type value",
    "places": "start end text name country lat lon geonameid",
}


@pytest.mark.parametrize(("name", "keys"), KEYS.items())
def test_keys_are_those_of_the_machine_interface(name: str, keys: str) -> None:
    printed = as_json(made.answer())
    assert list(printed) == list(KEYS)
    found = printed[name]
    assert list(found[0] if isinstance(found, list) else found) == keys.split()  # type: ignore[call-overload]


def test_the_confidence_of_fields_is_a_key_more() -> None:
    sure = FieldConfidence(0.9, 0.8, 0.7, 0.6, 1.0)
    printed = json.loads(dumps(as_json(made.answer(events=(made.event(field_confidence=sure),)))))
    assert list(printed["events"][0]["field_confidence"]) == ["type", "source", "target", "status", "background"]
    assert VALIDATOR.is_valid(printed)
    printed["events"][0]["field_confidence"]["type"] = 1.1
    assert not VALIDATOR.is_valid(printed)


@pytest.mark.parametrize("change", [{"extra": 1}, {"status": "done"}, {"cameo": 57}, {"evidence": []}])
def test_the_schema_refuses_what_is_not_ours(change: dict[str, object]) -> None:
    printed = json.loads(dumps(as_json(made.answer())))
    printed["events"][0].update(change)
    assert not VALIDATOR.is_valid(printed)


def test_kind_of_speech_and_figure_stand_under_kind() -> None:
    printed = as_json(made.answer())
    assert printed["statements"][0]["kind"] == "speech"  # type: ignore[index]
    assert printed["figures"][0]["kind"] == "value"  # type: ignore[index]


def test_a_line_is_always_utf8() -> None:
    assert dumps({"a": "é"}) == '{"a": "é"}'
    assert json.loads(dumps({"a": "\ud800"}).encode()) == {"a": "\ud800"}
