"""What a word above an act makes of it: verbs, adjectives and nouns with complements, by their effect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dragoman.coding.arguments import case_or_mark, children
from dragoman.coding.status.clause import modifiers
from dragoman.coding.status.effects import Effect
from dragoman.coding.status.negation import NOT_DENIED
from dragoman.coding.tokens import Token
from dragoman.lexicon.status_cues import StatusCueRow, StatusIndex

COMPLEMENTS: Final = ("xcomp", "ccomp", "obj", "nsubj:pass", "acl", "csubj:pass")
COMPLEMENT_CASES: Final = frozenset(
    {"of", "for", "to", "on", "against", "from", "about", "in", "with", "into", "that", ""}
)
ADVERBIAL_CASES: Final = frozenset({"of", "from", "against", "about", "into", "on", "for", "at", "as"})
"""Marks with which parses call a verb's complement an adverbial clause: "decided against sending"."""
CONTACTS: Final = frozenset({"call", "telephone", "phone", "ring", "write", "cable"})
"""Verbs whose purpose has been reached with them: "telephoned the king to thank him"."""
REQUESTS: Final = frozenset({
    "request", "call", "demand", "appeal", "plea", "proposal", "offer", "invitation", "application", "insinuation",
    "charge", "accusation", "allegation", "claim", "ultimatum", "suggestion", "criticism", "threat", "warning", "bid",
})  # fmt: skip
"""Nouns of speech: what is rejected has been uttered."""
PRESUPPOSING: Final = frozenset({
    "after", "since", "despite", "because of", "because", "due to", "following", "amid", "during", "over",
    "in spite of", "as a result of", "in response to", "in reply to", "in retaliation for", "in protest at",
    "in protest against", "in revenge for", "in reprisal for", "thanks to", "owing to", "upon",
    "in view of", "in the wake of", "besides",
})  # fmt: skip
"""Prepositions whose noun is taken for granted, whatever is said of the verb: "may sue over the seizure"."""
ANSWERS: Final = frozenset({
    "response", "reply", "retaliation", "reprisal", "revenge", "answer", "reaction", "anger", "outrage", "punishment",
    "victim", "anniversary", "aftermath", "wake", "consequence", "result", "condemnation", "criticism",
})  # fmt: skip
"""Nouns whose complement is taken for granted: "in response to the raid"."""


HAPPENING: Final = frozenset({
    "take", "happen", "occur", "begin", "start", "open", "resume", "proceed", "follow", "continue", "go", "come", "be",
    "have", "ensue", "last", "erupt", "materialise", "materialize", "hold", "make", "stage", "launch", "conduct",
    "plan", "sign", "conclude", "impose", "carry", "give", "pay", "expect", "schedule", "set", "put", "delay", "cancel",
    "propose", "mount", "arrange", "deliver", "send", "resound", "fail", "collapse", "stop", "remain", "persist",
    "deny", "rule",
    "lift", "reach", "agree", "announce", "host", "organise", "organize", "ban", "postpone", "call", "prepare", "mull",
    "consider", "discuss", "allege", "report", "say", "suspend", "abandon", "threaten", "offer", "promise", "provide",
})  # fmt: skip
"""Verbs that tell of their subject, a noun for an act, whether it happens; others take it for granted."""
SPOKEN: Final = frozenset({
    "demand", "urge", "protest", "thank", "ask", "complain", "warn", "congratulate", "press", "condemn", "denounce",
    "appeal", "implore", "beg", "plead", "apologise", "apologize", "tell", "insist", "call",
})  # fmt: skip
"""Verbs of speaking, whose purpose is reached with the deed: "flew to Baghdad to urge him to open his palaces"."""


def presupposed(index: StatusIndex, dependent: Token, head: Token) -> bool:
    """Whether DEPENDENT is taken for granted under HEAD, so that nothing above says whether it happened."""
    relation, case = dependent.dep_, case_or_mark(dependent)
    nominal = dependent.pos_ in ("NOUN", "PROPN")
    if nominal and relation in ("obl", "nmod", "obl:agent") and (case in PRESUPPOSING or relation == "obl:agent"):
        return True
    if relation == "nmod" and head.lemma_.lower() in ANSWERS:
        return True
    if nominal and relation in ("nsubj", "nsubj:pass") and head.pos_ == "VERB" and head.lemma_ not in HAPPENING:
        return not any(c.lower_ in ("no", "any", "a", "an", "neither") for c in children(dependent, "det"))
    row = index.row("factive", head.lemma_.lower(), head.pos_)
    if row is None:
        return False
    return relation in ("ccomp", "obj", "nsubj:pass") or (
        relation in ("obl", "advcl") and case in ("for", "of", "to", "at", "against")
    )


def governed(index: StatusIndex, dependent: Token, head: Token, token: Token) -> Iterator[Effect]:
    """The effect of HEAD on its complement DEPENDENT, on the way up from the act's own TOKEN."""
    relation = dependent.dep_
    oblique = relation.startswith(("obl", "nmod")) and case_or_mark(dependent) in COMPLEMENT_CASES
    if relation.startswith("advcl"):
        oblique = case_or_mark(dependent) in ADVERBIAL_CASES
    if not (relation in COMPLEMENTS or oblique) or relation == "nmod:poss":
        return
    if relation in ("acl", "nmod") and (no := _none(head)) is not None:
        yield Effect("denied", no.i, "grammar:no-noun")
    row = complement_row(index, head, dependent)
    if row is None or (oblique and not _takes_oblique(head, dependent, row)):
        return
    if row.effect == "denied" and dependent == token and token.pos_ == "NOUN" and token.lemma_ in REQUESTS:
        return
    yield Effect(row.effect, head.i, row.id)


def _none(noun: Token) -> Token | None:
    """The "no" of "no reason to", "without a word of"."""
    if noun.pos_ != "NOUN" or noun.lemma_ in NOT_DENIED:
        return None
    return next((c for c in children(noun, "det", "case") if c.lower_ in ("no", "neither", "without")), None)


def complement_row(index: StatusIndex, head: Token, dependent: Token) -> StatusCueRow | None:
    """The cue that HEAD is over DEPENDENT, with a particle, adverb, object or preposition if the table has them."""
    lemma, pos = head.lemma_.lower(), "VERB" if head.pos_ == "AUX" else head.pos_
    for word in children(head, "compound:prt", "advmod", "mark", "obj", "xcomp"):
        if word != dependent and (row := index.row("complement", f"{lemma} {word.lower_}", pos)):
            return row
    above = f"{head.head.lemma_.lower()} {head.lower_}"
    if head.dep_ in ("obj", "advmod", "xcomp", "obl") and (row := index.row("complement", above, "VERB")):
        return row
    if row := index.row("complement", f"{lemma} {case_or_mark(dependent)}", pos):
        return row
    if (row := index.row("infinitive", lemma, pos)) is not None:
        return None if _finite(dependent) else row
    if dependent.dep_ == "xcomp" and passive(head) and (row := index.row("passive", lemma, "VERB")):
        return row
    return index.row("complement", lemma, pos)


def _finite(clause: Token) -> bool:
    """Whether CLAUSE tells something in the indicative ("told reporters that they had met") or is only a name."""
    if clause.dep_ == "xcomp":
        return not any(c.lower_ == "to" for c in children(clause, "mark"))
    if clause.dep_ != "ccomp":
        return False
    words = (clause, *children(clause, "aux", "aux:pass", "cop"))
    return any("Ind" in w.morph.get("Mood", []) or w.lower_ in ("will", "would", "may", "might", "can") for w in words)


def passive(verb: Token) -> bool:
    """Whether VERB is a passive or the bare participle of a headline: "are said to", "Amin said to"."""
    if children(verb, "nsubj:pass", "aux:pass"):
        return True
    return "Part" in verb.morph.get("VerbForm", []) and not children(verb, "aux", "obj")


def _takes_oblique(head: Token, dependent: Token, row: StatusCueRow) -> bool:
    """Whether a prepositional complement is governed by HEAD at all: time and place are not."""
    case = case_or_mark(dependent)
    if any(lemma.endswith(f" {case}") for lemma in row.lemmas) or dependent.dep_.startswith("advcl"):
        return True
    if head.pos_ == "NOUN":
        return case in ("of", "for", "to", "on", "against")
    return case in ("for", "to", "of", "from", "against", "about") and dependent.i > head.i


def adverbial(index: StatusIndex, clause: Token, head: Token, token: Token) -> Iterator[Effect]:
    """A purpose is to come, not done: "flew to Geneva to meet him"; what is voted is done by the vote."""
    marks = children(clause, "mark")
    if head.lemma_ in CONTACTS and children(head, "obj", "iobj"):
        return
    if any(m.lower_ == "to" for m in marks) and "Inf" in clause.morph.get("VerbForm", []):
        if clause.lemma_ in SPOKEN and head.pos_ == "VERB" and clause == token:
            yield from modifiers(index, head, clause)
            return
        row = complement_row(index, head, clause)
        yield Effect(row.effect, marks[0].i, row.id) if row else Effect("scheduled", marks[0].i, "grammar:purpose")
        return
    gerund = clause.lower_.endswith("ing")
    if gerund and (row := complement_row(index, head, clause)) is not None:
        with_own_word = any(" " in lemma and lemma.split()[0] == head.lemma_.lower() for lemma in row.lemmas)
        if with_own_word or case_or_mark(clause) in ADVERBIAL_CASES:
            yield Effect(row.effect, head.i, row.id)


def headline_infinitive(token: Token, head: Token) -> bool:
    """ "Tunisia to ask the Fund": parses hang the infinitive on the noun that opens the headline."""
    opens = head.dep_ in ("root", "parataxis") and head.pos_ in ("PROPN", "NOUN")
    return token.dep_ == "acl" and opens and any(c.lower_ == "to" for c in children(token, "mark"))
