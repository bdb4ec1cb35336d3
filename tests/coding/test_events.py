"""Text to events: types, sides, status, date and evidence, over whole sentences and small reports."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.coding import events
from tests.coding.event_reading import codes, draft_of, events_of, short

ROWS = [
    ("The French president met the German chancellor.", ("CONSULT", "happened", "DEU+FRA", "")),
    ("Poland and Ukraine signed a treaty.", ("SUPPORT", "happened", "POL+UKR", "")),
    ("Egypt signed a treaty with Libya.", ("SUPPORT", "happened", "EGY+LBY", "")),
    ("The Japanese prime minister visited Indonesia.", ("CONSULT", "happened", "JPN", "IDN")),
    ("Kuwait was invaded by Iraq.", ("ASSAULT", "happened", "IRQ", "KWT")),
    ("Iraq invaded Kuwait.", ("ASSAULT", "happened", "IRQ", "KWT")),
    ("Kuwait invaded Iraq.", ("ASSAULT", "happened", "KWT", "IRQ")),
    ("The Iraqi invasion of Kuwait shocked markets.", ("ASSAULT", "happened", "IRQ", "KWT")),
    ("Sweden gave 20 million dollars in aid to Mozambique.", ("AID", "happened", "SWE", "MOZ")),
    ("Mozambique was given aid by Sweden.", ("AID", "happened", "SWE", "MOZ")),
    ("The European Union imposed sanctions on Belarus.", ("SANCTION", "happened", "EUR", "BLR")),
    ("Russia expelled three Dutch diplomats.", ("SANCTION", "happened", "RUS", "NLD")),
    ("The United States recalled its ambassador from Chile.", ("SANCTION", "happened", "USA", "CHL")),
    ("Cuba will withdraw its troops from Angola.", ("CONCEDE", "scheduled", "CUB", "AGO")),
    ("Syria rejected the Israeli proposal.", ("REJECT", "happened", "SYR", "ISR")),
    ("Turkey accused Greece of spying.", ("ACCUSE", "happened", "TUR", "GRC")),
    ("Turkey urged Greece to withdraw.", ("REQUEST", "happened", "TUR", "GRC")),
    ("Libya threatened to attack Chad.", ("THREATEN", "happened", "LBY", "TCD")),
    ("Germany recognised Croatia.", ("SUPPORT", "happened", "DEU", "HRV")),
    ("Brazil praised Chile for its restraint.", ("SUPPORT", "happened", "BRA", "CHL")),
    ("Canada sold wheat to China.", ("COOPERATE", "happened", "CAN", "CHN")),
    ("Norway invited the Libyan leader to Oslo.", ("AGREE", "happened", "NOR", "LBY")),
    ("Israel and Syria exchanged fire and Israel bombed Syria.", ("ASSAULT", "happened", "ISR", "SYR")),
    ("Chilean students protested against the government of Peru.", ("PROTEST", "happened", "CHL", "PER")),
    ("The North Korean army tested a missile.", ("MOBILIZE", "happened", "PRK", "")),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_sentence(text: str, expected: tuple[str, str, str, str]):
    assert expected in [short(e) for e in events_of(text)]


@pytest.mark.parametrize("text", [text for text, _ in ROWS])
def test_evidence_stands_in_the_text_and_holds_the_predicate(text: str):
    for event in events_of(text):
        quote, word = event.evidence[:2]
        assert text[quote.start : quote.end] == quote.text
        assert quote.start <= word.start < word.end <= quote.end


NO_EVENT = [
    "The weather was fine.",
    "The factory met its target in May.",
    "He backed the car into the drive.",
    "Prices rose by three percent in Japan.",
    "",
    "?",
]


@pytest.mark.parametrize("text", NO_EVENT)
def test_no_event(text: str):
    assert events_of(text) == ()


def test_what_is_asked_for_is_no_event_of_its_own():
    assert [e.type for e in events_of("France asked Mali to release the prisoners.")] == ["REQUEST"]


def test_a_visit_is_one_sided_and_a_meeting_is_not():
    (visit,) = events_of("The Thai premier visited Laos.")
    (meeting,) = events_of("The Thai premier met Laotian ministers.")
    assert (codes(visit.source), codes(visit.target), visit.reciprocal) == ("THA", "LAO", False)
    assert meeting.reciprocal
    assert meeting.target == ()


def test_date_of_the_sentence_and_background_of_an_old_act():
    text = "Spain recognised Kosovo on Monday. Germany recognised Croatia in December 1991."
    new, old = events_of(text, "2015-06-10")
    assert (new.date.start, new.date.end, new.background) == ("2015-06-08", "2015-06-08", False)
    assert (old.date.start, old.date.granularity, old.background) == ("1991-12-01", "month", True)


def test_what_is_dated_after_the_report_is_a_plan():
    events = events_of("The Thai premier visits Laos on 20 June 2015.", "2015-06-10")
    assert [(e.act, e.type, e.status) for e in events] == [("CONSULT", "AGREE", "scheduled")]


def test_pluperfect_is_background_and_not_so_in_reported_speech():
    (event,) = events_of("Iraq had attacked Kuwait.")
    assert event.background
    reported = events_of("The king said that Iraq had attacked Kuwait.")
    assert [e.background for e in reported if e.act == "ASSAULT"] == [False]


ANTECEDENTS = [
    ("Egypt signed a treaty with Israel. Syria rejected the treaty.", "REJECT", "SYR", "EGY+ISR"),
    ("The Egyptian president visited Israel. Libya condemned the visit.", "ACCUSE", "LBY", "EGY"),
    ("Iraq invaded Kuwait. Iran condemned the invasion.", "ACCUSE", "IRN", "IRQ"),
    ("France appealed to Iran for help. Iran rejected the appeal.", "REJECT", "IRN", "FRA"),
    ("The United States imposed an embargo on Cuba. The United States lifted the embargo.", "CONCEDE", "USA", "CUB"),
    ("Russia accused Poland of spying. Poland rejected the charge.", "REJECT", "POL", "RUS"),
]


@pytest.mark.parametrize(("text", "kind", "source", "target"), ANTECEDENTS, ids=[row[0] for row in ANTECEDENTS])
def test_parties_of_an_act_told_before(text: str, kind: str, source: str, target: str):
    assert (kind, source, target) in [(e.type, codes(e.source), codes(e.target)) for e in events_of(text)]


def test_a_party_that_stands_elsewhere_has_no_span():
    events = events_of("The Egyptian president visited Israel. Libya condemned the visit.")
    condemned = next(e for e in events if e.type == "ACCUSE")
    assert [a.span for a in condemned.target] == [None]


def test_without_an_act_before_nothing_is_guessed():
    (event,) = events_of("Libya condemned the visit.")
    assert event.target == ()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.sampled_from("Iraq Syria attacked signed .,;“”?!\n'é—"), max_size=120))
def test_any_text_gives_events_whose_evidence_stands_verbatim(text: str):
    for event in events_of(text):
        assert all(text[e.start : e.end] == e.text for e in event.evidence)


WORDS = st.sampled_from([
    "Iraq", "Syria", "attacked", "signed", "the", "treaty", "with", "will", "not", "and", ",", ".", "that", "said",
    "talks", "to", "withdraw", "troops", "from", "Israel", "it", "he", "embargo", "on", "visited", "had", "of", "“",
    "”",
])  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_order_of_words_gives_events_that_hold_together(text: str):
    events = events_of(text)
    assert len({e.id for e in events}) == len(events)
    for event in events:
        assert event.source or event.target
        assert not (event.reciprocal and event.target)


def test_time_is_in_proportion_to_length():
    line = "Iraq attacked Kuwait on the {}th day and the talks with {} failed. "
    text = "".join(line.format(i, ("Iran", "Syria", "Chad")[i % 3]) for i in range(600))
    draft = draft_of(text)
    started = time.perf_counter()
    events.find(draft)
    assert time.perf_counter() - started < 5
