"""The scorer: the gold itself scores full marks, and each fault costs what it should."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import sample as scorer
from benchmarks.sample_facts import (
    Statement,
    answer_code,
    occurrences,
    place,
    plain,
    positions,
    same_speaker,
    split_code,
)
from dragoman import sample
from dragoman.terms import BODY_SECTORS
from tests.sample.test_sample import TEXTS

UNKNOWN = {"start": None, "end": None, "granularity": "unknown"}
PAGE = "07-camp-david-accords"


def actor(code: str) -> dict[str, Any]:
    country, whole = split_code(code)
    if country in BODY_SECTORS:
        return {"name": code, "country": None, "sector": country}
    return {"name": code, "country": country, "sector": whole[3:] if country else whole}


def evidence(text: str, *words: str) -> list[dict[str, int]]:
    clause = place(text, words[0])
    assert clause
    inside = [place(text[slice(*clause)], word) for word in words[1:]]
    spans = [clause, *((clause[0] + span[0], clause[0] + span[1]) for span in inside if span)]
    return [{"start": start, "end": end} for start, end in spans]


def event_answer(text: str, fact: Any) -> dict[str, Any]:
    kept = {key: fact[key] for key in ("type", "act", "status", "background")}
    parties = {side: [actor(code) for code in fact[side]] for side in ("source", "target")}
    spans = evidence(text, fact["words"], fact["trigger"])
    return {**kept, **parties, "date": fact["date"] or UNKNOWN, "evidence": spans}


def nearest(text: str, words: str, cue: str | None) -> tuple[int, int]:
    cues = occurrences(text, cue) if cue else [(0, 0)]
    return min(occurrences(text, words), key=lambda span: min(abs(span[0] - found[0]) for found in cues))


def statement_answer(text: str, fact: Any) -> dict[str, Any]:
    speaker = {"name": fact["speaker"], "span": None} if fact["speaker"] else None
    content = [nearest(text, words, fact["cue"]) for words in fact["content"]]
    return {"speaker": speaker, "mode": fact["mode"], "content": content, "chain": fact["chain"]}


def figure_answer(text: str, fact: Any) -> dict[str, Any]:
    span = place(text, fact["words"], fact.get("occurrence", 1))
    return {"span": span, **{key: fact[key] for key in ("value", "unit", "kind")}}


def transfer_answer(fact: Any) -> dict[str, Any]:
    sides = {side: actor(fact[side]) if fact[side] else None for side in ("supplier", "recipient")}
    return {**fact, **sides}


def perfect(page: str) -> dict[str, Any]:
    text = TEXTS[page]
    gold: Any = sample.gold(page)
    day = gold["report"]["published"]["start"]
    return {
        "report": {"id": page, "text": text, "published": {"start": day, "end": day, "granularity": "day"}},
        "events": [event_answer(text, fact) for fact in gold["events"]],
        "statements": [statement_answer(text, fact) for fact in gold["statements"]],
        "figures": [figure_answer(text, fact) for fact in gold["figures"]],
        "agreements": [{**fact, "parties": [actor(code) for code in fact["parties"]]} for fact in gold["agreements"]],
        "transfers": [transfer_answer(fact) for fact in gold["transfers"]],
        "offices": gold["offices"],
    }


@pytest.mark.parametrize("page", [row["id"] for row in sample.index()])
def test_gold_scores_full_marks(page: str) -> None:
    counts = scorer.score_report(sample.gold(page), perfect(page))
    for name, count in counts.items():
        assert count.right == count.answered == count.gold, name


@pytest.mark.parametrize(
    ("field", "value", "column"),
    [
        ("status", "claimed", "events status"),
        ("type", "COERCE", "events type"),
        ("background", True, "events background"),
        ("source", [{"name": "Peru", "country": "PER", "sector": "GOV"}], "events source"),
        ("target", [{"name": "Peru", "country": "PER", "sector": "GOV"}], "events target"),
        ("date", {"start": "1978-09-16", "end": "1978-09-17", "granularity": "interval"}, "events date"),
    ],
)
def test_one_wrong_field_costs_one(field: str, value: object, column: str) -> None:
    answer = perfect(PAGE)
    answer["events"][0][field] = value
    counts = scorer.score_report(sample.gold(PAGE), answer)
    assert counts[column].right == counts[column].gold - 1
    assert counts["events found"].right == counts["events found"].gold
    joint = counts["events joint"]
    assert joint.gold - joint.right == (field in scorer.JOINT)


def test_sector_counts_in_its_own_row() -> None:
    answer = perfect(PAGE)
    answer["events"][0]["source"][0]["sector"] = "MIL"
    counts = scorer.score_report(sample.gold(PAGE), answer)
    assert counts["events source"].right == counts["events source"].gold
    assert counts["events source+sector"].right == counts["events source+sector"].gold - 1
    assert counts["events joint+sector"].right == counts["events joint"].right - 1


def test_an_event_twice_is_one_too_many() -> None:
    answer = perfect(PAGE)
    answer["events"].append(copy.deepcopy(answer["events"][0]))
    counts = scorer.score_report(sample.gold(PAGE), answer)
    assert counts["events joint"].answered == counts["events joint"].gold + 1
    assert counts["events joint"].right == counts["events joint"].gold


def test_a_restatement_counts_neither_for_nor_against() -> None:
    page = "02-nixon-in-china"
    answer = perfect(page)
    again = copy.deepcopy(answer["events"][0])
    again["evidence"] = evidence(TEXTS[page], "The visit had been announced last July", "visit")
    answer["events"].append(again)
    counts = scorer.score_report(sample.gold(page), answer)
    assert counts["events joint"].answered == counts["events joint"].gold


def test_the_better_of_two_answers_is_taken() -> None:
    answer = perfect(PAGE)
    worse = copy.deepcopy(answer["events"][0])
    worse["status"] = "hypothetical"
    answer["events"].insert(0, worse)
    counts = scorer.score_report(sample.gold(PAGE), answer)
    assert counts["events joint"].right == counts["events joint"].gold


def test_a_missing_answer_misses_everything() -> None:
    counts = scorer.score_report(sample.gold(PAGE), None)
    assert counts["events joint"].gold == len(sample.gold(PAGE)["events"])  # type: ignore[arg-type]
    assert not any(count.right or count.answered for count in counts.values())


def test_lost_text_is_missed_not_forgiven() -> None:
    answer = perfect(PAGE)
    answer["report"]["text"] = " " * len(TEXTS[PAGE])
    answer["events"], answer["statements"], answer["figures"] = [], [], []
    counts = scorer.score_report(sample.gold(PAGE), answer)
    full = scorer.score_report(sample.gold(PAGE), perfect(PAGE))
    for name in ("events joint", "statements content", "figures value"):
        assert counts[name].gold == full[name].gold
        assert counts[name].right == 0


def test_wrong_value_and_unit() -> None:
    answer = perfect(PAGE)
    answer["figures"][0]["value"] += 1
    answer["figures"][1]["unit"] = "week"
    counts = scorer.score_report(sample.gold(PAGE), answer)
    total = counts["figures value"].gold
    assert [counts[f"figures {name}"].right for name in ("found", "value", "value+unit")] == [
        total, total - 1, total - 2,
    ]  # fmt: skip


def test_records_are_told_apart() -> None:
    page = "33-saudi-arms-notification"
    answer = perfect(page)
    answer["transfers"][0]["recipient"] = actor("OMNGOV")
    answer["transfers"][1]["status"] = "happened"
    answer["offices"][0] = {**answer["offices"][0], "country": "GBR"}
    counts = scorer.score_report(sample.gold(page), answer)
    total = counts["transfers found"].gold
    assert (counts["transfers found"].right, counts["transfers status"].right) == (total - 1, total - 2)
    assert counts["offices found"].right == 0


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("USAGOV", ("USA", "USAGOV")),
        ("EUR", ("EUR", "EUR")),
        ("SUN", ("SUN", "SUN")),
        ("---", (None, "")),
        ("---GOV", (None, "GOV")),
        ("CVL", (None, "CVL")),
    ],
)
def test_codes(code: str, expected: tuple[str | None, str]) -> None:
    assert split_code(code) == expected
    assert answer_code(actor(code)) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Foreign Ministry", "Foreign Ministry", True),
        ("Mr Begin, the Prime Minister,", "Mr Begin", True),
        ("He", "the army", False),
        ("Iran", "Iranian officials", False),
        (None, None, True),
        (None, "he", False),
    ],
)
def test_speakers(one: str | None, other: str | None, same: bool) -> None:
    assert same_speaker(plain(one), plain(other)) is same


@pytest.mark.parametrize(
    ("chain", "speaker", "links"),
    [
        ((), "iran", ()),
        (("record", "iran"), "iran", ()),
        (("record", "harbour wire agency", "damascus radio"), "damascus radio", ("harbour wire",)),
        (("record", "harbour wire", "riyadh radio"), "saudi arabia", ("harbour wire", "riyadh radio")),
        (("record", "harbour wire"), None, ("harbour wire",)),
    ],
)
def test_links_between_outlet_and_speaker(chain: tuple[str, ...], speaker: str | None, links: tuple[str, ...]) -> None:
    assert Statement(frozenset(), speaker, "indirect", chain).links == links


def test_a_unit_may_be_a_symbol() -> None:
    page = "10-grain-embargo"
    answer = perfect(page)
    answer["figures"][0]["unit"] = "t"
    counts = scorer.score_report(sample.gold(page), answer)
    assert counts["figures value+unit"].right == counts["figures value+unit"].gold


def test_words_are_found_across_any_white_space() -> None:
    text = "the two\n   countries and the two countries of the twofold"
    assert occurrences(text, "two countries") == [(4, 20), (29, 42)]
    assert place(text, "two countries", 2) == (29, 42)
    assert place(text, "two") == (4, 7)
    assert place(text, "three") is None


def test_content_leaves_out_quotes_and_that() -> None:
    text = 'He said that "it is so," twice.'
    assert positions(text, [(8, 24)]) == positions(text, [(14, 22)])


def test_intervals_hold_the_value_and_repeat() -> None:
    reports = [scorer.score_report(sample.gold(page), perfect(page) if n % 3 else None) for n, page in enumerate(TEXTS)]
    spread = scorer.intervals(reports, rounds=200, seed=1)
    low, high = spread["events joint"]
    assert low < scorer.summed(reports)["events joint"].f1 < high
    assert spread == scorer.intervals(reports, rounds=200, seed=1)


def test_command_prints_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text("\n".join(json.dumps(perfect(page)) for page in TEXTS), "utf-8")
    assert scorer.main([str(answers), "--rounds", "5"]) == 0
    rows = capsys.readouterr().out.splitlines()
    joint = next(row for row in rows if row.startswith("events joint "))
    assert joint.split()[-2:] == ["1.000", "1.000-1.000"]


def test_input_is_what_read_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert scorer.main(["--input"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == list(TEXTS)
    assert all(set(line) == {"id", "url", "html"} for line in lines)
    assert "Costa Méndez" in next(line["html"] for line in lines if line["id"].startswith("12-"))
