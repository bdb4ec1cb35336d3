"""How sure events are: probabilities, never surer as a whole than in a field, rising with what speaks for them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding import events
from dragoman.coding.events import confidence
from dragoman.coding.events.confidence import FARTHEST, log_odds, share, weigh
from dragoman.coding.trace import Trace
from dragoman.facts import FactError, FieldConfidence
from dragoman.lexicon import Lexicon
from dragoman.lexicon.confidence import FEATURES, FIELDS, RISING, WHOLE, weights
from tests.coding.event_reading import draft_of, events_of

LEXICON = Lexicon()
NAMES = sorted(FEATURES[WHOLE])
VALUES = st.fixed_dictionaries({name: st.floats(-FARTHEST, FARTHEST) for name in NAMES})


@given(VALUES)
def test_a_confidence_is_a_probability_and_the_whole_is_no_surer_than_a_field(features: dict[str, float]) -> None:
    whole, fields = weigh(LEXICON, features)
    parts = [getattr(fields, name) for name in FIELDS]
    assert all(0 <= value <= 1 for value in (whole, *parts))
    assert whole <= min(parts)


@given(VALUES, st.sampled_from(sorted(RISING)), st.floats(0, 2 * FARTHEST))
def test_what_only_speaks_for_a_field_makes_nothing_less_sure(
    features: dict[str, float], name: str, more: float
) -> None:
    before, fields = weigh(LEXICON, features)
    after, others = weigh(LEXICON, {**features, name: features[name] + more})
    assert after >= before
    assert all(getattr(others, field) >= getattr(fields, field) for field in FIELDS)


def test_a_feature_of_one_side_says_nothing_of_the_other() -> None:
    table = LEXICON.compiled(weights)
    assert not any(name.startswith("target:") for name in table["source"])
    assert not any(name.startswith("source:") for name in table["target"])


@given(st.floats(0, 1))
def test_log_odds_and_share_undo_one_another(probability: float) -> None:
    odds = log_odds(probability)
    assert -FARTHEST <= odds <= FARTHEST
    if abs(odds) < FARTHEST:
        assert share(odds) == pytest.approx(probability)


@given(st.floats(allow_nan=False))
def test_a_share_is_never_outside_its_bounds(odds: float) -> None:
    assert 0 < share(odds) < 1


def test_the_sum_is_that_of_the_weights() -> None:
    assert confidence.summed({"bias": 1.0, "act": 0.5}, {"bias": 1.0, "act": 2.0, "other": 9.0}) == 2.0
    assert confidence.summed({"act": math.pi}, {}) == 0.0


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan])
def test_no_field_has_a_confidence_that_is_no_probability(value: float) -> None:
    with pytest.raises(FactError, match="confidence of its status"):
        FieldConfidence(0.5, 0.5, 0.5, value, 0.5)


READ = "Iraq attacked Kuwait on Thursday. Its president said that Iran might meet Syria and Libya."


def test_each_event_that_is_read_is_weighed_and_by_the_same_features_in_each_run() -> None:
    first, second = events_of(READ), events_of(READ)
    assert len(first) > 1
    assert [(e.confidence, e.field_confidence) for e in first] == [(e.confidence, e.field_confidence) for e in second]
    assert all(0 < e.confidence <= e.field_confidence.target < 1 for e in first if e.field_confidence)


def test_the_trace_holds_features_that_give_the_confidence() -> None:
    draft = replace(draft_of(READ), trace=Trace())
    assert draft.trace is not None
    for event in events.find(draft):
        weighed = draft.trace.weighed[event.id]
        assert weighed.keys() <= set(FEATURES[WHOLE])
        assert weigh(LEXICON, weighed) == (event.confidence, event.field_confidence)
