"""The event corpus: how its files are read, which faults are told, and that the files are without any."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.facts import Date
from training.events_corpus import Item, parse, part_of, read_files
from training.events_lines import told_date
from training.near_duplicates import near_duplicates

FOLDER = Path(__file__).parents[2] / "corpus" / "events"
HEAD = "= p01-001 | 1984-06-02 | agency | africa | active"
TEXT = "Mali's envoy met Niger's envoy in Gao, and Mali thanked Algeria."
SENTENCE = f"{HEAD}\n{TEXT}\n"


def one(text: str) -> Item:
    items, faults = parse(text, "f.txt")
    assert faults == []
    (item,) = items
    return item


def test_spans_are_those_of_the_words() -> None:
    item = one(SENTENCE + "- SUPPORT ongoing bg | Mali#2=MLIGOV > Algeria=DZAGOV | thanked | @1984-06-01 | by Gao\n")
    (event,) = item.events
    words = [
        item.text[s:e] for s, e in (*event.trigger, event.source[0].span or (0, 0), event.target[0].span or (0, 0))
    ]
    assert words == ["thanked", "Mali", "Algeria"]
    assert event.source[0].span == (item.text.index("Mali thanked"), item.text.index("Mali thanked") + 4)
    assert (event.status, event.background, event.date) == ("ongoing", True, Date.on("1984-06-01"))
    assert event.by and item.text[slice(*event.by)] == "Gao"


def test_lines_of_text_are_sentences_and_events_speak_of_the_line_above() -> None:
    item = one(
        f"{HEAD}\nMali met Niger.\n- CONSULT | Mali=MLIGOV <> Niger=NERGOV | met\n¶ Mali fell.\nMali met Chad.\n"
        "- CONSULT.visit | Mali=MLIGOV > Chad=TCDGOV | met\n"
    )
    assert item.text == "Mali met Niger.\nMali fell. Mali met Chad."
    assert [item.text[s:e] for s, e in item.sentences] == ["Mali met Niger.", "Mali fell.", "Mali met Chad."]
    first, second = item.events
    assert (len(first.source), first.target, first.reciprocal) == (2, (), True)
    assert second.source[0].span == (27, 31)


KINDS = [
    ("CONSULT.third-party scheduled", ("CONSULT", "third-party", "scheduled", "AGREE", None)),
    ("RETREAT.withdraw scheduled", ("RETREAT", "withdraw", "scheduled", "CONCEDE", None)),
    ("ASSAULT proposed", ("ASSAULT", None, "proposed", "THREATEN", "violence")),
    ("AID denied", ("AID", None, "denied", "AID", None)),
    ("REQUEST.yield", ("REQUEST", "yield", "happened", "REQUEST", "yield")),
]


@pytest.mark.parametrize(("kind", "expected"), KINDS)
def test_kinds(kind: str, expected: tuple[str | None, ...]) -> None:
    (event,) = one(SENTENCE + f"- {kind} | envoy#1=MLIGOV > - | met\n").events
    assert (event.act, event.mode, event.status, event.type, event.counted_mode) == expected


def test_a_mention_of_several_and_an_implied_party() -> None:
    (event,) = one(f"{HEAD}\nBoth met.\n- CONSULT | Both=MLIGOV,NERGOV <> *=---GOV | met\n").events
    assert [(party.codes, party.span) for party in event.source] == [
        (("MLIGOV", "NERGOV"), (0, 4)),
        (("---GOV",), None),
    ]


def test_pieces_of_a_trigger() -> None:
    item = one(f"{HEAD}\nMali called the talks off.\n- REJECT.meet | Mali=MLI > - | called .. off\n")
    assert [item.text[s:e] for s, e in item.events[0].trigger] == ["called", "off"]


EVENT_FAULTS = [
    ("- VISIT | Gao=MLI > - | met", "unknown act 'VISIT'"),
    ("- CONSULT.video | Gao=MLI > - | met", "unknown mode 'video'"),
    ("- CONSULT planned | Gao=MLI > - | met", "unknown status 'planned'"),
    ("- CONSULT | Gao=MLX > - | met", "no country"),
    ("- CONSULT | Gao=MLIGVO > - | met", "no sector"),
    ("- CONSULT | Gao=ABKGOV > - | met", "coded as GEOPRE"),
    ("- CONSULT | Gao=RUSGOV > - | met", "SUN"),
    ("- CONSULT | Gao > - | met", "no code"),
    ("- CONSULT | Gao=MLI | met", "SOURCE > TARGET"),
    ("- CONSULT | Gao=MLI <> | met", "two parties"),
    ("- CONSULT | Mali=MLI > - | met", "stands there 2 times"),
    ("- CONSULT | Mali#3=MLI > - | met", "only 2 times"),
    ("- CONSULT | Alger=MLI > - | met", "whole words"),
    ("- CONSULT | Gao=MLI > - | Gao", "share words"),
    ("- CONSULT | Gao=MLI > - | thanked .. met", "order of the text"),
    ("- CONSULT | Gao=MLI > - | met | 1984", "neither"),
    ("- CONSULT | Gao=MLI > - | met | @1984-13", "date '1984-13'"),
    ("- CONSULT | Gao=MLI > -", "an event line is"),
    ("-CONSULT | Gao=MLI > - | met", "starts with '- '"),
]


@pytest.mark.parametrize(("line", "problem"), EVENT_FAULTS)
def test_faults_of_event_lines(line: str, problem: str) -> None:
    items, faults = parse(SENTENCE + line + "\n", "f.txt")
    assert items == ()
    assert len(faults) == 1
    assert problem in str(faults[0])
    assert str(faults[0]).startswith(("f.txt:3: ", "f.txt:1: "))


HEAD_FAULTS = [
    ("= P1 | 1984-06-02 | agency | africa | none-name", "id 'P1'"),
    ("= p01-001 | 1984-06-31 | agency | africa | none-name", "no ISO day"),
    ("= p01-001 | 1984-06-02 | wire | africa | none-name", "unknown register"),
    ("= p01-001 | 1984-06-02 | paper:XXX | africa | none-name", "unknown country"),
    ("= p01-001 | 1984-06-02 | paper:IND | mars | none-name", "unknown region"),
    ("= p01-001 | 1984-06-02 | agency | africa | nice", "unknown tag"),
    ("= p01-001 | 1984-06-02 | agency | africa | active", "no event and no tag"),
    ("= p01-001 | 1984-06-02 | agency | africa |", "no tag"),
    ("= p01-001 | 1984-06-02 | agency", "cells in the header"),
    ("= p01-001 | 1984-06-02 | agency | africa | none-name | x", "is no set"),
    ("= p01-001 | 1984-06-02 | agency | africa | none-name | set:a/changed", "unknown variant"),
    ("p01-001 | 1984-06-02", "a block starts with"),
]


@pytest.mark.parametrize(("head", "problem"), HEAD_FAULTS)
def test_faults_of_headers(head: str, problem: str) -> None:
    items, faults = parse(f"{head}\n{TEXT}\n", "f.txt")
    assert items == ()
    assert [str(fault).startswith("f.txt:1: ") and problem in str(fault) for fault in faults] == [True]


def test_faults_of_text() -> None:
    assert "white space" in str(parse(f"{HEAD}\nMali  met.\n- CONSULT | Mali=MLI > - | met\n", "f.txt")[1][0])
    assert "without text" in str(parse("= p01-001 | 1984-06-02 | agency | africa | none-name\n", "f.txt")[1][0])
    assert "before the text" in str(parse(f"{HEAD}\n- CONSULT | - > - | met\n", "f.txt")[1][0])
    assert "stands twice" in str(parse(SENTENCE + "- CONSULT | Gao=MLI > - | met\n" * 2, "f.txt")[1][0])


def test_faults_between_items(tmp_path: Path) -> None:
    kind = "| 1984-06-02 | agency | africa | none-name"
    (tmp_path / "a.txt").write_text(
        f"= p01-001 {kind}\nOne two three four.\n= p01-001 {kind}\nOther words stand here.\n"
        f"= p01-002 {kind}\nOne two three four!\n= p01-003 {kind} | set:s/negated\nFive six seven.\n",
        encoding="utf-8",
    )
    faults = [str(fault) for fault in read_files([tmp_path / "a.txt"])[1]]
    assert [("stands already" in one, "set s:" in one, "nearly the text" in one) for one in faults] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


DATES = [
    ("1978-09-17", ("1978-09-17", "1978-09-17", "day", False)),
    ("1980-02", ("1980-02-01", "1980-02-29", "month", False)),
    ("~1978-12", ("1978-12-01", "1978-12-31", "month", True)),
    ("1978", ("1978-01-01", "1978-12-31", "year", False)),
    ("1970s", ("1970-01-01", "1979-12-31", "decade", False)),
    ("1978-W37", ("1978-09-11", "1978-09-17", "week", False)),
    ("1978-09..1979", ("1978-09-01", "1979-12-31", "interval", False)),
    ("..1978-09-17", (None, "1978-09-17", "interval", False)),
    ("1978..", ("1978-01-01", None, "interval", False)),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: tuple[object, ...]) -> None:
    date = told_date(text)
    assert (date.start, date.end, date.granularity, date.approx) == expected


@pytest.mark.parametrize("text", ["", "..", "78", "1978-02-30", "1979..1978", "1978-W60", "soon"])
def test_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match="write 1978-09-17"):
        told_date(text)


def test_parts_stay_and_have_their_shares() -> None:
    assert [part_of(key) for key in ("p01-001", "p01-002", "oder-line")] == ["train", "train", "train"]
    parts = [part_of(f"p{k:02}-{n:03}") for k in range(20) for n in range(200)]
    assert abs(parts.count("train") / 4000 - 0.70) < 0.03
    assert abs(parts.count("dev") / 4000 - 0.15) < 0.03


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=8).map(" ".join), max_size=12))
def test_near_duplicates_are_those_of_comparing_all(texts: list[str]) -> None:
    sets = [set(text.split()) for text in texts]
    expected = {
        (i, k)
        for k in range(len(sets))
        for i in range(k)
        if sets[i] | sets[k] and len(sets[i] & sets[k]) >= 0.7 * len(sets[i] | sets[k])
    }
    assert set(near_duplicates(texts, 0.7)) == expected


def test_the_corpus_has_no_fault() -> None:
    items, faults = read_files(sorted(FOLDER.glob("*.txt")))
    assert [str(fault) for fault in faults] == []
    assert items
    assert all(item.text[s:e].strip() for item in items for event in item.events for s, e in event.trigger)
