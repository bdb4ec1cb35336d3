"""What a push says: true to the fact, plain text, and never more than a push may have."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.live.push.sending import MOST_BODY
from dragoman.store.devices import Bell, Device, Hours, Subscription
from dragoman.store.query import StoredFact, facts
from dragoman.store.record import Record
from dragoman.store.writing import add
from dragoman.web.notices import _draft, drafts, trial
from tests import made
from tests.web.conftest import STAMP

AT = datetime(2020, 6, 1, tzinfo=UTC)
NAMES = Names(Lexicon(None))
ANYTHING = st.text(st.characters(), max_size=3000)


def bell(name: str = "Elbe", digest: str = "at once") -> Bell:
    device = Device(1, Subscription("https://push.example/a", "", ""), Hours(), "", None, 0, None, None)
    return Bell(1, device, "s1", name, "FRA", digest, 0, "", "")  # type: ignore[arg-type]


def told(record: Record) -> dict[str, StoredFact]:
    add(record, made.answer("r1"), STAMP)
    return {fact.id: fact for fact in facts(record)}


def test_status_and_word_are_told(record: Record) -> None:
    found = told(record)
    (draft,) = drafts(bell(), [found[made.meeting("r1").id]], False, AT, NAMES)
    said = json.loads(draft.body)
    first, quote, source = said["body"].split("\n")
    assert first.startswith("claimed · CONSULT · visit")
    assert quote.startswith("“Canada met Ghana")
    assert source == "Morning Wire, 8 Mar 1994 · Elbe"
    (happened,) = drafts(bell(), [found[made.event("r1").id]], False, AT, NAMES)
    assert json.loads(happened.body)["body"].startswith("event · SUPPORT")


def test_a_digest_of_one_is_told_as_the_fact_and_of_more_by_number(record: Record) -> None:
    found = list(told(record).values())
    (one,) = drafts(bell(digest="daily"), found[:1], False, AT, NAMES)
    assert json.loads(one.body)["url"].startswith("/facts/")
    assert one.urgency == "low"
    (two,) = drafts(bell(digest="daily"), found[:2], False, AT, NAMES)
    assert json.loads(two.body)["title"] == "2 new facts: Elbe"
    (more,) = drafts(bell(), found, True, AT, NAMES)
    assert json.loads(more.body)["title"].startswith("More than 7 new facts")
    assert json.loads(more.body)["body"].endswith("and 3 more at least")


def test_a_later_digest_takes_the_place_of_one_that_was_not_delivered(record: Record) -> None:
    found = list(told(record).values())
    (early,) = drafts(bell(digest="daily"), found[:2], False, AT, NAMES)
    (late,) = drafts(bell(digest="daily"), found[2:], False, AT, NAMES)
    assert early.topic == late.topic
    assert len({draft.topic for draft in drafts(bell(), found[:3], False, AT, NAMES)}) == 3


@given(ANYTHING, ANYTHING)
def test_a_push_is_small_and_steers_nothing(title: str, body: str) -> None:
    draft = _draft(bell(title), "topic", title, body, "/facts/e-1", AT)
    assert len(draft.body.encode()) <= MOST_BODY
    said = json.loads(draft.body)
    assert not set(said["title"]) & set("\n\x00\x1b\u202e\u2066\u200f")
    assert len(draft.topic) == 32


@given(ANYTHING)
def test_what_is_cut_off_says_so(body: str) -> None:
    whole = "日本" * 2000 + body
    said = json.loads(_draft(bell(), "topic", "t", whole, "/", AT).body)["body"]
    assert said.endswith(" …")
    assert whole.startswith(said.removesuffix(" …"))


def test_a_trial_says_what_it_is() -> None:
    assert json.loads(trial(bell("The Elbe"), AT).body)["title"] == "Notifications work: The Elbe"
