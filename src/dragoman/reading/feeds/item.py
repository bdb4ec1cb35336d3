"""What a feed says: its items as they stand in it, and nothing believed yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

FeedKind: TypeAlias = Literal["feed", "sitemap", "page"]
"""`feed`: RSS, Atom or JSON Feed; `sitemap`: a map of the site, of news or of further maps; `page`: a page watched."""

MOST_KEY: Final = 500
MOST_TITLE: Final = 1000
MOST_ADDRESS: Final = 2000
MOST_CONTENT: Final = 2_000_000
"""Characters that are kept of one field of an item: no feed may fill the record with one entry."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item. `key` is its own within the feed; `link` is absolute, None where it has none that can be fetched.

    `published` is its date as it stands there, whatever it says. `content` and `summary` are HTML. `whole` says that
    `content` is the page itself, which need not be fetched.
    """

    key: str
    link: str | None
    title: str | None = None
    published: str | None = None
    content: str | None = None
    summary: str | None = None
    whole: bool = False

    @property
    def digest(self) -> str:
        """A hash of all that the item says: another one means that the outlet has changed it.

        Of a page it is that of its text, not of what stands around it.
        """
        parts = (self.link, self.title, self.published, None if self.whole else self.content, self.summary)
        return hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Feed:
    """What was read at a feed's address.

    `hub` and `topic` are its WebSub hub and the address it is subscribed by; `ttl_s` asks not to be fetched sooner;
    `more` are further sitemaps to be read; `left_out` counts items beyond what is taken at once. `damaged` says what
    was wrong with it in words, where what could be saved of it was read.
    """

    kind: FeedKind
    title: str | None
    items: tuple[FeedItem, ...]
    hub: str | None = None
    topic: str | None = None
    ttl_s: float = 0.0
    more: tuple[str, ...] = ()
    left_out: int = 0
    damaged: str | None = None


def short_key(text: str) -> str:
    """TEXT as a key: what is too long is named by its hash."""
    text = text.strip()
    if len(text) <= MOST_KEY:
        return text
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
