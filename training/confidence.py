"""Fit the table of confidence on the dev part of the event corpus, from what the installed coder reads of it.

    python -m training.confidence            fit, print how well it holds, write the table
    python -m training.confidence --print    fit and print only

An event that was read is right in a field where the corpus has it so, by the matching of
`benchmarks/events_matching.py`; one that the corpus does not have is wrong in all. Each field gets a logistic model,
fitted by Newton's method with a penalty on the squares of its weights; the penalty is the one of least loss when each
fifth of the minimal sets and items is told by the other four. Weights of what can only speak for a field are kept at
or above 0.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.calibration import calibration_error, ranking, reliability, table
from benchmarks.events_matching import right_fields
from benchmarks.events_reading import corpus_items, reading
from dragoman.errors import InputError
from dragoman.facts import Date
from dragoman.lexicon.confidence import FEATURES, FIELDS, RISING, WHOLE
from dragoman.pipeline.explain import explain_all
from dragoman.pipeline.tools import load_tools
from dragoman.reading.source import Source
from dragoman.settings import load_settings
from training.events_corpus import Item

Floats = NDArray[np.float64]

TABLE: Final = Path(__file__).parent.parent / "src" / "dragoman" / "lexicon" / "data" / "confidence.tsv"
FOLDS: Final = 5
PENALTIES: Final = (3.0, 10.0, 30.0, 100.0)
ROUNDS: Final = 100
CLOSE: Final = 1e-9
LEAST: Final = 200
"""From fewer events no table is fitted."""
DIGITS: Final = 4

NOTICE: Final = """\
# How much each feature of an event speaks for a field (weights of logistic models, in log-odds a unit): what the
# features are stands in `coding/events/confidence.py`. Field `all` is all fields right together.
# Fitted by `python -m training.confidence` on the dev part of our event corpus: run it again after any change of
# tables, rules or weights of the parser.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """An event that was read: its features, and which fields are right; `group` is what is drawn or left out as one."""

    group: str
    features: Mapping[str, float]
    right: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Fit:
    """A field's weights, the penalty that was taken, and each case's log-odds as told by the other folds."""

    weights: Mapping[str, float]
    penalty: float
    told: Floats


# What was read, and whether it is right


def cases(items: Sequence[Item]) -> list[Case]:
    """All events that are read from ITEMS. Raises ModelError and SettingError."""
    settings = load_settings()
    sources = [Source(item.id, item.id, text=item.text, published=Date.on(item.day, "given")) for item in items]
    found: list[Case] = []
    for item, outcome in zip(items, explain_all(sources, load_tools(settings), settings), strict=True):
        if isinstance(outcome, InputError):
            print(outcome, file=sys.stderr)
            continue
        one = reading(item, outcome.answer)
        for event, right in zip(outcome.answer.events, right_fields(one.gold, one.read, FIELDS), strict=True):
            found.append(Case(one.group, outcome.trace.weighed[event.id], {**right, WHOLE: all(right.values())}))
    return found


def fold_of(group: str) -> int:
    """The fold of a group, by a hash of its name."""
    return zlib.crc32(group.encode()) % FOLDS


# Fitting


def logistic(x: Floats, y: Floats, penalty: float, rising: NDArray[np.bool_]) -> Floats:
    """Weights of the columns of X, the first of which is the bias, for the truths Y.

    PENALTY is on the squares of the weights of columns of unit spread, without the bias; RISING columns get none below
    0. A column that is always the same weighs nothing.
    """
    spread = x.std(0)
    spread[0] = 1.0
    free = spread > CLOSE
    scaled = x / np.where(free, spread, 1.0)
    while True:
        weights = np.zeros(x.shape[1])
        weights[free] = _newton(scaled[:, free], y, penalty)
        against = free & rising & (weights < 0)
        if not against.any():
            found: Floats = weights / np.where(free, spread, 1.0)
            return found
        free &= ~against


def _newton(x: Floats, y: Floats, penalty: float) -> Floats:
    weights = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[0] = 1e-6
    for _ in range(ROUNDS):
        told = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (y - told) - ridge * weights
        bend = (x.T * (told * (1 - told))) @ x + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights += step * min(1.0, 2.0 / max(float(np.abs(step).max()), CLOSE))
        if np.abs(step).max() < CLOSE:
            break
    return weights


def loss(odds: Floats, y: Floats) -> float:
    """Mean negative log-likelihood, in nats."""
    return float(np.mean(np.logaddexp(0, np.where(y > 0, -odds, odds))))


def fit(names: Sequence[str], x: Floats, y: Floats, folds: NDArray[np.int64]) -> Fit:
    """The model of NAMES, the columns of X, with the penalty of least loss over FOLDS that are told by the others."""
    rising = np.array([name in RISING for name in names])
    best: tuple[float, float, Floats] | None = None
    for penalty in PENALTIES:
        told = np.zeros(len(y))
        for fold in np.unique(folds):
            held = folds == fold
            told[held] = x[held] @ logistic(x[~held], y[~held], penalty, rising)
        if best is None or loss(told, y) < best[0]:
            best = (loss(told, y), penalty, told)
    assert best is not None
    weights = logistic(x, y, best[1], rising)
    rounded = {name: round(float(weight), DIGITS) for name, weight in zip(names, weights, strict=True)}
    return Fit({name: weight for name, weight in rounded.items() if weight}, best[1], best[2])


def fit_all(found: Sequence[Case]) -> dict[str, Fit]:
    """The models of all fields, and of all of them right together."""
    folds = np.array([fold_of(case.group) for case in found])
    fits: dict[str, Fit] = {}
    for name, columns in FEATURES.items():
        x = np.array([[case.features.get(column, 0.0) for column in columns] for case in found])
        fits[name] = fit(columns, x, _truth(found, name), folds)
    return fits


def _truth(found: Sequence[Case], name: str) -> Floats:
    return np.array([float(case.right[name]) for case in found])


# Telling


def told(fits: Mapping[str, Fit], found: Sequence[Case]) -> Iterator[str]:
    """How well each model holds on the folds that did not make it, and how reliable `all` is, bound by the fields."""
    groups = len({case.group for case in found})
    yield f"{len(found)} events read, {groups} sets and items, {FOLDS} folds; each fold told by the others"
    yield f"{'field':12}{'right':>7}{'loss':>8}{'none':>8}{'ranking':>9}{'ECE':>7}{'penalty':>9}{'weights':>9}"
    for name, one in fits.items():
        y = _truth(found, name)
        sure = 1 / (1 + np.exp(-one.told))
        base = loss(np.full(len(y), np.log(y.mean() / (1 - y.mean()))), y) if 0 < y.mean() < 1 else 0.0
        error = calibration_error(reliability(sure, y > 0))
        yield (
            f"{name:12}{y.mean():7.3f}{loss(one.told, y):8.4f}{base:8.4f}{ranking(sure, y > 0):9.3f}{error:7.3f}"
            f"{one.penalty:9g}{len(one.weights):9}"
        )
    yield ""
    least = np.min([one.told for one in fits.values()], 0)
    yield from table(reliability(1 / (1 + np.exp(-least)), _truth(found, WHOLE) > 0))


def lines(fits: Mapping[str, Fit]) -> Iterator[str]:
    """The table, field by field, features in the order of the schema."""
    yield NOTICE.rstrip("\n")
    yield "field\tfeature\tweight"
    for name, one in fits.items():
        for feature, weight in one.weights.items():
            yield f"{name}\t{feature}\t{weight:g}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print, and write the table unless it is only to be printed; return 0."""
    parser = argparse.ArgumentParser(prog="training.confidence", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--print", action="store_true", help="write no table")
    options = parser.parse_args(arguments)
    found = cases(corpus_items(("dev",)))
    if len(found) < LEAST:
        parser.error(f"only {len(found)} events were read from the dev part, {LEAST} are needed: no table is written")
    fits = fit_all(found)
    print(*told(fits, found), sep="\n")
    if not options.print:
        TABLE.write_text("\n".join(lines(fits)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
