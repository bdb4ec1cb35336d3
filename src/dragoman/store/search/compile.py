"""From a query to SQL, the same for both databases but for how the word index is asked (`index.py`).

All that the index has words for becomes one question to it; the rows that it finds are joined with their facts or
sentences in the order of the index, and only dates are checked on them. A query that denies everything it names walks
along the rows themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from dragoman.store.search.documents import code, months_between, named, report_code, years_between
from dragoman.store.search.index import FACT_WORDS, SENTENCE_WORDS, AllOf, AnyOf, Ask, Has, first_of, holds, rows_of
from dragoman.store.search.syntax import (
    Cameo,
    Code,
    Confidence,
    Name,
    Not,
    OfReport,
    Pair,
    Period,
    Query,
    Term,
    Words,
    of_reports,
)
from dragoman.store.standing import reviewed, standing_facts, standing_reports
from dragoman.store.tables import EVIDENCE, FACTS, PAIRS, REPORTS, SENTENCES

_ASKED_MONTHS: Final = 24
_ASKED_YEARS: Final = 60
"""A period of more months is looked for by its years, one of more years on the rows alone."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """What has to be added to a SELECT from facts or sentences. `order` is the column by which rows come as they were
    read: that of the index where it is asked, so that a page is the start of a walk and nothing is sorted. `days` are
    the same for the order of the facts' dates.
    """

    order: sa.ColumnElement[int]
    clauses: tuple[sa.ColumnElement[bool], ...]
    days: tuple[sa.ColumnElement[Any], ...] = (FACTS.c.date_order, FACTS.c.seq)

    def on(self, statement: sa.Select[Any]) -> sa.Select[Any]:
        """STATEMENT, restricted."""
        return statement.where(sa.and_(sa.true(), *self.clauses))


def restrict_facts(query: Query, dialect: str) -> Restriction:
    """What QUERY lets through of a SELECT from facts."""
    clauses = [clause for term in query.terms for clause in _checked(term, FACTS)]
    if (pair := pair_alone(query)) is not None:
        return _along_pair(query, pair, clauses, dialect)
    clauses = [*_standing(query), *clauses]
    return _restriction(dialect, FACT_WORDS, FACTS.c.seq, query.terms, clauses)


def restrict_sentences(query: Query, dialect: str) -> Restriction:
    """What QUERY lets through of a SELECT from sentences joined with their reports.

    Terms that speak of facts must all hold of one fact, some of whose words stand in the sentence.
    """
    own = tuple(term for term in query.terms if of_reports(term))
    of_facts = tuple(term for term in query.terms if not of_reports(term))
    clauses = [clause for term in own for clause in _checked(term, SENTENCES)]
    if query.as_of is not None or not query.superseded:
        clauses.append(standing_reports(query.as_of))
    if of_facts:
        clauses.append(_holds_fact(of_facts, dialect, list(_standing(query))))
    return _restriction(dialect, SENTENCE_WORDS, SENTENCES.c.key, own, clauses)


def pair_alone(query: Query) -> Pair | None:
    """The pair along whose rows QUERY can be answered: all else that it asks for stands in them, or is checked anyway.

    However often a pair was in the news, its rows lie together in either order; the index of words knows but one.
    """
    pairs = [term for term in query.terms if isinstance(term, Pair)]
    others = [term for term in query.terms if not isinstance(term, Pair)]
    if len(pairs) != 1 or pairs[0].one == pairs[0].other or query.as_of is not None:
        return None
    dated = (term.term if isinstance(term, Not) else term for term in others if of_pairs(term) is None)
    return pairs[0] if all(isinstance(term, Confidence | Period) for term in dated) else None


def of_pairs(term: Term | Not) -> sa.ColumnElement[bool] | None:
    """TERM as asked of rows of `pairs`, None where these don't have what it asks for."""
    if isinstance(term, Not):
        found = of_pairs(term.term)
        return None if found is None else sa.not_(found)
    if not isinstance(term, Code) or term.field not in ("kind", "type", "status", "background"):
        return None
    column = PAIRS.c[term.field]
    if term.field == "background":
        return column.in_([value == "yes" for value in term.values])
    return (sa.func.coalesce(column, "") if column.nullable else column).in_(term.values)


def _along_pair(query: Query, pair: Pair, checked: list[sa.ColumnElement[bool]], dialect: str) -> Restriction:
    low, high = sorted((pair.one, pair.other))
    clauses = [PAIRS.c.low == low, PAIRS.c.high == high, FACTS.c.seq == first_of(dialect, PAIRS.c.seq), *checked]
    if pair.directed:
        clauses.append(PAIRS.c.direction.in_(("=", ">" if pair.one == low else "<")))
    if not query.superseded:
        clauses.append(sa.not_(PAIRS.c.superseded))
    clauses += [asked for term in query.terms if (asked := of_pairs(term)) is not None]
    return Restriction(PAIRS.c.seq, tuple(clauses), (PAIRS.c.date_order, PAIRS.c.seq))


def _restriction(
    dialect: str,
    table: sa.TableClause,
    key: sa.ColumnElement[int],
    terms: tuple[Term | Not, ...],
    clauses: list[sa.ColumnElement[bool]],
) -> Restriction:
    wanted, unwanted = _asked(terms)
    if wanted:
        joined = key == first_of(dialect, table.c.rowid)
        ask = AllOf(wanted, unwanted)
        return Restriction(table.c.rowid, (joined, holds(dialect, table, ask), *clauses))
    if unwanted:
        clauses.append(key.not_in(rows_of(dialect, table, AnyOf(unwanted))))
    return Restriction(key, tuple(clauses))


def _holds_fact(
    terms: tuple[Term | Not, ...], dialect: str, clauses: list[sa.ColumnElement[bool]]
) -> sa.ColumnElement[bool]:
    """That a fact for which TERMS and CLAUSES hold has words in the sentence, in the same version of the report."""
    wanted, unwanted = _asked(terms)
    clauses = [*clauses, *(clause for term in terms for clause in _checked(term, FACTS))]
    if wanted:
        clauses.append(FACTS.c.seq.in_(rows_of(dialect, FACT_WORDS, AllOf(wanted, unwanted))))
    elif unwanted:
        clauses.append(FACTS.c.seq.not_in(rows_of(dialect, FACT_WORDS, AnyOf(unwanted))))
    there = sa.select(sa.literal(1)).select_from(FACTS.join(EVIDENCE, EVIDENCE.c.seq == FACTS.c.seq))
    there = there.where(
        FACTS.c.report_key == SENTENCES.c.report_key,
        EVIDENCE.c.start < SENTENCES.c.end,
        EVIDENCE.c.end > SENTENCES.c.start,
        *clauses,
    )
    return there.correlate(SENTENCES).exists()


def _standing(query: Query) -> Iterator[sa.ColumnElement[bool]]:
    """Facts that stand, now or as of the day that is asked for."""
    if query.as_of is not None or not query.superseded:
        yield standing_facts(query.as_of)


def sure_events(least: float) -> sa.ColumnElement[bool]:
    """Facts that are no events, and events whose confidence is at least LEAST or that a person has looked over."""
    sure = FACTS.c.payload["confidence"].as_float() >= least
    return sa.or_(FACTS.c.kind != "event", sure, reviewed())


def _checked(term: Term | Not, table: sa.Table) -> Iterator[sa.ColumnElement[bool]]:
    """What of TERM must be checked on rows of TABLE: days, of which the index has only the months, and confidence."""
    inner = term.term if isinstance(term, Not) else term
    if isinstance(inner, Confidence):
        found = sure_events(inner.least)
    elif not isinstance(inner, Period):
        return
    elif inner.field == "event":
        found = touching(FACTS, "date", inner.first, inner.last)
    else:
        dated = sa.select(REPORTS.c.key).where(touching(REPORTS, "published", inner.first, inner.last))
        if _dated(inner) is None:
            found = table.c.report_key.in_(dated)
        else:  # the index has found the months: the days are looked up for these few
            found = dated.where(REPORTS.c.key == table.c.report_key).correlate(table).exists()
    yield sa.not_(found) if isinstance(term, Not) else found


def touching(table: sa.Table, prefix: str, first: str | None, last: str | None) -> sa.ColumnElement[bool]:
    """Intervals that touch [FIRST, LAST]; an open side reaches as far as one likes, an unknown date is never found."""
    start, end = table.c[f"{prefix}_start"], table.c[f"{prefix}_end"]
    clauses = [sa.or_(start.is_not(None), end.is_not(None))]
    if first:
        clauses.append(sa.or_(end >= first, end.is_(None)))
    if last:
        clauses.append(sa.or_(start <= last, start.is_(None)))
    return sa.and_(*clauses)


def _asked(terms: tuple[Term | Not, ...]) -> tuple[tuple[Ask, ...], tuple[Ask, ...]]:
    """What the index is to have, and what it is not to have."""
    wanted = [ask for term in terms if not isinstance(term, Not) and (ask := _ask(term)) is not None]
    denied = [term.term for term in terms if isinstance(term, Not) and not isinstance(term.term, Period | Confidence)]
    return tuple(wanted), tuple(ask for term in denied if (ask := _ask(term)) is not None)


def _ask(term: Term) -> Ask | None:
    """TERM as a question to the index; None where it has nothing to say on it."""
    match term:
        case Words(forms, prefix):
            return Has(forms, prefix)
        case Code(field, values):
            return _any(Has((code(field, value),)) for value in values)
        case Cameo(prefixes):
            return _any(Has((code("cameo", digits),), prefix=True) for digits in prefixes)
        case Pair(one, other, directed):
            return Has((code("dyad", f"{one}-{other}") if directed else code("pair", "-".join(sorted((one, other)))),))
        case Name(field, names):
            return _any(Has(tuple(named(field, name))) for name in names)
        case OfReport(ids):
            return _any(Has((report_code(ident),)) for ident in ids)
        case Period():
            return _dated(term)
        case Confidence():
            return None


def _dated(term: Period) -> Ask | None:
    if term.first is None or term.last is None:
        return None
    years = years_between(term.first, term.last)
    if len(years) > _ASKED_YEARS:
        return None
    months = months_between(term.first, term.last)
    found = [*years, "wide"] if len(months) > _ASKED_MONTHS else [*months, "long"]
    return _any(Has((code(term.field, value),)) for value in found)


def _any(asks: Iterator[Has]) -> Ask:
    found = tuple(asks)
    return found[0] if len(found) == 1 else AnyOf(found)
