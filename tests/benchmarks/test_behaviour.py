"""Minimal sets as tests: what should change must, what should stay must, and reading nothing passes nothing."""

from __future__ import annotations

from typing import cast

import pytest

from benchmarks.behaviour import Verdict, complaints, failures, judge_sets, judge_single, report
from benchmarks.events_reading import Reading, reading
from dragoman.facts import Actor, Answer, Date, Event, Evidence, Report, Status
from training.events_corpus import parse

HEAD = "1984-06-02 | paper:KEN | africa | active"
TEXT = f"""= b-001 | {HEAD} | set:loan/base
Mali lent Chad money.
- AID | Mali=MLIGOV > Chad=TCD | lent
= b-002 | {HEAD} | set:loan/negated
Mali lent Chad no money.
- AID denied | Mali=MLIGOV > Chad=TCD | lent
= b-003 | {HEAD} | set:loan/swapped
Chad lent Mali money.
- AID | Chad=TCDGOV > Mali=MLI | lent
= b-004 | {HEAD} | set:loan/passive
Chad was lent money by Mali.
- AID | Mali=MLIGOV > Chad=TCD | lent
= b-005 | 1984-06-02 | paper:KEN | africa | none-description | set:loan/none
Mali has more money than Chad.
= b-006 | 1984-06-02 | paper:KEN | africa | anniversary
Togo marked the day on which Mali lent Chad money.
- AID bg | Mali=MLIGOV > Chad=TCD | lent
= b-007 | 1984-06-02 | paper:KEN | africa | anniversary
Mali lent Chad money on the king's jubilee.
- AID | Mali=MLIGOV > Chad=TCD | lent
"""


def found(read: dict[str, str]) -> dict[str, Reading]:
    """The items, by the name of their variant or id, and what is read of them: "happened MLI TCD" where anything is."""
    made, faults = parse(TEXT, "made.txt")
    assert not faults
    readings = {}
    for item in made:
        name = item.variant or item.id
        events = [_event(item.text, words.split()) for words in read.get(name, "").split(";") if words]
        answer = Answer(Report(item.id, item.text, Date.on(item.day)), tuple(events))
        readings[name] = reading(item, answer)
    return readings


def _event(text: str, words: list[str]) -> Event:
    status, source, target, *rest = words
    at = text.index("lent") if "lent" in text else text.index("money")
    evidence = (Evidence(0, len(text), text), Evidence(at, at + 4, text))
    by, whom = (() if code == "-" else (Actor(code, code),) for code in (source, target))
    day = Date(None, "1984-06-02", "interval", basis="report")
    return Event("e", "AID", "AID", cast(Status, status), by, whom, evidence, day, background="bg" in rest)


def verdict(variant: str, read: dict[str, str]) -> Verdict:
    one = found(read)
    (judged,) = judge_sets([one["base"], one[variant]])
    return judged


@pytest.mark.parametrize(
    ("variant", "base", "read", "problems"),
    [
        ("negated", "happened MLI TCD", "denied MLI TCD", []),
        ("negated", "happened MLI TCD", "happened MLI TCD", ["status should change to denied, is happened"]),
        ("negated", "happened MLI -", "denied MLI -", []),  # as wrong as in the base
        ("negated", "happened MLI TCD", "denied MLI -", ["target should stay TCD, is nobody"]),
        ("negated", "happened MLI -", "denied MLI TCD", []),  # right where the base is wrong
        ("negated", "", "denied MLI -", ["target should stay TCD, is nobody"]),
        ("negated", "happened MLI TCD", "", ["not found"]),
        ("negated", "happened MLI TCD", "denied MLI TCD;claimed - -", ["1 more false events than in the base"]),
        ("swapped", "happened MLI TCD", "happened TCD MLI", []),
        (
            "swapped", "happened MLI TCD", "happened MLI TCD",
            ["source should change to TCD, is MLI", "target should change to MLI, is TCD"],
        ),
        ("passive", "happened MLI TCD", "happened MLI TCD", []),
        ("passive", "happened MLI TCD", "happened TCD -", [
            "source should stay MLI, is TCD", "target should stay TCD, is nobody",
        ]),
        ("none", "happened MLI TCD", "", []),
        ("none", "", "", ["the base's event is not found either"]),
        ("none", "happened MLI TCD", "happened MLI TCD", ["no event is told, 1 read"]),
    ],
)  # fmt: skip
def test_variants(variant: str, base: str, read: str, problems: list[str]) -> None:
    assert list(verdict(variant, {"base": base, variant: read}).problems) == problems


def test_single_items_are_judged_by_status_and_background_alone() -> None:
    assert not judge_single(found({"b-006": "happened MLI - bg"})["b-006"]).problems
    assert judge_single(found({"b-006": "happened MLI TCD"})["b-006"]).problems == ("background should be True",)
    assert judge_single(found({})["b-006"]).problems == ("not found",)


def test_items_whose_events_simply_happened_are_not_judged() -> None:
    everything = list(found({"b-006": "happened MLI TCD bg"}).values())
    judged = complaints(judge_sets(everything), everything)
    assert [one.reading.item.id for one in judged["anniversary"]] == ["b-006"]
    assert [one.variant for one in judged["negation"]] == ["negated"]


def test_the_report_counts_by_kind() -> None:
    read = {"base": "happened MLI TCD", "negated": "denied MLI TCD", "swapped": "happened MLI TCD", "b-006": ""}
    rows = {line[:28].strip(): line[28:].split()[:3] for line in report(list(found(read).values()))}
    assert rows["variants"] == ["2", "4", "50.0"]  # negated and none
    assert rows["variant negated"] == ["1", "1", "100.0"]
    assert rows["variant passive"] == ["0", "1", "0.0"]
    assert rows["complaint anniversary"] == ["0", "1", "0.0"]


def test_failures_are_shown_beside_the_base_and_never_of_the_test_part() -> None:
    readings = found({"base": "happened MLI TCD", "negated": "happened MLI TCD"})
    part = readings["base"].item.part
    lines = list(failures(judge_sets(readings.values()), 1, "negated"))
    assert (not lines) is (part == "test")
    assert part != "test"  # or the next lines would test nothing: choose another name for the set
    assert lines[0] == "loan/negated: status should change to denied, is happened"
    assert lines[1].split()[0] == "b-001"
