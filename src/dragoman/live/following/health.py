"""How a feed is, in words for people, and as fields for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from dragoman.live.following import rhythm
from dragoman.store.feed_hubs import Hub, hubs
from dragoman.store.feeds import Followed, followed
from dragoman.store.moments import moment_text
from dragoman.store.record import Record

Condition: TypeAlias = Literal["new", "well", "silent", "failing", "paused", "gone"]
"""`new`: never looked at yet; `silent`: it answers, but brings nothing new for much longer than it used to."""


@dataclass(frozen=True, slots=True)
class Health:
    """A feed and how it is; `sentence` says it in words."""

    feed: Followed
    hub: Hub | None
    condition: Condition
    sentence: str

    def fields(self) -> dict[str, object]:
        """The same for programs; times are ISO text in UTC, null where there was none yet."""
        feed = self.feed
        times = {name: getattr(feed, name) for name in ("success_at", "new_at", "next_at", "tried_at")}
        return {
            "address": feed.address,
            "fetched_from": feed.fetched_from,
            "title": feed.title,
            "kind": feed.kind,
            "state": feed.state,
            "condition": self.condition,
            "health": self.sentence,
            "last_success": _time(times["success_at"]),
            "last_new": _time(times["new_at"]),
            "last_try": _time(times["tried_at"]),
            "next_try": _time(times["next_at"]) if feed.state == "active" else None,
            "usual_pause_s": feed.rhythm_s,
            "failures": feed.failures,
            "error": feed.error,
            "warning": feed.warning,
            "hub": {"address": self.hub.hub, "state": self.hub.state, "error": self.hub.error} if self.hub else None,
        }


def health(record: Record, now: float) -> list[Health]:
    """How all feeds are, in the order in which they were added."""
    subscriptions = hubs(record)
    return [health_of(feed, subscriptions.get(feed.key), now) for feed in followed(record)]


def health_of(feed: Followed, hub: Hub | None, now: float) -> Health:
    """How FEED is at NOW."""
    condition = _condition(feed, now)
    return Health(feed, hub, condition, _sentence(feed, hub, condition, now))


def _condition(feed: Followed, now: float) -> Condition:
    if feed.state == "paused":
        return "paused"
    if feed.state == "gone":
        return "gone"
    if feed.error is not None:
        return "failing"
    if feed.success_at is None:
        return "new"
    return "silent" if rhythm.is_silent(feed.rhythm_s, feed.new_at, now) else "well"


def _sentence(feed: Followed, hub: Hub | None, condition: Condition, now: float) -> str:
    if condition == "new":
        return "not looked at yet"
    said = {
        "paused": "paused; `dragoman follow resume` takes it up again",
        "gone": f"gone: {feed.error}; remove it, or resume it if you know better",
        "failing": _failing(feed, now),
        "silent": _silent(feed, now),
        "well": "well",
    }[condition]
    more = [feed.warning] if feed.warning and condition in ("well", "silent") else []
    if hub is not None and condition in ("well", "silent"):
        states = {"verified": "its hub sends what is new", "denied": hub.error or "its hub refuses us"}
        more.append(states.get(hub.state, hub.error or "its hub was asked to send what is new"))
    return "; ".join([said, *(one for one in more if one)])


def _failing(feed: Followed, now: float) -> str:
    times = "once" if feed.failures == 1 else f"{feed.failures} times in a row"
    since = (
        f"last went well {span(now - feed.success_at)} ago" if feed.success_at is not None else "never went well yet"
    )
    return f"failed {times}: {feed.error}; {since}"


def _silent(feed: Followed, now: float) -> str:
    usual = span(feed.rhythm_s or 0.0)
    return f"silent: usually something new every {usual}, nothing for {span(now - (feed.new_at or now))}"


def span(seconds: float) -> str:
    """A time in words, in the unit that fits."""
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        number = round(seconds / size)
        if seconds >= 0.95 * size and number:
            return f"{number} {name}{'s' if number > 1 else ''}"
    return f"{max(round(seconds), 0)} seconds"


def _time(moment: float | None) -> str | None:
    return moment_text(moment) if moment is not None else None
