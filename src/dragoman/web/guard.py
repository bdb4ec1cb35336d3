"""What holds for every answer: the Host that is asked for, the headers, and no stack trace whatever happens.

A page of another site can make a name of its own point to 127.0.0.1 and then read what is served there (DNS
rebinding). It can't do so with an address in figures, so these are let in, and beside them only names of this machine.
"""

from __future__ import annotations

import logging
from ipaddress import ip_address
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS: Final = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),  # with none at all our own forms would be sent with the Origin `null`
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)

LOG: Final = logging.getLogger("dragoman.web")


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = frozenset()) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    headers[name] = value
            await send(message)

        app = self.app if host_allowed(Headers(scope=scope).get("host"), self.hosts) else _WRONG_HOST
        try:
            await app(scope, receive, guarded)
        except Exception:  # the last resort: a fault of ours is logged, and told as a sentence
            LOG.exception("a fault while answering %s", scope["path"])
            if started:
                raise
            await _FAULT(scope, receive, guarded)


_WRONG_HOST: Final = PlainTextResponse(
    "Dragoman is not known by this name; open it by the address that `dragoman serve` printed.\n", 421
)
_FAULT: Final = PlainTextResponse(
    "Dragoman made a mistake while it prepared this answer; what happened stands in the server's log.\n", 500
)


def host_allowed(host: str | None, names: frozenset[str]) -> bool:
    """Whether HOST, the header, is an address in figures, localhost, or one of NAMES."""
    if not host:
        return False
    bare = host[1 : host.find("]")] if host.startswith("[") else host.rsplit(":", 1)[0]
    try:
        ip_address(bare)
    except ValueError:
        bare = bare.lower().rstrip(".")
        return bare == "localhost" or bare.endswith(".localhost") or bare in names
    return True
