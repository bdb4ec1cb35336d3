"""The tables of a record. `migrations/` makes them; this is what queries are written against.

A report is kept in versions, a fact belongs to one version of one report, and `seq` (ascending, never used twice) is
its place in the stream. A fact that a person has edited stands there once more with the next `revision`; 0 is what the
coder read. A row that doesn't stand any more, because of a newer version, an edit or a rejection, is `superseded`.
Spans are characters from 0 of `reports.text`, end exclusive; days are ISO text; times are ISO text in UTC. `pairs`,
`tallies` and `pair_tallies` repeat what `facts` says, in the same transaction, so that the queries behind every page
are short walks along an index. Long columns stand last: what is before them is read without them.
"""

from __future__ import annotations

from dragoman.store.tables.base import METADATA
from dragoman.store.tables.following import CHANGES, FEED_HOSTS, FEED_HUBS, FEED_ITEMS, FEEDS, HELD_POSTS, POSTS
from dragoman.store.tables.links import (
    HAPPENING_KEYS,
    HAPPENING_LINKS,
    HAPPENING_MEMBERS,
    HAPPENINGS,
    LINK_CHANGES,
    STORIES,
    STORY_KEYS,
    STORY_LINKS,
    STORY_MEMBERS,
)
from dragoman.store.tables.plans import AGREEMENT_NAMES, OUTCOMES, PLAN_KEYS, PLANS, TURNS
from dragoman.store.tables.reports import (
    CANDIDATES,
    DROPPED_TEXTS,
    EVIDENCE,
    FACT_ACTORS,
    FACTS,
    PAIR_TALLIES,
    PAIRS,
    REPORTS,
    RETENTION,
    SENTENCES,
    SESSIONS,
    TALLIES,
    TOKENS,
)
from dragoman.store.tables.review import ANSWERS, DECISIONS, SAMPLED, SAMPLES
from dragoman.store.tables.saved import BELLS, DEVICES, PUSH_KEYS, PUSHED, PUSHES, SAVED

__all__ = [
    "AGREEMENT_NAMES",
    "ANSWERS",
    "BELLS",
    "CANDIDATES",
    "CHANGES",
    "DECISIONS",
    "DEVICES",
    "DROPPED_TEXTS",
    "EVIDENCE",
    "FACTS",
    "FACT_ACTORS",
    "FEEDS",
    "FEED_HOSTS",
    "FEED_HUBS",
    "FEED_ITEMS",
    "HAPPENINGS",
    "HAPPENING_KEYS",
    "HAPPENING_LINKS",
    "HAPPENING_MEMBERS",
    "HELD_POSTS",
    "LINK_CHANGES",
    "METADATA",
    "OUTCOMES",
    "PAIRS",
    "PAIR_TALLIES",
    "PLANS",
    "PLAN_KEYS",
    "POSTS",
    "PUSHED",
    "PUSHES",
    "PUSH_KEYS",
    "REPORTS",
    "RETENTION",
    "SAMPLED",
    "SAMPLES",
    "SAVED",
    "SENTENCES",
    "SESSIONS",
    "STORIES",
    "STORY_KEYS",
    "STORY_LINKS",
    "STORY_MEMBERS",
    "TALLIES",
    "TOKENS",
    "TURNS",
]
