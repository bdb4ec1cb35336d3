"""`dragoman review`: have a sample of the record looked over, and say how much of it is right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from dragoman.cli.deciding import changed, reviewer_name
from dragoman.cli.options import (
    KindOption,
    LexiconOption,
    PairOption,
    RecordOption,
    StatusOption,
    TypeOption,
    fact_filter,
    record_name,
    settings_with,
)
from dragoman.cli.output import headline_of, plain, print_line, progress, warn
from dragoman.cli.reviewing import ask
from dragoman.errors import QueryError
from dragoman.lexicon import Lexicon
from dragoman.pipeline.answer import dumps
from dragoman.store.query import FactFilter
from dragoman.store.record import Record, open_record
from dragoman.store.review.answers import answers, answers_of, keep
from dragoman.store.review.decisions import DONE
from dragoman.store.review.gold import write_gold
from dragoman.store.review.history import Disagreement, disagreements
from dragoman.store.review.measuring import agreements, covered, precisions
from dragoman.store.review.sampling import Sample, draw, sample
from dragoman.store.review.sheet import read_sheet, write_sheet
from dragoman.store.search.results import passages

app = typer.Typer(add_completion=False)

SIZE: Final = 100
SEED: Final = 1

ReviewerOption = Annotated[
    str | None, typer.Option("--reviewer", metavar="NAME", help="Who answers; else DRAGOMAN_REVIEWER.")
]
SampleOption = Annotated[
    str, typer.Option("--sample", metavar="NAME", help="The sample; drawn where there is none of that name.")
]
GoldOption = Annotated[
    Path | None, typer.Option("--gold", metavar="FILE", help="Write wholly reviewed sentences as gold.")
]
DisagreementsOption = Annotated[
    bool, typer.Option("--disagreements", help="List where people and the coder disagree, and nothing else.")
]


@app.command()
def review(
    reviewer: ReviewerOption = None,
    name: SampleOption = "review",
    size: Annotated[int | None, typer.Option("--size", metavar="N", min=1, help="Facts to draw; 100.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", metavar="N", help="Which facts chance takes; 1.")] = None,
    kind: KindOption = None,
    type_: TypeOption = None,
    status: StatusOption = None,
    pair: PairOption = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write a sheet to fill in, as CSV.")] = None,
    in_: Annotated[Path | None, typer.Option("--in", metavar="FILE", help="Take the answers of a sheet.")] = None,
    figures: Annotated[bool, typer.Option("--figures", help="Ask nothing, print what the answers say.")] = False,
    gold: GoldOption = None,
    register: Annotated[str, typer.Option("--register", help="With --gold: what the texts are.")] = "paper",
    region: Annotated[str, typer.Option("--region", help="With --gold: where the matter lies.")] = "global",
    disagreements: DisagreementsOption = False,
    json: Annotated[bool, typer.Option("--json", help="With --disagreements: one JSON object each.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over FILE where it is there.")] = False,
    record: RecordOption = None,
    lexicon: LexiconOption = None,
) -> None:
    """Draw a sample of facts, ask a reviewer field by field, and say how much of the record is right.

    The sample is drawn once, from all kinds, types and statuses and from all outlets; it is kept under its name, with
    the answers of each reviewer. The questions may be left at any moment with q or Ctrl-C, and go on where they were.

    \b
    Examples:
      dragoman review --reviewer anna --size 200
      dragoman review --reviewer ben --out sheet.csv
      dragoman review --reviewer ben --in sheet.csv
      dragoman review --figures
      dragoman review --disagreements
    """
    if json and not disagreements:
        raise typer.BadParameter("--json goes with --disagreements")
    wanted = fact_filter(kind, type_, status, pair, min_confidence=0.0)
    silent = figures or gold is not None
    with open_record(record_name(record), write=not (disagreements or silent)) as opened:
        if disagreements:
            _list_disagreements(opened, json)
            return
        sample = _sample(opened, name, size, seed, wanted, draw_new=not silent)
        if not silent:
            _work(opened, sample, reviewer_name(reviewer, "--reviewer"), out, in_, force)
        if gold is not None:
            _write_gold(opened, sample, gold, lexicon, register, region, force)
        elif out is None:
            print_line("\n".join(_figures(opened, sample)))


def _sample(
    record: Record, name: str, size: int | None, seed: int | None, wanted: FactFilter, draw_new: bool
) -> Sample:
    """The sample of that name; with DRAW_NEW it is drawn where there is none."""
    found = sample(record, name)
    if found is None:
        if not draw_new:
            raise QueryError(f"sample: there is none called {name!r}; `dragoman review --sample {name}` draws it")
        with progress("facts looked through") as tick:
            found = draw(record, name, size or SIZE, SEED if seed is None else seed, wanted, tick)
        warn(
            f"{len(found.items)} facts of {sum(stratum.facts for stratum in found.strata)} are drawn, seed {found.seed}"
        )
    elif size is not None or seed is not None or wanted != FactFilter():
        warn(f"the sample {name} was drawn already, on {found.drawn_at[:10]}; --sample NAME draws another")
    return found


def _work(record: Record, sample: Sample, reviewer: str, out: Path | None, in_: Path | None, force: bool) -> None:
    if in_ is not None:
        warn(f"{in_}: {keep(record, sample, reviewer, read_sheet(in_, sample))} answers of {reviewer}")
    if out is not None:
        given = answers_of(record, sample, reviewer)
        there = passages(record, [item.fact for item in sample.items])
        rows = write_sheet(out, sample, there, given, force)
        warn(f"{out}: {rows} questions; fill in the column answer, then run it again with --in")
    if in_ is None and out is None and not ask(record, sample, reviewer):
        warn("the answers are kept; the same command goes on with the next question")


def _write_gold(
    record: Record, sample: Sample, path: Path, lexicon: Path | None, register: str, region: str, force: bool
) -> None:
    tables = Lexicon(settings_with(lexicon).lexicon)
    found = write_gold(record, path, sample, answers(record, sample), tables, register, region, force)
    warn(f"{path}: {found.sentences} sentences with {found.events} events")
    for reason, number in found.left_out.items():
        warn(f"{path}: {number} sentences left out, {reason}")


def _figures(record: Record, sample: Sample) -> Iterator[str]:
    """Precision and agreement as lines."""
    given = answers(record, sample)
    reviewers = sorted({one.reviewer for one in given})
    if not reviewers:
        yield f"nobody has answered on the sample {sample.name} yet"
        return
    whole = sum(stratum.facts for stratum in sample.strata)
    yield f"Sample {sample.name}, seed {sample.seed}: {len(sample.items)} facts of {whole}"
    yield f"Answers of {plain(', '.join(reviewers))}"
    yield f"Right, estimated for {covered(sample, given):.0%} of them, weighted by stratum; in brackets 95 in a hundred"
    yield "(Wilson's interval at the effective sample size)"
    for row in precisions(sample, given):
        share = row.share
        interval = f"{share.value:.2f} ({share.low:.2f}-{share.high:.2f})"
        yield f"  {row.kind:<10} {row.field:<12} {interval}  {row.facts} facts"
    found = agreements(sample, given)
    if found:
        yield "Agreement, Krippendorff's alpha; in brackets the middle 95 in a hundred of 1,000 draws"
    for one in found:
        around = f"({one.interval[0]:.2f}-{one.interval[1]:.2f})" if one.interval else ""
        value = "  - " if one.alpha is None else f"{one.alpha:.2f}"
        yield f"  {one.field:<12} {value} {around:<14} same {one.same:.0%} of {one.facts} facts"


def _list_disagreements(record: Record, json: bool) -> None:
    number = 0
    for found in disagreements(record):
        number += 1
        print_line(dumps(_as_json(found)) if json else "\n".join(_told(found)))
    warn(f"people and the coder disagree on {number} facts")


def _told(found: Disagreement) -> Iterator[str]:
    decision = found.decision
    since = ", and it was read again since" if found.read_since else ""
    yield f"{decision.fact}  {found.kind}, {plain(decision.report)}: {headline_of(found.kind, found.payload)}"
    yield f"  {plain(decision.reviewer)} {DONE[decision.choice]} it on {decision.decided_at[:10]}{since}"
    yield f"  coder {found.coder} {_reads(found)}"
    yield from (f"    {line}" for line in changed(found.changed))


def _reads(found: Disagreement) -> str:
    if found.lost:
        return "has another text, in which its words don't stand once; it is no longer counted"
    if found.missing:
        return "no longer gives it"
    return "gives it all the same" if found.decision.choice == "reject" else "reads otherwise (its value → people's):"


def _as_json(found: Disagreement) -> dict[str, object]:
    decision = found.decision
    return {
        "fact": decision.fact,
        "report": decision.report,
        "kind": found.kind,
        "decision": decision.choice,
        "by": decision.reviewer,
        "at": decision.decided_at,
        "why": decision.why,
        "coder": found.coder,
        "read_since": found.read_since,
        "missing": found.missing,
        "lost": found.lost,
        "changed": [{"field": one.field, "coder": one.old, "people": one.new} for one in found.changed],
    }
