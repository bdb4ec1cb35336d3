"""`dragoman post`: post one's own reports to a server, or straight into a record."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlencode

import httpx2
import typer

from dragoman.cli.options import RecordOption, record_name, settings_with
from dragoman.cli.output import plain, print_line, warn
from dragoman.errors import DragomanError, FetchError, InputError, QueryError
from dragoman.live.posting import Poster, embargo_of
from dragoman.reading.charset import decode, looks_binary
from dragoman.reading.fetch import checked_address
from dragoman.reading.inputs import LINE_SUFFIXES, looks_like_page
from dragoman.store.moments import moment_text
from dragoman.store.posts import Held
from dragoman.store.record import open_record
from dragoman.web.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.settings import Settings
    from dragoman.store.writing import Added

app = typer.Typer(add_completion=False)

TIMEOUT_S: Final = 60.0
"""A server whose parser is just loading takes some seconds for its first report."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the options say of a report."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    embargo: str | None = None


@app.command()
def post(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE|-", help="Texts, pages, JSON Lines; - is standard input.")
    ] = None,
    id_: Annotated[str | None, typer.Option("--id", help="The report's id; else its --url, else the file's name.")] = (
        None
    ),
    url: Annotated[str | None, typer.Option("--url", help="Where the report stands, or will.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Who publishes it.")] = None,
    published: Annotated[str | None, typer.Option("--published", metavar="DAY", help="Its own date.")] = None,
    embargo: Annotated[
        str | None, typer.Option("--embargo", metavar="TIME", help="Shown to nobody before: 2026-11-25T06:00:00Z.")
    ] = None,
    withdraw: Annotated[str | None, typer.Option("--withdraw", metavar="ID", help="Withdraw that report.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="With --withdraw: why, for its readers.")] = "",
    server: Annotated[
        str | None, typer.Option("--server", metavar="URL", envvar="DRAGOMAN_SERVER", help="A running server.")
    ] = None,
    token: Annotated[
        str | None, typer.Option("--token", envvar="DRAGOMAN_TOKEN", help="Its token; best given by the variable.")
    ] = None,
    record: RecordOption = None,
) -> None:
    """Post reports of your own: to a running server by its address and a token, else straight into the record.

    A report that is posted again unchanged adds nothing; with other words it is corrected, and the page shows how.

    \b
    Examples:
      dragoman post story.html --outlet "Morning Wire" --server http://127.0.0.1:8000/
      dragoman post story.txt --id wire/7 --embargo 2026-11-25T06:00:00Z
      dragoman post --withdraw wire/7 --reason "the quote was misheard"
    """
    if (not files) == (withdraw is None):
        raise QueryError("name files to post, or a report with --withdraw")
    given = Given(id_, url, title, outlet, published, embargo)
    if embargo is not None:
        embargo_of(embargo)
    to: _Server | _Record
    if server is not None and record is not None:
        raise QueryError("--server and --record: a report goes to one of them")
    to = _Server(server, token) if server is not None else _Record(record_name(record), settings_with())
    with to:
        if withdraw is not None:
            print_line(plain(f"{withdraw}\t{to.withdraw(withdraw, reason)}"))
            return
        _post_all(to, files or [], given, settings_with())


def _post_all(to: _Server | _Record, files: list[str], given: Given, settings: Settings) -> None:
    posted = failed = 0
    for name in files:
        for line in _lines(name, given, settings, len(files) == 1):
            try:
                if isinstance(line, InputError):
                    raise line
                print_line(plain(to.post(line)))
                posted += 1
            except DragomanError as error:
                warn(str(error) if isinstance(error, InputError) else f"{name}: {error}")
                failed += 1
    if failed:
        raise typer.Exit(1 if posted else 2)


def _lines(name: str, given: Given, settings: Settings, alone: bool) -> Iterator[bytes | InputError]:
    """What is to be posted of a file, each as one line of `read -`."""
    try:
        data = _bytes(name, settings)
    except InputError as error:
        yield error
        return
    if Path(name).suffix.lower() in LINE_SUFFIXES or (name == "-" and data.lstrip()[:1] == b"{"):
        yield from (_with(line, given) for line in data.split(b"\n") if line.strip())
    elif not data.strip() or looks_binary(data):
        yield InputError(name, "no text and no page", "give a text, a page or JSON Lines")
    elif given.id is not None and not alone:
        yield InputError(name, "several files can't have one --id", "post them one by one")
    else:
        yield _with(_line(name, data, given), given)


def _bytes(name: str, settings: Settings) -> bytes:
    limit = settings.max_page_bytes
    if name == "-":
        data = sys.stdin.buffer.read(limit + 1)
    else:
        path = Path(name)
        if not path.is_file():
            raise InputError(name, "there is no such file", "check the spelling")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(name, f"more than {limit:,} bytes", "leave it out or raise DRAGOMAN_MAX_PAGE_BYTES")
    return data


def _line(name: str, data: bytes, given: Given) -> bytes:
    """A file as a line; what has no other name is called by what it says, so that it is the same when posted again."""
    text = decode(data).text
    ident = given.url or (name if name != "-" else "sha256:" + hashlib.sha256(data).hexdigest())
    kind = "html" if looks_like_page(data) else "text"
    return json.dumps({"id": ident, kind: text}).encode()


def _with(line: bytes, given: Given) -> bytes:
    """LINE with what the options say; what isn't JSON is left for the reader to complain of."""
    told = {name: value for name in Given.__dataclass_fields__ if (value := getattr(given, name)) is not None}
    try:
        row = json.loads(line)
    except ValueError:
        return line
    return json.dumps({**row, **told}).encode() if isinstance(row, dict) and told else line


class _Record:
    """Posting straight into a record."""

    def __init__(self, where: str, settings: Settings) -> None:
        self._record = open_record(where, write=True)
        self._poster = Poster(self._record, settings)

    def __enter__(self) -> _Record:
        return self

    def __exit__(self, *_: object) -> None:
        self._poster.close()
        self._record.close()

    def post(self, line: bytes) -> str:
        return _told(self._poster.read(line))

    def withdraw(self, ident: str, reason: str) -> str:
        self._poster.take_back(ident, why=reason)
        return "withdrawn"


def _told(posted: Added | Held) -> str:
    if isinstance(posted, Held):
        return f"{posted.report}\theld until {moment_text(posted.release_at)}"
    if not posted.new:
        return f"{posted.report}\tthere already, unchanged"
    what = f"version {posted.version}, " if posted.version > 1 else ""
    return f"{posted.report}\t{what}{posted.facts} facts"


class _Server:
    """Posting to a server. Raises DragomanError with what it says."""

    def __init__(self, base: str, token: str | None) -> None:
        if not token:
            raise QueryError(
                "--server takes a token: set DRAGOMAN_TOKEN; `dragoman token add` on the server prints one"
            )
        self._base = checked_address(base, base).rstrip("/")
        headers = {"Authorization": f"Bearer {token}"}
        self._client = httpx2.Client(headers=headers, timeout=TIMEOUT_S, trust_env=False)

    def __enter__(self) -> _Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def post(self, line: bytes) -> str:
        found = self._send("POST", "/api/reports", line)
        if "held_until" in found:
            return f"{found['report']}\theld until {found['held_until']}"
        if not found.get("new"):
            return f"{found['report']}\tthere already, unchanged"
        return f"{found['report']}\t{found['facts']} facts\t{self._base}{found['url']}"

    def withdraw(self, ident: str, reason: str) -> str:
        self._send("DELETE", f"/api/reports/{slug(ident)}?{urlencode({'reason': reason})}", None)
        return "withdrawn"

    def _send(self, method: str, path: str, body: bytes | None) -> dict[str, object]:
        try:
            answer = self._client.request(method, self._base + path, content=body)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            said = " ".join(str(error).split())[:200] or type(error).__name__
            raise FetchError(self._base, f"no answer ({said})", "check that the server runs there") from error
        try:
            found = answer.json()
        except ValueError:
            found = {}
        if answer.status_code >= 300 or not isinstance(found, dict):
            told = found.get("error") if isinstance(found, dict) else None
            raise DragomanError(f"{self._base} answers {answer.status_code}: {told or 'no reason is given'}")
        return found
