"""Words a second of the whole reading and of the parser alone, and what coding costs, on the same reports.

    python -m benchmarks.speed PAGES.jsonl [ROUNDS]

PAGES are in the form that `dragoman read -` takes. Time is that of the processor, so that other work on the machine
counts little; all run in turns in one process, and the best of the rounds counts for each. The whole reading begins at
the page: finding its text and its day, parsing, coding. Coding is measured on parses made before, stage by stage; what
is in no stage makes the parse's tokens and the answer. Words are what white space parts in the texts read.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc

from dragoman.coding.draft import Draft
from dragoman.coding.stages import STAGES, NamedStage, Stage, code
from dragoman.facts import Answer, Report
from dragoman.lexicon.table import Lexicon
from dragoman.pipeline.run import read_all
from dragoman.pipeline.tools import load_tools
from dragoman.reading.jsonl import read_lines
from dragoman.settings import Settings

ROUNDS: Final = 3


def main(path: str, rounds: int = ROUNDS) -> None:
    """Print words, words a second of both, and their ratio; coding as a share of the parser's time, and by stage."""
    settings = Settings()
    with Path(path).open("rb") as lines:
        sources = list(read_lines(lines, path, settings.max_page_bytes))
    began = time.process_time()
    tools = load_tools(settings)
    first = [outcome for outcome in read_all(sources, settings) if isinstance(outcome, Answer)]  # fills all caches
    started = time.process_time() - began
    reports = [answer.report for answer in first]
    words = sum(len(report.text.split()) for report in reports)
    pairs = list(zip(reports, tools.parser.pipe(report.text for report in reports), strict=True))
    whole = parser = coding = float("inf")
    stages: dict[str, float] = {}
    for _ in range(rounds):
        whole = min(whole, _seconds(lambda: list(read_all(sources, settings))))
        parser = min(parser, _seconds(lambda: list(tools.parser.pipe(report.text for report in reports))))
        spent: dict[str, float] = {}
        coding = min(coding, _seconds(lambda: _code(pairs, tools.lexicon, spent)))  # noqa: B023 (called at once)
        stages = {name: min(seconds, stages.get(name, seconds)) for name, seconds in spent.items()}
    print(f"reports {len(reports)} words {words} | whole {words / whole:.0f} words/s", end="")
    print(f" | parser {words / parser:.0f} words/s | ratio {whole / parser:.2f} | first round {started:.1f} s")
    told = " ".join(f"{name} {seconds / words * 1e6:.1f}" for name, seconds in stages.items())
    print(f"coding {coding / parser:.2f} of the parser | {coding / words * 1e6:.1f} ms per 1000 words: {told}")


def _code(pairs: Iterable[tuple[Report, Doc]], lexicon: Lexicon, spent: dict[str, float]) -> None:
    """Code parsed reports, with the seconds of each stage added to SPENT."""
    timed = [_timed(named, spent) for named in STAGES]
    for report, doc in pairs:
        code(report, doc, lexicon, stages=timed)


def _timed(named: NamedStage, spent: dict[str, float]) -> NamedStage:
    """The stage with its seconds added to SPENT under its name."""
    name, stage = named

    def work(draft: Draft) -> tuple[Any, ...]:
        began = time.process_time()
        found = stage(draft)
        spent[name] = spent.get(name, 0.0) + time.process_time() - began
        return found

    timed: Stage = work
    return name, timed


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
