"""`dragoman history`: what became of a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.deciding import changed
from dragoman.cli.options import RecordOption, record_name
from dragoman.cli.output import headline_of, plain, print_line
from dragoman.pipeline.answer import dumps
from dragoman.store.record import open_record
from dragoman.store.review.decisions import DONE
from dragoman.store.review.history import history as history_of

if TYPE_CHECKING:
    from dragoman.store.payload import Json
    from dragoman.store.review.history import Step

app = typer.Typer(add_completion=False)


@app.command()
def history(
    fact: Annotated[str, typer.Argument(metavar="FACT-ID", help="The fact's id.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a step.")] = False,
    record: RecordOption = None,
) -> None:
    """Tell what became of a fact: each reading that gave it, and who accepted, rejected or edited it, when and why.

    \b
    Example:
      dragoman history e-1f2e3d4c5b6a7988
    """
    with open_record(record_name(record)) as opened:
        found = history_of(opened, fact)
    if json:
        for step in found.steps:
            print_line(dumps(_as_json(step)))
        return
    state = "stands no more" if found.fact.superseded else "stands"
    print_line(plain(f"{found.fact.kind} {fact} of report {found.fact.report}: it {state}"))
    for step in found.steps:
        print_line("\n".join(["", *_lines(found.fact.kind, step)]))


def _lines(kind: str, step: Step) -> list[str]:
    at = step.at[:16].replace("T", " ")
    decision = step.decision
    if decision is None:
        assert step.payload is not None
        read = f"{at}  read by coder {step.coder}, lexicon {step.lexicon} (version {step.version} of the report)"
        return [plain(read), f"  {_value(kind, step.payload)}"]
    kept = ", kept when the report was read again" if decision.carried else ""
    who = f"{at}  {decision.reviewer} {DONE[decision.choice]} it (decision {decision.number}{kept})"
    why = f": {decision.why}" if decision.why else ""
    absent = ["  the coder no longer gives it"] if decision.seq is None else []
    return [plain(who + why), *absent, *(f"  {line}" for line in changed(step.changed))]


def _value(kind: str, payload: Json) -> str:
    status = payload.get("status")
    background = ", background" if payload.get("background") else ""
    return plain(headline_of(kind, payload) + (f", {status}{background}" if status else ""))


def _as_json(step: Step) -> Json:
    decision = step.decision
    if decision is None:
        about: Json = {"coder": step.coder, "lexicon": step.lexicon, "fact": step.payload}
        return {"step": "read", "at": step.at, "version": step.version, **about}
    return {
        "step": decision.choice,
        "at": step.at,
        "version": step.version,
        "number": decision.number,
        "by": decision.reviewer,
        "why": decision.why,
        "carried": decision.carried,
        "changed": [{"field": one.field, "old": one.old, "new": one.new} for one in step.changed],
        "fact": step.payload,
    }
