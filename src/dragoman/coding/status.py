"""Whether an act happened: cues on the way from the predicate to its root, mood and tense behind them.

Each cue has a scope and an effect (`lexicon/status_cues.py`, after ConText, Harkema et al. 2009). Effects on one
predicate are joined by taking the least real; two denials cancel each other ("failed to prevent the attack").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from dragoman.coding.arguments import case_or_mark, children, governors
from dragoman.facts import Status
from dragoman.lexicon import Lexicon, predicates, status_cues
from dragoman.lexicon.status_cues import StatusCueRow, StatusIndex

if TYPE_CHECKING:
    from spacy.tokens import Token

RANK: dict[str, int] = {
    "happened": 0, "ongoing": 1, "claimed": 2, "scheduled": 3, "proposed": 4, "hypothetical": 5, "denied": 6,
}  # fmt: skip
"""How far from what took place; the highest of several effects holds."""
COMPLEMENT_CASES = frozenset({"of", "for", "to", "on", "against", "from", "about", "in", "with", "into", "that", ""})
TRANSPARENT = frozenset({
    "say", "tell", "announce", "report", "state", "confirm", "declare", "add", "note", "disclose", "reveal",
    "acknowledge",
})  # fmt: skip
"""Reporting verbs that leave the status of what they report alone and put "will" into "would"."""


DURATIVE = frozenset({
    "occupy", "hold", "control", "support", "back", "oppose", "resist", "maintain", "keep", "supply", "aid", "finance",
    "fund", "arm", "train", "help", "provide", "sell", "buy", "trade", "deliver", "boycott", "fight", "protest",
    "cooperate", "besiege", "blockade", "refuse", "demand", "urge", "claim", "press", "remain", "stay", "observe",
    "host", "shelter", "harbour", "harbor", "ban", "bar", "restrict", "reject",
})  # fmt: skip
"""Verbs of what lasts: in the present tense, or in the perfect with "since", they tell of what goes on."""
CONTACTS = frozenset({"call", "telephone", "phone", "ring", "write", "cable"})
"""Verbs whose purpose has been reached with them: "telephoned the king to thank him"."""
KEPT = frozenset({"keep", "maintain", "retain"})
STATES = frozenset(
    {"presence", "occupation", "aid", "assistance", "trade", "cooperation", "war", "refusal", "blockade"}
)
"""Nouns of what lasts, where no verb tells their tense."""


class Effect(NamedTuple):
    """What one cue, or tense, makes of an act: `cue` is the token that it stands at, None where no word does.

    `rule` is the id of the cue's row, or `tense:…`, `grammar:…` or `rule:…` where no row says it; a row whose effect is
    put off by the words around it has `:future` after its id.
    """

    status: str
    cue: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A status and the tokens that gave it; `cues` is empty where tense alone did.

    `promised` tells that some cue put the act into the future, whatever the status of that ("denied a plan to").
    `effects` are all cues that were heard, or the tense alone.
    """

    status: Status
    cues: tuple[int, ...] = ()
    promised: bool = False
    effects: tuple[Effect, ...] = ()


def read(lexicon: Lexicon, token: Token) -> Reading:
    """The status of the act that TOKEN names."""
    index = lexicon.compiled(status_cues.index)
    supports = lexicon.compiled(predicates.index).supports["object"]
    found = tuple(_effects(index, supports, token))
    denials = [effect for effect in found if effect.status == "denied"]
    effects = [effect for effect in found if effect.status != "denied"]
    if len(denials) % 2:
        effects.append(denials[0])
    if effects:
        least = max(effects, key=lambda effect: RANK[effect.status])
        promised = any(effect.status in ("scheduled", "proposed") for effect in effects)
        return Reading(cast(Status, least.status), () if least.cue is None else (least.cue,), promised, found)
    tense = _by_tense(token)
    return Reading(cast(Status, tense.status), effects=(*found, tense))


def _effects(index: StatusIndex, supports: frozenset[str], token: Token) -> Iterator[Effect]:
    """The effects of all cues that govern TOKEN; what stands above "if" or "whether" says nothing."""
    yield from _own(index, token, token)
    if _supposed(index, token):
        return
    for dependent, head in governors(token):
        relation = dependent.dep_
        if relation.startswith("advcl"):
            yield from _adverbial(index, dependent, head)
            return
        if relation == "acl:relcl" and _says_what(dependent):
            relation = "acl"
        if relation.startswith(("acl:relcl", "parataxis", "appos", "csubj")):
            return
        yield from _governor(index, dependent, head, relation)
        if relation == "conj":
            if not children(dependent, "aux", "nsubj", "mark", "nsubj:pass"):
                yield from _auxiliaries(index, head)
            continue
        if head.pos_ in ("VERB", "AUX") and _carries(relation, dependent):
            yield from _own(index, head, token)
        elif relation in ("ccomp", "xcomp", "acl") and head.pos_ in ("VERB", "AUX"):
            yield from _matrix(index, head, relation)
        elif relation.startswith("obl"):
            yield from _auxiliaries(index, head)
        if _supposed(index, head):
            return


def _supposed(index: StatusIndex, verb: Token) -> bool:
    """Whether a conditional or interrogative subordinator opens VERB's clause."""
    return any(index.row("clause", mark.lemma_.lower(), "SCONJ") for mark in children(verb, "mark"))


def _carries(relation: str, dependent: Token) -> bool:
    """Whether a nominal predicate takes mood and negation from the verb it hangs on."""
    return dependent.pos_ in ("NOUN", "PROPN", "ADJ") and relation in ("obj", "nsubj", "nsubj:pass", "xcomp")


def _own(index: StatusIndex, token: Token, predicate: Token) -> Iterator[Effect]:
    """Modifiers of TOKEN: auxiliaries, negation, adverbs, adjectives, and the mark of its clause."""
    for child in token.children:
        if child == predicate:
            continue
        row = _modifier(index, child)
        if row is not None and child.dep_ not in ("obj", "nsubj", "obl", "conj"):
            yield _would(token, child, row)
        if child.dep_ == "mark":
            yield from _subordinator(index, child, token)
        if child.dep_ in ("nsubj", "nsubj:pass") and token.pos_ in ("VERB", "AUX"):
            yield from _nobody(child)
        if child.dep_ == "mark" and child.lower_ == "to" and _is_to(token):
            yield Effect("scheduled", child.i, "grammar:be-to")
        if child.dep_ == "case" and (preposition := index.row("preposition", child.lower_, "ADP")):
            yield Effect(preposition.effect, child.i, preposition.id)


def _modifier(index: StatusIndex, child: Token) -> StatusCueRow | None:
    """The cue that an auxiliary, adverb, determiner or attribute is; participles count as adjectives ("planned")."""
    if child.dep_ == "amod":
        return index.row("modifier", child.lower_, "ADJ") or index.row("modifier", child.lemma_.lower(), "ADJ")
    return index.row("modifier", child.lemma_.lower(), child.pos_) or index.row(
        "modifier", child.lower_, "PART" if child.dep_ == "advmod" else child.pos_
    )


def _subordinator(index: StatusIndex, mark: Token, verb: Token) -> Iterator[Effect]:
    """ "If", "whether"; "without" before a clause; the "due" of "due to meet", which parses take for one as well."""
    row = index.row("clause", mark.lemma_.lower(), "SCONJ") or index.row("preposition", mark.lower_, "ADP")
    if row is None and mark.pos_ == "ADJ" and verb.i > mark.i:
        row = index.row("complement", mark.lower_, "ADJ")
    if row is not None:
        yield Effect(row.effect, mark.i, row.id)


def _nobody(subject: Token) -> Iterator[Effect]:
    """ "No leader has visited", "none of them signed": the denial stands at the subject."""
    for word in (subject, *children(subject, "det", "advmod")):
        if word.lower_ in ("no", "none", "nobody", "neither"):
            yield Effect("denied", word.i, "grammar:nobody")


def _is_to(verb: Token) -> bool:
    """ "The two are to meet": a form of "be" before the infinitive, as auxiliary or as the verb above it."""
    forms = ("is", "are", "was", "were", "'s", "’s", "am")
    if any(c.lower_ in forms for c in children(verb, "aux", "cop")):
        return True
    return verb.dep_ in ("xcomp", "ccomp") and verb.head.lower_ in forms


def _auxiliaries(index: StatusIndex, verb: Token) -> Iterator[Effect]:
    for child in children(verb, "aux"):
        if row := index.row("modifier", child.lemma_.lower(), "AUX"):
            yield _would(verb, child, row)


def _matrix(index: StatusIndex, verb: Token, relation: str) -> Iterator[Effect]:
    """Mood and negation of a verb over its infinitive; a reporting verb's own mood says nothing of what it reports."""
    if relation == "xcomp":
        yield from _own(index, verb, verb)


def _would(verb: Token, auxiliary: Token, row: StatusCueRow) -> Effect:
    """What ROW makes of VERB at AUXILIARY. "Would" is a plain future in what is reported: "said that it would sign".

    Behind a condition, before a perfect and in a relative clause it supposes.
    """
    if auxiliary.lower_ not in ("would", "'d", "’d"):
        return Effect(row.effect, auxiliary.i, row.id)
    top = verb
    while top.dep_ in ("conj", "xcomp") and top.head != top:
        top = top.head
    conditional = any(case_or_mark(c) in ("if", "unless") for c in children(top, "advcl"))
    supposed = top.dep_.endswith("relcl") or any(c.lower_ == "have" for c in children(verb, "aux"))
    if conditional or supposed:
        return Effect(row.effect, auxiliary.i, row.id)
    return Effect("scheduled", auxiliary.i, f"{row.id}:future")


def _says_what(clause: Token) -> bool:
    """Whether a clause behind a noun is its content ("the claim that Iraq bombed ..."): "that" is no part of it."""
    return any(m.lower_ == "that" and m.pos_ == "SCONJ" for m in children(clause, "mark"))


def _governor(index: StatusIndex, dependent: Token, head: Token, relation: str) -> Iterator[Effect]:
    """The effect of HEAD on its complement DEPENDENT."""
    complement = relation in ("xcomp", "ccomp", "obj", "nsubj:pass", "acl", "csubj:pass")
    oblique = relation.startswith(("obl", "nmod")) and case_or_mark(dependent) in COMPLEMENT_CASES
    if not (complement or oblique):
        return
    row = _complement_row(index, head)
    if row is None or (oblique and relation == "nmod:poss"):
        return
    if oblique and not _takes_oblique(head, dependent):
        return
    if head.pos_ == "NOUN" and any(c.lower_ in ("no", "neither") for c in children(head, "det")):
        yield Effect("denied", head.i, "grammar:no-noun")
    yield Effect(row.effect, head.i, row.id)


def _complement_row(index: StatusIndex, head: Token) -> StatusCueRow | None:
    """The cue that HEAD is, with its particle if the table has the two together ("rule out")."""
    lemma = head.lemma_.lower()
    for particle in children(head, "compound:prt"):
        if row := index.row("complement", f"{lemma} {particle.lower_}", head.pos_):
            return row
    return index.row("complement", lemma, head.pos_)


def _takes_oblique(head: Token, dependent: Token) -> bool:
    """Whether a prepositional complement is governed by HEAD at all: time and place are not."""
    if head.pos_ == "NOUN":
        return case_or_mark(dependent) in ("of", "for", "to", "on", "against")
    return case_or_mark(dependent) in ("for", "to", "of", "from", "against", "about") and dependent.i > head.i


def _adverbial(index: StatusIndex, clause: Token, head: Token) -> Iterator[Effect]:
    """A purpose is to come, not done: "flew to Geneva to meet him"; what is voted is done by the vote."""
    marks = children(clause, "mark")
    if head.lemma_ in CONTACTS and children(head, "obj", "iobj"):
        return
    if any(m.lower_ == "to" for m in marks) and "Inf" in clause.morph.get("VerbForm", []):
        row = index.row("complement", head.lemma_.lower(), head.pos_)
        yield Effect(row.effect, marks[0].i, row.id) if row else Effect("scheduled", marks[0].i, "grammar:purpose")


def _by_tense(token: Token) -> Effect:
    """The status that tense and aspect alone give."""
    verb = _tensed(token)
    if verb is None:
        lasts = token.pos_ == "NOUN" and token.lemma_ in STATES
        return Effect("ongoing", token.i, "tense:lasting-noun") if lasts else Effect("happened", None, "tense:none")
    auxiliaries = children(verb, "aux", "aux:pass", "cop")
    if "Inf" in verb.morph.get("VerbForm", []) and not auxiliaries and verb.dep_ in ("root", "conj", "parataxis"):
        marked = any(c.lower_ == "to" for c in verb.children if c.dep_ in ("mark", "aux"))
        return Effect("scheduled" if marked else "happened", verb.i, "tense:infinitive")
    if verb.lemma_ in KEPT:
        return Effect("ongoing", verb.i, "tense:kept-up")
    if any(a.lemma_ == "have" for a in auxiliaries) and verb.lemma_ in DURATIVE and _since(verb):
        return Effect("ongoing", verb.i, "tense:perfect-since")
    finite = next((a for a in auxiliaries if "Fin" in a.morph.get("VerbForm", [])), verb)
    tense = finite.morph.get("Tense", [])
    present = "Pres" in tense
    if present and verb.lower_.endswith("ing") and any(a.lemma_ == "be" for a in auxiliaries):
        return Effect("ongoing", verb.i, "tense:progressive")
    if present and finite == verb and verb.lemma_ in DURATIVE:
        return Effect("ongoing", verb.i, "tense:lasting-verb")
    rule = "tense:present" if present else "tense:past" if "Past" in tense else "tense:none"
    return Effect("happened", finite.i, rule)


def _since(verb: Token) -> bool:
    """Whether a perfect reaches up to now: "has occupied the north since 1974"."""
    return any(word.lower_ == "since" for c in children(verb, "obl*", "advmod", "advcl") for word in (c, *c.children))


def _tensed(token: Token) -> Token | None:
    """The verb whose tense tells of TOKEN: itself, or the one that a noun hangs on."""
    current = token
    while current.pos_ not in ("VERB", "AUX"):
        if current.head == current or current.dep_ in ("nmod", "nmod:poss", "appos", "acl:relcl"):
            return None
        current = current.head
    return current


def in_question(token: Token) -> bool:
    """Whether TOKEN's sentence is a question outside quotation."""
    last = [t for t in token.sent if not t.is_space and t.text not in ("”", '"', "'", "’", ")")]
    return bool(last) and last[-1].text == "?"
