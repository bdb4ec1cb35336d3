"""Who may do what: finds out who asks, how often they may, and refuses what is not theirs to do.

A server that only this machine reaches has one user, who reads without more, and signs in by the address that the
terminal showed to change something. One that others reach is read by anybody (`public`) or by holders of a token
(`closed`); changing takes a token with the scope for it in either.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from dragoman.settings import Settings
from dragoman.store.sessions import session_token
from dragoman.store.tokens import Token
from dragoman.web.buckets import address_of
from dragoman.web.caller import KEEPER, NOBODY, Caller, caller_of, holder
from dragoman.web.cookies import session_cookie
from dragoman.web.errors import told
from dragoman.web.refusing import RefusedError, wait_refusal
from dragoman.web.visitors import Visitors, check_token

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

OPEN: Final = ("/static/", "/marks/", "/sign-in", "/healthz")
"""Where a closed server lets everybody in: what the page on which one signs in needs, and whether it is there."""

UNCOUNTED: Final = ("/static/", "/healthz")
"""Small, and not made from the record."""


class Access:
    """The layer that knows the caller; `caller.caller_of` tells the views."""

    def __init__(self, app: ASGIApp, visitors: Visitors, settings: Settings) -> None:
        self.app = app
        self.visitors = visitors
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        address = address_of(request)
        with self.visitors.at_once.one(address) as free:
            try:
                await self._admit(request, address, free)
            except RefusedError as error:
                await told(request, error.status, str(error), error.headers)(scope, receive, send)
                return
            await self.app(scope, receive, send)

    async def _admit(self, request: Request, address: str, free: bool) -> None:
        """Find out who sends REQUEST. Raises RefusedError where it goes no further."""
        others = self.settings.access != "local"
        if others and not free:
            raise wait_refusal("Too many requests of this address are under way; end some, or try again later.", 5)
        caller = await self._caller(request, address)
        request.scope.setdefault("state", {})["caller"] = caller
        path = str(request.scope["path"])
        if others and not path.startswith(UNCOUNTED):
            buckets = self.visitors.tokens if caller.owner else self.visitors.addresses
            if wait := buckets.take(caller.owner or address):
                raise wait_refusal(f"Too many requests; try again in {int(wait) + 1} seconds.", wait)
        if self.settings.access == "closed" and not caller.may("read") and not path.startswith(OPEN):
            raise RefusedError(
                401,
                "This record is open to holders of a token only; sign in at /sign-in, or send `Authorization: Bearer "
                "TOKEN`. `dragoman token add --scope read` prints one.",
                {"WWW-Authenticate": "Bearer"},
            )
        self._check_origin(request, caller)

    async def _caller(self, request: Request, address: str) -> Caller:
        token = bearer(request)
        if token:
            found = await run_in_threadpool(self._held, address, token)
            return holder(found, "header")
        secret = session_cookie(request)
        if not secret:
            return NOBODY
        if self.settings.access == "local" and self.visitors.is_local(secret):
            return KEEPER
        signed = await run_in_threadpool(session_token, self.visitors.record, secret)
        if signed is None:
            return NOBODY
        self.visitors.note(signed)
        return holder(signed, "session")

    def _held(self, address: str, token: str) -> Token:
        """The token that was sent. Raises RefusedError where it is wrong, or too many from ADDRESS were."""
        found = check_token(self.visitors, address, token)
        if found is None:
            sentence = "This record handed out no such token, or it holds no longer; `dragoman token add` prints one."
            raise RefusedError(401, sentence, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        self.visitors.note(found)
        return found

    def _check_origin(self, request: Request, caller: Caller) -> None:
        """A browser says from whose page it sends; what another site's page sends is refused."""
        if request.method in SAFE or caller.by == "header":
            return
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
        own = origin in own_origins(request, self.settings)
        # No script can set Sec-Fetch-Site, and no proxy's change of Host makes it wrong: it goes before the Origin.
        ours = own if site is None else site in ("same-origin", "none")
        if ours or (origin is None and site is None and session_cookie(request) is None):
            return
        raise RefusedError(
            403,
            "This was sent from a page of another address and is refused; if a proxy stands before this server, "
            "name it by --trusted-proxy and the address that readers use by DRAGOMAN_PUBLIC_URL.",
        )


def bearer(request: HTTPConnection) -> str:
    """The token in the header `Authorization`; empty where there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def require_token(request: HTTPConnection, scope: str, doing: str) -> Caller:
    """The caller, a program whose token allows SCOPE. DOING begins the sentence for others: "Posting".

    A browser's session is not enough: what programs send carries no form's text. Raises RefusedError.
    """
    caller = caller_of(request)
    if caller.by != "header":
        raise RefusedError(
            401,
            f"{doing} takes a token: send `Authorization: Bearer TOKEN`; `dragoman token add --scope {scope}` prints "
            "one.",
            {"WWW-Authenticate": "Bearer"},
        )
    if not caller.may(scope):
        raise RefusedError(
            403,
            f"{doing} takes a token of the scope {scope}, which yours has not; `dragoman token add --scope {scope}` "
            "prints one.",
            {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )
    return caller


def require_signed(request: HTTPConnection, scope: str) -> Caller:
    """The caller, a person who is signed in and may SCOPE. Raises RefusedError."""
    caller = caller_of(request)
    if caller.may(scope):
        return caller
    if caller.by == "nothing":
        raise RefusedError(
            401, f"Sign in at /sign-in with a token of the scope {scope}.", {"WWW-Authenticate": "Bearer"}
        )
    raise RefusedError(403, f"You are signed in, but your token is not for this: it takes one of the scope {scope}.")


def own_origins(request: HTTPConnection, settings: Settings) -> frozenset[str]:
    """Origins (RFC 6454) under which this server is asked: the request's own, and the public one."""
    found = {f"{request.scope['scheme']}://{request.headers.get('host', '').lower()}"}
    if settings.public_url:
        parts = urlsplit(settings.public_url)
        found.add(f"{parts.scheme}://{parts.netloc}".lower())
    return frozenset(found)
