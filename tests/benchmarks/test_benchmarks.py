"""The runner: figures are found in the scorers' lines, samples are drawn fairly, the page says what was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import __main__ as runner
from benchmarks.measures import Measure, measures, peers
from benchmarks.page import page
from benchmarks.resample import intervals
from benchmarks.tasks import ALL_TASKS, UNANSWERED, Result

TIME = (
    "docs 73 gold 579 pred 566 | strict P 81.10 R 79.27 F1 80.17 | relaxed P 90.46 R 88.43 F1 89.43 | "
    "value P 70.32 R 68.74 F1 69.52 (accuracy 77.73) | type F1 85.06\n"
)
STATEMENTS = (
    "all      gold 9 pred 8 | content exact P 31.0 R 30.0 F1 30.5 | partial P 51.0 R 50.0 F1 50.5 | found R 60.0 | "
    "source|content exact 60.0 partial 70.0 | cue|content 80.0 | full relation P 46.0 R 44.0 F1 45.0\n"
    "direct   gold 3 pred 3 | content exact P 1.0 R 1.0 F1 1.0 | partial P 2.0 R 2.0 F1 2.0 | found R 3.0 | "
    "source|content exact 4.0 partial 5.0 | cue|content 6.0 | full relation P 55.0 R 53.0 F1 54.0\n"
)
PARSE = "tok F 99.10 sent F 88.20 UPOS 96.30 UAS 88.40 LAS 85.50 LAS-without-PUNCT 88.60\n"
PLACES = (
    "docs 94 gold 1170 (with position 1092) pred 1100 | strict P 80.0 R 75.0 F1 77.4 | relaxed P 85.0 R 80.0 F1 82.4 | "
    "acc@161 79.0 | mean error 700 km median 3 km AUC 0.210 (over 900) | id acc 60.0 | "
    "end-to-end@161 P 65.0 R 61.0 F1 62.9\n"
)
SAMPLE = "events joint                 153      450   611  0.340  0.250  0.288   0.244-0.336\n"
SPEED = "reports 30 words 19000 | whole 1800 words/s | parser 2500 words/s | ratio 1.39 | first round 9.0 s\n"
CODING = SPEED + "coding 0.43 of the parser | 90.1 ms per 1000 words: times 6.9 places 3.4\n"


@pytest.mark.parametrize(
    ("task", "key", "lines", "value"),
    [
        ("time-te3-aquaint", "value", TIME, 69.52),
        ("time-te3-aquaint", "strict", TIME, 80.17),
        ("statements", "full", STATEMENTS, 45.0),
        ("statements", "partial", STATEMENTS, 50.5),
        ("statements", "direct", STATEMENTS, 54.0),
        ("statements", "mixed", STATEMENTS, None),
        ("parse-gum", "las", PARSE, 85.5),
        ("parse-gum", "uas", PARSE, 88.4),
        ("places-gwn", "relaxed", PLACES, 82.4),
        ("places-gwn", "end", PLACES, 62.9),
        ("sample", "joint", SAMPLE, 0.288),
        ("speed-pages", "ratio", SPEED, 1.39),
        ("speed-pages", "memory", SPEED, None),
        ("speed-pages", "coding", CODING, 0.43),
        ("dates", "accuracy", "Traceback: no figures here\n", None),
    ],
)
def test_a_measure_is_found_in_the_lines(task: str, key: str, lines: str, value: float | None) -> None:
    measure = next(m for m in measures() if (m.task, m.key) == (task, key))
    reading = measure.read(lines)
    assert (reading.value if reading else None) == value


def test_the_scorers_own_interval_is_read() -> None:
    measure = next(m for m in measures() if (m.task, m.key) == ("sample", "joint"))
    reading = measure.read(SAMPLE)
    assert reading and reading.interval == (0.244, 0.336)


def test_every_measure_has_a_task_and_every_peer_a_measure() -> None:
    known = {(m.task, m.key) for m in measures()}
    assert {task for task, _ in known} == set(ALL_TASKS)
    assert len(known) == len(measures())
    assert set(peers()) <= known


@pytest.mark.parametrize(
    ("better", "target", "value", "reached"),
    [
        ("higher", 0.9, 0.9, True),
        ("higher", 0.9, 0.89, False),
        ("lower", 2.0, 1.4, True),
        ("lower", 2.0, 2.1, False),
        ("higher", None, 1.0, None),
    ],
)
def test_targets(better: str, target: float | None, value: float, reached: bool | None) -> None:
    assert Measure("t", "k", "n", "(?P<value>x)", target, better).reached(value) is reached


SCORER = """
import argparse
from rows import load_pair

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("gold"); ap.add_argument("pred"); a = ap.parse_args()
    gold, pred = load_pair(a.gold, a.pred)
    print(f"F1 {sum(pred.get(k) == v for k, v in gold.items()) / len(gold):.3f}")
"""
ROWS = """
import json, pathlib

def load_pair(gold, pred):
    return [json.loads(pathlib.Path(name).read_text()) for name in (gold, pred)]
"""


def test_samples_of_documents_are_scored_again(tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text(SCORER)
    (tmp_path / "rows.py").write_text(ROWS)
    gold = {f"d{i}": i for i in range(100)}
    (tmp_path / "gold.json").write_text(json.dumps(gold))
    (tmp_path / "pred.json").write_text(json.dumps({k: v for k, v in gold.items() if v < 80}))
    measure = Measure("t", "f1", "F1", r"F1 (?P<value>\d\.\d+)", None, "higher")
    files = [str(tmp_path / "gold.json"), str(tmp_path / "pred.json")]
    spread, draws = intervals(tmp_path / "score.py", files, [measure], rounds=300)
    low, high = spread["f1"]
    assert draws == 300
    # 0.8 of 100 independent documents: a standard error of 0.04
    assert 0.68 < low < 0.76 and 0.84 < high < 0.92


def test_a_scorer_without_a_known_reader_gets_no_interval(tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text("def main():\n    print('F1 0.5')\n")
    assert intervals(tmp_path / "score.py", [], []) == ({}, 0)


def test_the_page_says_what_is_short_and_what_is_missing() -> None:
    lines = TIME + f"{UNANSWERED} 2\n"
    results = {
        "time-te3-aquaint": Result("time-te3-aquaint", lines, "2026-11-24", "0.1", 3.0, {"value": (60.0, 75.5)}, 9)
    }
    text = page(results, measures(), peers())
    assert "| Time expressions (AQUAINT), value right, F1 | 69.52 | 60.00 to 75.50 | ≥ 70 | **no** |" in text
    assert "69.52, 0.48 from the target of 70" in text
    assert "dateparser 1.5.0 27.7" in text
    assert f"time-te3-aquaint: {UNANSWERED} 2" in text
    assert "Not measured here: behaviour, confidence, dates, " in text
    assert TIME in text


def test_the_page_says_where_another_program_is_better() -> None:
    text = page({"dates": Result("dates", "accuracy 0.900 F1 0.970\n", "2026-11-24", "0.1", 3.0)}, measures(), peers())
    assert "Day of publication, exact: 0.900, below htmldate 1.11.0 (.936)" in text
    assert "0.970, below" not in text


def test_without_the_gold_it_says_where_to_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DRAGOMAN_EVAL", str(tmp_path / "nowhere"))
    out = tmp_path / "docs" / "quality.md"
    assert runner.main(["dates", "text"], tmp_path / "results.json", out) == 0
    said = capsys.readouterr().err
    assert "DRAGOMAN_EVAL" in said and "nowhere" in said and "dates" in said
    assert "not measured" in out.read_text()


def test_kept_results_come_back(tmp_path: Path) -> None:
    kept = {"dates": Result("dates", "accuracy 0.95\n", "2026-11-24", "0.1", 2.0, {"accuracy": (0.9, 0.99)}, 500)}
    runner.save(tmp_path / "results.json", kept)
    assert runner.load(tmp_path / "results.json") == kept


def test_a_task_that_does_not_exist_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        runner.main(["date"], tmp_path / "r.json", tmp_path / "q.md")
    assert "no task date" in capsys.readouterr().err
