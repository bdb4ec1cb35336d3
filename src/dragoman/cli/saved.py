"""`dragoman saved`: searches that are kept by name, and the browsers that are told of them."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import LexiconOption, RecordOption, record_name, settings_with
from dragoman.cli.output import plain, print_line, warn
from dragoman.errors import QueryError
from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.pipeline.answer import dumps
from dragoman.store import devices as store_devices
from dragoman.store.pushes import forget_push_key
from dragoman.store.record import Record, open_record
from dragoman.store.saved import Saved, remove_search, save_search, saved_searches
from dragoman.store.search.parser import parse

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def saved() -> None:
    """Keep searches by name; on their page a browser can be told of new facts that one finds."""


@app.command("list")
def list_(
    record: RecordOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the saved searches: id, name, search, and how many browsers are told.

    \b
    Example:
      dragoman saved list --record gulf.db
    """
    with open_record(record_name(record)) as opened:
        found = saved_searches(opened)
    for one in found:
        print_line(_json(one) if as_json else "\t".join((one.id, plain(one.name), plain(one.query), _bells(one.bells))))
    if not as_json:
        warn(f"{len(found)} saved searches")


@app.command()
def add(
    query: Annotated[str, typer.Argument(help="A search, as `dragoman search` takes it.")],
    name: Annotated[str, typer.Option("--name", help="What it is called; else the search itself.")] = "",
    record: RecordOption = None,
    lexicon: LexiconOption = None,
) -> None:
    """Save a search and print its id. One that is saved already gets the new name.

    \b
    Example:
      dragoman saved add 'EGY ISR type:AGREE' --name "Egypt and Israel agree"
    """
    if parse(query, Names(Lexicon(settings_with(lexicon=lexicon).lexicon))).target != "facts":
        raise QueryError("a saved search finds facts; leave in:sentences out")
    with open_record(record_name(record), write=True) as opened:
        print_line(save_search(opened, query, name).id)


@app.command()
def remove(
    which: Annotated[str, typer.Argument(metavar="ID|NAME", help="As `dragoman saved list` prints them.")],
    record: RecordOption = None,
) -> None:
    """Remove a saved search and its bells.

    \b
    Example:
      dragoman saved remove "Egypt and Israel agree"
    """
    with open_record(record_name(record), write=True) as opened:
        one = _named(opened, which)
        remove_search(opened, one.id)
    warn(f"{plain(one.name)!r} is removed")


@app.command("devices")
def devices(
    record: RecordOption = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Forget all browsers and the key, as before the record is given to others.")
    ] = False,
) -> None:
    """List the browsers that are told: push service, number of bells, last push taken (UTC), and what went wrong.

    \b
    Example:
      dragoman saved devices
    """
    with open_record(record_name(record), write=forget) as opened:
        if forget:
            number = store_devices.forget_devices(opened)
            forget_push_key(opened)
            warn(f"{number} browsers and the key of the record are forgotten")
            return
        hung = store_devices.bells(opened)
        found = store_devices.devices(opened)
    for device in found:
        number = sum(bell.device.key == device.key for bell in hung)
        told = device.told_at[:16].replace("T", " ") if device.told_at else "nothing yet"
        print_line("\t".join((device.subscription.host, _bells(number), told, plain(device.trouble or "in order"))))
    warn(f"{len(found)} browsers are told of new facts")


def _named(record: Record, which: str) -> Saved:
    """The saved search with that id or name. Raises QueryError where there is none, or more than one of that name."""
    found = saved_searches(record)
    hits = [one for one in found if one.id == which] or [one for one in found if one.name == which]
    if len(hits) != 1:
        problem = (
            f"{len(hits)} saved searches have this name; give the id" if hits else "no saved search has this id or name"
        )
        raise QueryError(f"{which[:80]}: {problem}, see `dragoman saved list`")
    return hits[0]


def _bells(number: int) -> str:
    return f"{number} bell{'' if number == 1 else 's'}"


def _json(one: Saved) -> str:
    fields = {"id": one.id, "name": one.name, "query": one.query, "saved_at": one.made_at, "bells": one.bells}
    return dumps(fields)
