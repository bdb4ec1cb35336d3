"""Running the application, and ending it: streams that are open are closed before the server goes."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from ipaddress import ip_address
from types import FrameType
from typing import Final
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI

from dragoman.live.following.follower import Follower, following
from dragoman.live.push.sender import sending
from dragoman.settings import Settings
from dragoman.store.alone import only_follower
from dragoman.store.record import open_record
from dragoman.store.token_count import any_token
from dragoman.web.app import create_app
from dragoman.web.logs import configure
from dragoman.web.notices import sender_of
from dragoman.web.protocol import protocol

MOST_CONNECTIONS: Final = 512
"""Beside those of streams, for which a setting says how many there may be."""

FILES: Final = 256
"""Open files beside connections: the record's, the program's."""

SHUTDOWN_S: Final = 5
"""So long an answer may take to end after Ctrl-C."""


class _Server(uvicorn.Server):
    """Tells the streams when it is asked to end: else it would wait for them."""

    def __init__(self, config: uvicorn.Config, closing: threading.Event) -> None:
        super().__init__(config)
        self.closing = closing

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.closing.set()
        super().handle_exit(sig, frame)


def serve(
    where: str,
    listeners: Sequence[socket.socket],
    settings: Settings,
    follow: Callable[[str], None] | None = None,
    keyed: Callable[[str], None] | None = None,
) -> None:
    """Serve the record WHERE on sockets that listen already, until Ctrl-C or SIGTERM; it is made where there is none.

    With FOLLOW, which takes sentences for the log, its feeds are followed by the same process. KEYED is told the page,
    as it stands behind the server's address, by which this machine's user signs in. Raises RecordError where the record
    can't be opened, or another process follows its feeds.
    """
    configure(settings.log_format)
    with open_record(where, write=True) as record, ExitStack() as stack:
        app = create_app(record, settings, _hosts(listeners, settings.public_url))
        site = app.state.site
        if keyed is not None and settings.access == "local":
            keyed(f"sign-in?key={site.visitors.local_key}")
        if follow is not None:
            stack.enter_context(only_follower(record))
            stack.enter_context(following(Follower(record, site.poster.settings, site.poster.reader, follow), follow))
        if follow is not None or any_token(record):
            site.poster.warm()
        app.state.sender = sender_of(site)
        stack.enter_context(sending(app.state.sender))
        server = _Server(_config(app, settings), site.closing)
        with suppress(KeyboardInterrupt), _ended_by_sigterm():  # uvicorn raises both again when all is closed
            server.run(sockets=list(listeners))


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends the server as Ctrl-C does: streams are drained, the record is closed, and all went well."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    connections = MOST_CONNECTIONS + settings.max_streams
    _allow_files(connections + FILES)
    return uvicorn.Config(
        app,
        http=protocol(settings.header_timeout_s),
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws="none",
        limit_concurrency=connections,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=SHUTDOWN_S,
    )


def _allow_files(number: int) -> None:
    """Each connection is an open file, of which a program may often have no more than 1,024."""
    if sys.platform == "win32":
        return
    import resource  # there only where the limit is

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _hosts(listeners: Sequence[socket.socket], public_url: str | None) -> frozenset[str]:
    """Names by which other machines may ask for this one: the public one, and its own where they can reach it."""
    bound = {str(listener.getsockname()[0]) for listener in listeners}
    public = (urlsplit(public_url).hostname or "").lower() if public_url else ""
    return frozenset({public} - {""} | (set() if all(ip_address(h).is_loopback for h in bound) else {_own_name()}))


def _own_name() -> str:
    return socket.gethostname().lower()
