"""`dragoman follow`: feeds, sitemaps and pages that are followed, and following them."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import CodebookOption, ParserOption, RecordOption, record_name, settings_with
from dragoman.cli.output import plain, print_line, warn
from dragoman.errors import InputError, QueryError
from dragoman.live.following.adding import Found, find, from_list
from dragoman.live.following.follower import Follower
from dragoman.live.following.health import health, span
from dragoman.live.following.hosts import Hosts
from dragoman.live.following.visiting import Visitor
from dragoman.live.posting import Poster
from dragoman.live.reader import Reader
from dragoman.live.releasing import Releaser
from dragoman.pipeline.answer import dumps
from dragoman.reading.feeds.opml import Outline, write_opml
from dragoman.store.alone import only_follower
from dragoman.store.feed_items import waiting
from dragoman.store.feeds import add_feeds, ask_now, feeds_named, followed, remove_feeds, set_state
from dragoman.store.record import open_record

if TYPE_CHECKING:
    from dragoman.live.following.health import Health
    from dragoman.settings import Settings
    from dragoman.store.feeds import Followed
    from dragoman.store.record import Record

app = typer.Typer(add_completion=False, invoke_without_command=True)

READS = ("auto", "page", "feed")
NamesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="FEED", help="Addresses, titles or numbers, as `follow list` has them.")
]
AllOption = Annotated[bool, typer.Option("--all", help="All of them.")]


@app.callback()
def follow(
    context: typer.Context,
    record: RecordOption = None,
    codebook: CodebookOption = None,
    parser: ParserOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but what goes wrong.")] = False,
) -> None:
    """Follow the feeds of the record: what is new is read and stored as it comes out. Ctrl-C ends it.

    \b
    Examples:
      dragoman follow add https://news.example/
      dragoman follow --record gulf.db
    """
    if context.invoked_subcommand is not None:
        return
    settings = settings_with(parser=parser, codebook=codebook)
    with open_record(record_name(record), write=True) as opened:
        _run(opened, settings, quiet)


def _run(record: Record, settings: Settings, quiet: bool, until_idle: bool = False) -> None:

    reader = Reader(settings)
    reader.stamp()  # a wrong codebook is told now
    with only_follower(record):
        feeds = [feed for feed in followed(record) if feed.state == "active"]
        if not quiet:
            warn(f"{len(feeds)} feeds are followed into {record.where}" + ("" if until_idle else "; Ctrl-C ends it"))
        follower = Follower(record, settings, reader, (lambda _: None) if quiet else warn)
        releaser = Releaser(Poster(record, settings, reader), warn)
        releaser.start()
        try:
            with _stopped_by_signals(follower):
                follower.run(until_idle)
        finally:
            releaser.stop()
            reader.close()
        tally = follower.tally
        if not quiet:
            items = f"{tally.new} new items, {tally.stored} reports stored, {tally.failed} given up"
            warn(f"{tally.checks} looks at feeds, {items}")


@contextmanager
def _stopped_by_signals(follower: Follower) -> Iterator[None]:
    """SIGINT and SIGTERM let the jobs in hand end; a second one ends the program at once."""
    main = threading.current_thread() is threading.main_thread()
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)} if main else {}

    def stop(number: int, _: object) -> None:
        for one, handler in before.items():
            signal.signal(one, handler)
        follower.stop()

    for one in before:
        signal.signal(one, stop)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@app.command("add")
def add(
    inputs: Annotated[list[str], typer.Argument(metavar="URL|OPML", help="Feeds, pages, or lists of feeds in OPML.")],
    watch: Annotated[bool, typer.Option("--watch", help="Watch the page itself, whatever feeds it has.")] = False,
    outlet: Annotated[str | None, typer.Option("--outlet", help="The outlet's name; else as its pages say.")] = None,
    reads: Annotated[
        str,
        typer.Option("--read", metavar="auto|page|feed", help="What an article is read from; auto: as the feed needs."),
    ] = "auto",
    record: RecordOption = None,
) -> None:
    """Add what is to be followed. A page's feed is looked for; a page without one is watched for change.

    \b
    Examples:
      dragoman follow add https://news.example/ https://ministry.example/press
      dragoman follow add subscriptions.opml
    """
    if reads not in READS:
        raise QueryError(f"--read: {reads!r} is none of {', '.join(READS)}")
    settings = settings_with()
    failed = 0
    with open_record(record_name(record), write=True) as opened:
        for name in inputs:
            try:
                found = _found(opened, settings, name, watch)
            except InputError as error:
                warn(str(error))
                failed += 1
                continue
            _keep(opened, settings, found, outlet, reads)
    if failed:
        raise typer.Exit(2 if failed == len(inputs) else 1)


def _found(record: Record, settings: Settings, name: str, watch: bool) -> list[Found]:

    listed = from_list(name, settings)
    if listed is not None:
        return [Found(feed, "named in the list") for feed in listed]
    hosts = Hosts(record, settings, time.time, _sleep)
    return find(Visitor(record, settings, hosts, time.time), name, settings, watch)


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def _keep(record: Record, settings: Settings, found: list[Found], outlet: str | None, reads: str) -> None:

    feeds = [replace(one.feed, outlet=outlet, reads=reads) for one in found]
    added = add_feeds(record, feeds, time.time(), settings.follow_min_interval_s)
    for one, is_new in zip(found, added, strict=True):
        print_line(plain(f"{one.feed.address}\t{one.feed.title or ''}\t{one.how if is_new else 'followed already'}"))
        for other in one.others[:10] if is_new else ():
            warn(f"the page also has {other.address}" + (f" ({other.title})" if other.title else ""))


@app.command("list")
def list_(
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    opml: Annotated[bool, typer.Option("--opml", help="As a list of feeds that other readers take.")] = False,
    record: RecordOption = None,
) -> None:
    """List what is followed and how it is: last success, last new item, next try, and what is wrong in words.

    \b
    Examples:
      dragoman follow list
      dragoman follow list --opml > subscriptions.opml
    """
    with open_record(record_name(record)) as opened:
        found, number = health(opened, time.time()), waiting(opened)
    if opml:
        print_line(write_opml(Outline(one.feed.address, one.feed.title) for one in found).rstrip("\n"))
    elif json:
        for one in found:
            print_line(dumps(one.fields()))
    else:
        _table(found)
        if number:
            warn(f"{number} articles wait to be read")


def _table(found: list[Health]) -> None:
    for one in found:
        feed = one.feed
        times = f"last success {_ago(feed.success_at)}, last new {_ago(feed.new_at)}, next try {_next(feed)}"
        print_line(f"{feed.key:>4}  {one.condition:<8}{plain(feed.title or feed.address)}")
        print_line(f"      {plain(feed.address)}")
        print_line(f"      {times}")
        if one.condition != "well" or one.sentence != "well":
            print_line(f"      {plain(one.sentence)}")
    if not found:
        warn("nothing is followed yet; `dragoman follow add URL` adds a feed")


def _ago(moment: float | None) -> str:

    return "never" if moment is None else f"{span(time.time() - moment)} ago"


def _next(feed: Followed) -> str:

    if feed.state != "active" or feed.next_at is None:
        return "never"
    left = feed.next_at - time.time()
    return "now" if left <= 0 else f"in {span(left)}"


@app.command("remove")
def remove(names: NamesArgument = None, record: RecordOption = None) -> None:
    """Follow feeds no more. The reports that came by them stay.

    \b
    Example:
      dragoman follow remove https://news.example/feed
    """
    with open_record(record_name(record), write=True) as opened:
        for feed in _named(opened, names, False):
            remove_feeds(opened, [feed.key])
            print_line(plain(f"{feed.address}\tremoved; its reports stay"))


@app.command("pause")
def pause(names: NamesArgument = None, all_: AllOption = False, record: RecordOption = None) -> None:
    """Leave feeds alone for a while.

    \b
    Example:
      dragoman follow pause --all
    """
    _set(names, all_, record, "paused")


@app.command("resume")
def resume(names: NamesArgument = None, all_: AllOption = False, record: RecordOption = None) -> None:
    """Take feeds up again that were paused, or whose server said that they are gone.

    \b
    Example:
      dragoman follow resume 12
    """
    _set(names, all_, record, "active")


def _set(names: list[str] | None, all_: bool, record: str | None, state: str) -> None:

    with open_record(record_name(record), write=True) as opened:
        feeds = _named(opened, names, all_)
        set_state(opened, [feed.key for feed in feeds], "paused" if state == "paused" else "active", time.time())
        for feed in feeds:
            print_line(plain(f"{feed.address}\t{state}"))


@app.command("check")
def check(
    names: NamesArgument = None,
    record: RecordOption = None,
    codebook: CodebookOption = None,
    parser: ParserOption = None,
) -> None:
    """Look at feeds now, whatever their rhythm, read what is new, and end. Without names: at those that are due.

    What a server asked for, a pause or a delay, is kept all the same.

    \b
    Examples:
      dragoman follow check
      dragoman follow check https://news.example/feed
    """
    settings = settings_with(parser=parser, codebook=codebook)
    with open_record(record_name(record), write=True) as opened:
        keys = [feed.key for feed in _named(opened, names, False)] if names else []
        ask_now(opened, keys, time.time())
        _run(opened, settings, quiet=False, until_idle=True)
        found = [one for one in health(opened, time.time()) if not keys or one.feed.key in keys]
        _table(found)
    if any(one.condition in ("failing", "gone") for one in found):
        sys.stdout.flush()
        raise typer.Exit(2 if all(one.condition in ("failing", "gone") for one in found) else 1)


def _named(record: Record, names: list[str] | None, all_: bool) -> list[Followed]:

    if all_:
        return followed(record)
    if not names:
        raise QueryError("name one or more feeds, as `dragoman follow list` has them")
    found = {feed.key: feed for name in names for feed in feeds_named(record, name)}
    return list(found.values())
