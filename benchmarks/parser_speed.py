"""What the parser costs beside its encoder: words a second of both on the same reports, in one process on one core.

    python -m benchmarks.parser_speed [KIND] [ROUNDS]

The reports are the sample archive's. Every run of the encoder's graphs while the reports are parsed is kept, and run
again alone: that is the bare encoder. Parsing and bare encoder are timed in turns and the best of ROUNDS (3) counts for
each. Time is that of the processor, so that other work on the machine counts little. Loading is from the import to the
first parsed word, in this process; memory is the most that it ever had. Words are the parser's own.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from dragoman import sample
from dragoman.reading.report import make_report
from dragoman.reading.source import Source
from dragoman.settings import Settings

if TYPE_CHECKING:
    from dragoman.language.parser import Parser

ROUNDS: Final = 3

Run = Callable[[], object]


class Kept:
    """Stands for a session of the encoder, and keeps what it is asked to run."""

    def __init__(self, session: object, runs: list[Run]) -> None:
        self.session, self.runs = session, runs

    def run(self, names: list[str], inputs: dict[str, object]) -> object:
        """What the session answers."""
        ask: Callable[[list[str], dict[str, object]], object] = getattr(self.session, "run")  # noqa: B009
        self.runs.append(lambda: ask(names, inputs))
        return ask(names, inputs)


def main(kind: str = "standard", rounds: int = ROUNDS) -> None:
    """Print words a second of the parser and of its encoder alone, the share, seconds to load and megabytes."""
    began = time.process_time()
    from dragoman.language.parser import load_parser  # its imports are part of what is measured
    from dragoman.language.segments import real_words

    parser = load_parser(kind)
    parser.parse("Hello")
    loading = time.process_time() - began
    texts = [_text(page) for page in sample.pages()]
    words = sum(len(real_words(parser.parse(text))) for text in texts)  # fills all caches
    runs = _kept(parser, texts)
    whole = bare = float("inf")
    for _ in range(rounds):
        whole = min(whole, _seconds(lambda: [parser.parse(text) for text in texts]))
        bare = min(bare, _seconds(lambda: [run() for run in runs]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"reports {len(texts)} words {words} | parse {words / whole:.0f} words/s", end="")
    print(f" | encoder {words / bare:.0f} words/s | share {100 * bare / whole:.1f} %", end="")
    print(f" | loading {loading:.2f} s | peak {peak:.0f} MB")


def _text(page: sample.SamplePage) -> str:
    return make_report(Source(id=page.id, name=page.id, html=page.html, url=page.url), Settings()).text


def _kept(parser: Parser, texts: list[str]) -> list[Run]:
    """All runs of the encoder's sessions while the texts are parsed."""
    runs: list[Run] = []
    encoder = parser.encoder
    sessions = {name: value for name, value in vars(encoder).items() if type(value).__name__ == "InferenceSession"}
    if not sessions:
        raise TypeError("the encoder holds no session that could be timed alone")
    for name, session in sessions.items():
        setattr(encoder, name, Kept(session, runs))
    for text in texts:
        parser.parse(text)
    for name, session in sessions.items():
        setattr(encoder, name, session)
    return runs


def _seconds(work: Run) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "standard", int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS)
