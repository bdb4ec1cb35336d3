"""Reports, facts and what repeats them for quick walks; tokens, and how long texts are kept."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from dragoman.store.tables.base import KEY, METADATA, interval, only

REPORTS: Final = sa.Table(
    "reports",
    METADATA,
    sa.Column("key", KEY, primary_key=True),
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
    *interval("published"),
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
        "ix_reports_outlet_current", "outlet", "published_start", "published_end", "read_at", **only("current", True)
    ),
    sqlite_autoincrement=True,
)

CANDIDATES: Final = sa.Table(
    "candidates",
    METADATA,
    sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    *interval("date"),
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
    sa.Column("seq", KEY, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("act", sa.Text),
    sa.Column("type", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("background", sa.Boolean, nullable=False),
    *interval("date"),
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
    sa.Index("ix_facts_report_key_standing", "report_key", **only("superseded", False)),
    sqlite_autoincrement=True,
)

FACT_ACTORS: Final = sa.Table(
    "fact_actors",
    METADATA,
    sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("country", sa.Text),
    sa.Column("sector", sa.Text),
)

EVIDENCE: Final = sa.Table(
    "evidence",
    METADATA,
    sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.CheckConstraint('"start" >= 0 AND "start" < "end"', name="ck_evidence_span"),
)

SENTENCES: Final = sa.Table(
    "sentences",
    METADATA,
    sa.Column("key", KEY, primary_key=True),
    sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), nullable=False),
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
    sa.Column("seq", KEY, sa.ForeignKey("facts.seq"), primary_key=True),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("report_key", KEY, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("type", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("background", sa.Boolean, nullable=False),
    sa.Column("superseded", sa.Boolean, nullable=False),
    *interval("date"),
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
    sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), primary_key=True, autoincrement=False),
    sa.Column("dropped_at", sa.Text, nullable=False),
    sa.Column("kept_hash", sa.Text, nullable=False),
)
"""Reports of whose text only the words of facts are left, each where it stood. `kept_hash`: SHA-256 of what is left."""
