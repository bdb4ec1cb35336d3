"""Samples for review: who is drawn, what is asked, what sheets and figures say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import QueryError, RecordError
from dragoman.lexicon import Lexicon
from dragoman.reliability import weighted_share
from dragoman.store.query import FactFilter
from dragoman.store.record import Record, open_record
from dragoman.store.review.answers import FACT, SENTENCE, Given, answers, answers_of, forget, keep, missing, questions
from dragoman.store.review.decisions import Verdict, decide
from dragoman.store.review.gold import write_gold
from dragoman.store.review.measuring import ALL, agreements, covered, precisions
from dragoman.store.review.sampling import Sample, draw, sample, shares
from dragoman.store.review.sheet import marked, read_sheet, write_sheet
from dragoman.store.search.results import Passage, passages
from dragoman.store.verifying import verify
from dragoman.store.writing import Stamp, add
from tests import made
from training.events_corpus import load

REPORTS = 6
FACTS = REPORTS * made.FACTS


@pytest.fixture
def record(new_record: str) -> Iterator[Record]:
    with open_record(new_record, write=True) as opened:
        for number in range(REPORTS):
            outlet = "Morning Wire" if number % 2 else "Evening Wire"
            ident = f"r{number}"
            add(opened, made.answer(ident, report=made.report(ident, outlet=outlet)), Stamp("0.1", "lex"))
        yield opened
        assert list(verify(opened)) == []


def of(given: dict[str, str], number: int = 1, reviewer: str = "anna") -> Given:
    return Given(number, reviewer, given)  # type: ignore[arg-type]


def names(drawn: Sample) -> list[str]:
    return [item.fact.id for item in drawn.items]


def test_a_sample_has_all_strata_and_is_kept(record: Record) -> None:
    drawn = draw(record, "first", 14, 7)
    assert sample(record, "first") == drawn
    assert {stratum.name for stratum in drawn.strata} == {
        "agreement signed", "event CONSULT claimed", "event SUPPORT happened", "figure happened", "office",
        "statement", "transfer scheduled",
    }  # fmt: skip
    assert [(stratum.facts, stratum.drawn) for stratum in drawn.strata] == [(REPORTS, 2)] * 7
    for number in range(7):  # within a stratum both outlets
        assert len({item.fact.outlet for item in drawn.items if item.stratum == number}) == 2
    assert [item.number for item in drawn.items] == list(range(1, 15))
    assert sample(record, "second") is None


def test_the_seed_decides(record: Record) -> None:
    one, same, other = (names(draw(record, name, 14, seed)) for name, seed in (("a", 7), ("b", 7), ("c", 8)))
    assert one == same and set(one) != set(other)


def test_filters_and_size_hold(record: Record) -> None:
    drawn = draw(record, "events", 500, 1, FactFilter(kinds=("event",)))
    assert len(drawn.items) == 2 * REPORTS and {item.fact.kind for item in drawn.items} == {"event"}
    few = draw(record, "few", 3, 1)
    assert (len(few.items), sum(stratum.facts for stratum in few.strata)) == (3, FACTS)
    with pytest.raises(QueryError, match="there is one called 'few' already"):
        draw(record, "few", 3, 1)
    with pytest.raises(QueryError, match="no such facts"):
        draw(record, "none", 3, 1, FactFilter(statuses=("denied",)))
    with pytest.raises(QueryError, match="0 facts can't be drawn"):
        draw(record, "none", 0, 1)


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 1000), min_size=1, max_size=20), st.data())
def test_shares_add_up_and_keep_their_bounds(sizes: dict[str, int], data: st.DataObject) -> None:
    number = data.draw(st.integers(len(sizes), sum(sizes.values())))
    found = shares(sizes, number, 1, 3)
    assert sum(found.values()) == number
    assert all(1 <= found[key] <= sizes[key] for key in sizes)
    fair = {key: number * size / sum(sizes.values()) for key, size in sizes.items()}
    if min(fair.values()) >= 1:
        assert all(abs(found[key] - fair[key]) <= 1 for key in sizes)


def test_answers_are_kept_by_reviewer_and_taken_back(record: Record) -> None:
    drawn = draw(record, "first", 14, 7)
    item = next(item for item in drawn.items if item.fact.type == "CONSULT")
    asked = questions("event", item.fact.payload)
    assert asked == (FACT, "type", "status", "background", "source", "target", "date", "place", SENTENCE)
    keep(record, drawn, "anna", [(item.number, FACT, "right"), (item.number, "type", "unsure")])
    keep(record, drawn, "anna", [(item.number, "type", "wrong")])
    keep(record, drawn, "ben", [(item.number, FACT, "wrong")])
    assert answers_of(record, drawn, "anna") == {item.number: {FACT: "right", "type": "wrong"}}
    assert missing(item, answers_of(record, drawn, "anna")[item.number]) == asked[2:]
    assert missing(item, answers_of(record, drawn, "ben")[item.number]) == (SENTENCE,)
    forget(record, drawn, "anna", item.number, ["type"])
    assert answers_of(record, drawn, "anna") == {item.number: {FACT: "right"}}
    with pytest.raises(QueryError, match="has no fact 99"):
        keep(record, drawn, "anna", [(99, FACT, "right")])
    with pytest.raises(QueryError, match="are asked, right, wrong or unsure"):
        keep(record, drawn, "anna", [(item.number, "colour", "right")])


def test_a_sheet_comes_back_as_it_was_filled_in(record: Record, tmp_path: Path) -> None:
    drawn = draw(record, "first", 14, 7)
    path = tmp_path / "sheet.csv"
    there = passages(record, [item.fact for item in drawn.items])
    rows = write_sheet(path, drawn, there, {3: {FACT: "wrong"}})
    text = path.read_text(encoding="utf-8")
    assert rows == text.count("\n") - 1
    assert "confidence" not in text and "0.9" not in text and "[[" in text
    assert read_sheet(path, drawn) == [(3, FACT, "wrong")]
    filled = text.replace(",right\n", ",\n").replace(",\n", ",R\n", 5)
    path.write_text(filled, encoding="utf-8-sig")  # as spreadsheets save it
    assert sum(answer == "right" for _, _, answer in read_sheet(path, drawn)) == 5
    path.write_text(filled.replace(",R\n", ",maybe\n", 1), encoding="utf-8")
    with pytest.raises(QueryError, match=r"sheet\.csv:2: 'maybe' is no answer"):
        read_sheet(path, drawn)
    with pytest.raises(QueryError, match=r"sheet\.csv:2: this is no fact of the sample other"):
        path.write_text(text.replace(",\n", ",w\n", 1), encoding="utf-8")
        read_sheet(path, draw(record, "other", 14, 8))
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(QueryError, match="there is no column sample, number"):
        read_sheet(path, drawn)
    with pytest.raises(RecordError, match="is there already"):
        write_sheet(path, drawn, there, {})


def test_marks_stand_in_brackets() -> None:
    assert marked(Passage("one two three", 0, ((4, 7), (8, 13)))) == "one [[two]] [[three]]"


def test_precision_is_weighted_by_stratum(record: Record) -> None:
    for number in range(6, 16):  # ten more reports with a lone meeting: twice as many CONSULT as SUPPORT
        add(record, made.answer(f"r{number}", events=(made.meeting(f"r{number}"),), statements=(), figures=(),
                                agreements=(), transfers=(), offices=()), Stamp("0.1", "lex"))  # fmt: skip
    drawn = draw(record, "events", 4, 1, FactFilter(kinds=("event",)))
    consult = [item.number for item in drawn.items if item.fact.type == "CONSULT"]
    support = [item.number for item in drawn.items if item.fact.type == "SUPPORT"]
    right, wrong = {FACT: "right", "type": "right"}, {FACT: "wrong"}
    given = [of(right, number) for number in consult] + [of(wrong, number) for number in support]
    found = {row.field: row for row in precisions(drawn, given)}
    assert found["type"].share.value == found[FACT].share.value == pytest.approx(16 / 22)
    assert found["type"].share.low < 16 / 22 < found["type"].share.high
    assert found["type"].facts == 4
    assert (covered(drawn, given), covered(drawn, given[: len(consult)])) == (1.0, pytest.approx(16 / 22))


def test_what_nobody_is_sure_of_counts_for_nothing_and_differences_in_part(record: Record) -> None:
    drawn = draw(record, "one", 1, 1, FactFilter(kinds=("agreement",)))
    fields = questions("agreement", drawn.items[0].fact.payload)
    right = dict.fromkeys(fields, "right")
    given = [of(right), of({**right, "name": "wrong", "status": "unsure"}, reviewer="ben")]
    found = {row.field: row.share.value for row in precisions(drawn, given)}
    assert (found[FACT], found["name"], found["status"], found[ALL]) == (1.0, 0.5, 1.0, 0.5)
    assert {row.field: row.share.value for row in precisions(drawn, given, "ben")}[ALL] == 0.0


def test_agreement_is_of_those_who_answered_on_the_same(record: Record) -> None:
    drawn = draw(record, "first", 6, 1, FactFilter(kinds=("agreement",)))
    said = {1: ("right", "right"), 2: ("right", "right"), 3: ("wrong", "wrong"), 4: ("right", "wrong")}
    given = [
        of({FACT: one, "name": "right"}, number, reviewer)
        for number, both in said.items()
        for reviewer, one in zip(("anna", "ben"), both, strict=True)
    ]
    given.append(of({FACT: "right"}, 5))
    found = {row.field: row for row in agreements(drawn, given)}
    assert (found[FACT].facts, found[FACT].same) == (4, 0.75)
    assert found[FACT].alpha == pytest.approx(1 - 7 * 2 / (5 * 3 * 2))
    assert (found["date"].facts, found["date"].alpha) == (1, None)  # both say that there is no such fact


def test_shares_are_wilsons_where_all_weigh_the_same() -> None:
    found = weighted_share([(1.0, 2.0)] * 9 + [(0.0, 2.0)])
    assert found is not None
    assert (found.value, round(found.low, 3), round(found.high, 3)) == (0.9, 0.596, 0.982)
    assert found.effective == pytest.approx(10)
    uneven = weighted_share([(1.0, 10.0)] + [(0.0, 1.0)] * 9)
    assert uneven is not None and uneven.effective < 4 and uneven.value == pytest.approx(10 / 19)
    assert weighted_share([]) is None


def test_gold_is_what_stands_in_sentences_found_right(record: Record, tmp_path: Path) -> None:
    drawn = draw(record, "My sample", 4, 1, FactFilter(kinds=("event",), report="r1"))
    with pytest.raises(QueryError, match="no sentence of My sample is wholly reviewed and right"):
        write_gold(record, tmp_path / "gold.txt", drawn, [], Lexicon())
    keep(record, drawn, "anna", [(item.number, SENTENCE, "right") for item in drawn.items])
    meeting = made.meeting("r1").id
    edited = {**next(item.fact.payload for item in drawn.items if item.fact.id == meeting), "status": "denied"}
    decide(record, [Verdict(meeting, "edit", 0, edited)], "anna")
    found = write_gold(record, tmp_path / "gold.txt", drawn, answers(record, drawn), Lexicon(), "agency", "europe")
    assert (found.sentences, found.events, found.left_out) == (2, 2, {})
    one, other = sorted(load([tmp_path / "gold.txt"]), key=lambda item: item.events[0].act)
    assert (one.day, one.register, one.region, one.id[:-1]) == ("1994-03-08", "agency", "europe", "mysample-00")
    [consult], [support] = one.events, other.events
    assert (consult.act, consult.mode, consult.status) == ("CONSULT", "visit", "denied")
    assert [party.codes for party in (*consult.source, *consult.target)] == [("CANGOV",), ("GHAGOV",)]
    assert consult.date is not None and (consult.date.start, consult.date.end) == ("1994-02-28", "1994-03-06")
    assert (support.reciprocal, [one.text[slice(*span)] for span in consult.trigger]) == (True, ["met"])
    assert [party.codes for party in support.source] == [("FRAGOV",), ("DEUGOV",)]


def test_a_sentence_that_somebody_doubts_is_no_gold(record: Record, tmp_path: Path) -> None:
    drawn = draw(record, "one", 1, 1, FactFilter(kinds=("event",), report="r1"))
    keep(record, drawn, "anna", [(1, SENTENCE, "right")])
    keep(record, drawn, "ben", [(1, SENTENCE, "unsure")])
    with pytest.raises(QueryError, match="wholly reviewed"):
        write_gold(record, tmp_path / "gold.txt", drawn, answers(record, drawn), Lexicon())
    assert list(tmp_path.glob("gold*")) == []
