"""Who speaks: the subject of a cue through passives, control, coordination and relative clauses, and whose name a
pronoun stands for (the nearest person before it whose gender can be the pronoun's)."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from dragoman.coding.draft import Draft
from dragoman.coding.tree import Range, Tree
from dragoman.facts import Actor
from dragoman.facts import Span as Characters

if TYPE_CHECKING:
    from spacy.tokens import Span

SUBJECTS: Final = ("nsubj", "nsubj:outer", "csubj")
PASSIVE_SUBJECTS: Final = ("nsubj:pass",)
OBJECT_CONTROL: Final = frozenset(
    [
        "urge",
        "ask",
        "tell",
        "order",
        "instruct",
        "force",
        "allow",
        "permit",
        "let",
        "persuade",
        "convince",
        "invite",
        "encourage",
        "press",
        "advise",
        "lead",
        "get",
        "help",
        "require",
        "want",
        "expect",
        "see",
        "show",
        "find",
        "leave",
        "keep",
        "have",
        "make",
        "prompt",
        "cause",
        "accuse",
        "blame",
        "quote",
        "cite",
    ]
)
MAX_DEPTH: Final = 6
"""Clauses that a missing subject is looked for upwards; deeper chains are parse errors more often than syntax."""

MALE: Final = frozenset(["he", "him", "his", "himself"])
FEMALE: Final = frozenset(["she", "her", "hers", "herself"])
RELATIVE: Final = frozenset(["who", "which", "that", "whom", "whose"])
_MEN = ("mr", "mr.", "sir", "king", "prince", "lord", "monsieur", "herr", "señor", "sheikh")
_WOMEN = ("mrs", "mrs.", "ms", "ms.", "miss", "queen", "princess", "lady", "madame", "frau", "dame", "baroness")
HONORIFICS: Final = {**dict.fromkeys(_MEN, "m"), **dict.fromkeys(_WOMEN, "f")}


def agent(tree: Tree, verb: int) -> int | None:
    """The agent of a passive: "by the court"."""
    for k in tree.children(verb, "obl:agent", "obl"):
        if tree.words_of(k, "case") == "by":
            return k
    return None


def subject(tree: Tree, verb: int) -> int | None:
    """Head token of the one who does VERB, looked for upwards where its clause has none; None where nobody is named."""
    at = verb
    for depth in range(MAX_DEPTH):
        own = _own_subject(tree, at, at == verb)
        if own is not None:
            return own if own >= 0 else None
        above = tree.head[at]
        dep = tree.dep[at]
        if above == at:
            return None
        if dep in ("acl", "acl:relcl"):
            return _participle_owner(tree, at, above, depth == 0)
        if dep == "xcomp" and tree.lemma[above] in OBJECT_CONTROL:
            thing = tree.first(above, "obj", "iobj", "nsubj:pass")
            if thing is not None and thing != at:
                return thing
        if dep not in ("xcomp", "conj", "advcl", "ccomp", "parataxis", "appos", "acl:relcl", "csubj", "dep"):
            return None
        if dep in ("ccomp", "csubj", "parataxis") and not tree.low[at].endswith("ing"):
            return None
        at = above
    return None


def holder(tree: Tree, adjective: int) -> int | None:
    """Whose state an adjective or a participle is: "they are convinced that", "voters reluctant to"."""
    own = tree.first(adjective, *SUBJECTS, *PASSIVE_SUBJECTS)
    if own is not None:
        return own
    above = tree.head[adjective]
    if tree.dep[adjective] in ("amod", "acl", "acl:relcl") and above < adjective:
        return above
    if tree.dep[adjective] == "xcomp":
        return tree.first(above, "obj") or subject(tree, above)
    return subject(tree, adjective)


def _own_subject(tree: Tree, verb: int, first: bool) -> int | None:
    """The subject in VERB's own clause; -1 where the clause has one that can't speak (an expletive, a passive's)."""
    passive = tree.first(verb, "nsubj:pass", "aux:pass") is not None
    if passive and first:
        by = agent(tree, verb)
        return -1 if by is None else by
    own = tree.first(verb, *SUBJECTS, *PASSIVE_SUBJECTS)
    if own is not None:
        return own
    if first and tree.dep[verb] in ("acl", "advcl", "conj") and not tree.low[verb].endswith("ing"):
        by = agent(tree, verb)
        if by is not None:
            return by
    return -1 if tree.first(verb, "expl") is not None else None


def _participle_owner(tree: Tree, verb: int, noun: int, first: bool) -> int | None:
    """The letter of "a letter saying that ...". A past participle ("said to be") has no speaker here."""
    if first and not tree.low[verb].endswith("ing") and "to" not in tree.words_of(verb, "mark").split(" "):
        return None
    return noun


def speaker_range(tree: Tree, noun: int, cue: int) -> Range:
    """The noun phrase of the speaker without what holds the cue, without its preposition and outer punctuation."""
    first, last = tree.range(noun)
    if first <= cue <= last:
        if cue > noun:
            last = cue - 1
            for k in tree.kids[noun]:
                if k > noun and tree.left[k] <= cue <= tree.right[k]:
                    last = tree.left[k] - 1
        else:
            first = cue + 1
    for k in tree.kids[noun]:
        if tree.dep[k] in ("case", "mark", "cc") and k < noun and k >= first and tree.left[k] - first <= 1:
            first = max(first, tree.right[k] + 1)
    while first < noun and tree.is_mark(first):
        first += 1
    while last > noun and tree.is_mark(last):
        last -= 1
    return (min(first, noun), max(last, noun))


class People:
    """The persons that a text names outside quotations, in its order, to read pronouns and surnames with."""

    __slots__ = ("_entities", "_firsts", "_full", "_genders", "_names", "_starts")

    def __init__(self, draft: Draft) -> None:
        names: list[tuple[int, str]] = []
        full: dict[str, str] = {}
        genders: dict[str, str] = {}
        self._entities = sorted(draft.tree.names, key=lambda entity: entity.start)
        self._firsts = [entity.start for entity in self._entities]
        for entity in self._entities:
            if entity.label_ != "PERSON":
                continue
            text = entity.text.strip().removesuffix("’s").removesuffix("'s").strip()
            words = text.split()
            if not words:
                continue
            surname = words[-1]
            if len(words) > 1 and words[0].lower() not in HONORIFICS:
                full.setdefault(surname, text)
            title = draft.tokens[entity.start - 1].lower_ if entity.start else ""
            gender = HONORIFICS.get(words[0].lower()) or HONORIFICS.get(title)
            if gender:
                genders.setdefault(surname, gender)
            names.append((entity.start_char, surname))
        self._names = names
        self._starts = [start for start, _ in names]
        self._full = full
        self._genders = genders

    def entities(self, first: int, last: int) -> list[Span]:
        """The named entities that start at one of the tokens FIRST to LAST."""
        return self._entities[bisect_left(self._firsts, first) : bisect_left(self._firsts, last + 1)]

    def entity_at(self, token: int) -> Span | None:
        """The named entity that holds TOKEN, or None."""
        at = bisect_left(self._firsts, token + 1) - 1
        return self._entities[at] if at >= 0 and self._entities[at].end > token else None

    def expand(self, name: str) -> str:
        """The fullest form of a person's name in the text: "Mr. Weber" to "Anna Weber"; other names as they are."""
        words = name.split()
        if not words or not words[-1][:1].isupper():
            return name
        bare = [word for word in words if word.lower() not in HONORIFICS]
        return self._full.get(words[-1], name) if len(bare) == 1 else name

    def before(self, char: int, pronoun: str, reach: int = 8) -> str | None:
        """The person named last before CHAR whose gender fits PRONOUN, of the last REACH names; None where none is."""
        wanted = "m" if pronoun in MALE else "f"
        at = bisect_left(self._starts, char)
        for _, surname in reversed(self._names[max(0, at - reach) : at]):
            if self._genders.get(surname, wanted) == wanted:
                return self._full.get(surname, surname)
        return None

    def fits(self, name: str, pronoun: str) -> bool:
        """Whether NAME may be meant by PRONOUN, by the titles that the text gives."""
        words = name.split()
        wanted = "m" if pronoun in MALE else "f"
        return bool(words) and words[-1][:1].isupper() and self._genders.get(words[-1], wanted) == wanted


def speaker_actor(draft: Draft, tree: Tree, people: People, noun: int, span: Characters, last: Actor | None) -> Actor:
    """The actor who speaks, with SPAN as its span: what the actors' stage resolved, else by name or recency.

    LAST is the speaker of the statement before, who is preferred where a pronoun fits.
    """
    mention = draft.mention_at(draft.tokens[noun])
    if mention is not None:
        actor = mention.actor
        return Actor(actor.name, actor.country, actor.sector, actor.role, actor.group, span)
    words = draft.report.text[span[0] : span[1]]
    low = tree.low[noun]
    if low in RELATIVE:
        antecedent = _antecedent(tree, noun)
        if antecedent is not None:
            if draft.trace is not None:
                stands = [(tree.start[antecedent], tree.end[antecedent])]
                known = draft.mention_at(draft.tokens[antecedent])
                see = ("mention", known.start) if known is not None else None
                draft.trace.note(("speaker", noun), "parse:relative", "what the pronoun stands for", stands, see=see)
            return _named(draft, tree, people, antecedent, span)
    if low in MALE or low in FEMALE:
        if last is not None and people.fits(last.name, low):
            if draft.trace is not None:
                draft.trace.note(("speaker", noun), "pronoun:same-speaker", f"the speaker before, {last.name}", [span])
            return Actor(last.name, last.country, last.sector, last.role, last.group, span)
        before = people.before(span[0], low)
        if draft.trace is not None:
            why = f"the person named last whose gender fits, {before}" if before else "nobody named before fits"
            draft.trace.note(("speaker", noun), "pronoun:person-before", why, [span])
        return Actor(before or words, span=span)
    return _named(draft, tree, people, noun, span)


def _antecedent(tree: Tree, pronoun: int) -> int | None:
    at = pronoun
    for _ in range(MAX_DEPTH):
        if tree.dep[at] == "acl:relcl":
            return tree.head[at]
        at = tree.head[at]
    return None


def _named(draft: Draft, tree: Tree, people: People, noun: int, span: Characters) -> Actor:
    """The person's name inside the noun phrase, in full; else the phrase's own words."""
    mention = draft.mention_at(draft.tokens[noun])
    if mention is not None:
        actor = mention.actor
        return Actor(actor.name, actor.country, actor.sector, actor.role, actor.group, span)
    entity = people.entity_at(noun)
    if draft.trace is not None:
        named = entity is not None and entity.label_ == "PERSON"
        why = "the name of a person" if named else "the noun phrase as it stands"
        draft.trace.note(("speaker", noun), "parser:PERSON" if named else "parse:phrase", why, [span])
    if entity is not None and entity.label_ == "PERSON":
        return Actor(people.expand(entity.text.strip()), span=span)
    first, last = tree.range(noun)
    lo, hi = (span[0], span[1]) if span[0] <= tree.start[noun] < span[1] else (tree.start[first], tree.end[last])
    return Actor(_short(" ".join(draft.report.text[lo:hi].split())), span=span)


def _short(phrase: str) -> str:
    """A noun phrase up to its first comma, without a possessive's ending."""
    return phrase.split(", ")[0].removesuffix("'s").removesuffix("’s").rstrip(" ,") or phrase
