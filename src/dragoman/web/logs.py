"""The server's log: lines for people or JSON for programs, and a line for each request where that is asked for.

No line has a secret in it: queries, cookies, headers and bodies are left out, and so is what follows in a path after
the pieces named in SECRET.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.caller import caller_of
from dragoman.web.metrics import Metrics

ACCESS: Final = logging.getLogger("dragoman.access")

SECRET: Final = ("/websub/", "/sign-in/")
"""Behind these a path goes on with what only one other party may know."""

PATH_CHARS: Final = 300

FIELDS: Final = ("address", "caller", "method", "path", "status", "bytes", "ms")
"""Of a request; they are keys of JSON lines."""

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Watch:
    """Counts each request when it has been answered or its reader has gone, and writes a line of it to the log."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log: bool) -> None:
        self.app = app
        self.metrics = metrics
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and say so."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})
        began, status, size = time.monotonic(), 0, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = int(message["status"])
            size += len(message.get("body", b""))
            await send(message)

        self.metrics.begun(scope)
        try:
            await self.app(scope, receive, counted)
        finally:
            seconds = time.monotonic() - began
            self.metrics.answered(scope, status, seconds)
            if self.log:
                ACCESS.info("request", extra=_fields(scope, status, size, seconds))


def _fields(scope: Scope, status: int, size: int, seconds: float) -> dict[str, object]:
    request = HTTPConnection(scope)
    return {
        "address": request.client.host if request.client else None,
        "caller": caller_of(request).name,
        "method": scope["method"],
        "path": shown_path(scope),
        "status": status,
        "bytes": size,
        "ms": round(seconds * 1000, 1),
    }


def shown_path(scope: Scope) -> str:
    """The path of a request as it may be logged: in ASCII, on one line, without secrets."""
    path = quote(str(scope["path"]), safe="/:@!$&'()*+,;=~-._")
    for piece in SECRET:
        if piece in path:
            path = path[: path.index(piece) + len(piece)] + "…"
    return path[:PATH_CHARS]


class JsonLines(logging.Formatter):
    """A record of the log as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        value: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        value |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            value["traceback"] = self.formatException(record.exc_info)
        return json.dumps(value, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """A record of the log as a line for people; a traceback follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(sep=" ", timespec="seconds")[:19]
        if hasattr(record, "status"):
            said = " ".join(str(_plain(getattr(record, name))) for name in FIELDS)
        else:
            said = f"{record.levelname.lower()} {_CONTROLS.sub(' ', record.getMessage())}"
        traceback = "\n" + self.formatException(record.exc_info) if record.exc_info else ""
        return f"{moment} {said}{traceback}"


def _plain(value: object) -> object:
    return "-" if value is None else _CONTROLS.sub(" ", value).replace(" ", "_") if isinstance(value, str) else value


def configure(form: str) -> None:
    """Let the server's own lines, and those of the library that speaks HTTP, go to standard error in that FORM."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else Lines())
    for name, level in (("dragoman", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
