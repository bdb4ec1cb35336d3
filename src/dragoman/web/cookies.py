"""The two cookies: of a browser that is signed in, and of one that was given a form before that.

Browsers keep cookies by host and not by port, so that two servers of one machine would sign each other out: the port
stands in the name. Behind TLS the name begins with `__Host-`, which no other host of the domain can set.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

from fastapi import Request, Response
from starlette.requests import HTTPConnection

from dragoman.store.sessions import SESSION_HOURS

FORM_HOURS: Final = 2
"""So long a form that nobody is signed in for may be filled in."""

MOST_CHARS: Final = 200
"""A longer cookie is none of ours."""


_PORT: Final = re.compile(r":(\d{1,5})\Z", re.ASCII)


def session_cookie(request: HTTPConnection) -> str | None:
    """The secret of the browser's session, None where it sent none."""
    return _sent(request, session_name(request))


def form_cookie(request: HTTPConnection) -> str | None:
    """The secret of a browser that was given a form, None where it sent none."""
    return _sent(request, _form_name(request))


def form_text(secret: str) -> str:
    """What a form must carry that is sent by the browser whose cookie is SECRET."""
    return hmac.new(secret.encode("utf-8", "replace"), b"dragoman form", hashlib.sha256).hexdigest()


def set_session(request: Request, answer: Response, secret: str) -> None:
    """Let the browser keep SECRET as its session."""
    _set(request, answer, session_name(request), secret, SESSION_HOURS)


def set_form(request: Request, answer: Response, secret: str) -> None:
    """Let the browser keep SECRET until it sends its form."""
    _set(request, answer, _form_name(request), secret, FORM_HOURS)


def forget_session(request: Request, answer: Response) -> None:
    """Let the browser forget its session."""
    answer.delete_cookie(session_name(request), secure=is_secure(request), httponly=True, samesite="lax")


def is_secure(request: HTTPConnection) -> bool:
    """Whether the browser speaks TLS, to us or to a proxy that is trusted."""
    return str(request.scope.get("scheme")) == "https"


def session_name(request: HTTPConnection) -> str:
    """The name of the session's cookie."""
    if is_secure(request):
        return "__Host-dragoman"
    port = _PORT.search(request.headers.get("host", ""))
    return f"dragoman-{port[1] if port else 80}"


def _form_name(request: HTTPConnection) -> str:
    return f"{session_name(request)}-form"


def _sent(request: HTTPConnection, name: str) -> str | None:
    value = request.cookies.get(name)
    return value if value and len(value) <= MOST_CHARS else None


def _set(request: Request, answer: Response, name: str, value: str, hours: int) -> None:
    secure = is_secure(request)
    answer.set_cookie(name, value, max_age=hours * 3600, path="/", secure=secure, httponly=True, samesite="lax")
