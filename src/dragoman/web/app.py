"""The application: all addresses over one record."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

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
    health,
    hubs,
    latest,
    openapi,
    outcomes,
    outlines,
    pair,
    plots,
    posting,
    push,
    report,
    review,
    saved,
    signing,
    stories,
)
from dragoman.web.access import Access
from dragoman.web.announcing import announce, stopped
from dragoman.web.guard import LOG, Guard
from dragoman.web.logs import Watch
from dragoman.web.proxies import proxies_of
from dragoman.web.site import FOLDER, Site, make_site


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
        site.visitors.close()

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
        codebook, outlines, api, signing, posting, health, push, hubs, openapi,
    ):  # fmt: skip
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"))
    errors.install(app)
    _add_layers(app, site, hosts)
    return app


def _add_layers(app: FastAPI, site: Site, hosts: frozenset[str]) -> None:
    """What each request goes through, the innermost first: who asks; headers and the last resort; log; proxies."""
    settings = site.settings
    app.add_middleware(Access, visitors=site.visitors, settings=settings)
    app.add_middleware(Guard, hosts=hosts)
    app.add_middleware(Watch, metrics=site.metrics, log=settings.access_log)
    if proxies := proxies_of(settings.trusted_proxies):
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=proxies)
