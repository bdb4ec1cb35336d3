"""What is only told, and by whom it is told to be false: claims, rumours, verdicts and asides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dragoman.coding.arguments import case_of, children
from dragoman.coding.status.effects import Effect
from dragoman.coding.tokens import Token
from dragoman.lexicon.status_cues import StatusIndex

CONTENT: Final = ("acl", "acl:relcl", "nmod", "ccomp", "appos")
BASES: Final = frozenset(
    {"truth", "foundation", "basis", "substance", "ground", "support", "merit", "evidence", "proof"}
)
"""What a false tale lacks: "there is no truth in", "finds no support in"."""
NO: Final = ("no", "little", "without")
ACCOUNTS: Final = frozenset({"account", "telling", "word", "version", "reckoning", "claim", "lights"})
NEUTRAL: Final = frozenset({
    "witness", "eyewitness", "doctor", "medic", "hospital", "nation", "un", "agency", "newspaper", "paper", "observer",
    "monitor", "survey", "poll", "figure", "datum", "data", "statistic", "study", "document", "record", "text",
    "schedule", "agenda", "timetable", "plan", "programme", "program", "draft", "communique", "communiqué", "statement",
    "announcement", "release", "report", "book", "memoir", "historian", "scholar", "analyst", "expert", "cross",
    "commissioner", "tradition", "law", "rule", "constitution", "resolution", "bank", "fund", "diplomat", "reuters",
    "journalist", "correspondent", "reporter", "magazine", "website", "television", "court", "official", "ministry",
    "spokesman", "spokeswoman", "spokesperson",
})  # fmt: skip
"""Whose word is not that of a side: witnesses, doctors, the United Nations, papers, bodies on their own affairs."""
SIDES: Final = frozenset({
    "rebel", "guerrilla", "militant", "opposition", "insurgent", "separatist", "army", "military", "activist", "exile",
    "fighter", "militia", "movement", "front", "junta", "jihadist", "tribesman", "defector", "mutineer", "intercept",
})  # fmt: skip
"""Whose word is that of a side, whoever speaks for it."""


def told(index: StatusIndex, dependent: Token, head: Token) -> Iterator[Effect]:
    """The effects on the content DEPENDENT of a noun of telling HEAD: "the claim that", "reports of"; and verdicts."""
    noun = index.row("tale", head.lemma_.lower(), "NOUN") if head.pos_ == "NOUN" else None
    nominal = dependent.dep_ == "nmod" and case_of(dependent) not in ("of", "about")
    if noun is None or nominal or dependent.dep_ not in CONTENT:
        return
    verdict = found_false(index, head)
    if verdict is not None:
        yield verdict
    else:
        yield Effect(noun.effect, head.i, noun.id)


def found_false(index: StatusIndex, tale: Token) -> Effect | None:
    """The verdict that its clause speaks on the noun TALE: "... is untrue", "dismissed ...", "no truth in ..."."""
    top = tale
    while top.dep_ == "conj":
        top = top.head
    head = top.head
    if head.lemma_.lower() in BASES and (no := next((c for c in head.children if c.lower_ in NO), None)) is not None:
        return Effect("denied", no.i, "grammar:no-truth")
    if top.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer") and (word := _verdict(index, head)) is not None:
        return Effect("denied", word.i, "grammar:found-false")
    if top.dep_ in ("obj", "nsubj:pass", "obl") and (row := _judged(index, head)) is not None:
        return Effect(row, head.i, "grammar:tale-judged")
    return None


def _judged(index: StatusIndex, verb: Token) -> str | None:
    lemma = verb.lemma_.lower()
    for word in children(verb, "compound:prt", "advmod"):
        if row := index.row("judge", f"{lemma} {word.lower_}", "VERB"):
            return row.effect
    row = index.row("judge", lemma, "VERB")
    return row.effect if row is not None else None


def _verdict(index: StatusIndex, predicate: Token) -> Token | None:
    """The word under PREDICATE that calls its subject false."""
    for word in (predicate, *children(predicate, "xcomp", "obj", "obl", "ccomp")):
        if index.row("verdict", word.lemma_.lower(), word.pos_) or index.row("verdict", word.lower_, word.pos_):
            return word
        compound = f"{' '.join(c.lower_ for c in children(word, 'compound', 'amod'))} {word.lemma_.lower()}"
        if index.row("verdict", compound, word.pos_):
            return word
        if word.lemma_.lower() in BASES and any(c.lower_ in NO for c in word.children):
            return word
        denied = any(c.lower_ in ("not", "n't", "n’t") for c in (*word.children, *predicate.children))
        if word.lemma_.lower() in ("true", "correct", "so", "case", "accurate") and denied:
            return word
    return None


def verdict_on_clause(index: StatusIndex, clause: Token, head: Token) -> Effect | None:
    """ "It is untrue that ...", "called it a lie that ...": HEAD speaks the verdict on CLAUSE."""
    if clause.dep_ not in ("csubj", "ccomp", "acl", "csubj:outer", "advcl") or not children(
        clause, "nsubj", "nsubj:pass"
    ):
        return None
    word = _verdict(index, head) if clause.dep_ != "acl" or head.dep_ in ("xcomp", "root", "obj") else None
    return Effect("denied", word.i, "grammar:found-false") if word is not None else None


def asides(index: StatusIndex, verb: Token) -> Iterator[Effect]:
    """Words beside VERB's clause that put it at arm's length: "according to the rebels", "so the army says"."""
    nominals = children(verb, "nsubj", "nsubj:pass", "obl")
    for child in verb.children:
        if child.dep_ in ("parataxis", "advcl"):
            yield from _aside(index, child, loose=child.dep_ == "parataxis")
        elif child.dep_ == "obl":
            yield from _according(child)
    for nominal in nominals:
        for child in nominal.children:
            if child.dep_ == "parataxis" or (child.dep_ == "acl:relcl" and _between_commas(child)):
                yield from _aside(index, child, loose=True)


def _between_commas(clause: Token) -> bool:
    """Whether a clause that the parse calls relative has no relative word: "the police, its members maintain, ..."."""
    edge = clause.left_edge
    opened = edge.text == "," or (edge.i > 0 and edge.doc[edge.i - 1].text == ",")
    return opened and not any(w.lower_ in ("who", "which", "that", "whom", "whose") for w in clause.subtree)


def _aside(index: StatusIndex, verb: Token, loose: bool) -> Iterator[Effect]:
    marks = {c.lower_ for c in children(verb, "mark", "advmod")}
    if "if" in marks and verb.lemma_ in ("believe", "trust", "credit"):
        yield Effect("claimed", verb.i, "grammar:if-believed")
        return
    subjects = children(verb, "nsubj")
    if not subjects or any(c.dep_ in ("ccomp", "xcomp", "obj") for c in verb.children if c.lower_ != "it"):
        return
    teller = subjects[0].lemma_.lower() not in NEUTRAL
    so = marks & {"so", "as"} and (
        verb.lemma_ in ("say", "claim", "have") or (verb.lemma_ == "tell" and children(verb, "obj"))
    )
    row = index.row("aside", verb.lemma_.lower(), "VERB")
    if teller and so:
        yield Effect("claimed", verb.i, "grammar:so-they-say")
    elif loose and row is not None:
        yield Effect(row.effect, verb.i, row.id)


def _according(phrase: Token) -> Iterator[Effect]:
    """ "According to the rebels", "by Minsk's telling"; a neutral teller's word is no claim."""
    case = case_of(phrase)
    teller = phrase.lemma_.lower()
    owned = children(phrase, "nmod:poss")
    if case == "by" and teller in ACCOUNTS and owned and owned[0].lemma_.lower() not in NEUTRAL:
        yield Effect("claimed", phrase.i, "grammar:according-to")
    people = {t.lemma_.lower() for t in phrase.subtree}
    if case == "according to" and (people & SIDES or not people & NEUTRAL):
        yield Effect("claimed", phrase.i, "grammar:according-to")
