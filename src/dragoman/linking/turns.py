"""What a report tells that may be the outcome of a plan: that it happened, was put off, changed or called off.

`turn_of` takes one act and the sentence in which it stands; nothing of other reports enters. What it can't be sure of
it leaves out: a wrong "happened" is far worse than a plan of which no outcome is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from dragoman.coding.times import find_in_words
from dragoman.facts import Date, TimeMention
from dragoman.lexicon import outcome_words
from dragoman.lexicon.outcome_words import Cue, OutcomeWords
from dragoman.lexicon.table import Lexicon
from dragoman.linking.families import families_in, families_of, is_name_of_act
from dragoman.linking.plans import WIDEST_PLAN_DAYS, Act, Due, Plan, days_of, ordinal
from dragoman.linking.told import Told, Window, window

Signal: TypeAlias = Literal[
    "happened", "under way", "claimed", "put off", "changed", "called off", "did not happen", "refused"
]

STOPS: Final = frozenset({"put off", "changed", "called off", "refused"})
"""Signals about the plan itself: what counts is the day on which they are told."""

DONE_CONFIDENCE: Final = 0.35
"""An event less sure than this proves no outcome by itself; words such as "went ahead as planned" do."""

NEAR_CHARS: Final = 30
"""So near an act's name a word must stand to tell that it was held, moved or called off: "the visit, due today, went
ahead"."""

AFTER_CHARS: Final = 3
"""Between "until" or "planned for" and the date that it brings: a blank and an article's remains."""

_OWN_KINDS: Final = ("put off", "called off")
"""What an event's own verb says of a plan whatever its act was read as: who pulls out of talks may be read as
sanctioning."""

_TRUE_STATUSES: Final = ("happened", "ongoing", "claimed")
_TOLD_KINDS: Final[tuple[Signal, ...]] = ("did not happen", "put off", "called off", "changed", "refused")


@dataclass(frozen=True, slots=True)
class Turn:
    """What a report tells on the days `first_told` to `last_told`; `key` is the fact's id.

    `cue` are the words that say it, empty where the event's own verb does.
    `firm`: what is refused is an act of one's own ("refused to sign"), so that it needn't have been proposed only.
    `meant` are the days that the plan is said to have had, `new` those that it has now; None where nothing is said.
    """

    told: Told
    families: frozenset[str]
    signal: Signal
    first_told: int
    last_told: int
    report: str
    key: str
    cue: str = ""
    as_planned: bool = False
    firm: bool = False
    meant: Window | None = None
    new: Due | None = None


def turn_of(act: Act, sentence: str, lexicon: Lexicon) -> Turn | None:
    """What ACT, told in SENTENCE, says of a plan, None where it says nothing that can be trusted."""
    words = lexicon.compiled(outcome_words.index)
    event = act.told
    days = days_of(event.published)
    if days is None or event.status in ("proposed", "hypothetical") or not event.parties:
        return None
    found = _stopped(act, sentence, words) or _done(act, sentence, words)
    if found is None:
        return None
    signal, cue = found
    firm = signal == "refused" and cue is not None and sentence[cue.span[1] :].lstrip().startswith("to ")
    about_plan = signal in STOPS or signal == "did not happen"
    return Turn(
        told=event,
        families=_about(event, sentence, words) if about_plan else families_of(event, words),
        signal=signal,
        first_told=days[0],
        last_told=days[1],
        report=act.report,
        key=act.key,
        cue=cue.text if cue else "",
        as_planned=not about_plan and words.cue("as planned", sentence) is not None,
        firm=firm,
        meant=_meant(sentence, event.published, words, lexicon) if about_plan else None,
        new=_new(sentence, event.published, *days, words, lexicon) if signal in ("put off", "changed") else None,
    )


def _about(event: Told, sentence: str, words: OutcomeWords) -> frozenset[str]:
    """Which acts a report that a plan is off names: those of its clause, of the whole sentence where the clause has
    none."""
    return families_of(event, words) | (families_in(event.clause, words) or families_in(sentence, words))


def _stopped(act: Act, sentence: str, words: OutcomeWords) -> tuple[Signal, Cue | None] | None:
    """A plan put off, called off, changed or refused: by the event's own verb, or by one beside what it names."""
    event = act.told
    own = event.status == "happened" and not is_name_of_act(event, words)
    if own:
        near = _at(sentence, event.predicate)
    elif event.status == "denied":
        near = _anywhere
    elif is_name_of_act(event, words):
        near = _beside(sentence, event)
    else:
        return None
    for kind in _TOLD_KINDS:
        if own and kind not in _OWN_KINDS and event.act != "REJECT":
            continue
        if kind == "refused" and not own:
            continue
        cue = next((cue for cue in words.cues(kind, sentence) if near(cue)), None)
        if cue is not None and (event.status != "scheduled" or kind in ("put off", "changed")):
            return kind, cue
    if event.status == "denied":
        return ("called off" if act.type != event.act else "did not happen"), None
    return None


def _anywhere(_: Cue) -> bool:
    return True


def _at(sentence: str, predicate: str) -> Callable[[Cue], bool]:
    """Whether a cue holds the event's own verb."""
    starts = [at for at in range(len(sentence)) if predicate and sentence.startswith(predicate, at)]
    return lambda cue: any(cue.span[0] <= at < cue.span[1] for at in starts)


def _beside(sentence: str, event: Told) -> Callable[[Cue], bool]:
    """Whether a cue stands in the event's clause behind its noun, or right behind the clause."""
    start = sentence.find(event.clause)
    noun = sentence.find(event.predicate, max(start, 0))
    end = start + len(event.clause) if start >= 0 else noun + len(event.predicate)
    return lambda cue: noun >= 0 and noun <= cue.span[0] <= end + NEAR_CHARS


def _done(act: Act, sentence: str, words: OutcomeWords) -> tuple[Signal, Cue | None] | None:
    """That an act was done. A noun alone ("the visit was welcomed") and a sentence with a word of stopping say no
    such."""
    event = act.told
    if event.status not in _TRUE_STATUSES or event.act == "REJECT":
        return None
    if any(words.cue(kind, sentence) for kind in ("put off", "called off", "did not happen")):
        return None
    held = _held(event, sentence, words)
    if is_name_of_act(event, words) and held is None and not _past(event.date, event.published):
        return None
    if act.confidence < DONE_CONFIDENCE and held is None and words.cue("as planned", sentence) is None:
        return None
    if event.status == "claimed":
        return "claimed", None
    part = _partly(event, sentence, words)
    if event.status == "ongoing" or part is not None:
        return "under way", part
    return "happened", held


def _held(event: Told, sentence: str, words: OutcomeWords) -> Cue | None:
    """The word that says that what a noun names took place: "paid a visit", "the talks opened"."""
    noun = sentence.find(event.predicate, max(sentence.find(event.clause), 0)) if event.predicate else -1
    beside = _beside(sentence, event)
    for cue in words.cues("held", sentence):
        if noun >= 0 and (beside(cue) or 0 <= noun - cue.span[1] <= NEAR_CHARS):
            return cue
    return None


def _past(date: Date, published: Date) -> bool:
    """Whether a date has both ends and lies before its report's end."""
    return bool(date.start and date.end and published.end and date.basis != "report" and date.end <= published.end)


def _partly(event: Told, sentence: str, words: OutcomeWords) -> Cue | None:
    """The word that says that only a part is done, or that what takes long has only begun."""
    noun = sentence.find(event.predicate) if event.predicate else -1
    rows = [words.families[name] for name in families_of(event, words) if name in words.families]
    if noun >= 0 and any(row.process for row in rows):
        for cue in words.cues("begun", sentence):
            if 0 <= noun - cue.span[0] <= NEAR_CHARS:
                return cue
    return words.cue("part", event.clause)


# ---- dates that a sentence gives to a plan


def moved_plan(turn: Turn) -> Plan | None:
    """The plan as it stands after TURN, where that gives it a new date."""
    if turn.new is None or not turn.families:
        return None
    return Plan(turn.told, turn.families, turn.new, turn.first_told, turn.last_told, turn.report, turn.key, moved=True)


def _new(
    sentence: str, published: Date, first_told: int, last_told: int, words: OutcomeWords, lexicon: Lexicon
) -> Due | None:
    """The date that a plan has now: "put off until May"."""
    for date in _dates_behind("until", sentence, published, words, lexicon):
        found = days_of(date)
        if found is not None and found[1] >= last_told and found[1] - first_told < WIDEST_PLAN_DAYS:
            return Due(max(found[0], first_told), found[1], dated=True, approx=date.approx)
    return None


def _meant(sentence: str, published: Date, words: OutcomeWords, lexicon: Lexicon) -> Window | None:
    """The days that the plan had. A bare weekday may be the last or the next, and says nothing."""
    for date in _dates_behind("meant for", sentence, published, words, lexicon):
        if date.start and date.end:
            return Window(ordinal(date.start), ordinal(date.end), True)
    return None


def _dates_behind(kind: str, sentence: str, published: Date, words: OutcomeWords, lexicon: Lexicon) -> Iterator[Date]:
    cues = list(words.cues(kind, sentence))
    if not cues:
        return
    for mention in find_in_words(sentence, published, lexicon, look=1):
        date = mention.date
        if date is None or mention.type != "DATE" or not any(_behind(cue, mention) for cue in cues):
            continue
        if kind == "until" or any(char.isdigit() for char in mention.text) or date.start != date.end:
            yield date


def _behind(cue: Cue, mention: TimeMention) -> bool:
    return 0 <= mention.start - cue.span[1] <= AFTER_CHARS or cue.span[0] <= mention.start < cue.span[1]


def days_of_date(turn: Turn) -> Window | None:
    """The days on which an act was done, however wide; None where they can't be told."""
    date = turn.told.date
    if date.start and date.end and date.basis != "report":
        return Window(ordinal(date.start), ordinal(date.end), True)
    return window(turn.told)
