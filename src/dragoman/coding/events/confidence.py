"""How sure an event is, field by field and as a whole: what speaks for it, weighed by the table of confidence.

A field's confidence is the probability that there is such an event and that the field is right in it; the whole's, that
all of them are right together. The weights are fitted on events of known truth (`training/confidence.py`). Features:

bias         1
heads        the parser's heads see an act at this word
act, kind    log-odds that the word names an act; that such an act is of the kind that was read
row          a row of the tables fits; `row-agrees`: and has the type that was read
noun         the predicate is a noun
speech-act   a demand or a refusal made of what is said
antecedent   a side was taken over from an earlier act
reported     it stands in what somebody says
reciprocal, two-sides   all parties stand together; both sides have somebody
length       words of the sentence, in scores

Of each side, as `source:seen`: `empty`, nobody stands there; `unseen`, the heads see nobody there; `seen`, `home` and
`sector`, the least log-odds of the words that they see there as a party, of the country that was read, and of the
likeliest sector; `clear`, how far a further word is from being a party there, at most 0; `implied`, how likely a party
is that is only implied, at least 0, both in log-odds; `agrees`, the tables have the same countries there; `homeless`, a
party without country or body; `pronoun`, `unnamed` and `place`, a party found through a pronoun or as implied, a
description, or a mere place; `many`, parties beyond the first.

status       log-odds of the heads for the status that was read; `status-cue`, `status-heads`, `status-rule`: a cue, the
             heads or a rule gave it, and not tense alone; `happened`: it is that
news         log-odds of the heads for the background that was read; `old`: background was read; `old-rule`: not by date
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from dragoman.coding.draft import Draft, Mention
from dragoman.coding.events.explaining import IN_CODE, Decided
from dragoman.coding.events.filling import Filled
from dragoman.coding.events.learned import SIDE
from dragoman.coding.events.speech_acts import is_speech_act
from dragoman.facts import Actor, Event, FieldConfidence
from dragoman.language.annotations import Act, Party
from dragoman.lexicon import Lexicon
from dragoman.lexicon.confidence import FIELDS, WHOLE, weights
from dragoman.terms import BODY_SECTORS

FARTHEST: Final = 4.0
"""Log-odds beyond which a probability counts as no surer: 0.982."""
DIGITS: Final = 3
"""Decimal places of a confidence: more than the fit can tell, fewer than two machines differ in."""
SCORE: Final = 20
LONGEST: Final = 3.0
"""Sentences of more than three scores of words count as so long."""
MOST: Final = 3

Features = dict[str, float]


def weigh(lexicon: Lexicon, features: Mapping[str, float]) -> tuple[float, FieldConfidence]:
    """The confidence of the whole event, and of each field; the whole is never surer than its least sure field."""
    table = lexicon.compiled(weights)
    sure = {name: round(share(summed(table[name], features)), DIGITS) for name in (*FIELDS, WHOLE)}
    whole = min(sure.values())
    return whole, FieldConfidence(**{name: sure[name] for name in FIELDS})


def summed(weight: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Log-odds: the weighed sum of FEATURES, in the order of the table."""
    return math.fsum(value * features.get(name, 0.0) for name, value in weight.items())


def share(odds: float) -> float:
    """Log-odds as a probability, above 0 and below 1."""
    odds = max(-20.0, min(20.0, odds))
    return 1 / (1 + math.exp(-odds))


def log_odds(probability: float) -> float:
    """A probability as log-odds, no farther from 0 than FARTHEST."""
    if not 0 < probability < 1:
        return math.copysign(FARTHEST, probability - 0.5)
    return max(-FARTHEST, min(FARTHEST, math.log(probability / (1 - probability))))


def features(draft: Draft, event: Event, decided: Decided, tabled: Filled | None) -> Features:
    """What speaks for and against EVENT; TABLED is its frame by the tables alone, None where no row fits."""
    f, act = decided.filled, decided.filled.act
    kinds = act.kinds if act is not None else {}
    found: Features = {
        "bias": 1.0,
        "heads": float(act is not None),
        "act": log_odds(act.probability) if act is not None else 0.0,
        "kind": log_odds(kinds.get(event.act, 0.0) / act.probability) if act is not None else 0.0,
        "row": float(tabled is not None),
        "row-agrees": float(tabled is not None and tabled.row.type == event.act),
        "noun": float(f.token.pos_ == "NOUN"),
        "speech-act": float(is_speech_act(f)),
        "antecedent": float(any(slot.name.startswith("antecedent:") for slot in f.slots)),
        "reported": float(decided.statement is not None),
        "reciprocal": float(event.reciprocal),
        "two-sides": float(event.reciprocal or bool(event.source and event.target)),
        "length": min((f.token.sent.end - f.token.sent.start) / SCORE, LONGEST),
    }
    found |= dict(_status(event, decided, act)) | dict(_background(event, decided, act))
    for side, actors, mentions in (("source", event.source, f.source), ("target", event.target, f.target)):
        known = None if tabled is None else (tabled.source if side == "source" else tabled.target)
        some = {**dict(_of_actors(actors, mentions, known)), **dict(_of_heads(draft, side, actors, act))}
        found |= {f"{side}:{name}": value for name, value in some.items()}
    return found


def _status(event: Event, decided: Decided, act: Act | None) -> Iterator[tuple[str, float]]:
    yield "status", log_odds(act.statuses.get(event.status, 0.0)) if act is not None else 0.0
    rules = [effect.rule for effect in decided.effects]
    yield "status-cue", float(any(not rule.startswith(IN_CODE) for rule in rules))
    yield "status-heads", float(any(rule.startswith("heads:") for rule in rules))
    yield "status-rule", float(any(rule.startswith(("rule:", "grammar:")) for rule in rules))
    yield "happened", float(event.status == "happened")


def _background(event: Event, decided: Decided, act: Act | None) -> Iterator[tuple[str, float]]:
    old = log_odds(act.background) if act is not None else 0.0
    yield "news", old if event.background else -old
    yield "old", float(event.background)
    yield "old-rule", float(decided.behind is not None and decided.behind.token is not None)


def _of_actors(
    actors: tuple[Actor, ...], mentions: tuple[Mention, ...], tabled: tuple[Mention, ...] | None
) -> Iterator[tuple[str, float]]:
    """What the parties of a side are, and whether the tables have them too."""
    kinds = {mention.kind for mention in mentions}
    yield "empty", float(not actors)
    yield "homeless", float(any(a.country is None and a.sector not in BODY_SECTORS for a in actors))
    yield "pronoun", float(bool(kinds & {"pronoun", "implied"}))
    yield "unnamed", float("description" in kinds)
    yield "place", float("place" in kinds)
    yield "many", float(min(max(len(actors) - 1, 0), MOST))
    same = tabled is not None and {_home(m.actor) for m in tabled} == {_home(m.actor) for m in mentions}
    yield "agrees", float(same and bool(actors))


def _home(actor: Actor) -> str | None:
    return actor.country or actor.sector


def _of_heads(draft: Draft, side: str, actors: tuple[Actor, ...], act: Act | None) -> Iterator[tuple[str, float]]:
    """What the parser's heads say of a side: of those of both sides too."""
    if act is None:
        return
    parties = [party for party in act.parties if party.side in (side, "both")]
    seen = [party for party in parties if party.word is not None and party.probability >= SIDE]
    others = [party.probability for party in parties if party.word is not None and party.probability < SIDE]
    implied = [party.probability for party in parties if party.word is None]
    homes = {actor.country for actor in actors}
    yield "unseen", float(not seen)
    yield "seen", min((log_odds(party.probability) for party in seen), default=0.0)
    yield "clear", -_raised(others)
    yield "implied", _raised(implied)
    yield "home", min((log_odds(_share_of(draft, party, homes)) for party in seen), default=0.0)
    yield "sector", min((log_odds(max(party.sectors.values(), default=0.0)) for party in seen), default=0.0)


def _raised(probabilities: list[float]) -> float:
    """Log-odds of the likeliest, from 0 where there is none: so also where the heads say nothing at all."""
    return FARTHEST + log_odds(max(probabilities, default=0.0))


def _share_of(draft: Draft, party: Party, homes: set[str | None]) -> float:
    """The share of the words that point to one of HOMES."""
    total = 0.0
    for word, part in party.homes:
        mention = None if word is None else draft.mention_by_token.get(word)
        total += part * ((None if mention is None else mention.actor.country) in homes)
    return total
