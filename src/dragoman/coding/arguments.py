"""Arguments of a predicate over a UD v2 parse: who stands in which slot, through passive, control and relative clauses.

A slot is `subj` (the one who acts: nsubj, or the agent of a passive), `obj` (obj, or the subject of a passive), `iobj`,
`poss` (possessor or adjective of an event noun), `comp` (nominals of the complement clause), `compsubj` (its subject)
or a preposition. All functions return head tokens of nominals; conjuncts are left to `conjuncts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dragoman.coding.tokens import Token

NOMINAL_MODIFIERS = ("nmod:poss", "amod", "compound", "nmod:desc", "nmod:unmarked", "nmod")
CLAUSE_RELATIONS = ("xcomp", "ccomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "parataxis", "csubj", "conj")
OBJECT_CONTROL = frozenset({
    "urge", "ask", "request", "order", "instruct", "tell", "command", "force", "compel", "allow", "permit", "let",
    "enable", "persuade", "convince", "invite", "encourage", "press", "pressure", "advise", "warn", "cause", "lead",
    "get", "help", "require", "want", "expect", "authorize", "authorise", "forbid", "ban", "bar", "prevent", "stop",
    "accuse", "suspect", "blame", "charge", "condemn", "criticise", "criticize", "call", "sentence", "beg",
    "implore", "exhort",
    "direct", "appoint", "send", "see", "show", "find", "hold", "leave", "keep", "have", "make",
})  # fmt: skip
"""Verbs whose object is the subject of their complement; all others pass on their own subject."""
DITRANSITIVE = frozenset({
    "accord", "advance", "allot", "allow", "ask", "assign", "award", "bring", "cable", "cede", "concede", "deliver",
    "deny", "donate", "export", "extend", "feed", "forgive", "give", "grant", "guarantee", "hand", "lease", "lend",
    "loan", "offer", "owe", "pay", "pledge", "present", "promise", "refuse", "repay", "return", "sell", "send", "serve",
    "ship", "show", "slip", "supply", "teach", "throw", "toss", "vote", "wire",
})  # fmt: skip
"""Verbs that take two objects, the first of them the recipient: "sold Paraguay six aircraft"."""
PATIENTS = ("nsubj:pass", "nsubj")
MAX_DEPTH = 6
"""How many clauses a missing subject is looked for upwards; deeper chains are parse errors more often than syntax."""


def children(token: Token, *relations: str) -> list[Token]:
    """Dependents of TOKEN by relation; `nmod` takes `nmod` alone, `obl*` takes all subtypes."""
    return [c for c in token.children if c.dep_ in relations or c.family in relations]


def conjuncts(token: Token) -> list[Token]:
    """TOKEN and the heads coordinated with it, in the order of the text."""
    found = [token]
    for head in found:
        found.extend(c for c in head.children if c.dep_ == "conj" and len(found) < 40)
    return sorted(set(found), key=lambda t: t.i)


def is_passive(verb: Token) -> bool:
    """Whether VERB is passive: by its dependents, or a past participle that modifies a noun."""
    if children(verb, "aux:pass", "csubj:pass", "obl:agent"):
        return True
    if children(verb, "nsubj:pass"):
        return verb.lemma_ in DITRANSITIVE or not children(verb, "obj")
    if verb.dep_ == "conj" and "Part" in verb.morph.get("VerbForm", []) and not children(verb, "obj", "aux"):
        return is_passive(verb.head) and (not children(verb, "nsubj") or bool(children(verb.head, *PATIENTS)))
    return _is_participle_modifier(verb)


def _is_participle_modifier(verb: Token) -> bool:
    bare = not children(verb, "nsubj", "aux", "obj")
    return bare and verb.dep_ in ("acl", "advcl", "amod") and _past_participle(verb)


def _past_participle(verb: Token) -> bool:
    morph = verb.morph
    return "Part" in morph.get("VerbForm", []) and (
        "Past" in morph.get("Tense", []) or "Pass" in morph.get("Voice", [])
    )


def resolve_relative(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token itself."""
    if token.lemma_.lower() in ("who", "which", "that", "whom", "whose") and token.pos_ in ("PRON", "SCONJ", "DET"):
        for ancestor in token.ancestors:
            if ancestor.dep_.endswith("relcl"):
                return ancestor.head
    return token


def case_of(token: Token) -> str:
    """The preposition of a nominal, lower case, fixed parts joined by a space; empty where it has none."""
    for child in token.children:
        if child.dep_ == "case" and child.lemma_ not in ("'s", "’s", "'", "’"):
            parts = [child, *(c for c in child.children if c.dep_ == "fixed")]
            return " ".join(p.lower_ for p in parts)
    return ""


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Who acts in VERB: its active subject or passive agent, found through control and coordination where elided."""
    if is_passive(verb):
        return agents(verb)
    own = [resolve_relative(t) for t in children(verb, "nsubj", "nsubj:outer", "nsubj:pass")]
    if own:
        return own
    if verb.dep_ == "acl:relcl" and not children(verb, "obj") and not children(verb, "nsubj"):
        return []
    return inherited_subjects(verb, depth)


def inherited_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The subject that a clause without one of its own takes from the clause or noun above it."""
    if depth >= MAX_DEPTH or verb.head == verb:
        return []
    head = verb.head
    if head.pos_ == "ADV" and head.dep_ == "advmod":
        head = head.head  # "stopped short of attacking"
    if verb.dep_ in ("acl", "parataxis") and _headline_subject(head, verb):
        return [head]
    if verb.dep_ == "acl":
        return [head] if _gerund(verb) else noun_agents(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp", "advcl") and head.lemma_ in OBJECT_CONTROL:
        controlled = objects(head, depth + 1) or obliques(head, ("on", "upon", "to"))
        if controlled and verb.dep_ != "advcl":
            return controlled
    if verb.dep_ == "xcomp" and head.lemma_ in ("call", "appeal", "plead") and (asked := obliques(head, ("on", "to"))):
        return asked
    if verb.dep_ in ("xcomp", "advcl", "ccomp", "conj", "parataxis"):
        return logical_subjects(head, depth + 1)
    return []


def _headline_subject(head: Token, verb: Token) -> bool:
    """Whether a bare name that heads the sentence is to do what follows: "Egypt to sign treaty"."""
    follows = any(mark.i == head.i + 1 for mark in children(verb, "mark"))
    infinitive = "Inf" in verb.morph.get("VerbForm", []) and follows
    return infinitive and head.dep_ == "root" and head.pos_ == "PROPN" and not children(head, "det")


def logical_subjects(head: Token, depth: int) -> list[Token]:
    """The subject of HEAD as its dependents inherit it: a passive passes on its grammatical subject."""
    passive = [resolve_relative(t) for t in children(head, "nsubj:pass")]
    if passive:
        return passive
    if head.pos_ in ("NOUN", "PROPN") and not children(head, "nsubj"):
        return noun_agents(head, depth) if head.dep_ != "root" else []
    if is_passive(head) and head.dep_ == "acl":
        return [head.head]
    return subjects(head, depth)


def _gerund(verb: Token) -> bool:
    return verb.text.lower().endswith("ing") and "Inf" not in verb.morph.get("VerbForm", [])


def agents(verb: Token) -> list[Token]:
    """The agent of a passive: obl:agent, an oblique with "by", or "at the hands of"."""
    found = children(verb, "obl:agent") or [t for t in children(verb, "obl", "nmod") if case_of(t) == "by"]
    if not found:
        hands = [t for t in children(verb, "obl") if t.lemma_ == "hand" and case_of(t) == "at"]
        found = [t for hand in hands for t in children(hand, "nmod") if case_of(t) == "of"]
    if not found and verb.dep_ == "conj":
        return agents(verb.head)
    return found


def objects(verb: Token, depth: int = 0) -> list[Token]:
    """Whom VERB is done to: its object, the subject of a passive, the noun that a participle or relative modifies."""
    if is_passive(verb):
        own = children(verb, "nsubj:pass") or (children(verb, "nsubj") if verb.dep_ == "conj" else [])
        return [resolve_relative(t) for t in own] or _passive_patient(verb, depth)
    found = [resolve_relative(t) for t in _things(verb)] or children(verb, "iobj") or _after_particle(verb)
    if found:
        return found
    if verb.dep_ == "acl:relcl" and children(verb, "nsubj") and not _has_relative(verb):
        return [verb.head]
    return _shared_object(verb) or _relative_object(verb)


def _things(verb: Token) -> list[Token]:
    """The objects of an active VERB without a recipient that the parse calls an object too."""
    found = children(verb, "obj")
    return found[1:] if _two_objects(verb, found) else found


def _two_objects(verb: Token, things: list[Token]) -> bool:
    return (
        len(things) > 1
        and verb.lemma_ in DITRANSITIVE
        and verb.i < things[0].i
        and not case_of(things[0])
        and all(t.pos_ != "PUNCT" for t in verb.doc[things[0].i : things[1].i])
    )


def recipients(verb: Token) -> list[Token]:
    """Who gets what the object of an active VERB names, whatever the parse makes of two nominals in a row."""
    if found := children(verb, "iobj"):
        return found
    things = children(verb, "obj")
    if verb.lemma_ not in DITRANSITIVE or not things or is_passive(verb):
        return []
    if _two_objects(verb, things):
        return things[:1]
    return [
        t
        for t in children(things[0], "nmod:poss", "compound", "nmod:unmarked", "nmod:desc")
        if _run_in(verb, t, things[0])
    ]


def _run_in(verb: Token, name: Token, thing: Token) -> bool:
    """Whether a country's NAME before THING is a phrase of its own: "sold Paraguay six aircraft", "sell China beef"."""
    if name.pos_ != "PROPN" or name.ent_type_ != "GPE" or "." in name.text or name.text.isupper():
        return False
    words = [t for t in name.subtree if t.pos_ != "DET"]
    bare = not any(c.dep_ == "case" for c in name.children)
    return bare and min(t.i for t in name.subtree) == verb.i + 1 and max(t.i for t in words) < thing.i


def _relative_object(verb: Token) -> list[Token]:
    """The noun of a relative clause that coordinated verbs share: "the pilot whom they shot down and captured"."""
    first = verb.head
    if verb.dep_ != "conj" or first.dep_ != "acl:relcl" or children(verb, "nsubj", "obj", "ccomp", "xcomp"):
        return []
    relative = [resolve_relative(t) for t in children(first, "obj")]
    return [t for t in relative if t == first.head]


def _after_particle(verb: Token) -> list[Token]:
    """A bare nominal after a particle is an object, whatever the parse calls it: "called off the meeting"."""
    particles = children(verb, "compound:prt")
    if not particles:
        return []
    return [t for t in children(verb, "obl") if t.i > particles[0].i and not case_of(t)][:1]


def _passive_patient(verb: Token, depth: int) -> list[Token]:
    if verb.dep_ in ("acl", "amod", "acl:relcl"):
        return [verb.head]
    if verb.dep_ in ("conj", "advcl", "xcomp", "parataxis") and depth < MAX_DEPTH:
        if verb.dep_ == "xcomp" and verb.head.lemma_ in OBJECT_CONTROL:
            return objects(verb.head, depth + 1)
        return logical_subjects(verb.head, depth + 1)
    return []


def _has_relative(verb: Token) -> bool:
    return any(resolve_relative(c) != c for c in verb.children if c.dep_ in ("nsubj", "obj", "obl"))


def _shared_object(verb: Token) -> list[Token]:
    """The object that coordinated verbs share ("bombed and shelled the town")."""
    for other in verb.children:
        if other.dep_ == "conj" and other.pos_ == "VERB" and not children(verb, "obl*", "ccomp", "xcomp"):
            found = children(other, "obj")
            if found:
                return found
    return []


def obliques(token: Token, prepositions: Iterable[str]) -> list[Token]:
    """Nominals that hang on TOKEN, or on its object, by one of PREPOSITIONS, in the order of the text."""
    wanted = set(prepositions)
    found = [t for t in children(token, "obl*", "nmod", "advcl", "xcomp") if case_of(t) in wanted]
    if token.pos_ in ("VERB", "AUX"):
        modified = [token.head] if token.dep_ in ("acl", "acl:relcl") else []
        for thing in (*children(token, "obj", "nsubj:pass", "xcomp"), *modified):
            found.extend(t for t in children(thing, "nmod", "obl") if case_of(t) in wanted)
        adverbs = children(token, "advmod")
        found.extend(t for word in adverbs for t in children(word, "nmod", "obl") if case_of(t) in wanted)
        if not found and "of" not in wanted:
            things = children(token, "obj", "nsubj:pass", "obl")
            found = [t for thing in things for t in _deep(thing, wanted)]
    elif not found and token.pos_ == "NOUN" and "of" not in wanted:
        found = _deep(token, wanted)
    return sorted((resolve_relative(t) for t in found), key=lambda t: t.i)


def _deep(thing: Token, wanted: set[str]) -> list[Token]:
    """Phrases further inside an object: "the sale of 17 million tons of grain to the Soviet Union"."""
    chain = [t for t in thing.subtree if t.dep_ in ("nmod", "obl") and case_of(t) in wanted]
    return [
        t
        for t in chain
        if all(a.dep_ in ("nmod", "obl", "conj") for a in t.ancestors if a in thing.subtree and a != thing)
    ]


def noun_agents(noun: Token, depth: int = 0) -> list[Token]:
    """Who does what NOUN names: its possessor, else the subject of the verb that it is object or oblique of."""
    owners = children(noun, "nmod:poss")
    if owners:
        return owners
    head = noun.head
    if noun.dep_ in ("obj", "obl", "xcomp", "nsubj:pass") and head.pos_ in ("VERB", "AUX") and depth < MAX_DEPTH:
        return subjects(head, depth + 1)
    return []


def modifiers(noun: Token) -> list[Token]:
    """Possessors, adjectives and compounds of NOUN, with what is coordinated or joined by a hyphen inside them."""
    found: list[Token] = []
    for child in children(noun, "nmod:poss", "amod", "compound", "nmod:desc", "nmod:unmarked"):
        found.append(child)
        found.extend(c for c in child.subtree if c != child and c.dep_ in ("conj", "compound", "amod", "nmod:desc"))
    return sorted(found, key=lambda t: t.i)


def complements(token: Token) -> list[Token]:
    """Heads of the clauses that TOKEN governs as complement, with clauses coordinated to them."""
    found: list[Token] = []
    for child in children(token, "xcomp", "ccomp", "acl"):
        found.extend(t for t in conjuncts(child) if t.pos_ in ("VERB", "NOUN", "ADJ", "AUX", "PROPN"))
    found.extend(
        t for t in children(token, "advcl", "obl") if case_or_mark(t) in ("of", "from", "to", "for", "against")
    )
    return found


def case_or_mark(token: Token) -> str:
    """The preposition or subordinator of a phrase or clause, lower case."""
    marks = [c for c in token.children if c.dep_ == "mark"]
    return marks[0].lower_ if marks else case_of(token)


def complement_nominals(token: Token) -> list[Token]:
    """Objects and obliques inside TOKEN's complement clauses, in the order of the text."""
    found: list[Token] = []
    for clause in complements(token):
        if clause.pos_ == "VERB":
            found.extend(objects(clause))
            found.extend(t for t in children(clause, "obl", "iobj"))
            found.extend(t for inner in children(clause, "xcomp") for t in (*objects(inner), *children(inner, "obl")))
        else:
            found.append(clause)
    return found


def fill(token: Token, slot: str) -> list[Token]:
    """The nominals in SLOT of the predicate TOKEN."""
    if slot == "subj":
        return _adjective_subject(token) if token.pos_ == "ADJ" or is_stative(token) else subjects(token)
    if slot == "obj":
        return objects(token)
    if slot == "iobj":
        return recipients(token) or _passive_recipient(token)
    if slot == "poss":
        return modifiers(token)
    if slot == "comp":
        return _wished(token) or complement_nominals(token)
    if slot == "compsubj":
        return complement_subjects(token)
    return obliques(token, _prepositions(slot))


def _wished(verb: Token) -> list[Token]:
    """Of whom something is wanted: nothing inside the clause comes before the subject that the verb gives it."""
    if verb.lemma_ not in ("want", "wish", "like", "need"):
        return []
    clauses = children(verb, "xcomp", "ccomp")
    things = children(verb, "obj", "iobj") or [t for clause in clauses for t in children(clause, *PATIENTS)]
    return things if clauses else []


def complement_subjects(token: Token) -> list[Token]:
    """Subjects of the clauses that TOKEN or a noun that is its object has: "dropped its demand that Jordan pay"."""
    clauses = children(token, "ccomp")
    nouns = [token] if token.pos_ == "NOUN" else children(token, "obj")
    clauses += [c for noun in nouns for c in children(noun, "acl", "ccomp") if case_or_mark(c) == "that"]
    return [t for clause in clauses for t in children(clause, *PATIENTS)]


def _passive_recipient(verb: Token) -> list[Token]:
    """The subject of a passive that still has an object: "Chad was given aid"."""
    return objects(verb) if is_passive(verb) and children(verb, "obj") else []


def _prepositions(slot: str) -> tuple[str, ...]:
    return {"in favour": ("in favour of", "in favor of"), "near": ("near", "along"), "to": ("to", "unto")}.get(
        slot, (slot,)
    )


STATIVE = frozenset({"opposed", "prepared", "concerned", "worried", "alarmed", "outraged", "dissatisfied", "averse"})
"""Participles that tell of the subject's own mind although they look passive."""


def is_stative(token: Token) -> bool:
    """Whether TOKEN, a participle, tells of its subject's mind and not of what was done to it: "is opposed to"."""
    return token.lower_ in STATIVE and token.pos_ == "VERB" and is_passive(token) and not agents(token)


def _adjective_subject(token: Token) -> list[Token]:
    own = [resolve_relative(t) for t in children(token, *PATIENTS)]
    if own:
        return own
    if token.dep_ == "amod":
        return [token.head]
    return inherited_subjects(token) if token.dep_ in ("conj", "advcl", "xcomp", "acl") else []


def is_mutual(token: Token) -> bool:
    """Whether "each other" or "one another" stands in a slot of TOKEN or owns what does, or TOKEN is called mutual."""
    slots = children(token, "obj", "iobj", "obl", "nmod")
    owned = [c for thing in slots for c in children(thing, "nmod:poss", "nmod", "det")]
    near = [c for thing in (*slots, *owned) for c in (thing, *thing.children)]
    return any(_is_each_other(c) for c in near) or any(c.lower_ == "mutual" for c in children(token, "amod"))


def _is_each_other(word: Token) -> bool:
    after = word.i + 1
    return word.lower_ in ("each", "one") and after < len(word.doc) and word.doc[after].lower_ in ("other", "another")


def governors(token: Token) -> Iterator[tuple[Token, Token]]:
    """(dependent, head) on the way from TOKEN to its root."""
    current = token
    while current.head != current:
        yield current, current.head
        current = current.head
