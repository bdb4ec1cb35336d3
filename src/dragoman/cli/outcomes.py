"""`dragoman outcomes`: what was planned, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dragoman.cli.options import LexiconOption, MinConfidenceOption, RecordOption, record_name, settings_with
from dragoman.cli.output import headline, plain, print_line, quote_of, when
from dragoman.cli.queries import joined
from dragoman.errors import QueryError
from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.linking.standing import STATES
from dragoman.pipeline.answer import dumps
from dragoman.store.outcomes import Asked, of_fact, page, plan_json, plans
from dragoman.store.record import open_record
from dragoman.store.search.parser import parse
from dragoman.store.search.syntax import EVERYTHING, at_least

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.store.outcomes import Planned, Told
    from dragoman.store.query import StoredFact
    from dragoman.store.record import Record

app = typer.Typer(add_completion=False)

SHOWN: Final = 20
"""Plans of a page unless --limit says more."""

MARKS: Final = {
    "happened": "●", "under way": "◐", "claimed": "“", "put off": "↷", "changed": "↷", "called off": "✕",
    "did not happen": "✕", "refused": "✕", "disputed": "≠", "due": "○", "open": "◌", "no outcome seen": "·",
}  # fmt: skip
"""State to the mark that stands before a plan; the word stands beside it."""

_STATES_HELP: Final = ", ".join(STATES)


@app.command()
def outcomes(
    query: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY]", help="Which plans, as in search; or the id of one.")
    ] = None,
    record: RecordOption = None,
    outcome: Annotated[
        list[str] | None, typer.Option("--outcome", metavar="STATE", help=f"{_STATES_HELP}; may be repeated.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DAY", help="The record as it stood at the end of that day (UTC).")
    ] = None,
    told_by: Annotated[
        str | None, typer.Option("--told-by", metavar="DAY", help="What reports up to that day told, as it stood then.")
    ] = None,
    retold: Annotated[
        bool, typer.Option("--retold", help="Also a row for each report that tells a plan again.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = SHOWN,
    all_: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    after: Annotated[int | None, typer.Option("--after", min=0, help="The next page: as the last one says.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a plan.")] = False,
    lexicon: LexiconOption = None,
    min_confidence: MinConfidenceOption = None,
) -> None:
    """What was planned, and what became of it: happened, put off, changed, called off, or no outcome seen.

    A plan is never taken to have happened because its day has passed. Each outcome stands with the words that prove it;
    docs/outcomes.md says how it is joined. The plans that are due last come first.

    \b
    Examples:
      dragoman outcomes 'RUS CHN act:CONSULT'
      dragoman outcomes --outcome 'called off' --outcome 'put off' 'USA event:1978..1988'
      dragoman outcomes EGY ISR --told-by 1977-11-18
    """
    settings = settings_with(lexicon, min_confidence=min_confidence)
    wanted = parse(joined(query), Names(Lexicon(settings.lexicon))) if query else EVERYTHING
    if wanted.target == "sentences":
        raise QueryError("outcomes: plans are facts; leave in:sentences out")
    wanted = replace(at_least(wanted, settings.min_confidence), as_of=as_of)
    states = tuple(state.lower().replace("-", " ") for state in outcome or ())
    asked = Asked(wanted, states, told_by, retold)
    with open_record(record_name(record)) as opened:
        single = _single(opened, query, asked)
        cursor = None
        if single is not None:
            found = [single]
        elif all_:
            for plan in plans(opened, asked, after):
                _print(plan, json)
            return
        else:
            got = page(opened, asked, after, limit)
            found, cursor = list(got.plans), got.next
    for plan in found:
        _print(plan, json)
    if cursor is not None:
        typer.echo(f"more with --after {cursor}", err=True)
    elif not found and not json:
        typer.echo("no plan found", err=True)


def _single(record: Record, query: list[str] | None, asked: Asked) -> Planned | None:
    """The plan of which the query is the fact's id."""
    if query is None or len(query) != 1 or not query[0].startswith("e-"):
        return None
    return of_fact(record, query[0], asked)


def _print(plan: Planned, json: bool) -> None:
    for line in [dumps(plan_json(plan))] if json else _lines(plan):
        print_line(line)


def _lines(plan: Planned) -> Iterator[str]:
    """A plan, the words of its report, what became of it, and the plan that replaced it."""
    due = when(plan.due) if plan.due else "no date"
    yield f"{due}  {MARKS[plan.state]} {_state(plan)}  {headline(plan.fact)}{'  (new date)' if plan.moved else ''}"
    yield f"    planned  ⟦{quote_of(plan.fact)}⟧"
    yield f"             {source(plan.fact)}"
    if plan.retold:
        others = ", ".join(f"{plain(fact.report)} ({when(fact.published)})" for fact in islice(plan.retold, 5))
        more = f" and {len(plan.retold) - 5} more" if len(plan.retold) > 5 else ""
        yield f"             told again by {others}{more}"
    for told in _one_a_report(plan.told):
        yield f"    {told.outcome:<8} ⟦{quote_of(told.fact)}⟧"
        yield f"             {source(told.fact)}"
        yield f"             {told.points:g} of {told.threshold:g} points: {plain(told.reason)}"
    for then in plan.then:
        due = when(then.due) if then.due else "no date"
        yield f"    now due  {due}: {MARKS[then.state]} {_state(then)} · {then.fact.id}"


def _state(plan: Planned) -> str:
    final = plan.final
    return plan.state if final is plan else f"{plan.state}, then {final.state}"


def _one_a_report(told: tuple[Told, ...]) -> list[Told]:
    """Of two facts of one report that say the same of a plan, the one with more points."""
    best: dict[tuple[str, str], Told] = {}
    for one in told:
        key = (one.fact.report, one.outcome)
        if key not in best or one.points > best[key].points:
            best[key] = one
    return list(best.values())


def source(fact: StoredFact) -> str:
    """Where a fact is told: outlet, the report's day, its id and the fact's."""
    return f"{plain(fact.outlet or 'outlet not known')}, {when(fact.published)} · {plain(fact.report)} · {fact.id}"
