"""Writing docs/quality.md from the kept results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from benchmarks.measures import Measure, Peer, Reading
from benchmarks.tasks import UNANSWERED, Result

HEAD: Final = """# Quality

How well Dragoman reads, measured with `make quality` (`python -m benchmarks`), which writes this page. What is
measured is the installed command: `dragoman read --json`, `relate`, `link` and `parse` read the files, and the scorers
that lie beside the gold judge what they print. `python -m benchmarks dates text` runs parts again and writes the page
anew; `--page` writes it from what is kept in `benchmarks/results.json` and runs nothing.

The gold is looked for in `DRAGOMAN_EVAL`, else in `../shared/eval`; texts of others are not part of this project, so
without that folder only the sample archive, the speed on it and the event corpus are measured.

Read the figures with this in mind:

- All sets but the sample archive are **development** sets, on which tables, rules and weights could be tried while they
  were made. Figures on reports never seen are lower. The sample archive is ours and small; its pages and facts were
  written before anything had read them; since then kinds of errors in them were studied and mended, so a figure on it
  is a development figure too. The test part of the event corpus (`corpus/events`) is scored as a whole only and none of
  it is ever listed; nothing is trained or tuned on it.
- All figures of one run are of one state of the program; those run again later may be of another. Each task's heading
  at the end of the page says which weights parsed.
- An interval is of 95 percent, by drawing documents with replacement and scoring them again (sentences where the items
  are sentences). Where there is none, the scorer does not score samples.
- Figures of others are those on the same files, from the README beside the gold; baselines are marked by what they do.
"""


def page(
    results: Mapping[str, Result], measures: Sequence[Measure], peers: Mapping[tuple[str, str], list[Peer]]
) -> str:
    """The page as Markdown."""
    readings = {}
    for measure in measures:
        result = results.get(measure.task)
        reading = measure.read(result.lines) if result else None
        if reading is not None:
            readings[measure] = reading
    parts = [HEAD, *_targets(readings, measures, results), *_short(readings, measures, results, peers)]
    parts += [*_all(readings, measures, results, peers), *_appendix(results)]
    return "\n".join(parts).rstrip() + "\n"


def _targets(
    readings: Mapping[Measure, Reading], measures: Sequence[Measure], results: Mapping[str, Result]
) -> Iterator[str]:
    yield "## Targets\n\n| measure | figure | 95 % | target | reached |\n|---|---|---|---|---|"
    for measure in measures:
        if measure.target is None:
            continue
        sign = "≥" if measure.better == "higher" else "≤"
        reading = readings.get(measure)
        figure = reading.text if reading else "not measured"
        reached = {True: "yes", False: "**no**", None: ""}[measure.reached(reading.value) if reading else None]
        interval = _interval(measure, reading, results)
        yield f"| {measure.name} | {figure} | {interval} | {sign} {measure.target:g} | {reached} |"


def _short(
    readings: Mapping[Measure, Reading],
    measures: Sequence[Measure],
    results: Mapping[str, Result],
    peers: Mapping[tuple[str, str], list[Peer]],
) -> Iterator[str]:
    """Targets missed, figures below another's, inputs that failed, and what was not measured."""
    yield "\n## What falls short\n"
    missed = [m for m in measures if m in readings and m.reached(readings[m].value) is False]
    for measure in missed:
        assert measure.target is not None
        gap = abs(readings[measure].value - measure.target)
        yield f"- {measure.name}: {readings[measure].text}, {gap:.3g} from the target of {measure.target:g}."
    behind = [
        f"- {m.name}: {readings[m].text}, below {peer.peer} ({peer.figure})."
        for m in measures
        if m in readings
        for peer in peers.get((m.task, m.key), [])
        if peer.value > readings[m].value
    ]
    yield from behind
    for result in results.values():
        for line in result.lines.splitlines():
            if line.startswith(UNANSWERED):
                yield f"- {result.task}: {line}."
    unread = sorted({m.task for m in measures} - set(results))
    if unread:
        yield f"- Not measured here: {', '.join(unread)}."
    if not missed and not behind and not unread:
        yield "Nothing that a target or another's figure is known for."


def _all(
    readings: Mapping[Measure, Reading],
    measures: Sequence[Measure],
    results: Mapping[str, Result],
    peers: Mapping[tuple[str, str], list[Peer]],
) -> Iterator[str]:
    yield "\n## All figures\n\n| measure | figure | 95 % | others |\n|---|---|---|---|"
    for measure in measures:
        if measure in readings:
            others = "; ".join(f"{p.peer} {p.figure}" for p in peers.get((measure.task, measure.key), []))
            interval = _interval(measure, readings[measure], results)
            yield f"| {measure.name} | {readings[measure].text} | {interval} | {others} |"


def _interval(measure: Measure, reading: Reading | None, results: Mapping[str, Result]) -> str:
    if reading is None:
        return ""
    found = reading.interval or results[measure.task].intervals.get(measure.key)
    if found is None:
        return ""
    places = len(reading.text.partition(".")[2])
    return f"{found[0]:.{places}f} to {found[1]:.{places}f}"


def _appendix(results: Mapping[str, Result]) -> Iterator[str]:
    yield "\n## What the scorers printed\n"
    for result in results.values():
        draws = f", intervals from {result.draws} samples" if result.draws else ""
        program = f"version {result.version}, weights {result.weights}"
        yield f"**{result.task}**, {result.day}, {program}, {result.seconds:.0f} s{draws}\n"
        yield f"```\n{result.lines.rstrip()}\n```\n"
