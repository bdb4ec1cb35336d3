"""The tables of a record. `migrations/` makes them; this is what queries are written against.

A report is kept in versions, a fact belongs to one version of one report, and `seq` (ascending, never used twice) is
its place in the stream. A fact that a person has edited stands there once more with the next `revision`; 0 is what the
coder read. A row that doesn't stand any more, because of a newer version, an edit or a rejection, is `superseded`.
Spans are characters from 0 of `reports.text`, end exclusive; days are ISO text; times are ISO text in UTC. `pairs`,
`tallies` and `pair_tallies` repeat what `facts` says, in the same transaction, so that the queries behind every page
are short walks along an index. Long columns stand last: what is before them is read without them.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite numbers rows by itself only in a column declared INTEGER."""


def _only(column: str, value: bool) -> dict[str, Any]:
    """Only rows whose COLUMN has that VALUE: said as queries say it, else SQLite doesn't use the index."""
    plain = column if value else f"NOT {column}"
    return {"sqlite_where": sa.text(f"{column} = {int(value)}"), "postgresql_where": sa.text(plain)}


def _interval(prefix: str) -> list[sa.Column[str]]:
    """Columns of a Date: first and last day, granularity; `approx` and `basis` where they are asked for by name."""
    return [
        sa.Column(f"{prefix}_start", sa.Text),
        sa.Column(f"{prefix}_end", sa.Text),
        sa.Column(f"{prefix}_granularity", sa.Text, nullable=False),
    ]


REPORTS: Final = sa.Table(
    "reports",
    METADATA,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("current", sa.Boolean, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("url", sa.Text),
    sa.Column("outlet", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("author", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    *_interval("published"),
    sa.Column("published_approx", sa.Boolean, nullable=False),
    sa.Column("published_basis", sa.Text, nullable=False),
    sa.Column("warnings", sa.JSON, nullable=False),
    sa.Column("read_at", sa.Text, nullable=False),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("lexicon", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.UniqueConstraint("id", "version"),
    sa.Index("ix_reports_published_start_published_end", "published_start", "published_end"),
    sa.Index("ix_reports_url", "url"),
    sa.Index(
        "ix_reports_outlet_current", "outlet", "published_start", "published_end", "read_at", **_only("current", True)
    ),
    sqlite_autoincrement=True,
)

CANDIDATES: Final = sa.Table(
    "candidates",
    METADATA,
    sa.Column("report_key", _KEY, sa.ForeignKey("reports.key"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    *_interval("date"),
    sa.Column("date_approx", sa.Boolean, nullable=False),
    sa.Column("date_basis", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("won", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

FACTS: Final = sa.Table(
    "facts",
    METADATA,
    sa.Column("seq", _KEY, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("report_key", _KEY, sa.ForeignKey("reports.key"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("act", sa.Text),
    sa.Column("type", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("background", sa.Boolean, nullable=False),
    *_interval("date"),
    sa.Column("date_order", sa.Text, nullable=False),
    sa.Column("first_seen", sa.Text, nullable=False),
    sa.Column("last_seen", sa.Text, nullable=False),
    sa.Column("superseded", sa.Boolean, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False, server_default="0"),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.UniqueConstraint("report_key", "id", "revision", name="uq_facts_report_key_id_revision"),
    sa.Index("ix_facts_id", "id"),
    sa.Index("ix_facts_date_order_seq", "date_order", "seq"),
    sa.Index("ix_facts_report_key_standing", "report_key", **_only("superseded", False)),
    sqlite_autoincrement=True,
)

FACT_ACTORS: Final = sa.Table(
    "fact_actors",
    METADATA,
    sa.Column("seq", _KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("country", sa.Text),
    sa.Column("sector", sa.Text),
)

EVIDENCE: Final = sa.Table(
    "evidence",
    METADATA,
    sa.Column("seq", _KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.CheckConstraint('"start" >= 0 AND "start" < "end"', name="ck_evidence_span"),
)

SENTENCES: Final = sa.Table(
    "sentences",
    METADATA,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("report_key", _KEY, sa.ForeignKey("reports.key"), nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.CheckConstraint('"start" >= 0 AND "start" < "end"', name="ck_sentences_span"),
    sa.Index("ix_sentences_report_key_start", "report_key", "start"),
    sqlite_autoincrement=True,
)
"""Where the sentences of each version of a report are; their words stand in the index that `search/index.py` keeps."""

PAIRS: Final = sa.Table(
    "pairs",
    METADATA,
    sa.Column("low", sa.Text, primary_key=True),
    sa.Column("high", sa.Text, primary_key=True),
    sa.Column("seq", _KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("report_key", _KEY, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("type", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("background", sa.Boolean, nullable=False),
    sa.Column("superseded", sa.Boolean, nullable=False),
    *_interval("date"),
    sa.Column("date_basis", sa.Text, nullable=False),
    sa.Column("date_order", sa.Text, nullable=False),
    sa.Column("mode", sa.Text),
    sa.Column("cameo", sa.Text),
    sa.Column("confidence", sa.Double),
    sa.CheckConstraint("direction IN ('>', '<', '=')", name="ck_pairs_direction"),
    sa.Index("ix_pairs_low_high_date_order_seq", "low", "high", "date_order", "seq"),
    sa.Index("ix_pairs_seq", "seq"),
    sqlite_with_rowid=False,
)
"""Two countries of a fact, in alphabetical order. `>`: low acts on high, `<`: high on low, `=`: both or together.

What is counted of a pair is repeated from the fact, so that its time line is one stretch of narrow rows and the facts,
which lie far apart, are left alone. `superseded` follows the fact's by a trigger.
"""

TALLIES: Final = sa.Table(
    "tallies",
    METADATA,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("type", sa.Text, primary_key=True),
    sa.Column("status", sa.Text, primary_key=True),
    sa.Column("background", sa.Boolean, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many facts that are not superseded; `type` and `status` are empty text for kinds without."""

PAIR_TALLIES: Final = sa.Table(
    "pair_tallies",
    METADATA,
    sa.Column("low", sa.Text, primary_key=True),
    sa.Column("high", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("happened", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""`number`: all facts of the pair; `happened`: events that took place or were under way, background left out."""

TOKENS: Final = sa.Table(
    "tokens",
    METADATA,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("scopes", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text),
    sa.Column("last_used_at", sa.Text),
    sa.Column("revoked_at", sa.Text),
    sa.Index("ix_tokens_name", "name"),
)
"""SHA-256 of tokens that were handed out; the token itself is nowhere kept. `scopes` are parted by spaces; `name` is
borne by one token that isn't revoked. `expires_at`: null for never; `last_used_at`: to the minute, null for not yet.
"""

SESSIONS: Final = sa.Table(
    "sessions",
    METADATA,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("token_digest", sa.Text, sa.ForeignKey("tokens.digest"), nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
    sa.Index("ix_sessions_token_digest", "token_digest"),
    sa.Index("ix_sessions_expires_at", "expires_at"),
)
"""Who is signed in on pages: SHA-256 of the browser's cookie, and the token by which it was got."""

RETENTION: Final = sa.Table(
    "retention",
    METADATA,
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("days", sa.Integer),
    sa.Column("licence", sa.Text),
    sa.CheckConstraint("days >= 0", name="ck_retention_days"),
)
"""How long an outlet's texts are kept, in days after they were read (null: for ever). Empty text: all other outlets."""

DROPPED_TEXTS: Final = sa.Table(
    "dropped_texts",
    METADATA,
    sa.Column("report_key", _KEY, sa.ForeignKey("reports.key"), primary_key=True, autoincrement=False),
    sa.Column("dropped_at", sa.Text, nullable=False),
    sa.Column("kept_hash", sa.Text, nullable=False),
)
"""Reports of whose text only the words of facts are left, each where it stood. `kept_hash`: SHA-256 of what is left."""

DECISIONS: Final = sa.Table(
    "decisions",
    METADATA,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("report", sa.Text, nullable=False),
    sa.Column("fact", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("seq", _KEY, sa.ForeignKey("facts.seq")),
    sa.Column("result_seq", _KEY, sa.ForeignKey("facts.seq")),
    sa.Column("carried_from", _KEY, sa.ForeignKey("decisions.key")),
    sa.Column("reviewer", sa.Text, nullable=False),
    sa.Column("decided_at", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.CheckConstraint("decision IN ('accept', 'reject', 'edit')", name="ck_decisions_decision"),
    sa.UniqueConstraint("report", "fact", "number", name="uq_decisions_report_fact_number"),
    sa.Index("ix_decisions_seq", "seq"),
    sa.Index("ix_decisions_result_seq", "result_seq"),
    sa.Index("ix_decisions_carried_from", "carried_from"),
    sqlite_autoincrement=True,
)
"""What people decided on facts. `number` counts the decisions on one fact from 1 and orders them, whatever the clock
says. `seq` is the row decided on, null where a newer reading has none; `result_seq` the one that stands since: the same
after an acceptance, null after a rejection. `carried_from` is the decision that was kept when the report was read
again."""

SAMPLES: Final = sa.Table(
    "samples",
    METADATA,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("seed", sa.Integer, nullable=False),
    sa.Column("drawn_at", sa.Text, nullable=False),
    sa.Column("strata", sa.JSON, nullable=False),
    sa.UniqueConstraint("name"),
    sqlite_autoincrement=True,
)
"""Samples drawn for review. `strata` is a list of [name, facts in the record, facts drawn]."""

SAMPLED: Final = sa.Table(
    "sampled",
    METADATA,
    sa.Column("sample_key", _KEY, sa.ForeignKey("samples.key"), primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", _KEY, sa.ForeignKey("facts.seq"), nullable=False),
    sa.Column("stratum", sa.Integer, nullable=False),
    sa.Index("ix_sampled_seq", "seq"),
)
"""The facts of a sample, numbered from 1 in the order in which they are asked; `stratum` counts in `strata` from 0."""

ANSWERS: Final = sa.Table(
    "answers",
    METADATA,
    sa.Column("sample_key", _KEY, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reviewer", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("answered_at", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(
        ["sample_key", "number"], ["sampled.sample_key", "sampled.number"], name="fk_answers_sample_key_number"
    ),
    sa.CheckConstraint("answer IN ('right', 'wrong', 'unsure')", name="ck_answers_answer"),
)
"""What a reviewer said of a field of a sampled fact."""


def _clusters(name: str, *more: sa.Column[str]) -> sa.Table:
    """What reports tell together. `id` is given once and kept; `sources` are those that do not repeat one another."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("key", _KEY, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("sources", sa.Integer, nullable=False),
        *more,
        sqlite_autoincrement=True,
    )


def _members(name: str, of: str, clusters: str, *more: sa.Column[str]) -> sa.Table:
    """Members of clusters. `signature` is what many of a kind are grouped by, `by_signature` whether it was so."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("node", _KEY, sa.ForeignKey(of), primary_key=True, autoincrement=False),
        sa.Column("cluster", _KEY, sa.ForeignKey(f"{clusters}.key"), index=True),
        sa.Column("report_key", _KEY, sa.ForeignKey("reports.key"), nullable=False, index=True),
        sa.Column("signature", sa.Text, nullable=False, index=True),
        sa.Column("by_signature", sa.Boolean, nullable=False),
        *more,
    )


def _member_keys(name: str, members: str) -> sa.Table:
    """Under which keys a member is looked up, by its last day; `first` is its first one."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("last", sa.Text, primary_key=True),
        sa.Column("node", _KEY, sa.ForeignKey(f"{members}.node"), primary_key=True, index=True),
        sa.Column("first", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _links(name: str, members: str) -> sa.Table:
    """Two members that are one, in thousandths of a point, with the reason in words."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("low", _KEY, sa.ForeignKey(f"{members}.node"), primary_key=True, autoincrement=False),
        sa.Column("high", _KEY, sa.ForeignKey(f"{members}.node"), primary_key=True, autoincrement=False, index=True),
        sa.Column("points", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.CheckConstraint("low < high", name=f"ck_{name}_order"),
    )


HAPPENINGS: Final = _clusters("happenings")
HAPPENING_MEMBERS: Final = _members(
    "happening_members", "facts.seq", "happenings", sa.Column("origin", sa.Text, nullable=False)
)
"""Events of current reports whose days are known well enough to link them. `origin`: whose word the event is."""
HAPPENING_KEYS: Final = _member_keys("happening_keys", "happening_members")
HAPPENING_LINKS: Final = _links("happening_links", "happening_members")

STORIES: Final = _clusters("stories", sa.Column("first", sa.Text), sa.Column("last", sa.Text))
"""`first` and `last`: days between which the story's reports are dated."""
STORY_MEMBERS: Final = _members(
    "story_members",
    "reports.key",
    "stories",
    sa.Column("linker", sa.Text, nullable=False),
    sa.Column("print", sa.Text),
    sa.Column("terms", sa.JSON, nullable=False),
)
"""Current reports that have been linked, by which version of the linker; its words of most weight, its text's print."""
STORY_KEYS: Final = _member_keys("story_keys", "story_members")
STORY_LINKS: Final = _links("story_links", "story_members")

LINK_CHANGES: Final = sa.Table(
    "link_changes",
    METADATA,
    sa.Column("number", _KEY, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("change", sa.Text, nullable=False),
    sa.Column("id", sa.Text, nullable=False, index=True),
    sa.Column("other", sa.Text),
    sa.CheckConstraint("kind IN ('happening', 'story')", name="ck_link_changes_kind"),
    sa.CheckConstraint("change IN ('merged', 'split', 'ended')", name="ck_link_changes_change"),
    sqlite_autoincrement=True,
)
"""What became of identifiers: `id` merged into `other`, was split off from it, or ended as its last report left it."""
PLANS: Final = sa.Table(
    "plans",
    METADATA,
    sa.Column("seq", _KEY, sa.ForeignKey("facts.seq"), primary_key=True, autoincrement=False),
    sa.Column("families", sa.Text, nullable=False),
    sa.Column("due_first", sa.Text, nullable=False),
    sa.Column("due_last", sa.Text, nullable=False),
    sa.Column("dated", sa.Boolean, nullable=False),
    sa.Column("approx", sa.Boolean, nullable=False),
    sa.Column("moved", sa.Boolean, nullable=False),
    sa.Index("ix_plans_due_last_seq", "due_last", "seq"),
)
"""Facts that are plans. Where not `dated` nothing is said of the day, and `due_last` is how long an outcome is looked
for; `moved`: the fact tells that a plan was put off or changed, and the days are those that it has now. `families`:
words for the act, parted by blanks (`linking/families.py`)."""

TURNS: Final = sa.Table(
    "turns",
    METADATA,
    sa.Column("seq", _KEY, sa.ForeignKey("facts.seq"), primary_key=True, autoincrement=False),
    sa.Column("signal", sa.Text, nullable=False),
    sa.Column("families", sa.Text, nullable=False),
    sa.Column("as_planned", sa.Boolean, nullable=False),
    sa.Column("firm", sa.Boolean, nullable=False),
    sa.Column("meant_first", sa.Text),
    sa.Column("meant_last", sa.Text),
    sa.Column("new_first", sa.Text),
    sa.Column("new_last", sa.Text),
    sa.Column("cue", sa.Text, nullable=False),
)
"""Facts that may be the outcome of a plan, with what their sentence says of it: the days `meant` for it and the `new`
ones."""

PLAN_KEYS: Final = sa.Table(
    "plan_keys",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("last", sa.Text, primary_key=True),
    sa.Column("seq", _KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("first", sa.Text, nullable=False),
    sa.Index("ix_plan_keys_seq", "seq"),
    sqlite_with_rowid=False,
)
"""By which plans and turns find one another: family and parties, and the days within which the other may lie."""

OUTCOMES: Final = sa.Table(
    "outcomes",
    METADATA,
    sa.Column("plan_seq", _KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("seq", _KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("points", sa.Float, nullable=False),
    sa.Column("threshold", sa.Float, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Index("ix_outcomes_outcome_plan_seq", "outcome", "plan_seq"),
    sa.Index("ix_outcomes_seq", "seq"),
    sqlite_with_rowid=False,
)
"""Plans and the facts that tell what became of them, each by a decision on the two alone. `outcome` is what the later
fact says; `retold`: it tells the same plan."""

AGREEMENT_NAMES: Final = sa.Table(
    "agreement_names",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("seq", _KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Index("ix_agreement_names_seq", "seq"),
    sqlite_with_rowid=False,
)
"""Names by which an agreement of a fact is known: its own in a plain form, its acronym, the table's name for it."""
FEEDS: Final = sa.Table(
    "feeds",
    METADATA,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("fetched_from", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("outlet", sa.Text),
    sa.Column("reads", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("added_at", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text),
    sa.Column("interval_s", sa.Float, nullable=False),
    sa.Column("rhythm_s", sa.Float),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("tried_at", sa.Text),
    sa.Column("success_at", sa.Text),
    sa.Column("new_at", sa.Text),
    sa.Column("error", sa.Text),
    sa.Column("warning", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("modified", sa.Text),
    sa.Column("body_hash", sa.Text),
    sa.UniqueConstraint("address"),
    sa.Index("ix_feeds_state_next_at", "state", "next_at"),
    sa.CheckConstraint("kind IN ('feed', 'sitemap', 'page')", name="ck_feeds_kind"),
    sa.CheckConstraint("reads IN ('auto', 'page', 'feed')", name="ck_feeds_reads"),
    sa.CheckConstraint("state IN ('active', 'paused', 'gone')", name="ck_feeds_state"),
    sqlite_autoincrement=True,
)
"""What is followed. `address` is as it was added, `fetched_from` where it has moved to. `next_at`: not before then.
`rhythm_s`: seconds that usually lie
between two new items, null while unknown. `reads`: what an article is read from. `body_hash`: of the last answer.
"""

FEED_ITEMS: Final = sa.Table(
    "feed_items",
    METADATA,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("feed_key", _KEY, sa.ForeignKey("feeds.key"), nullable=False),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("report", sa.Text, nullable=False),
    sa.Column("link", sa.Text),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("first_seen", sa.Text, nullable=False),
    sa.Column("last_seen", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("visits", sa.Integer, nullable=False),
    sa.Column("missing", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    sa.Column("etag", sa.Text),
    sa.Column("modified", sa.Text),
    sa.Column("read_from", sa.Text),
    sa.Column("entry", sa.JSON(none_as_null=True)),
    sa.UniqueConstraint("feed_key", "item"),
    sa.Index("ix_feed_items_next_at", "next_at"),
    sa.Index("ix_feed_items_report", "report"),
    sa.Index("ix_feed_items_feed_key_next_at", "feed_key", "next_at"),
    sa.CheckConstraint("state IN ('waiting', 'done', 'double', 'failed', 'withdrawn')", name="ck_feed_items_state"),
    sqlite_autoincrement=True,
)
"""Items that were seen. `waiting`: not read yet, `entry` holds what the feed said of it; `double`: another feed's item
has the same report. `next_at`: when it is to be read, or looked at again for changes; null: never. `missing`: how often
in a row its page was not there. `read_from`: `page`, or `feed` where the feed's own words were read; null: not yet.
"""

FEED_HOSTS: Final = sa.Table(
    "feed_hosts",
    METADATA,
    sa.Column("host", sa.Text, primary_key=True),
    sa.Column("not_before", sa.Text, nullable=False),
    sa.Column("robots_at", sa.Text),
    sa.Column("robots_status", sa.Integer),
    sa.Column("robots", sa.Text),
)
"""Hosts that are asked: when the next request may be sent, and what its robots.txt said at `robots_at`."""

FEED_HUBS: Final = sa.Table(
    "feed_hubs",
    METADATA,
    sa.Column("feed_key", _KEY, sa.ForeignKey("feeds.key"), primary_key=True, autoincrement=False),
    sa.Column("hub", sa.Text, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text),
    sa.Column("expires_at", sa.Text),
    sa.Column("pushed_at", sa.Text),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    sa.UniqueConstraint("path"),
    sa.Index("ix_feed_hubs_next_at", "next_at"),
    sa.CheckConstraint("state IN ('wanted', 'asked', 'verified', 'denied')", name="ck_feed_hubs_state"),
)
"""WebSub subscriptions. `path` is the secret end of the address that the hub calls, `secret` signs what it sends."""

POSTS: Final = sa.Table(
    "posts",
    METADATA,
    sa.Column("report", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("posted_at", sa.Text, nullable=False),
)
"""Who posted a report, by the digest of the token: only they may correct and withdraw it."""

HELD_POSTS: Final = sa.Table(
    "held_posts",
    METADATA,
    sa.Column("report", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("posted_at", sa.Text, nullable=False),
    sa.Column("release_at", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    sa.Column("line", sa.Text, nullable=False),
    sa.Index("ix_held_posts_next_at", "next_at"),
)
"""Posted reports under an embargo: nothing of them stands in any other table before `release_at`."""

CHANGES: Final = sa.Table(
    "changes",
    METADATA,
    sa.Column("report_key", _KEY, sa.ForeignKey("reports.key"), primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.CheckConstraint("kind IN ('changed', 'withdrawn')", name="ck_changes_kind"),
)
"""Why there is a version of a report after the first: what was seen to have happened to it, in words."""

SAVED: Final = sa.Table(
    "saved",
    METADATA,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.UniqueConstraint("id"),
    sa.UniqueConstraint("owner", "query"),
    sqlite_autoincrement=True,
)
"""Searches that readers keep. `owner` is empty text for the one user of a local record."""

DEVICES: Final = sa.Table(
    "devices",
    METADATA,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("quiet_from", sa.Integer),
    sa.Column("quiet_to", sa.Integer),
    sa.Column("daily_at", sa.Integer, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("retry_at", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("told_at", sa.Text),
    sa.Column("trouble", sa.Text),
    sa.Column("p256dh", sa.Text, nullable=False),
    sa.Column("auth", sa.Text, nullable=False),
    sa.Column("endpoint", sa.Text, nullable=False),
    sa.UniqueConstraint("id"),
    sqlite_autoincrement=True,
)
"""Browsers that take pushes: a subscription of the Push API, by the SHA-256 of its endpoint. `zone` is an IANA time
zone; `quiet_from`, `quiet_to` and `daily_at` are minutes after midnight there. `retry_at`: no push before it."""

BELLS: Final = sa.Table(
    "bells",
    METADATA,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("saved_key", _KEY, sa.ForeignKey("saved.key"), nullable=False),
    sa.Column("device_key", _KEY, sa.ForeignKey("devices.key"), nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("after_seq", _KEY, nullable=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text, nullable=False),
    sa.CheckConstraint("digest IN ('at once', 'hourly', 'daily')", name="ck_bells_digest"),
    sa.UniqueConstraint("saved_key", "device_key"),
    sa.Index("ix_bells_device_key", "device_key"),
    sqlite_autoincrement=True,
)
"""Which saved search is told to which device. Facts up to `after_seq` are dealt with; nothing is told before `next_at`.
"""

PUSHED: Final = sa.Table(
    "pushed",
    METADATA,
    sa.Column("device_key", _KEY, sa.ForeignKey("devices.key"), primary_key=True, autoincrement=False),
    sa.Column("fact_id", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Facts that were put into a push to a device: none is put into a second one, whatever becomes of the first."""

PUSHES: Final = sa.Table(
    "pushes",
    METADATA,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("device_key", _KEY, sa.ForeignKey("devices.key"), nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("urgency", sa.Text, nullable=False),
    sa.Column("due_at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
    sa.Column("claimed_at", sa.Text),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index("ix_pushes_due_at", "due_at"),
    sa.Index("ix_pushes_device_key", "device_key"),
    sqlite_autoincrement=True,
)
"""Pushes that are made and not known to be delivered. One that was claimed and not given back is never sent again."""

PUSH_KEYS: Final = sa.Table(
    "push_keys",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("made_at", sa.Text, nullable=False),
    sa.Column("private", sa.Text, nullable=False),
    sa.CheckConstraint("number = 1", name="ck_push_keys_number"),
)
"""The key by which this record is known to push services, as PEM: one, to which all its devices are bound."""
