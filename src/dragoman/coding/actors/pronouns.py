"""What a pronoun stands for: subjects first, the clauses above it before the sentences before it (Hobbs 1978).

A pronoun for which two antecedents are as good as each other stands for none, and so does "it" where the nearest
subject is a thing ("The agreement failed. It ...").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from dragoman.coding.actors.explaining import taken_from
from dragoman.coding.actors.found import Found, span_of
from dragoman.coding.actors.memory import Memory
from dragoman.coding.arguments import OBJECT_CONTROL
from dragoman.coding.draft import Mention
from dragoman.coding.tree import Tree

SENTENCES_BACK = 3
"""A pronoun's antecedent stands at most so many sentences back."""
PERSONAL = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "it": "it", "its": "it", "itself": "it", "they": "they", "them": "they", "their": "they", "themselves": "they",
}  # fmt: skip
FIRST = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ours", "ourselves"})
OWNING = frozenset({"his", "her", "its", "their"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
SAYING = frozenset({"say", "tell", "add", "declare", "announce", "state", "warn", "reply", "write", "insist", "ask",
                    "explain", "claim", "stress", "note", "argue", "promise", "vow", "pledge", "quote", "remark",
                    "assert", "cry", "shout", "comment", "conclude", "maintain", "observe"})  # fmt: skip
ACTED_ON = frozenset({
    "accuse", "aid", "arm", "arrest", "ask", "assist", "attack", "back", "betray", "blame", "bomb", "charge",
    "criticise", "criticize", "defeat", "defend", "denounce", "detain", "expel", "force", "free", "give", "help",
    "invade", "invite", "isolate", "join", "leave", "meet", "offer", "order", "persuade", "praise", "pressure",
    "promise", "punish", "recognise", "recognize", "release", "sanction", "shell", "strike", "supply", "support",
    "target", "tell", "thank", "threaten", "trust", "urge", "visit", "warn", "allow", "let", "bring",
})  # fmt: skip
"""Verbs whose object "it" is a party; of others ("signed it", "denied it") it is what was said or agreed."""
MAX_CLIMB = 12
COLLECTIVE = frozenset({"GOV", "MIL", "COP", "REB", "PTY", "LEG", "JUD", "OPP", "BUS", "LAB", "CRM", "PRM", "IGO",
                        "UNO", "EUR", "NGO", "MNC", "IMG", "JRN", "SPY", "UAF", None})  # fmt: skip

Fits = Callable[[Found], bool]


def pronoun_at(memory: Memory, i: int) -> Found | None:
    """The mention that the pronoun at token I makes, or None where it is none or what it stands for isn't sure."""
    tree = memory.tree
    want = PERSONAL.get(tree.low[i])
    if want is None or tree.pos[i] not in ("PRON", "DET") or tree.dep[i] == "expl":
        return None
    if want == "it" and (tree.dep[i] == "nsubj:outer" or _weather(tree, i)):
        return None
    if want == "it" and tree.dep[i] in ("obj", "xcomp") and tree.lemma[tree.head[i]] not in ACTED_ON:
        return None
    return taken_up(memory, i, _antecedent(memory, i, want))


def taken_up(memory: Memory, i: int, choice: Found | None) -> Found | None:
    """A pronoun's mention at token I that stands for CHOICE."""
    if choice is None:
        return None
    span = span_of(memory.tree, i, i + 1)
    others = tuple(replace(o, span=span) for o in choice.mention.others)
    mention = Mention(i, i + 1, i, replace(choice.mention.actor, span=span), "pronoun", others)
    if memory.draft.trace is not None:
        rule = "pronoun:speaker" if memory.tree.low[i] in FIRST else "pronoun:antecedent"
        joined = [
            f for f in _coordinated(memory, choice.mention.head, choice) if f.mention.actor in choice.mention.others
        ]
        taken_from(memory.draft, mention, rule, f"“{memory.tree.words[i]}” stands for", [choice, *joined])
    return replace(choice, mention=mention, pointer=None)


def _weather(tree: Tree, i: int) -> bool:
    """Whether "it" only holds the place of a clause: "It is clear that", "made it possible to"."""
    head = tree.head[i]
    if tree.lemma[head] in ("rain", "snow", "seem", "appear", "turn", "happen"):
        return True
    return any(tree.dep[k] in ("csubj", "csubj:pass", "csubj:outer") for k in tree.kids[head]) or (
        tree.dep[i] in SUBJECTS
        and tree.pos[head] in ("ADJ", "NOUN")
        and any(tree.dep[k] in ("ccomp", "acl", "advcl:relcl", "acl:relcl", "xcomp") for k in tree.kids[head])
    )


def _antecedent(memory: Memory, i: int, want: str) -> Found | None:
    if want in ("m", "f"):
        choice = _first(memory, i, lambda f: _is_one(f) and memory.gender(f) in (None, want), blocks=False)
        if choice is not None:
            memory.genders.setdefault(choice.mention.actor.name, want)
        return choice
    if want == "it":
        return _first(memory, i, _is_it, blocks=True)
    return _first(memory, i, _is_many, blocks=True, back=1) or _first(memory, i, _is_many_or_body, blocks=True, back=1)


def _is_one(found: Found) -> bool:
    return found.nature == "person" and not found.mention.others


def _is_it(found: Found) -> bool:
    return (
        found.nature in ("body", "country", "thing")
        and found.mention.kind not in ("demonym", "place")
        and not found.mention.others
        and (found.nature != "country" or found.mention.actor.country is not None)
    )


def _is_many(found: Found) -> bool:
    return found.nature == "people" or bool(found.mention.others)


def _is_many_or_body(found: Found) -> bool:
    return _is_many(found) or (_is_it(found) and found.mention.actor.sector in COLLECTIVE)


def _first(memory: Memory, i: int, fits: Fits, blocks: bool, back: int = SENTENCES_BACK) -> Found | None:
    """The best antecedent of the pronoun at I, tier by tier; None from the first tier that leaves a doubt."""
    seen: set[int] = set()
    for tier, is_subject in _tiers(memory, i, back):
        options: dict[tuple[str, str | None], Found] = {}
        for k in tier:
            found = _with_conjuncts(memory, k)
            if found is not None and k not in seen and fits(found):
                options.setdefault((found.mention.actor.name, found.mention.actor.country), found)
            elif found is None and blocks and is_subject and _is_thing(memory.tree, k, PERSONAL[memory.tree.low[i]]):
                return None
            seen.add(k)
        if len(options) == 1 or (options and is_subject):
            return next(iter(options.values()))
        if options:
            return None
    return None


def _is_thing(tree: Tree, k: int, want: str) -> bool:
    """Whether K is a subject in the pronoun's number that is no party."""
    plural = tree.low[k] != tree.lemma[k]
    return tree.pos[k] in ("NOUN", "PROPN") and tree.dep[k] in SUBJECTS and plural == (want == "they")


def _tiers(memory: Memory, i: int, back: int) -> Iterator[tuple[list[int], bool]]:
    """Head tokens that the pronoun at I may stand for, best first; True beside subjects."""
    tree = memory.tree
    yield from (([k], True) for k in _above(tree, i))
    beside: list[int] = []
    for n, mentions in enumerate(memory.recent(i, back)):
        heads = [f.mention.head for f in mentions if f.mention.end <= i]
        if n == 0:
            barred = own_arguments(tree, i)
            heads = [k for k in heads if k not in barred and not _inside(tree, k, i)]
            early = [k for k in heads if tree.dep[k] in SUBJECTS]
            yield early[-1:], True
            beside = [k for k in heads if k not in early]
            continue
        first, last = tree.sentences[tree.sentence[i] - n]
        subjects = [k for k in range(first, last + 1) if tree.dep[k] in SUBJECTS]
        main = [k for k in subjects if tree.head[tree.head[k]] == tree.head[k]]
        yield main, True
        if n == 1:
            yield beside, False
        yield [k for k in subjects if k not in main][:1], True
        yield [k for k in heads if k not in subjects], False
    if tree.sentence[i] == 0:
        yield beside, False


def _above(tree: Tree, i: int) -> Iterator[int]:
    """Subjects of the clauses over token I, nearest first; its own clause's only for possessives and reflexives."""
    bound = tree.low[i] in OWNING or tree.low[i] in REFLEXIVE
    own = True
    at = i
    for _ in range(MAX_CLIMB):
        above = tree.head[at]
        if above == at:
            return
        clause = tree.pos[above] in ("VERB", "AUX") or any(tree.dep[k] in SUBJECTS for k in tree.kids[above])
        if clause:
            if not own or bound:
                if tree.dep[at] == "xcomp" and tree.lemma[above] in OBJECT_CONTROL:
                    yield from (k for k in tree.children(above, "obj", "iobj") if k < i)
                yield from (k for k in tree.kids[above] if tree.dep[k] in SUBJECTS and k < i and k != at)
            own = False
        if tree.dep[above] in ("acl", "acl:relcl") and tree.head[above] < i and (bound or not own):
            yield tree.head[above]
        at = above


def own_arguments(tree: Tree, i: int) -> frozenset[int]:
    """Subjects of the pronoun's own clause, which an object can't stand for ("Iran said Israel attacked it")."""
    if tree.low[i] in OWNING or tree.low[i] in REFLEXIVE:
        return frozenset()
    head = tree.head[i]
    return frozenset(k for k in tree.kids[head] if tree.dep[k] in (*SUBJECTS, "obj", "iobj"))


def _inside(tree: Tree, k: int, i: int) -> bool:
    """Whether token K stands in a phrase that holds the pronoun: "its ambassador" is not its own owner."""
    return tree.left[k] <= i <= tree.right[k] and tree.pos[k] in ("NOUN", "PROPN") and tree.dep[k] not in SUBJECTS


def _with_conjuncts(memory: Memory, k: int) -> Found | None:
    """The mention at token K with those coordinated to it, as one that stands for all of them."""
    found = memory.by_token.get(k)
    if found is None or found.mention.head != k:
        return found
    joined = _coordinated(memory, k, found)
    if not joined:
        return found
    more = [a for f in joined for a in (f.mention.actor, *f.mention.others)]
    others = tuple(dict.fromkeys((*found.mention.others, *more)))
    return replace(found, mention=replace(found.mention, others=others))


def _coordinated(memory: Memory, k: int, found: Found) -> list[Found]:
    """The parties coordinated to the mention FOUND at token K."""
    joined = [memory.by_token[c] for c in memory.tree.children(k, "conj") if c in memory.by_token]
    return [f for f in joined if f.mention.kind not in ("demonym", "place") and f is not found]


def first_person(memory: Memory, i: int) -> Found | None:
    """The speaker whom "we" or "I" means, where the sentence itself says who speaks."""
    tree = memory.tree
    if tree.low[i] not in FIRST or tree.pos[i] not in ("PRON", "DET"):
        return None
    at = i
    for _ in range(MAX_CLIMB):
        at = tree.head[at]
        if tree.lemma[at] in SAYING:
            speaker = next((k for k in tree.kids[at] if tree.dep[k] in SUBJECTS and tree.low[k] not in FIRST), None)
            found = memory.by_token.get(speaker) if speaker is not None else None
            if found is not None and found.nature != "place":
                return taken_up(memory, i, _spoken_for(found) if tree.low[i] in ("we", "us", "our") else found)
        if tree.head[at] == at:
            return None
    return None


def _spoken_for(found: Found) -> Found:
    """Whom "we" means in the mouth of one who speaks for a country or body: that side, in the speaker's name."""
    return replace(found, mention=replace(found.mention, others=()), nature="people")


def relative_head(tree: Tree, i: int) -> int:
    """The noun that "whose" at token I stands for; I itself for other words."""
    if tree.low[i] != "whose":
        return i
    at = i
    for _ in range(MAX_CLIMB):
        if tree.dep[at] == "acl:relcl":
            return tree.head[at]
        at = tree.head[at]
    return i
