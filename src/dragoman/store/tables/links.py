"""Happenings, stories and what links them."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from dragoman.store.tables.base import KEY, METADATA


def _clusters(name: str, *more: sa.Column[str]) -> sa.Table:
    """What reports tell together. `id` is given once and kept; `sources` are those that do not repeat one another."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("key", KEY, primary_key=True),
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
        sa.Column("node", KEY, sa.ForeignKey(of), primary_key=True, autoincrement=False),
        sa.Column("cluster", KEY, sa.ForeignKey(f"{clusters}.key"), index=True),
        sa.Column("report_key", KEY, sa.ForeignKey("reports.key"), nullable=False, index=True),
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
        sa.Column("node", KEY, sa.ForeignKey(f"{members}.node"), primary_key=True, index=True),
        sa.Column("first", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _links(name: str, members: str) -> sa.Table:
    """Two members that are one, in thousandths of a point, with the reason in words."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("low", KEY, sa.ForeignKey(f"{members}.node"), primary_key=True, autoincrement=False),
        sa.Column("high", KEY, sa.ForeignKey(f"{members}.node"), primary_key=True, autoincrement=False, index=True),
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
    sa.Column("number", KEY, primary_key=True),
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
