"""The type of event between two marked mentions: the coder's own events, asked about one pair.

The marked words are taken for actors, whatever the tables know of them. Of the events found, the one that joins the two
speaks for its type; failing that, the predicate nearest to the path between them in the tree. Beside it the parser's
heads vote, where the weights have any for acts.

Where the PLOVER manual and the conversion table of 2021 differ (concessions to come, verdicts, sanctions, apologies),
an answer follows the table unless the manual is asked for: types that were made from CAMEO codes, which is what there
is to compare with, follow it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from dragoman.coding import actors, events, statements, status
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.predicates import Filled, frame_of
from dragoman.coding.events.speech_acts import refuses
from dragoman.coding.events.typing import TO_COME, counted_type
from dragoman.coding.tokens import Token
from dragoman.coding.tools import Tools
from dragoman.coding.tree import Tree
from dragoman.facts import Actor, Date, Event, Report, Span
from dragoman.language.annotations import Act, acts
from dragoman.lexicon.plover import converted, general_codes
from dragoman.lexicon.predicates import PredicateRow

if TYPE_CHECKING:
    from spacy.tokens import Doc

Following = Literal["table", "manual"]
"""Whose types an answer gives: those of PLOVER's conversion table of 2021, or of the text of its manual 2.0."""

INTENT_TO_YIELD: Final = "035"
YIELDING: Final = frozenset({"CONCEDE", "RETREAT"})
VERDICT: Final = ("SANCTION", "convict")

BOTH, ONE, NEAR = 0.8, 0.5, 0.3
"""Confidence where an event joins both mentions, one of them, or where a predicate only stands near them."""
VOTE = 3.0
"""What the confidence of the tables weighs beside the heads' probabilities."""
FLOOR = 0.05
"""Added to the probability of a party: an act whose parties the heads miss counts a little."""
UNNAMED = 0.5
WRONG_SIDE = 0.3
"""What a party that the heads see on the other side counts."""


@dataclass(frozen=True, slots=True)
class RelateRow:
    """A text with two marked mentions; None is an actor that the text doesn't name."""

    id: str
    text: str
    source: Span | None
    target: Span | None


def relate(
    rows: Iterable[RelateRow], tools: Tools, following: Following = "table"
) -> Iterator[tuple[str, str | None, float]]:
    """(id, PLOVER type, confidence) of each row, in order; None where nothing in the text tells a type."""
    held = list(rows)
    for row, doc in zip(held, tools.parser.pipe(row.text for row in held), strict=True):
        draft = _draft(row, doc, tools)
        told = _joined(draft, row, following) or _told(draft, row) or _nearest(draft, row, following)
        found = _decided(_seen(draft, row, following), told)
        yield (row.id, *found) if found is not None else (row.id, None, 0.0)


def _decided(seen: Mapping[str, float], told: tuple[str, float] | None) -> tuple[str, float] | None:
    """The type for which heads and tables together speak most, and its share of what speaks for any.

    Where the heads know nothing of acts the tables decide alone, with their own confidence.
    """
    if not seen:
        return told
    votes = dict(seen)
    if told is not None:
        votes[told[0]] = votes.get(told[0], 0.0) + VOTE * told[1]
    best = max(votes, key=lambda kind: votes[kind])
    return best, votes[best] / sum(votes.values())


def _seen(draft: Draft, row: RelateRow, following: Following) -> dict[str, float]:
    """What the parser's heads give each PLOVER type: over all acts, how likely it is of that type between the two."""
    votes: dict[str, float] = {}
    for act in acts(draft.doc) or ():
        weight = (FLOOR + _share(draft, act, row.source, "source")) * (FLOOR + _share(draft, act, row.target, "target"))
        for mood, sure in act.statuses.items():
            for kind, share in _kinds(draft, act, mood, following):
                votes[kind] = votes.get(kind, 0.0) + weight * sure * share
    return votes


def _kinds(draft: Draft, act: Act, mood: str, following: Following) -> Iterator[tuple[str, float]]:
    """The types that an act of that MOOD is counted as, with their probabilities."""
    if following == "manual":
        yield from ((counted_type(kind, mood), share) for kind, share in act.kinds.items())
        return
    frame = frame_of(draft, draft.tokens[act.word])
    codes = draft.lexicon.compiled(general_codes)
    for kind, share in act.kinds.items():
        code = frame.cameo if frame is not None and frame.type == kind else None
        verdicts = act.modes.get(VERDICT[1], 0.0) if kind == VERDICT[0] else 0.0
        yield converted(draft.lexicon, codes[VERDICT], kind), share * verdicts
        yield _converted(draft, code, kind, mood), share * (1 - verdicts)


def _converted(draft: Draft, code: str | None, act: str, mood: str) -> str:
    """The type of ACT with its CAMEO CODE in the conversion table, by its MOOD."""
    if mood in TO_COME:
        return converted(draft.lexicon, INTENT_TO_YIELD if act in YIELDING else None, counted_type(act, mood))
    return converted(draft.lexicon, code, act)


def _share(draft: Draft, act: Act, span: Span | None, side: str) -> float:
    """How likely the words of SPAN are ACT's party on that SIDE; an actor that isn't named: that nobody else is."""
    if span is None:
        named = [p.probability for p in act.parties if p.word is not None and p.side in (side, "both")]
        return UNNAMED * (1 - max(named, default=0.0))
    words = draft.doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return 0.0
    here = [p for p in act.parties if p.word is not None and words.start <= p.word < words.end]
    return max((p.probability * (1 if p.side in (side, "both") else WRONG_SIDE) for p in here), default=0.0)


def _draft(row: RelateRow, doc: Doc, tools: Tools) -> Draft:
    draft = Draft(Report(row.id, doc.text, Date.unknown()), Tree(doc), tools.lexicon)
    known = actors.find(draft)
    marked = [m for span in (row.source, row.target) if span and (m := _marked(draft, span, known)) is not None]
    rest = [m for m in known if not any(m.start < k.end and k.start < m.end for k in marked)]
    return replace(draft, actors=tuple(sorted([*rest, *marked], key=lambda m: m.start)))


def _marked(draft: Draft, span: Span, known: Sequence[Mention]) -> Mention | None:
    """SPAN as a mention, with what the tables know of the actor at its head or, failing that, inside it."""
    tokens = draft.doc.char_span(*span, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return None
    head = tokens.root.i
    inside = [m for m in known if m.start < tokens.end and tokens.start < m.end]
    at_head = [m for m in inside if m.start <= head < m.end and m.kind != "pronoun"]
    actor = replace(at_head[0].actor, span=span) if at_head else Actor(tokens.text, span=span)
    return Mention(tokens.start, tokens.end, head, actor, "name")


def _joined(draft: Draft, row: RelateRow, following: Following) -> tuple[str, float] | None:
    """The event that has the most of the pair, the first such in the text."""
    scored = [(_fit(event, row), event) for event in events.coded(draft, _any, with_heads=False)]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < 1:
        return None
    event, sure = best[1], BOTH if best[0] >= 2 else ONE
    return event.type if following == "manual" else converted(draft.lexicon, event.cameo, event.type), sure


def _told(draft: Draft, row: RelateRow) -> tuple[str, float] | None:
    """CONSULT where the source only tells the target something: words between two are the least of contacts."""
    if row.source is None or row.target is None:
        return None
    target = draft.doc.text[slice(*row.target)]
    for said in statements.find(draft):
        speaker = said.speaker.span if said.speaker is not None else None
        told = said.addressee
        if speaker is not None and _meet(speaker, row.source) and told and (told in target or target in told):
            return "CONSULT", NEAR
    return None


def _any(filled: Filled) -> bool:
    """Here the marked words are parties whoever they are: no event is left out."""
    return True


def _fit(event: Event, row: RelateRow) -> float:
    """2 and more where both sides fit, 1 for one; a party on the wrong side counts half."""
    source = [a.span for a in event.source if a.span]
    target = [a.span for a in event.target if a.span]
    score = 0.0
    for wanted, right, wrong in ((row.source, source, target), (row.target, target, source)):
        if wanted is None:
            score += 0.9 * (not right)
        elif any(_meet(wanted, s) for s in right):
            score += 1
        elif any(_meet(wanted, s) for s in wrong):
            score += 1 if event.reciprocal else 0.5
    return score


def _meet(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _nearest(draft: Draft, row: RelateRow, following: Following) -> tuple[str, float] | None:
    """The type of the predicate that lies nearest to the pair in the tree, its actors left aside."""
    heads = [draft.tokens[m.head] for m in draft.actors if m.actor.span in (row.source, row.target)]
    found: list[tuple[tuple[int, int], Token, PredicateRow]] = []
    for token in draft.tokens:
        frame = frame_of(draft, token)
        if frame is not None:
            found.append(((sum(_distance(token, head) for head in heads), token.i), token, frame))
    if not found:
        return None
    _, token, frame = min(found, key=lambda entry: entry[0])
    if refuses(token, frame.type):
        return "REJECT", NEAR
    mood = status.read(draft.lexicon, token).status
    if following == "manual":
        return counted_type(frame.type, mood), NEAR
    return _converted(draft, frame.cameo, frame.type, mood), NEAR


def _distance(token: Token, other: Token) -> int:
    """Arcs between two tokens in the tree; 40 where they stand in different sentences."""
    above = [token, *token.ancestors]
    for steps, ancestor in enumerate([other, *other.ancestors]):
        if ancestor in above:
            return steps + above.index(ancestor)
    return 40
