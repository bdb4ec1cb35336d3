"""`dragoman token`: tokens for programs and people that may do more than read."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

import typer

from dragoman.cli.options import RecordOption, record_name
from dragoman.cli.output import plain, print_line
from dragoman.errors import QueryError
from dragoman.store.record import now, open_record
from dragoman.store.tokens import Token, add_token, revoke_token, tokens

app = typer.Typer(no_args_is_help=True, add_completion=False)

_SPAN: Final = re.compile(r"(\d{1,5})([dh])")


@app.callback()
def token() -> None:
    """Hand out tokens to programs and people, list and revoke them."""


@app.command()
def add(
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="What it allows: read, post, review or admin; may be repeated.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="By which it is listed; else token- and its id.")] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="90d|12h|DAY", help="When it ends; else it holds until revoked.")
    ] = None,
    record: RecordOption = None,
) -> None:
    """Print a new token. Only its digest is kept: it can't be shown again.

    \b
    Examples:
      dragoman token add --scope post
      dragoman token add --scope post --scope review --name "night desk" --expires 90d
    """
    ends = _end(expires, datetime.now(UTC)) if expires is not None else None
    with open_record(record_name(record), write=True) as opened:
        typer.echo(add_token(opened, scope or ["post"], name, ends))


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a token.")] = False,
    record: RecordOption = None,
) -> None:
    """List all tokens that were handed out: id, name, what they allow, their end and their last use.

    \b
    Example:
      dragoman token list
    """
    with open_record(record_name(record)) as opened:
        found, moment = tokens(opened), now()
    for one in found:
        print_line(json.dumps(_fields(one, moment), ensure_ascii=False) if as_json else _shown(one, moment))
    if not found and not as_json:
        print_line("no token was handed out; `dragoman token add` prints one")


@app.command()
def revoke(
    which: Annotated[str, typer.Argument(metavar="NAME|ID", help="As `token list` shows it.")],
    record: RecordOption = None,
) -> None:
    """Revoke a token: from now on it allows nothing, and who is signed in by it is signed out.

    \b
    Example:
      dragoman token revoke "night desk"
    """
    with open_record(record_name(record), write=True) as opened:
        gone = revoke_token(opened, which)
    print_line(plain(f"{gone.id} {gone.name}: revoked"))


def _fields(one: Token, moment: str) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "scopes": list(one.scopes),
        "state": one.state(moment),
        "created_at": one.created_at,
        "expires_at": one.expires_at,
        "last_used_at": one.last_used_at,
        "revoked_at": one.revoked_at,
    }


def _shown(one: Token, moment: str) -> str:
    last = f"last used {_minute(one.last_used_at)}" if one.last_used_at else "never used"
    if one.revoked_at:
        end = f"revoked {_minute(one.revoked_at)}"
    elif one.expires_at:
        end = f"{'expired' if one.state(moment) == 'expired' else 'until'} {_minute(one.expires_at)}"
    else:
        end = "no end"
    made = f"made {one.created_at[:10]}"
    return "  ".join([one.id, plain(one.name).ljust(20), ",".join(one.scopes).ljust(12), made, end, last])


def _minute(time: str) -> str:
    return time[:16].replace("T", " ")


def _end(text: str, moment: datetime) -> str:
    """The time at which a token ends: a span from MOMENT, or the end of a day. Raises QueryError."""
    try:
        if span := _SPAN.fullmatch(text.strip().lower()):
            number = int(span[1])
            ends = moment + (timedelta(days=number) if span[2] == "d" else timedelta(hours=number))
        else:
            ends = datetime.strptime(text.strip(), "%Y-%m-%d").replace(tzinfo=UTC) + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise QueryError(f"--expires: {text!r} is no time; write 90d, 12h or a day such as 2027-01-31") from error
    if ends <= moment:
        raise QueryError(f"--expires: {text} is over already; name a later day")
    return ends.isoformat(timespec="seconds")
