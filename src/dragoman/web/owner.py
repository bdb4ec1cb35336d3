"""Whose saved searches a request is about."""

from __future__ import annotations

from fastapi import Request

from dragoman.store.saved import LOCAL


def owner_of(_: Request) -> str:
    """The owner of what is saved: a record that is served on this machine has one user."""
    return LOCAL
