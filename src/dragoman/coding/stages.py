"""The stages of coding, in order, and the function that runs them.

A stage reads the Draft and what the stages before it have put there; what it answers goes into the Draft's field of its
name. Each can be left out: the later ones then find that field empty.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from dragoman.coding import actors, agreements, events, figures, offices, places, statements, times, transfers
from dragoman.coding.draft import Draft
from dragoman.coding.trace import Trace
from dragoman.coding.tree import Tree
from dragoman.facts import Answer, Report
from dragoman.lexicon.table import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

Stage: TypeAlias = Callable[[Draft], tuple[Any, ...]]
NamedStage: TypeAlias = tuple[str, Stage]

STAGES: Final[tuple[NamedStage, ...]] = (
    ("times", times.find),
    ("places", places.find),
    ("actors", actors.find),
    ("statements", statements.find),
    ("figures", figures.find),
    ("agreements", agreements.find),
    ("events", events.find),
    ("transfers", transfers.find),
    ("offices", offices.find),
)


def code(
    report: Report,
    doc: Doc,
    lexicon: Lexicon,
    skip: Collection[str] = (),
    stages: Sequence[NamedStage] = STAGES,
    trace: Trace | None = None,
) -> Answer:
    """All that is read from a parsed report. `skip` names stages to leave out; `doc.text` equals `report.text`.

    TRACE takes the grounds of events and statements; without it none are kept.
    """
    draft = Draft(report, Tree(doc), lexicon, trace=trace)
    for name, stage in stages:
        if name not in skip:
            found: dict[str, Any] = {name: stage(draft)}
            draft = replace(draft, **found)
    return Answer(
        report=report,
        events=draft.events,
        statements=draft.statements,
        figures=draft.figures,
        agreements=draft.agreements,
        transfers=draft.transfers,
        offices=draft.offices,
        times=draft.times,
        places=draft.places,
    )
