"""Who asks: nobody that is known, the holder of a token, or a browser that signed in by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast

from starlette.requests import HTTPConnection

from dragoman.store import posts
from dragoman.store.tokens import SCOPES, Token

LOCAL: Final = "this machine"
"""The name of who signed in by the address that the terminal showed."""


@dataclass(frozen=True, slots=True)
class Caller:
    """`name` is that of the token, `owner` its digest; both are None for a stranger.

    `by` says how the caller is known: a program by the header `Authorization`, a browser by its session.
    """

    name: str | None
    scopes: frozenset[str]
    owner: str | None
    by: Literal["nothing", "header", "session"]

    def may(self, scope: str) -> bool:
        """Whether the caller's token allows SCOPE."""
        return scope in self.scopes


NOBODY: Final = Caller(None, frozenset(), None, "nothing")
KEEPER: Final = Caller(LOCAL, frozenset(SCOPES), posts.KEEPER, "session")
"""The one user of a server that only this machine reaches."""


def caller_of(request: HTTPConnection) -> Caller:
    """Who sent REQUEST; `access.Access` has found it out."""
    return cast(Caller, request.scope.get("state", {}).get("caller", NOBODY))


def holder(token: Token, by: Literal["header", "session"]) -> Caller:
    """Who bears TOKEN."""
    return Caller(token.name, token.allowed, token.digest, by)
