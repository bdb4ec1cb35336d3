"""Words a second of the whole reading and of the parser alone, in one process, on the same reports.

    python -m benchmarks.speed PAGES.jsonl

PAGES are in the form that `dragoman read -` takes. Time is that of the processor, so that other work on the machine
counts little; the two are run in turns, and the best of the rounds counts for each. The whole reading begins at the
page: finding its text and its day, parsing, coding. Words are what white space parts in the texts read.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from dragoman.facts import Answer
from dragoman.pipeline.run import read_all
from dragoman.pipeline.tools import load_tools
from dragoman.reading.jsonl import read_lines
from dragoman.settings import Settings

ROUNDS: Final = 3


def main(path: str) -> None:
    """Print words, words a second of both, and their ratio."""
    settings = Settings()
    with Path(path).open("rb") as lines:
        sources = list(read_lines(lines, path, settings.max_page_bytes))
    began = time.process_time()
    tools = load_tools(settings)
    first = [outcome for outcome in read_all(sources, settings) if isinstance(outcome, Answer)]  # fills all caches
    started = time.process_time() - began
    texts = [answer.report.text for answer in first]
    words = sum(len(text.split()) for text in texts)
    whole = parser = float("inf")
    for _ in range(ROUNDS):
        whole = min(whole, _seconds(lambda: list(read_all(sources, settings))))
        parser = min(parser, _seconds(lambda: list(tools.parser.pipe(texts))))
    print(f"reports {len(texts)} words {words} | whole {words / whole:.0f} words/s", end="")
    print(f" | parser {words / parser:.0f} words/s | ratio {whole / parser:.2f} | first round {started:.1f} s")


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main(sys.argv[1])
