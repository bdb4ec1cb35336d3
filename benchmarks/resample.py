"""Intervals for scorers that give none: the scorer is run again on documents drawn with replacement.

The scorers read gold and predictions by a function of theirs, `load_pair` or `load`; a run on a sample puts another
function in its place, which gives the rows drawn under new ids. Scorers that read otherwise get no interval.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final, TypeAlias

from benchmarks.measures import Measure

Rows: TypeAlias = dict[str, Any]

ROUNDS: Final = 500
"""Samples drawn: with 500 the ends of a 95 percent interval move by less than a tenth of its width."""

FEWEST_ROUNDS: Final = 60
"""With fewer, the ends rest on one or two samples, and no interval is given."""

SECONDS: Final = 60.0
"""Time for the samples of one task."""

RELOADS: Final = frozenset({"score_dyad.py", "score_relation.py"})
"""Scorers whose items are independent and read by `load`, gold first."""


def load_module(path: Path) -> ModuleType:
    """The Python file PATH as a module of its own, with the folder's other files at hand."""
    with _on_path(path.parent):
        spec = importlib.util.spec_from_file_location(f"eval_{path.stem}", path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path} is no Python file")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def _on_path(folder: Path) -> Iterator[None]:
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def intervals(
    script: Path,
    arguments: Sequence[str],
    wanted: Sequence[Measure],
    rounds: int = ROUNDS,
    seconds: float = SECONDS,
    seed: int = 1,
) -> tuple[dict[str, tuple[float, float]], int]:
    """Key of each measure WANTED to its 2.5 and 97.5 percentiles, and how many samples were drawn.

    Nothing and 0 where the scorer can't be run on samples, or where fewer than FEWEST_ROUNDS fit into SECONDS.
    """
    module = load_module(script)
    sampler = _sampler(module, script.name, seed)
    if sampler is None:
        return {}, 0
    drawn: dict[str, list[float]] = {measure.key: [] for measure in wanted}
    ends = time.monotonic() + seconds
    done = 0
    while done < rounds and time.monotonic() < ends:
        sampler.next_round()
        lines = _run(module, arguments)
        for measure in wanted:
            if reading := measure.read(lines):
                drawn[measure.key].append(reading.value)
        done += 1
    if done < FEWEST_ROUNDS:
        return {}, 0
    return {key: _ends(values) for key, values in drawn.items() if len(values) == done}, done


def _ends(values: Sequence[float]) -> tuple[float, float]:
    ranked = sorted(values)
    return ranked[int(0.025 * len(ranked))], ranked[min(len(ranked) - 1, int(0.975 * len(ranked)))]


def _run(module: ModuleType, arguments: Sequence[str]) -> str:
    """What the scorer prints; its `main` reads the command line."""
    kept, out = sys.argv, io.StringIO()
    sys.argv = [module.__name__, *arguments]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            module.main()
    finally:
        sys.argv = kept
    return out.getvalue()


class Drawn:
    """Stands in for a scorer's `load_pair` or `load`: reads each file once and gives each round's sample of it."""

    def __init__(self, read: Callable[..., Any], seed: int) -> None:
        self._read, self._draw = read, random.Random(seed)
        self._kept: dict[tuple[object, ...], Any] = {}
        self._ids: list[str] = []

    def next_round(self) -> None:
        """Forget the sample, so that the next file read draws a new one."""
        self._ids = []

    def pair(self, *arguments: object) -> tuple[Rows, Rows]:
        """Gold and answers of the sample."""
        gold, answers = self._once(arguments)
        return self._sample(gold), self._sample(answers)

    def one(self, *arguments: object) -> Rows:
        """The sample's rows of one file; the first file read in a round is the gold."""
        return self._sample(self._once(arguments))

    def _once(self, arguments: tuple[object, ...]) -> Any:
        if arguments not in self._kept:
            self._kept[arguments] = self._read(*arguments)
        return self._kept[arguments]

    def _sample(self, rows: Rows) -> Rows:
        self._ids = self._ids or self._draw.choices(sorted(rows), k=len(rows))
        return {f"draw-{n}": rows[ident] for n, ident in enumerate(self._ids) if ident in rows}


def _sampler(module: ModuleType, name: str, seed: int) -> Drawn | None:
    """Puts a Drawn into MODULE in the place of its reader; None where its rows are read in another way."""
    if hasattr(module, "load_pair"):
        drawn = Drawn(module.load_pair, seed)
        module.__dict__["load_pair"] = drawn.pair
        return drawn
    if name in RELOADS:
        drawn = Drawn(module.load, seed)
        module.__dict__["load"] = drawn.one
        return drawn
    return None
