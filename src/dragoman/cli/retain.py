"""`dragoman retain`: how long the texts of reports are kept."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import RecordOption, record_name
from dragoman.cli.output import plain, print_line, warn
from dragoman.store import retention
from dragoman.store.record import open_record
from dragoman.store.retention import OTHERS, Rule

app = typer.Typer(no_args_is_help=True, add_completion=False)

OutletOption = Annotated[
    str | None, typer.Option("--outlet", help="The outlet, as `dragoman show` names it; without it all others.")
]


@app.callback()
def retain() -> None:
    """Say how long the texts of an outlet are kept, and drop those whose time is over; facts and quotes stay."""


@app.command("rules")
def rules(record: RecordOption = None) -> None:
    """List the rules: outlet (* for all others), days, licence, and how many texts are to be dropped now.

    \b
    Example:
      dragoman retain rules --record gulf.db
    """
    with open_record(record_name(record)) as opened:
        found = retention.rules(opened)
        over = sum(retention.due(opened).values())
    for rule in found:
        days = "for ever" if rule.days is None else f"{rule.days} days"
        print_line("\t".join(plain(cell) for cell in (rule.outlet or "*", days, rule.licence or "no licence named")))
    warn(f"{len(found)} rules; {over} texts are to be dropped by `dragoman retain apply`")


@app.command("set")
def set_(
    outlet: OutletOption = None,
    days: Annotated[
        int | None, typer.Option("--days", min=0, help="Days after reading; without it texts are kept for ever.")
    ] = None,
    licence: Annotated[str | None, typer.Option("--licence", help="Under which its texts are held.")] = None,
    record: RecordOption = None,
) -> None:
    """Set the rule of an outlet, in the place of the one that it has. Nothing is dropped yet.

    \b
    Examples:
      dragoman retain set --outlet "Morning Wire" --days 30 --licence "contract of 2026"
      dragoman retain set --days 365
    """
    with open_record(record_name(record), write=True) as opened:
        retention.set_rule(opened, Rule(outlet or OTHERS, days, licence))


@app.command("remove")
def remove(outlet: OutletOption = None, record: RecordOption = None) -> None:
    """Remove the rule of an outlet. What was dropped does not come back.

    \b
    Example:
      dragoman retain remove --outlet "Morning Wire"
    """
    with open_record(record_name(record), write=True) as opened:
        retention.remove_rule(opened, outlet or OTHERS)


@app.command("apply")
def apply(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many texts of which outlet.")] = False,
    record: RecordOption = None,
) -> None:
    """Drop the texts whose time is over, in all their versions; the words that facts rest on stay where they stood.

    \b
    Example:
      dragoman retain apply --dry-run
    """
    with open_record(record_name(record), write=not dry_run) as opened:
        if dry_run:
            for outlet, number in retention.due(opened).items():
                print_line(f"{plain(outlet or 'no known outlet')}\t{number} texts")
            return
        warn(f"{retention.apply(opened)} texts dropped; facts and quotes stay")
