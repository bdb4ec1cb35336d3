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

from dragoman.web.caller import NOBODY
from dragoman.web.logs import shown_path

CSP: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""`worker-src` and `manifest-src` are for notifications and for a page that is put on a phone's home screen."""

PERMISSIONS: Final = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
        "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
"""What no page of ours may ask the browser for."""

HEADERS: Final = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),  # with no-referrer browsers hide from us, too, whose page sends a form
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", PERMISSIONS),
)

HSTS: Final = ("Strict-Transport-Security", "max-age=31536000")
"""Only where the browser speaks TLS: a year from now on it speaks nothing else with this host."""

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
                for name, value in (*HEADERS, *([HSTS] if scope.get("scheme") == "https" else [])):
                    headers[name] = value
                _keep_private(scope, headers)
            await send(message)

        app = self.app if host_allowed(Headers(scope=scope).get("host"), self.hosts) else _WRONG_HOST
        try:
            await app(scope, receive, guarded)
        except Exception:  # the last resort: a fault of ours is logged, and told as a sentence
            LOG.exception("a fault while answering %s", shown_path(scope))
            if started:
                raise
            await _FAULT(scope, receive, guarded)


def _keep_private(scope: Scope, headers: MutableHeaders) -> None:
    """What is answered to somebody who is known may be kept by their browser only."""
    if scope.get("state", {}).get("caller", NOBODY) is NOBODY:
        return
    headers.add_vary_header("Cookie, Authorization")
    if "no-store" not in headers.get("Cache-Control", ""):
        headers["Cache-Control"] = "private, no-cache"


_WRONG_HOST: Final = PlainTextResponse(
    "Dragoman is not known by this name; open it by the address that `dragoman serve` printed, or let "
    "DRAGOMAN_PUBLIC_URL be the one that its readers use.\n",
    421,
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
