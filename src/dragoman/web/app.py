"""The application: all addresses over one record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from dragoman import __version__
from dragoman.live.releasing import Releaser
from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.web import (
    about,
    actors,
    agreements,
    api,
    codebook,
    errors,
    fact,
    figures,
    hubs,
    latest,
    openapi,
    outcomes,
    outlines,
    pair,
    plots,
    push,
    report,
    review,
    saved,
    stories,
)
from dragoman.web.announcing import announce, stopped
from dragoman.web.guard import LOG, Guard
from dragoman.web.site import FOLDER, make_site


def create_app(record: Record, settings: Settings, hosts: frozenset[str] = frozenset()) -> FastAPI:
    """The application that shows RECORD. HOSTS are names of this machine under which it may be asked."""
    site = make_site(record, settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        releaser = Releaser(site.poster, LOG.warning)
        releaser.start()
        announcing = announce(site)
        yield
        site.closing.set()
        await run_in_threadpool(site.hub.close)
        await stopped(announcing)
        releaser.stop()
        site.poster.close()

    app = FastAPI(
        title="Dragoman",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.site = site
    for module in (
        latest, stories, report, fact, pair, actors, agreements, outcomes, figures, plots, review, saved, about,
        codebook, outlines, api, push, hubs, openapi,
    ):  # fmt: skip
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"))
    errors.install(app)
    app.add_middleware(Guard, hosts=hosts)
    return app
