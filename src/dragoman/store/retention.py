"""How long the texts of reports are kept: by outlet, in days after reading, with the licence under which they are held.

A text that is dropped leaves the words that facts rest on, each at its place: what lies between becomes blanks. Facts,
quotes and offsets so stay as they are, and the report is known again when it comes a second time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from dragoman.errors import QueryError
from dragoman.store.derived import forget_freed, text_changed, text_changes
from dragoman.store.engine import sentence
from dragoman.store.record import Record, now
from dragoman.store.review.values import spans
from dragoman.store.tables import DROPPED_TEXTS, FACTS, REPORTS, RETENTION

OTHERS: Final = ""
"""The outlet of the rule for all outlets that have none of their own, and for reports of no known outlet."""

AT_ONCE: Final = 100
"""Texts dropped in one transaction."""

_NO_LINE_END: Final = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Rule:
    """Texts of `outlet` are kept for `days` after they were read, None: for ever, under `licence`, None: not known."""

    outlet: str
    days: int | None
    licence: str | None = None


def rules(record: Record) -> list[Rule]:
    """All rules, by outlet; the one for all others first."""
    with record.reading() as connection:
        return [Rule(*row) for row in connection.execute(sa.select(RETENTION).order_by(RETENTION.c.outlet))]


def set_rule(record: Record, rule: Rule) -> None:
    """Add a rule, or put it in the place of that outlet's. Raises QueryError where its days are negative."""
    if rule.days is not None and rule.days < 0:
        raise QueryError(f"days: {rule.days} is negative; 0 drops a text at the next `retain apply`")
    with record.writing() as connection:
        connection.execute(RETENTION.delete().where(RETENTION.c.outlet == rule.outlet))
        connection.execute(RETENTION.insert().values(outlet=rule.outlet, days=rule.days, licence=rule.licence))


def remove_rule(record: Record, outlet: str) -> None:
    """Remove an outlet's rule. Raises QueryError where there is none."""
    with record.writing() as connection:
        if not connection.execute(RETENTION.delete().where(RETENTION.c.outlet == outlet)).rowcount:
            raise QueryError(
                f"outlet: there is no rule for {outlet or 'all others'}; `dragoman retain rules` lists them"
            )


def due(record: Record, at: datetime | None = None) -> dict[str | None, int]:
    """Outlet to the number of its texts that the rules want dropped by now, or by AT."""
    with record.reading() as connection:
        statement = _due(connection, at).with_only_columns(REPORTS.c.outlet, sa.func.count())
        rows = connection.execute(statement.group_by(REPORTS.c.outlet).order_by(REPORTS.c.outlet))
        return {row[0]: int(row[1]) for row in rows}


def apply(record: Record, at: datetime | None = None) -> int:
    """Drop the texts whose time is over by now, or by AT; returns how many. A stop in between keeps what is done."""
    done = 0
    while dropped := _drop_some(record, at):
        done += dropped
    if done:
        _forget_freed(record)
    return done


def _due(connection: sa.Connection, at: datetime | None) -> sa.Select[Any]:
    """Reports, in all their versions, whose text is still there and whose time is over."""
    found = [Rule(*row) for row in connection.execute(sa.select(RETENTION))]
    moment = at or datetime.now(UTC)
    named = [rule.outlet for rule in found if rule.outlet != OTHERS]
    unnamed = sa.or_(REPORTS.c.outlet.is_(None), REPORTS.c.outlet.not_in(named))
    over = [
        sa.and_(
            unnamed if rule.outlet == OTHERS else REPORTS.c.outlet == rule.outlet,
            REPORTS.c.read_at <= (moment - timedelta(days=rule.days)).isoformat(timespec="seconds"),
        )
        for rule in found
        if rule.days is not None
    ]
    dropped = sa.exists().where(DROPPED_TEXTS.c.report_key == REPORTS.c.key)
    return sa.select(REPORTS.c.key, REPORTS.c.text, REPORTS.c.warnings).where(~dropped, sa.or_(sa.false(), *over))


def _drop_some(record: Record, at: datetime | None) -> int:
    with record.writing() as connection:
        _overwrite(connection)
        rows = connection.execute(_due(connection, at).order_by(REPORTS.c.key).limit(AT_ONCE)).all()
        for row in rows:
            _drop(connection, row.key, row.text, row.warnings)
        return len(rows)


def _drop(connection: sa.Connection, key: int, text: str, warnings: Sequence[str]) -> None:
    payloads = connection.scalars(sa.select(FACTS.c.payload).where(FACTS.c.report_key == key))
    kept = kept_text(text, (span for payload in payloads for span in spans(payload)))
    moment = now()
    said = [*warnings, f"the text was dropped on {moment[:10]}; only the words of its facts are kept"]
    text_changes(connection, key)
    connection.execute(REPORTS.update().where(REPORTS.c.key == key).values(text=kept, warnings=said))
    text_changed(connection, connection.execute(sa.select(REPORTS).where(REPORTS.c.key == key)).mappings().one())
    digest = hashlib.sha256(kept.encode("utf-8")).hexdigest()
    connection.execute(DROPPED_TEXTS.insert().values(report_key=key, dropped_at=moment, kept_hash=digest))


def kept_text(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """TEXT with all outside of SPANS as blanks; line ends stay, so that paragraphs do."""
    parts: list[str] = []
    last = 0
    for start, end in sorted(spans):
        if end > last:
            first = max(start, last)
            parts += [_NO_LINE_END.sub(" ", text[last:first]), text[first:end]]
            last = end
    return "".join([*parts, _NO_LINE_END.sub(" ", text[last:])])


def _overwrite(connection: sa.Connection) -> None:
    """What SQLite deletes on this connection it also overwrites: else it stays in the file's free space."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def _forget_freed(record: Record) -> None:
    """Let the old texts go from the disk as far as the database can."""
    with record.writing() as connection:
        _overwrite(connection)
        forget_freed(connection)
    sqlite = record.engine.dialect.name == "sqlite"
    clear = "PRAGMA wal_checkpoint(TRUNCATE)" if sqlite else "VACUUM reports, sentence_words"
    try:
        with record.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(clear)
    except sa.exc.DBAPIError as error:
        raise sentence(record.where, error) from error
