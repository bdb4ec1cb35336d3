"""WebSub (W3C, 2018): hubs that send what is new in a feed to an address of ours, as soon as it is out.

The hub's questions and what it sends arrive at the server; asking for a subscription and renewing it is a job of the
follower. What is sent counts only with the right signature, and the feed is asked now and then all the same.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from dragoman.errors import FeedError, FetchError
from dragoman.live.following import rhythm
from dragoman.live.following.feeds import take
from dragoman.live.following.work import Work
from dragoman.live.reader import reason
from dragoman.reading.feeds.parse import looks_like_feed, parse_feed
from dragoman.settings import Settings
from dragoman.store.feed_hubs import Hub, hub_of_path, hub_pushed, set_hub
from dragoman.store.feed_items import Taken
from dragoman.store.feeds import ask_now, feed_of_key
from dragoman.store.record import Record

CALLBACK: Final = "/websub/"
"""Before a subscription's path, on our server."""

LEASE_S: Final = 5 * 86_400
"""What is asked of a hub; it may give another time."""

LONGEST_LEASE_S: Final = 30 * 86_400.0
ANSWER_S: Final = 3600.0
"""A hub that was asked and didn't call back in that time is asked again."""

_DIGESTS: Final = frozenset({"sha1", "sha256", "sha384", "sha512"})
_MOST_CHALLENGE: Final = 2000


def subscribe(work: Work, hub: Hub) -> None:
    """Ask HUB for a subscription, or for it to go on. Raises Later where it may not be asked yet."""
    now = work.clock()
    base = work.settings.public_url
    if base is None:
        set_hub(work.record, hub.feed_key, error="DRAGOMAN_PUBLIC_URL is not set: no hub can call back")
        return
    form = {
        "hub.mode": "subscribe",
        "hub.topic": hub.topic,
        "hub.callback": callback(base, hub.path),
        "hub.secret": hub.secret,
        "hub.lease_seconds": str(LEASE_S),
    }
    # the hub may call back before it has answered: what it does then must not be overwritten
    set_hub(work.record, hub.feed_key, None if hub.state == "verified" else "asked", now + ANSWER_S)
    try:
        reply = work.visitor.post(hub.hub, form)
    except FetchError as error:
        problem, wait = reason(error), None
    else:
        if 200 <= reply.status < 300:
            return
        problem, wait = f"the hub answers {reply.status}", reply.retry_after_s
    later = now + max(rhythm.back_off_s(hub.attempts + 1, wait, work.chance()), 600.0)
    set_hub(work.record, hub.feed_key, None, later, error=problem, failed=True)


def callback(base: str, path: str) -> str:
    """The address at which a hub calls us."""
    return base.rstrip("/") + CALLBACK + path


def verify(record: Record, path: str, asked: Mapping[str, str], now: float) -> str | None:
    """The answer to a hub's question whether a subscription is meant; None where it is not, or nobody knows of it."""
    hub = hub_of_path(record, path)
    if hub is None:
        return None
    mode, topic, challenge = asked.get("hub.mode"), asked.get("hub.topic"), asked.get("hub.challenge", "")
    if topic != hub.topic:
        return None
    if mode == "denied":
        told = " ".join(asked.get("hub.reason", "no reason").split())[:200]
        set_hub(record, hub.feed_key, "denied", now + rhythm.LONGEST_BACK_OFF_S, error=f"the hub refuses: {told}")
        return ""
    if mode != "subscribe" or not challenge or len(challenge) > _MOST_CHALLENGE:
        return None
    told = asked.get("hub.lease_seconds", "")
    lease = float(told) if told.isascii() and told.isdigit() and len(told) < 12 else float(LEASE_S)
    lease = min(max(lease, 300.0), LONGEST_LEASE_S)
    set_hub(record, hub.feed_key, "verified", now + lease * 0.8, now + lease)
    return challenge


def receive(
    record: Record, settings: Settings, path: str, body: bytes, signature: str, content_type: str, now: float
) -> Taken | None:
    """Keep the items of a feed that a hub sent; None where there is no such subscription.

    With a wrong signature, or none, nothing is kept; the hub isn't told so. What can't be read as a feed makes us ask
    the feed itself.
    """
    hub = hub_of_path(record, path)
    feed = feed_of_key(record, hub.feed_key) if hub is not None else None
    if hub is None or feed is None:
        return None
    if not signed(body, signature, hub.secret):
        return Taken(0, 0)
    if feed.state != "active":
        return Taken(0, 0)
    try:
        if not looks_like_feed(body):
            raise FeedError(feed.address, "a ping without a feed")
        found = parse_feed(body, feed.fetched_from, content_type, settings.follow_max_items)
    except FeedError:
        ask_now(record, [feed.key], now)
        return Taken(0, 0)
    with record.writing() as connection:
        taken = take(connection, feed, found, now, whole=False)
        hub_pushed(connection, feed.key, now)
    return taken


def signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether SIGNATURE, `method=hexadecimal`, is BODY's under SECRET."""
    method, _, given = signature.strip().partition("=")
    if method.lower() not in _DIGESTS or not given.isascii():
        return False
    made = hmac.new(secret.encode(), body, getattr(hashlib, method.lower())).hexdigest()
    return hmac.compare_digest(made, given.strip().lower())
