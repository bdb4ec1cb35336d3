"""Acts as the parser's heads see them: which words name one, of what kind and status, and who its parties are.

The heads have learnt our event corpus; they know acts whose words no table has, and tell the senses of words apart that
a row can't. The tables give codes, contexts and reasons. `joined` puts both together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from dragoman.coding.arguments import children
from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.filling import INNER_SOURCE, INNER_TARGET, Filled, Slot, mentions_of
from dragoman.coding.events.implied import implied_sides
from dragoman.coding.events.speech_acts import is_speech_act
from dragoman.coding.events.words import usual_acts
from dragoman.facts import Actor, Status
from dragoman.language.annotations import Act, Party, acts
from dragoman.lexicon.plover import general_codes
from dragoman.lexicon.predicates import PredicateRow
from dragoman.terms import BODY_SECTORS

TAKEN: Final = 0.85
"""Probability from which a word that no row has names an act."""
KEPT: Final = 0.03
"""Probability below which a word names none, though a row fits."""
SIDE: Final = 0.5
"""Probability from which a word is a party."""
OTHER_KIND: Final = 0.98
"""Share of its own kind from which the heads overrule that of a row that asks for no further words."""

NAMING: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
"""Parts of speech of words that name a party, though nothing else is known of it ("creditors")."""

AGAINST_CUE: Final = 0.9
"""Probability from which the heads overrule a status that a cue gave."""
AGAINST_TENSE: Final = 0.6
"""Probability from which the heads overrule a status that tense alone gave."""
USUAL: Final = (20.0, 8.0, 5.0)
"""How many times likelier a word's first, second and third usual types are."""
UNSEEN: Final = 0.005
"""Probability of a usual type that the heads give none."""
DOUBTED: Final = 0.05
"""Probability below which a party that the tables read gives way to one that the heads see."""
HOME: Final = 0.5
"""Probability from which a country or sector is taken for that of a party."""

LEAST: Final = 0.1
"""Confidence below which an act that only the heads see so is not told; of all events below it seven in a hundred are
right on the event corpus's dev part.
"""

HEADS: Final = "heads"
"""Id of the row of an act that no table has, and slot of a party that the heads found."""


def by_token(draft: Draft) -> Mapping[int, Act] | None:
    """The acts of the heads by token; None where the parser's weights know nothing of acts."""
    found = acts(draft.doc)
    return None if found is None else {act.word: act for act in found}


def joined(draft: Draft, filled: Mapping[int, Filled], known: Mapping[int, Act]) -> dict[int, Filled]:
    """FILLED frames of the tables with what the heads say of them, and the acts that only the heads see."""
    out: dict[int, Filled] = {}
    for i, f in filled.items():
        act = known.get(i)
        if f.row.first:
            out[i] = f
        elif act is not None and act.probability >= KEPT:
            out[i] = _mended(draft, f, act)
    for i, act in known.items():
        if i not in filled and act.probability >= TAKEN:
            new = _filled(draft, act)
            if new is not None:
                out[i] = new
    return out


def kind_of(draft: Draft, act: Act) -> str:
    """The likeliest PLOVER type of an act: the heads' probabilities, the more for what its word usually names."""
    usual = usual_acts(draft, draft.tokens[act.word])
    factors = dict(zip(usual, USUAL, strict=False))
    kinds = {**act.kinds} | {kind: max(act.kinds.get(kind, 0.0), UNSEEN) for kind in usual}
    scored = {kind: share * factors.get(kind, 1.0) for kind, share in kinds.items()}
    return max(scored, key=lambda kind: scored[kind])


def mode_of(act: Act) -> str | None:
    """The likeliest mode; None where none is likelier than each."""
    best = max(act.modes, key=lambda mode: act.modes[mode], default=None)
    return best if best is not None and act.modes[best] > 1 - sum(act.modes.values()) else None


def status_of(act: Act, read: Status, sure: bool) -> Status:
    """The status of an act that the tables READ so: that of the heads where they see one clearly enough.

    SURE tells that a cue, and not tense alone, gave what was read.
    """
    best = max(act.statuses, key=lambda status: act.statuses[status], default=read)
    needed = AGAINST_CUE if sure else AGAINST_TENSE
    return cast(Status, best) if act.statuses.get(best, 0.0) >= needed else read


def _filled(draft: Draft, act: Act) -> Filled | None:
    token = draft.tokens[act.word]
    source, target, both = _parties(draft, act)
    if not source and not target and not implied_sides(act):
        return None
    kind, mode = kind_of(draft, act), mode_of(act)
    row = PredicateRow(
        id=HEADS, pos=token.pos_ if token.pos_ in ("VERB", "NOUN", "ADJ") else "NOUN", lemmas=(token.lemma_,),
        source=(), type=kind, matches="", refuses="", mode=mode, cameo=_code(draft, kind, mode), reciprocal=both,
    )  # fmt: skip
    return Filled(token, row, source, target, frozenset(), both, slots=(Slot(HEADS), Slot(HEADS)), act=act)


def _code(draft: Draft, kind: str, mode: str | None) -> str:
    """The general CAMEO code of a type and mode."""
    codes = draft.lexicon.compiled(general_codes)
    return codes.get((kind, mode)) or codes[kind, None]


def _mended(draft: Draft, f: Filled, act: Act) -> Filled:
    """F with parties of the heads where it lacks some or they are sure of others, and their kind likewise."""
    row, kind = f.row, max(act.kinds, key=lambda kind: act.kinds[kind])
    if kind != row.type and not (row.worded or is_speech_act(f)) and act.kinds[kind] >= OTHER_KIND * act.probability:
        mode = mode_of(act)
        row = replace(row, id=HEADS, type=kind, mode=mode, cameo=_code(draft, kind, mode), contexts=())
    source, target, both = _parties(draft, act)
    if (f.row.reciprocal or f.mutual) and len(f.parties) > 1:
        if both or not (source and target):
            return replace(f, row=row, act=act)
        row = replace(row, reciprocal=False)
        return replace(f, row=row, source=source, target=target, mutual=False, slots=(Slot(HEADS),) * 2, act=act)
    if both and not (f.source and f.target):
        row = replace(row, reciprocal=True)
        return replace(f, row=row, source=source, target=(), mutual=True, slots=(Slot(HEADS),) * 2, act=act)
    one, other = _side(act, f.source, f.slots[0], source, "source"), _side(act, f.target, f.slots[1], target, "target")
    return replace(f, row=row, source=one[0], target=other[0], slots=(one[1], other[1]), act=act)


def _side(
    act: Act, read: tuple[Mention, ...], slot: Slot, seen: tuple[Mention, ...], side: str
) -> tuple[tuple[Mention, ...], Slot]:
    """The mentions of one side, and where they come from: those READ by the tables, unless they are none or the heads
    see others and give those that were read next to nothing.
    """
    if not seen:
        return read, slot
    if not read or all(_given(act, mention, side) < DOUBTED for mention in read):
        return seen, Slot(HEADS)
    return read, slot


def _given(act: Act, mention: Mention, side: str) -> float:
    """The probability that MENTION is a party of ACT on that SIDE."""
    here = [p for p in act.parties if p.word is not None and mention.start <= p.word < mention.end]
    return max((p.probability for p in here if p.side in (side, "both")), default=0.0)


def _parties(draft: Draft, act: Act) -> tuple[tuple[Mention, ...], tuple[Mention, ...], bool]:
    """Source, target, and whether they do it to one another: then all are source."""
    sides: dict[str, list[Mention]] = {"source": [], "target": [], "both": []}
    for party in act.parties:
        if party.word is not None and party.probability >= SIDE:
            sides[party.side] += [m for m in _mentions(draft, party, party.word) if m not in sides[party.side]]
    if sides["both"] or "both" in implied_sides(act):
        return (*sides["both"], *sides["source"], *sides["target"]), (), True
    return tuple(sides["source"]), tuple(sides["target"]), False


def _mentions(draft: Draft, party: Party, word: int) -> list[Mention]:
    """Who PARTY is: the actors that the tables know there, else one made of its words.

    A pronoun of which nothing is known is nobody.
    """
    token = draft.tokens[word]
    inner = INNER_TARGET if party.side == "target" else INNER_SOURCE
    known = mentions_of(draft, token, inner, demonyms=True)
    if known:
        inside = draft.mention_at(token) is None
        return [(_of_owner if inside else _at_home)(draft, mention, party) for mention in known]
    country, sector = home_of(draft, party), _sector(party)
    if token.pos_ not in NAMING and not (country or sector):
        return []
    start = min([token.i, *(c.i for c in children(token, "compound", "amod", "nummod", "flat"))])
    actor = Actor(str(draft.doc[start : word + 1]), country, sector, span=draft.chars(start, word + 1))
    return [Mention(start, word + 1, word, actor, "description")]


def _at_home(draft: Draft, mention: Mention, party: Party) -> Mention:
    """MENTION with the country and sector that the heads see for a party of which the tables know none."""
    actor, sector = mention.actor, _sector(party)
    if actor.country is not None and actor.sector is None and sector not in BODY_SECTORS and not mention.others:
        return replace(mention, actor=replace(actor, sector=sector))
    if actor.country is not None or actor.sector in BODY_SECTORS or mention.others:
        return mention
    country = home_of(draft, party)
    if sector in BODY_SECTORS and country is None:
        return replace(mention, actor=replace(actor, sector=sector))
    own = None if actor.sector == "UNK" else actor.sector
    return replace(mention, actor=replace(actor, country=country, sector=own or sector or actor.sector))


def _of_owner(draft: Draft, mention: Mention, party: Party) -> Mention:
    """The party whose own words no table knows, of the country of MENTION in its phrase: "Breton oystermen"."""
    sector = _sector(party)
    if sector is None or mention.actor.country is None or sector in BODY_SECTORS or mention.others:
        return mention
    return replace(mention, kind="description", actor=replace(mention.actor, sector=sector))


def home_of(draft: Draft, party: Party) -> str | None:
    """The country that is told by the words that the heads point to; None where they are of two minds, or see none."""
    shares: dict[str, float] = {}
    for word, share in party.homes:
        mention = None if word is None else draft.mention_by_token.get(word)
        if mention is not None and mention.actor.country is not None:
            shares[mention.actor.country] = shares.get(mention.actor.country, 0.0) + share
    best = max(shares, key=lambda country: shares[country], default=None)
    return best if best is not None and shares[best] >= HOME else None


def _sector(party: Party) -> str | None:
    best = max(party.sectors, key=lambda sector: party.sectors[sector], default=None)
    return best if best is not None and party.sectors[best] >= HOME else None
