"""One function per report, and per batch of reports that are parsed together.

A report that fails is one InputError among the outcomes, whatever happened; it never costs another report its facts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from dragoman.coding.stages import code
from dragoman.coding.tools import Tools
from dragoman.errors import InputError
from dragoman.facts import Answer, FactError, Report
from dragoman.lexicon.outlets import names_by_domain
from dragoman.pipeline.faults import attempted, guarded
from dragoman.reading.report import make_report
from dragoman.reading.source import Source
from dragoman.settings import Settings
from dragoman.store.payload import fault


class Known(Protocol):
    """Tells whether a report need not be read again; it is sent to worker processes, so it can be pickled."""

    def __call__(self, report: Report) -> bool:
        """True where REPORT is to be passed over."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The outcome of a report that is known already and was not read again."""

    report: Report


T = TypeVar("T")
Outcome: TypeAlias = Answer | Unchanged | InputError


def read_report(source: Source, tools: Tools, settings: Settings | None = None) -> Answer:
    """Read one report. Raises InputError where it holds nothing to read."""
    report = make_report(source, settings or Settings(), outlets=tools.lexicon.compiled(names_by_domain))
    if not is_coded(report):
        return Answer(report)
    (doc,) = tools.parser.pipe([report.text])
    return _sound(code(report, doc, tools.lexicon, tools.skip))


def _sound(answer: Answer) -> Answer:
    """ANSWER itself. Raises FactError where one of its facts may not exist, before anybody prints or stores it."""
    if wrong := fault(answer):
        raise FactError(wrong)
    return answer


def is_coded(report: Report) -> bool:
    """Whether facts are read from a report: one in another language than English is kept, and no more."""
    return report.language is None or report.language.split("-")[0].lower() == "en"


def read_batch(
    batch: list[Source | InputError], tools: Tools, settings: Settings, known: Known | None = None
) -> list[Outcome]:
    """Outcomes of one batch, parsed together. What fails in the batch is tried again report by report."""
    outlets = tools.lexicon.compiled(names_by_domain)
    heads = [_head(item, settings, known, outlets) for item in batch]
    texts = [head for head in heads if isinstance(head, Report) and is_coded(head)]
    parsed = attempted(lambda: deque(tools.parser.pipe(report.text for report in texts)))
    docs = deque() if isinstance(parsed, Exception) else parsed  # whichever report it was: alone, each fails or not
    coded = len(docs) == len(texts)
    outcomes: list[Outcome] = []
    for item, head in zip(batch, heads, strict=True):
        if not isinstance(head, Report):
            outcomes.append(head)
        elif not is_coded(head):
            outcomes.append(Answer(head))
        else:
            outcome = _coded(_name(item), head, docs.popleft() if coded else None, tools)
            outcomes.append(outcome.surer(settings.min_confidence) if isinstance(outcome, Answer) else outcome)
    return outcomes


def _name(item: Source | InputError) -> str:
    return item.name if isinstance(item, Source) else item.source


def _head(
    item: Source | InputError, settings: Settings, known: Known | None, outlets: Mapping[str, str]
) -> Report | Unchanged | InputError:
    if isinstance(item, InputError):
        return item
    report = guarded(item.name, lambda: make_report(item, settings, outlets=outlets))
    return Unchanged(report) if isinstance(report, Report) and known is not None and known(report) else report


def _coded(name: str, report: Report, doc: object, tools: Tools) -> Outcome:
    def work() -> Answer:
        parsed = next(iter(tools.parser.pipe([report.text]))) if doc is None else doc
        return _sound(code(report, parsed, tools.lexicon, tools.skip))  # type: ignore[arg-type]

    return guarded(name, work)
