"""Why there is a further version of a report, and what is different in it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import sqlalchemy as sa

from dragoman.store.record import Record, now
from dragoman.store.tables import CHANGES, REPORTS
from dragoman.store.writing import Added

Piece: TypeAlias = tuple[Literal["same", "removed", "added"], str]
"""Some words, and whether they stand in both versions, in the older only, or in the newer only."""

MOST_PAIRS: Final = 2_000_000
"""Edited passages with more pairs of words are told as removed and added whole: each pair may be compared."""

_WORDS: Final = re.compile(r"\S+|\s+")
_LINES: Final = re.compile(r"[^\n]*\n+|[^\n]+")


@dataclass(frozen=True, slots=True)
class Change:
    """What happened between a version and the one before it.

    `kind` is `changed`, `withdrawn`, or `read again` where only the program that read it was another; `reason` says in
    words how it was seen, None where it is not known. `pieces` in a row, less what was added, are the older text, and
    less what was removed the newer one. `title` is the older title where that has changed.
    """

    kind: str
    version: int
    before: int
    seen_at: str
    reason: str | None
    title: str | None
    pieces: tuple[Piece, ...]


def text_changed(connection: sa.Connection, added: Added) -> bool:
    """Whether the version that was just added says something else than the one before it."""
    hashes = sa.select(REPORTS.c.content_hash).where(REPORTS.c.id == added.report)
    found = connection.scalars(hashes.order_by(REPORTS.c.version.desc()).limit(2)).all()
    return added.new and len(found) == 2 and found[0] != found[1]


def keep_change(connection: sa.Connection, added: Added, kind: str, reason: str) -> None:
    """Keep why the version that was just added is there; nothing where it says the same as the one before it."""
    if not text_changed(connection, added):
        return
    newest = sa.select(REPORTS.c.key).where(REPORTS.c.id == added.report, REPORTS.c.version == added.version)
    key = connection.execute(newest).scalar_one()
    connection.execute(CHANGES.insert().values(report_key=key, kind=kind, seen_at=now(), reason=reason[:500]))


def change(record: Record, ident: str, version: int) -> Change | None:
    """What is different in that version of a report; None for the first one and where there is no such version."""
    columns = (REPORTS.c.key, REPORTS.c.version, REPORTS.c.title, REPORTS.c.text, REPORTS.c.content_hash)
    two = sa.select(*columns, REPORTS.c.read_at).where(REPORTS.c.id == ident, REPORTS.c.version <= version)
    with record.reading() as connection:
        rows = connection.execute(two.order_by(REPORTS.c.version.desc()).limit(2)).all()
        if len(rows) < 2 or rows[0].version != version:
            return None
        kept = connection.execute(sa.select(CHANGES).where(CHANGES.c.report_key == rows[0].key)).first()
    new, old = rows
    kind = kept.kind if kept else "changed" if new.content_hash != old.content_hash else "read again"
    return Change(
        kind=kind,
        version=new.version,
        before=old.version,
        seen_at=kept.seen_at if kept else new.read_at,
        reason=kept.reason if kept else None,
        title=old.title if old.title != new.title else None,
        pieces=tuple(difference(old.text, new.text)),
    )


def difference(old: str, new: str) -> Iterator[Piece]:
    """How NEW differs from OLD: paragraph by paragraph, and word by word where a paragraph was edited."""
    before, after = _LINES.findall(old), _LINES.findall(new)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(before[a:b])
        else:
            yield from _edited("".join(before[a:b]), "".join(after[c:d]))


def _edited(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) * len(after) > MOST_PAIRS:
        before, after = [old], [new]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(before[a:b])
            continue
        if a < b:
            yield "removed", "".join(before[a:b])
        if c < d:
            yield "added", "".join(after[c:d])
