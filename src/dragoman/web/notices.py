"""What a push says: one fact, or how many and the first of them, in less than the 4 KB that a push may have."""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from dragoman.lexicon.names import Names
from dragoman.live.push.sender import Sender
from dragoman.live.push.sending import MOST_BODY
from dragoman.pipeline.answer import dumps
from dragoman.store.devices import Bell
from dragoman.store.pushes import Draft
from dragoman.store.query import StoredFact
from dragoman.web import urls, words
from dragoman.web.guard import LOG
from dragoman.web.rows import Row, row
from dragoman.web.site import Site

MOST_SINGLE: Final = 3
"""Facts that come together are told one by one up to here, else by one push."""
LISTED: Final = 4
"""Facts of one push that it names."""
TITLE_CHARS: Final = 150
QUOTE_CHARS: Final = 280
LINE_CHARS: Final = 150
MOST_URL: Final = 800
"""Bytes; a fact with a longer address is reached over its search."""
KEPT: Final = timedelta(days=1)
"""So long a push service keeps a push for a device that is off."""
_STEERING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
"""Characters that would turn the text round, or break a line that is ours: reports come from strangers."""


def sender_of(site: Site) -> Sender:
    """The sender that tells of the facts of SITE."""

    def tell(bell: Bell, facts: Sequence[StoredFact], more: bool, at: datetime) -> Sequence[Draft]:
        return drafts(bell, facts, more, at, site.names)

    return Sender(site.record, site.settings, site.names, tell, LOG.warning)


def drafts(bell: Bell, facts: Sequence[StoredFact], more: bool, at: datetime, names: Names) -> list[Draft]:
    """The pushes for FACTS, which are not empty, at the time AT; with MORE there are more of them than these."""
    rows = [row(fact, names) for fact in facts]
    if len(rows) > (MOST_SINGLE if bell.digest == "at once" else 1):
        return [_together(bell, rows, more, at)]
    return [_single(bell, item, at) for item in rows]


def trial(bell: Bell, at: datetime) -> Draft:
    """A push that only shows that pushes arrive."""
    return _draft(bell, f"trial {bell.saved} {at}", f"Notifications work: {bell.name}",
                  "New facts that this search finds will come like this.", urls.saved_url(), at)  # fmt: skip


def _single(bell: Bell, item: Row, at: datetime) -> Draft:
    title = f"{item.sentence.lead} {item.sentence.rest}"
    marks = ", ".join(item.box or (item.kind,))
    codes = item.sentence.tag + (f" → {item.sentence.to}" if item.sentence.to else "")
    lines = (
        " · ".join(filter(None, (marks, codes, item.date))),
        f"“{words.clipped(_plain(item.whole_quote), QUOTE_CHARS)}”",
        f"{item.outlet}, {item.published} · {bell.name}",
    )
    address = item.url if len(item.url.encode()) <= MOST_URL else urls.saved_url(bell.saved)
    return _draft(bell, f"fact {item.id}", title, "\n".join(map(_plain, lines)), address, at)


def _together(bell: Bell, rows: Sequence[Row], more: bool, at: datetime) -> Draft:
    number = f"More than {len(rows):,} new facts" if more else words.counted(len(rows), "new fact")
    lines = [words.clipped(_plain(_line(item)), LINE_CHARS) for item in rows[:LISTED]]
    if len(rows) > LISTED:
        lines.append(f"and {len(rows) - LISTED:,} more" + (" at least" if more else ""))
    topic = f"digest {bell.saved}" if bell.digest != "at once" else f"from {bell.saved} {rows[0].seq}"
    return _draft(bell, topic, f"{number}: {bell.name}", "\n".join(lines), urls.saved_url(bell.saved), at)


def _line(item: Row) -> str:
    boxed = f" ({', '.join(item.box)})" if item.box else ""
    return f"{item.sentence.lead} {item.sentence.rest}".strip() + boxed


def _draft(bell: Bell, topic: str, title: str, body: str, address: str, at: datetime) -> Draft:
    """A push with the name TOPIC: a later one of that name takes its place where it has not been delivered."""
    name = urlsafe_b64encode(hashlib.sha256(topic.encode()).digest()[:24]).decode("ascii")
    urgency = "normal" if bell.digest == "at once" else "low"
    title = words.clipped(_plain(title), TITLE_CHARS)
    said: dict[str, object] = {"title": title, "url": address, "tag": name, "quiet": bell.device.hours.quiet}
    return Draft(name, urgency, at + KEPT, _fitting(said, body))


def _fitting(said: dict[str, object], body: str) -> str:
    """The JSON with as much of BODY as there is room for: what is cut off is three dots."""
    made = dumps({**said, "body": body})
    room = len(body)
    while len(made.encode("utf-8")) > MOST_BODY and room:
        room = room * 3 // 4
        made = dumps({**said, "body": body[:room].rstrip() + " …"})
    return made


def _plain(text: str) -> str:
    return _STEERING.sub(" ", text).strip()
