"""Whose saved searches a request is about."""

from __future__ import annotations

from fastapi import Request

from dragoman.store.saved import LOCAL
from dragoman.web.caller import caller_of
from dragoman.web.refusing import RefusedError
from dragoman.web.site import site_of


def owner_of(request: Request) -> str:
    """The owner of what is saved: a record that is served on this machine has one user, others have tokens.

    Raises RefusedError where the server is open to others and the caller is nobody that is known.
    """
    if site_of(request).settings.access == "local":
        return LOCAL
    owner = caller_of(request).owner
    if owner is None:
        raise RefusedError(401, "Sign in at /sign-in to save searches and hang bells.", {"WWW-Authenticate": "Bearer"})
    return owner
