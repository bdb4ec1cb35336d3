"""Signing in by a token, and out."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from dragoman.store.sessions import close_session, open_session
from dragoman.web import signed_forms as forms
from dragoman.web.buckets import address_of
from dragoman.web.caller import caller_of
from dragoman.web.cookies import forget_session, session_cookie, set_session
from dragoman.web.refusing import wait_refusal
from dragoman.web.site import Site, site_of
from dragoman.web.visitors import check_token

router = APIRouter(include_in_schema=False)

MOST_TOKEN_CHARS: Final = 500


@router.api_route("/sign-in", methods=["GET", "HEAD"])
def sign_in(request: Request, key: str = "") -> Response:
    """The form; or, by the address that the terminal of a local server showed, being signed in at once."""
    site = site_of(request)
    if key and site.settings.access == "local":
        return _by_key(request, site, key)
    return forms.page(request, "sign-in.html", nav="sign-in", wrong="", local=site.settings.access == "local")


def _by_key(request: Request, site: Site, key: str) -> Response:
    address = address_of(request)
    if wait := site.visitors.bad.wait_s(address, key):
        raise wait_refusal(f"Too many wrong keys; try again in {wait:.0f} seconds.", wait)
    secret = site.visitors.open_local(key)
    site.visitors.bad.seen(address, key, right=secret is not None)
    if secret is None:
        wrong = "This address is of a server that has ended; the terminal shows the one of this server."
        return forms.page(request, "sign-in.html", 401, nav="sign-in", wrong=wrong, local=True)
    return _signed(request, secret)


@router.post("/sign-in")
async def signed_in(request: Request) -> Response:
    """A session for who has a token."""
    site = site_of(request)
    fields = await forms.read(request)
    token = fields.get("token", "").strip()
    found = None
    if 0 < len(token) <= MOST_TOKEN_CHARS:
        found = await run_in_threadpool(check_token, site.visitors, address_of(request), token)
    if found is None:
        wrong = "This record handed out no such token, or it holds no longer."
        local = site.settings.access == "local"
        return forms.page(request, "sign-in.html", 401, nav="sign-in", wrong=wrong, local=local)
    secret = await run_in_threadpool(open_session, site.record, found)
    site.visitors.note(found)
    return _signed(request, secret)


@router.post("/sign-out")
async def signed_out(request: Request) -> Response:
    """Ends the session, on the server as well."""
    site = site_of(request)
    await forms.read(request)
    secret = session_cookie(request)
    if secret and caller_of(request).by == "session":
        site.visitors.close_local(secret)
        await run_in_threadpool(close_session, site.record, secret)
    answer = RedirectResponse("/", 303)
    forget_session(request, answer)
    return answer


def _signed(request: Request, secret: str) -> Response:
    """A session is always a new one: whoever knew the browser's cookie of before knows nothing of this."""
    answer = RedirectResponse("/", 303)
    set_session(request, answer, secret)
    answer.headers["Cache-Control"] = "no-store"
    return answer
