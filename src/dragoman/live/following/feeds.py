"""One look at a feed: fetch it, keep what is new, say when it is looked at next."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa

from dragoman.errors import FetchError, InputError
from dragoman.live.following import rhythm
from dragoman.live.following.links import report_id
from dragoman.live.following.visiting import FEED_TYPES, HOP_PATIENCE_S, PAGE_TYPES, Visit
from dragoman.live.following.work import Work
from dragoman.live.reader import reason
from dragoman.reading.exchange import Reply, http_time
from dragoman.reading.feeds.item import Feed, FeedItem
from dragoman.reading.feeds.parse import parse_feed
from dragoman.reading.feeds.watch import parse_page
from dragoman.store.feed_hubs import drop_hub, hub_of_feed, want_hub
from dragoman.store.feed_items import Taken, arrivals, take_items
from dragoman.store.feeds import Checked, Followed, feed_checked, feed_failed, set_rhythm

ARRIVALS: Final = 40
"""A rhythm is told from so many of the newest items."""

NOTHING: Final = Taken(0, 0)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server said that is not the feed; `gone` where it will never be there again."""

    sentence: str
    gone: bool = False


def check_feed(work: Work, feed: Followed) -> Taken:
    """Look at FEED and keep what is new of it, or why it could not be looked at.

    Raises Later where its host may not be asked yet, and RecordError.
    """
    validators = (feed.etag, feed.modified)
    try:
        accept = PAGE_TYPES if feed.kind == "page" else FEED_TYPES
        visit = work.visitor.visit(feed.fetched_from, _limit(work, feed), accept, validators)
        if said := _trouble(visit.reply):
            _fail(work, feed, said, visit.reply.retry_after_s)
            return NOTHING
        if visit.reply.status == 304 or _hash(visit.reply.data) == feed.body_hash:
            return _unchanged(work, feed, visit)
        found = _read(work, feed, visit.reply)
    except InputError as error:
        _fail(work, feed, _Answer(reason(error)), None)
        return NOTHING
    return _keep(work, feed, visit, found)


def take(connection: sa.Connection, feed: Followed, found: Feed, now: float, whole: bool) -> Taken:
    """Keep the items of FOUND; WHOLE where it is the feed as it stands, not a piece of it that a hub sent."""
    items = [(report_id(feed.address, item), item) for item in found.items]
    complete = whole and not found.damaged and not found.left_out and found.kind == "feed"
    return take_items(connection, feed.key, items, now, complete, found.damaged is not None)


def _limit(work: Work, feed: Followed) -> int:
    return work.settings.max_page_bytes if feed.kind == "page" else work.settings.max_feed_bytes


def _trouble(reply: Reply) -> _Answer | None:
    """What an answer says that is neither the feed nor "as before"; None where it is one of these."""
    if reply.status in (200, 203, 304):
        return None
    sentences = {
        401: "it asks for a login",
        403: "it refuses us",
        404: "there is nothing at this address",
        410: "it is gone for good",
        429: "it asks us to come less often",
        503: "it is out of service for a while",
    }
    said = sentences.get(reply.status, "it is in disorder" if reply.status >= 500 else "that is no feed")
    return _Answer(f"the server answers {reply.status}: {said}", reply.status == 410)


def _fail(work: Work, feed: Followed, answer: _Answer, retry_after_s: float | None) -> None:
    now = work.clock()
    wait = rhythm.back_off_s(feed.failures + 1, retry_after_s, work.chance())
    if feed.failures == 0:  # a first hiccup need not make us come sooner than usual
        wait = max(wait, work.settings.follow_min_interval_s)
    feed_failed(work.record, feed.key, answer.sentence, now + wait, now, answer.gone)


def _read(work: Work, feed: Followed, reply: Reply) -> Feed:
    """The feed in REPLY, with the items of the maps below it where it is a map of maps."""
    most = work.settings.follow_max_items
    if feed.kind == "page":
        return parse_page(reply.data, reply.url, reply.charset, most)
    found = parse_feed(reply.data, reply.url, reply.content_type, most)
    items: list[FeedItem] = []
    problems: list[str] = []
    for address in found.more:
        try:
            below = work.visitor.visit(address, work.settings.max_feed_bytes, patience_s=HOP_PATIENCE_S).reply
            if trouble := _trouble(below):
                raise FetchError(address, trouble.sentence)
            items += parse_feed(below.data, below.url, below.content_type, most).items
        except InputError as error:
            problems.append(str(error))
    if found.more and len(problems) == len(found.more):
        raise FetchError(feed.address, f"none of its maps can be read ({problems[0]})", "it is tried again later")
    if not found.more:
        return found
    newest = sorted(items, key=lambda item: item.published or "", reverse=True)
    return replace(
        found, items=tuple(newest[:most]), left_out=max(len(newest) - most, 0), damaged="; ".join(problems) or None
    )


def _unchanged(work: Work, feed: Followed, visit: Visit) -> Taken:
    now = work.clock()
    interval = rhythm.next_interval_s(feed.rhythm_s, feed.interval_s, False, work.settings)
    with work.record.writing() as connection:
        hub = hub_of_feed(connection, feed.key)
        checked = Checked(
            next_at=_next_at(work, interval, visit.reply, 0.0, hub is not None and hub.state == "verified"),
            interval_s=interval,
            fetched_from=visit.lasting,
            etag=visit.reply.etag or feed.etag,
            modified=visit.reply.modified or feed.modified,
            body_hash=feed.body_hash,
            warning=feed.warning,
        )
        feed_checked(connection, feed.key, checked, now, new=False)
    return NOTHING


def _keep(work: Work, feed: Followed, visit: Visit, found: Feed) -> Taken:
    """Items and all that is to be kept of the feed, in one transaction: none is lost if we end here or there."""
    now, reply = work.clock(), visit.reply
    with work.record.writing() as connection:
        taken = take(connection, feed, found, now, whole=True)
        usual = rhythm.rhythm_s(_dates(found.items) or arrivals(connection, feed.key, ARRIVALS), now)
        interval = rhythm.next_interval_s(usual, feed.interval_s, taken.new > 0, work.settings)
        set_rhythm(connection, feed.key, usual)
        pushed = _keep_hub(connection, work, feed, found, now)
        checked = Checked(
            next_at=_next_at(work, interval, reply, found.ttl_s, pushed),
            interval_s=interval,
            fetched_from=visit.lasting,
            etag=reply.etag,
            modified=reply.modified,
            body_hash=None if found.more else _hash(reply.data),
            title=found.title,
            warning=_warning(found),
        )
        feed_checked(connection, feed.key, checked, now, taken.new > 0)
    return taken


def _next_at(work: Work, interval_s: float, reply: Reply, ttl_s: float, pushed: bool) -> float:
    """A feed whose hub sends what is new is asked as seldom as can be, in case the hub forgets us."""
    interval = rhythm.within(float("inf"), work.settings) if pushed else interval_s
    return work.clock() + rhythm.wait_s(interval, (reply.max_age_s, ttl_s), work.chance(), work.settings)


def _keep_hub(connection: sa.Connection, work: Work, feed: Followed, found: Feed, now: float) -> bool:
    """Subscribe where the feed names a hub and we can be called back; whether a hub sends us what is new."""
    if found.hub is None or work.settings.public_url is None:
        drop_hub(connection, feed.key)
        return False
    want_hub(connection, feed.key, found.hub, found.topic or feed.fetched_from, now)
    hub = hub_of_feed(connection, feed.key)
    return hub is not None and hub.state == "verified"


def _dates(items: Sequence[FeedItem]) -> list[float]:
    """When the items came out, by the feed; nothing where it dates less than half of them."""
    found = [moment for item in items[:ARRIVALS] if (moment := _moment(item.published)) is not None]
    return found if 2 * len(found) >= len(items[:ARRIVALS]) and len(found) >= rhythm.FEWEST else []


def _moment(text: str | None) -> float | None:
    """A feed's date with its time of day; only to tell how often items come, never to date one."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        by_mail = http_time(text)
        return by_mail.timestamp() if by_mail else None


def _warning(found: Feed) -> str | None:
    said = [f"the feed is damaged ({found.damaged}); what could be saved of it was read"] if found.damaged else []
    if found.left_out:
        said.append(
            f"it holds {found.left_out:,} items more than are taken at once; DRAGOMAN_FOLLOW_MAX_ITEMS says how many"
        )
    return "; ".join(said) or None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
