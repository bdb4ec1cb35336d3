"""What the commands that decide on facts share: who decides, what he or she has seen, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final

import typer

from dragoman.cli.options import settings_with
from dragoman.cli.output import plain, print_line
from dragoman.errors import SettingError
from dragoman.store.record import Record
from dragoman.store.review.decisions import DONE, Choice, Decision, Verdict, decide, decisions
from dragoman.store.review.values import Change

ByOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides; else DRAGOMAN_REVIEWER.")]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why.")]
OverOption = Annotated[
    int | None,
    typer.Option("--over", metavar="N", min=1, help="Decide although somebody else's decision N came first."),
]

NOTHING: Final = "nothing"


def reviewer_name(given: str | None, option: str = "--by") -> str:
    """Who decides: the option, else the variable. Raises SettingError where neither is given."""
    name = settings_with().reviewer if given is None else given
    if not (name and name.strip()):
        raise SettingError(f"{option}: say who decides, or set DRAGOMAN_REVIEWER")
    return name.strip()


def seen(record: Record, ident: str, by: str, over: int | None) -> int:
    """The number of the last decision that BY has seen: the one that --over names, else his or her own."""
    if over is not None:
        return over
    made = decisions(record, ident)
    return made[-1].number if made and made[-1].fact == ident and made[-1].reviewer == by else 0


def decide_on_all(
    record: Record, idents: list[str], choice: Choice, by: str | None, why: str, over: int | None
) -> list[Decision]:
    """Accept or reject facts, all or none, and say so."""
    if over is not None and len(idents) > 1:
        raise typer.BadParameter("--over is about one fact; name that alone")
    who = reviewer_name(by)
    verdicts = [Verdict(ident, choice, seen(record, ident, who, over)) for ident in dict.fromkeys(idents)]
    made = decide(record, verdicts, who, why)
    for decision in made:
        print_line(f"{plain(decision.fact)}\t{DONE[choice]}\tdecision {decision.number}")
    return made


def changed(changes: Iterable[Change]) -> list[str]:
    """Changes, each on a line: `status: happened → denied`. How sure the coder was is none of a person's doing."""
    return [
        plain(f"{change.field}: {_told(change.old)} → {_told(change.new)}")
        for change in changes
        if "confidence" not in change.field
    ]


def _told(value: object) -> str:
    if value is None or value == []:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        name = value.get("name") or value.get("text")
        code = "/".join(str(value[key]) for key in ("country", "sector") if value.get(key))
        return f"{name} ({code})" if name and code else str(name or value)
    return "; ".join(map(_told, value)) if isinstance(value, list) else str(value)
