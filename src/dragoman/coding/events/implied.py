"""Parties that an act implies and no word of it names: whom a protest is against, who held those that are freed.

The parser's heads say that a side is implied; who it is, is told elsewhere in the report. Few rules speak, the surest
first, each where only one country or body fits; the comments say how often they were right of the parties of the event
corpus's training part. What they leave open stays empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.filling import Filled, Slot
from dragoman.facts import Actor
from dragoman.language.annotations import Act
from dragoman.lexicon import countries
from dragoman.terms import BODY_SECTORS

Side: TypeAlias = Literal["source", "target"]

IMPLIED: Final = 0.5
"""Probability from which a side is taken to be implied."""
STATE: Final = frozenset({"GOV", "MIL", "SPY", "PRE", None})
"""Sectors that stand for a state before others; the rest have to do with their own state as often as with others."""
COUPS: Final = frozenset({"coup", "putsch", "power", "overthrow", "mutiny", "topple", "oust"})
"""Words of an act against the doers' own government."""
FIGHTING: Final = frozenset({"ASSAULT"})
LAND: Final = frozenset({"AID", "COERCE", "COOPERATE", "RETREAT", "ASSAULT"})
"""Acts of which a country that no word names is the place or the one that gains, not a government."""

BACK: Final = 2
"""How many sentences back a party is looked for."""

Answer: TypeAlias = "set[str]"
Others: TypeAlias = "tuple[tuple[frozenset[str], frozenset[str]], ...]"


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands beside the act `f`: the lands of its known side, of all mentions, and of the other acts' sides.

    A land is a country's code, or the sector of a body that has no country.
    """

    f: Filled
    side: Side
    own: frozenset[str]
    named: frozenset[str]
    others: Others
    mentions: tuple[Mention, ...]

    @property
    def foreign(self) -> frozenset[str]:
        """Lands that the report names beside the known side's."""
        return self.named - self.own

    @property
    def places(self) -> frozenset[str]:
        """Lands of which the text names nothing but places."""
        return self.named - _side(m for m in self.mentions if m.kind != "place")

    @property
    def of_state(self) -> bool:
        """Whether the known side is a state's, or a body's."""
        known = self.f.source if self.side == "target" else self.f.target
        return any(m.actor.sector in STATE or m.actor.sector in BODY_SECTORS for m in known)


def implied_sides(act: Act) -> frozenset[str]:
    """The sides of ACT that its words only imply: `source`, `target` or `both`."""
    return frozenset(p.side for p in act.parties if p.word is None and p.probability >= IMPLIED)


def with_implied(draft: Draft, filled: Mapping[int, Filled]) -> dict[int, Filled]:
    """FILLED with the parties that its acts imply, where the sentences up to theirs tell who they are."""
    found = dict(filled)
    asking = {i: sides for i, f in filled.items() if f.act is not None and (sides := implied_sides(f.act))}
    if not asking:
        return found
    sentence = {t.i: n for n, sent in enumerate(draft.doc.sents) for t in sent}
    mentions: dict[int, list[Mention]] = {}
    for m in draft.actors:
        mentions.setdefault(sentence[m.head], []).append(m)
    acts: dict[int, list[Filled]] = {}
    for i, f in filled.items():
        acts.setdefault(sentence[i], []).append(f)
    for i, sides in asking.items():
        near = range(sentence[i] - BACK, sentence[i] + 1)
        told = [o for n in near for o in acts.get(n, ()) if o.token.i != i]
        here = (*(m for n in near for m in mentions.get(n, ())), *(m for o in told for m in o.parties))
        others = tuple((_side(o.source), _side(o.target)) for o in told)
        if "both" in sides:
            found[i] = _both(draft, filled[i], here)
        else:
            found[i] = _of_sides(draft, filled[i], sides, here, others)
    return found


def _of_sides(draft: Draft, f: Filled, sides: frozenset[str], here: tuple[Mention, ...], others: Others) -> Filled:
    named = frozenset(lands(a for m in here for a in (m.actor, *m.others)))
    for side in _open(f, sides):
        f = _completed(draft, f, Scene(f, side, _known(f, side), named, others, here))
    return f


def _open(f: Filled, sides: frozenset[str]) -> Iterator[Side]:
    if "source" in sides and not f.source:
        yield "source"
    if "target" in sides and not f.target:
        yield "target"


def lands(actors: Iterable[Actor]) -> set[str]:
    """Countries of ACTORS, and the sectors of bodies that have none."""
    codes = (a.country or (a.sector if a.sector in BODY_SECTORS else None) for a in actors)
    return {code for code in codes if code is not None}


def _side(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(lands(m.actor for m in mentions))


def _known(f: Filled, side: Side) -> frozenset[str]:
    return _side(f.target if side == "source" else f.source)


def _completed(draft: Draft, f: Filled, scene: Scene) -> Filled:
    """F with the party of the first rule that speaks."""
    for rule, reading in RULES:
        answer = reading(scene)
        if len(answer) == 1:
            mention = _party(draft, scene, answer.pop())
            slot = Slot(rule)
            if scene.side == "source":
                return replace(f, source=(mention,), slots=(slot, f.slots[1]))
            return replace(f, target=(mention,), slots=(f.slots[0], slot))
    return f


def _both(draft: Draft, f: Filled, here: tuple[Mention, ...]) -> Filled:
    """A reciprocal act of which one side or none is named: both are the two that the text names, if it names two."""
    named = frozenset(lands(a for m in here for a in (m.actor, *m.others)))
    missing = named - _side(f.source)
    if len(f.source) > 1 or len(missing) != (1 if f.source else 2):
        return f
    scene = Scene(f, "source", frozenset(), named, (), here)
    added = tuple(_party(draft, scene, land) for land in sorted(missing))
    return replace(f, source=(*f.source, *added), mutual=True, slots=(Slot("implied:both"), f.slots[1]))


def _party(draft: Draft, scene: Scene, land: str) -> Mention:
    """The party of LAND as the act's side asks for it."""
    known = (*scene.mentions, *scene.f.source, *scene.f.target)
    mention, actor = next((m, a) for m in known for a in (m.actor, *m.others) if land in lands((a,)))
    if land in BODY_SECTORS:
        return replace(mention, kind="implied", actor=replace(actor, span=None), others=())
    country = draft.lexicon.compiled(countries.index).by_code.get(land)
    name = country.name if country is not None else land
    return replace(mention, kind="implied", actor=Actor(name, land, _sector(scene)), others=())


def _sector(scene: Scene) -> str | None:
    """What an unnamed country takes part as."""
    act = scene.f.row.type
    if scene.side == "source":
        return "MIL" if act in FIGHTING else "GOV"
    coup = act in FIGHTING and bool(_words(scene.f) & COUPS)
    return "GOV" if coup or act not in LAND else None


# The rules


def _protest(scene: Scene) -> Answer:
    """Whom people protest against at home: their government."""
    return set(scene.own) if scene.side == "target" and scene.f.row.type == "PROTEST" else set()


def _coup(scene: Scene) -> Answer:
    """Whom those who seize power overthrow: their own government."""
    if scene.side == "source" or scene.f.row.type != "ASSAULT" or scene.own & BODY_SECTORS.keys():
        return set()
    return set(scene.own) if _words(scene.f) & COUPS else set()


def _words(f: Filled) -> set[str]:
    return {f.token.lemma_.lower(), *(c.lemma_.lower() for c in f.token.children)}


def _opposite(scene: Scene) -> Answer:
    """Whom the known side stands against in the other acts of the report, if that is always the same."""
    found: set[str] = set()
    for source, target in scene.others:
        sides = (source, target) if target else (source & scene.own, source - scene.own)
        for one, other in (sides, sides[::-1]):
            if one & scene.own:
                found |= other - scene.own
    return found if scene.of_state or found == scene.foreign else set()


def _other_party(scene: Scene) -> Answer:
    """The only other country that the report names, which is a party of other acts."""
    acting = {land for sides in scene.others for side in sides for land in side} - scene.own
    return acting if scene.of_state and acting == scene.foreign else set()


def _other_land(scene: Scene) -> Answer:
    """The only other country that the text names, where it names it by places alone."""
    return set(scene.foreign) if scene.of_state and scene.own and scene.foreign <= scene.places else set()


def _only_country(scene: Scene) -> Answer:
    """The only country of the report, whose own people the known side is."""
    if scene.foreign or not scene.own or scene.own & BODY_SECTORS.keys():
        return set()
    return set() if scene.of_state else set(scene.own)


def _nobody_else(scene: Scene) -> Answer:
    """The only country of the report, where no party is known."""
    return set(scene.named) if not scene.own else set()


RULES: Final[tuple[tuple[str, Callable[[Scene], Answer]], ...]] = (
    ("implied:protest", _protest),  # 68 of 78
    ("implied:coup", _coup),  # 11 of 11
    ("implied:opposite", _opposite),  # 182 of 233
    ("implied:other-party", _other_party),  # 39 of 52
    ("implied:other-land", _other_land),  # 15 of 20
    ("implied:own-state", _only_country),  # 52 of 56
    ("implied:only-country", _nobody_else),  # 18 of 21
)
"""The rules, the surest first, with how often each was right."""
