"""Announcing feeds beside the server, where its settings name a hub."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from dragoman.errors import SettingError
from dragoman.live.announcing import Announcer
from dragoman.store.query import Wanted
from dragoman.web.feeds import feed_address
from dragoman.web.search import read_for_facts
from dragoman.web.site import Site


def announce(site: Site) -> asyncio.Task[None] | None:
    """The task that tells the hub; None without one. Raises SettingError where nobody could reach our feeds."""
    where, public = site.settings.websub_hub, site.settings.public_url
    if where is None:
        return None
    if public is None:
        raise SettingError(
            "DRAGOMAN_WEBSUB_HUB: a hub has to reach the feeds; say by DRAGOMAN_PUBLIC_URL where they are"
        )
    base = public.rstrip("/")

    def read(text: str) -> Wanted:
        return read_for_facts(text, site.names, site.settings.min_confidence).query

    def address(text: str, form: str) -> str:
        return base + feed_address(form, text)

    return asyncio.create_task(Announcer(where, site.hub, site.topics, address, read).run())


async def stopped(task: asyncio.Task[None] | None) -> None:
    """End TASK without waiting for the hub to answer."""
    if task is not None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
