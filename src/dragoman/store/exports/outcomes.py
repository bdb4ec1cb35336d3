"""Plans with what became of them, and agreements with their steps, as tables: a row for each report of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from dragoman.facts import Date
from dragoman.linking.treaties import Step
from dragoman.store.agreements import Treaty, agreements, date_of_step
from dragoman.store.exports.cells import Row, Value, joined
from dragoman.store.exports.job import Job
from dragoman.store.outcomes import Asked, Planned, Told, plans
from dragoman.store.payload import Json, evidence_of
from dragoman.store.query import StoredFact

_DATE: Final = ("start", "end", "granularity", "approx")
_TOLD: Final = (
    "id",
    "report_id",
    "outlet",
    "url",
    "published_start",
    "published_end",
    "quote",
    "quote_start",
    "quote_end",
)

OUTCOME_COLUMNS: Final = (
    "plan_id", "state", "final_state", "moved", *(f"due_{name}" for name in _DATE),
    "act", "type", "status", "source_names", "source_countries", "target_names", "target_countries", "reciprocal",
    "n_reports", *(f"plan_{name}" for name in _TOLD[1:]),
    "outcome", *(f"outcome_{name}" for name in _TOLD), *(f"outcome_date_{name}" for name in _DATE),
    "points", "threshold", "reason", "as_it_stood_on",
)  # fmt: skip

AGREEMENT_COLUMNS: Final = (
    "agreement_id", "name", "names", "party_names", "party_countries", "status_now", "n_reports",
    "step_number", "step", "step_by", *(f"step_date_{name}" for name in _DATE), "planned_for_start", "planned_for_end",
    *(f"fact_{name}" for name in _TOLD),
)  # fmt: skip


def outcome_rows(job: Job) -> Iterator[Row]:
    """A row for each plan and report of its outcome; one with empty outcome where there is none."""
    asked = Asked(job.wanted.filters)
    _tell(job, 0)
    for number, plan in enumerate(plans(job.record, asked), 1):
        _tell(job, number)
        _note(job, plan.fact)
        for told in plan.told or (None,):
            yield (*_plan(plan, job.wanted.text), *_outcome(told, job.wanted.text), asked.today)


def _plan(plan: Planned, text: bool) -> tuple[Value, ...]:
    p = plan.fact.payload
    return (
        plan.fact.id,
        plan.state,
        plan.final.state,
        plan.moved,
        *_date(plan.due),
        str(p["act"]),
        str(p["type"]),
        plan.fact.status,
        *_parties(p["source"]),
        *_parties(p["target"]),
        bool(p["reciprocal"]),
        plan.reports,
        *_report(plan.fact, text)[1:],
    )


def _outcome(told: Told | None, text: bool) -> tuple[Value, ...]:
    if told is None:
        return (None,) * (1 + len(_TOLD) + len(_DATE) + 3)
    fact = told.fact
    return (
        told.outcome,
        *_report(fact, text),
        *_date(fact.date),
        told.points,
        told.threshold,
        told.reason if text else None,
    )


def agreement_rows(job: Job) -> Iterator[Row]:
    """A row for each step of an agreement and report of it; one with an empty step where none is told."""
    _tell(job, 0)
    for number, treaty in enumerate(agreements(job.record, Asked(job.wanted.filters)), 1):
        _tell(job, number)
        for fact in treaty.facts.values():
            _note(job, fact)
        yield from _steps(treaty, job.wanted.text)


def _steps(treaty: Treaty, text: bool) -> Iterator[Row]:
    head = (
        treaty.id,
        treaty.name,
        joined(treaty.names),
        joined(str(party["name"]) for party in treaty.parties),
        joined(cast("str | None", party["country"]) for party in treaty.parties),
        treaty.history.status,
        treaty.reports,
    )
    for number, step in enumerate(treaty.history.steps, 1):
        for one in step.tellings:
            yield (*head, number, *_step(step), *_report(treaty.facts[one.key], text))
    if not treaty.history.steps:
        first = treaty.facts[treaty.history.tellings[0].key]
        yield (*head, None, None, None, *_date(None), None, None, *_report(first, text))


def _step(step: Step) -> tuple[Value, ...]:
    best = step.tellings[0]
    planned = (best.date.start, best.date.end) if best.planned else (None, None)
    return (step.status, joined(sorted(step.by)), *_date(date_of_step(step)), *planned)


def _date(date: Date | None) -> tuple[Value, ...]:
    return (date.start, date.end, date.granularity, date.approx) if date is not None else (None,) * len(_DATE)


def _parties(found: object) -> tuple[Value, Value]:
    actors = cast("list[Json]", found)
    return joined(str(actor["name"]) for actor in actors), joined(cast("str | None", a["country"]) for a in actors)


def _report(fact: StoredFact, text: bool) -> tuple[Value, ...]:
    start, end, quote = evidence_of(fact.payload)[0]
    published = fact.published
    return (
        fact.id,
        fact.report,
        fact.outlet,
        fact.url,
        published.start,
        published.end,
        quote if text else None,
        start,
        end,
    )


def _note(job: Job, fact: StoredFact) -> None:
    job.tally.coders.add(fact.coder)
    job.tally.lexicons.add(fact.lexicon)


def _tell(job: Job, number: int) -> None:
    if job.progress:
        job.progress(number)
