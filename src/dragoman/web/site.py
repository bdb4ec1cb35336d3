"""What the views of one server share."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dragoman.lexicon.names import Names
from dragoman.lexicon.table import Lexicon
from dragoman.live.posting import Poster
from dragoman.live.stream import Pulse
from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.web import urls, words
from dragoman.web.metrics import Metrics
from dragoman.web.visitors import Visitors

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Site:
    """An open record with what it takes to show it. `closing` is set when the server is to end."""

    record: Record
    settings: Settings
    names: Names
    templates: Environment
    poster: Poster
    pulse: Pulse
    visitors: Visitors
    metrics: Metrics
    closing: threading.Event


def make_site(record: Record, settings: Settings) -> Site:
    """All that views need to show RECORD."""
    return Site(
        record=record,
        settings=settings,
        names=Names(Lexicon(settings.lexicon)),
        templates=_templates(),
        poster=Poster(record, settings.model_copy(update={"min_confidence": 0.0})),  # it is shown or not, and kept
        pulse=Pulse(record, settings.poll_s),
        visitors=Visitors(record, settings),
        metrics=Metrics(record),
        closing=threading.Event(),
    )


def site_of(request: Request) -> Site:
    """The site that REQUEST was sent to."""
    return cast(Site, request.app.state.site)


def _templates() -> Environment:
    """Templates in which everything is escaped, SVG too, and a missing name is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(url=urls, words=words)
    return made
