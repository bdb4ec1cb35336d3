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
from dragoman.live.announcing import Topics
from dragoman.live.hub import Hub
from dragoman.live.posting import Poster
from dragoman.settings import Settings
from dragoman.store.record import Record
from dragoman.web import urls, words
from dragoman.web.metrics import Metrics
from dragoman.web.streaming import Places
from dragoman.web.visitors import Visitors

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Site:
    """An open record with what it takes to show it. `closing` is set when the server is to end."""

    record: Record
    settings: Settings
    lexicon: Lexicon
    names: Names
    templates: Environment
    poster: Poster
    hub: Hub
    streams: Places
    topics: Topics
    visitors: Visitors
    metrics: Metrics
    closing: threading.Event


def make_site(record: Record, settings: Settings) -> Site:
    """All that views need to show RECORD."""
    lexicon, closing = Lexicon(settings.lexicon), threading.Event()
    return Site(
        record=record,
        settings=settings,
        lexicon=lexicon,
        names=Names(lexicon),
        templates=_templates(),
        poster=Poster(record, settings.model_copy(update={"min_confidence": 0.0})),  # it is shown or not, and kept
        hub=Hub(record, settings.poll_s, closing),
        streams=Places(settings.max_streams),
        topics=Topics(("atom", "rss", "feed.json")),
        visitors=Visitors(record, settings),
        metrics=Metrics(record),
        closing=closing,
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
