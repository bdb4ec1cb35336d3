"""Which reports and facts stand, now or at the end of a day, and who has looked a fact over.

A fact stands as the newest version of its report has it, unless a person has edited it (then as it was edited last) or
rejected it. What a decision did holds from the moment at which it was made; one that was carried into a newer version
of the report holds in that from its beginning.
"""

from __future__ import annotations

from datetime import date as day_type
from datetime import timedelta

import sqlalchemy as sa

from dragoman.store.tables import DECISIONS, FACTS, REPORTS


def standing_reports(as_of: str | None) -> sa.ColumnElement[bool]:
    """Reports in the version that the record had newest at the end of the day AS_OF (UTC); None: that it has now."""
    if as_of is None:
        return REPORTS.c.current
    after = _after(as_of)
    newer = REPORTS.alias("newer")
    overtaken = sa.exists().where(
        newer.c.id == REPORTS.c.id, newer.c.version > REPORTS.c.version, newer.c.read_at < after
    )
    return sa.and_(REPORTS.c.read_at < after, sa.not_(overtaken))


def standing_facts(as_of: str | None) -> sa.ColumnElement[bool]:
    """Facts that stood at the end of the day AS_OF (UTC); None: that stand now."""
    if as_of is None:
        return sa.not_(FACTS.c.superseded)
    after = _after(as_of)
    made = sa.exists().where(DECISIONS.c.result_seq == FACTS.c.seq, _made_before(after))
    return sa.and_(
        FACTS.c.report_key.in_(sa.select(REPORTS.c.key).where(standing_reports(as_of))),
        sa.or_(FACTS.c.revision == 0, made),
        sa.not_(_ended(_made_before(after))),
    )


def standing_in_report() -> sa.ColumnElement[bool]:
    """Facts as their own version of the report has them last, whether or not that version is the newest."""
    return sa.not_(_ended(sa.true()))


def reviewer(as_of: str | None = None) -> sa.ScalarSelect[str | None]:
    """Who last accepted a fact as it stands, or made it so, by the end of the day AS_OF; NULL where nobody did."""
    statement = sa.select(DECISIONS.c.reviewer).where(DECISIONS.c.result_seq == FACTS.c.seq)
    if as_of is not None:
        statement = statement.where(_made_before(_after(as_of)))
    return statement.order_by(DECISIONS.c.key.desc()).limit(1).correlate(FACTS).scalar_subquery()


def reviewed() -> sa.ColumnElement[bool]:
    """Facts that a person has accepted as they stand, or made so."""
    return sa.exists().where(DECISIONS.c.result_seq == FACTS.c.seq)


def _ended(when: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Facts that a decision made WHEN has replaced or rejected."""
    other = sa.or_(DECISIONS.c.result_seq.is_(None), DECISIONS.c.result_seq != DECISIONS.c.seq)
    return sa.exists().where(DECISIONS.c.seq == FACTS.c.seq, other, when)


def _made_before(moment: str) -> sa.ColumnElement[bool]:
    return sa.or_(DECISIONS.c.carried_from.is_not(None), DECISIONS.c.decided_at < moment)


def _after(as_of: str) -> str:
    """The day after AS_OF: times of UTC before it are within AS_OF or earlier. The last day of all has none after."""
    day = day_type.fromisoformat(as_of)
    return (day if day == day_type.max else day + timedelta(days=1)).isoformat()
