"""What a text has named so far: persons by name, holders of titles, bodies and countries, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dragoman.coding.actors import names
from dragoman.coding.actors.found import Found
from dragoman.coding.actors.pieces import Pieces
from dragoman.coding.draft import Draft
from dragoman.coding.tree import Tree
from dragoman.lexicon import given_names
from dragoman.lexicon.holders import OFFICES

LEADING = frozenset({"head_of_state", "head_of_government", "party_leader", "leader", "rebel_leader", "prime_minister",
                     "opposition_leader", "heir"})  # fmt: skip
"""Offices whose holders are called leaders."""
RULING = frozenset({"ruler", "monarch", "dictator", "strongman", "sovereign"})
SENT = frozenset({"envoy", "ambassador", "diplomat", "mediator", "un_ambassador"})
SOUGHT = {"envoy": SENT, "emissary": SENT, "diplomat": SENT, "negotiator": SENT, "mediator": SENT, "leader": LEADING}
REMEMBERED = 200
"""How many mentions of titles are looked through: beyond them a text speaks of somebody else."""
OUT_OF_OFFICE = frozenset({"former", "dead", "coming", "lower", "claimed"})
"""Effects of modifiers that make a title another one: a former president is not the president."""


@dataclass
class Memory:
    """The text so far. `by_token` has every mention by each of its tokens; `persons` the named ones, one a person,
    by name.
    """

    draft: Draft
    pieces: Pieces
    by_token: dict[int, Found] = field(default_factory=dict)
    persons: dict[str, Found] = field(default_factory=dict)
    titles: list[Found] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)
    by_sentence: dict[int, list[Found]] = field(default_factory=dict)
    _by_word: dict[str, dict[str, None]] = field(default_factory=dict)

    @property
    def tree(self) -> Tree:
        """The parsed text."""
        return self.pieces.tree

    def sentence(self, found: Found) -> int:
        """The sentence in which a mention stands."""
        return self.tree.sentence[found.mention.head]

    def note(self, found: Found) -> None:
        """Keep a resolved mention."""
        for i in range(found.mention.start, found.mention.end):
            self.by_token.setdefault(i, found)
        self.by_sentence.setdefault(self.sentence(found), []).append(found)
        if found.mention.kind == "pronoun":
            return
        if found.nature == "person" and found.named:
            self._note_person(found)
        if found.title is not None:
            self.titles.append(found)

    def _note_person(self, found: Found) -> None:
        name = found.mention.actor.name
        for old in [name, *(n for n in self._alike(name) if len(n) < len(name))]:
            self.persons.pop(old, None)
        self.persons[name] = found
        for word in names.edges(name):
            self._by_word.setdefault(word, {})[name] = None
        start = next((i for i in range(found.mention.start, found.mention.end) if self.pieces.person_at(i)), None)
        told = names.gender_of(self.tree, start if start is not None else found.mention.start, found.title)
        given = self.draft.lexicon.compiled(given_names.index).gender(name.split()[0]) if " " in name else None
        if gender := told or given:
            self.genders.setdefault(name, gender)

    def _alike(self, name: str) -> list[str]:
        """The names of persons of before that may be NAME's: alike names begin or end with one word."""
        near = {old: None for word in names.edges(name) for old in self._by_word.get(word, ())}
        return [old for old in near if old in self.persons and names.same_person(old, name)]

    def gender(self, found: Found) -> str | None:
        """What is known of the gender of a person: m, f or None."""
        told = self.genders.get(found.mention.actor.name)
        return told or (None if found.named else names.gender_of(self.tree, 0, found.title))

    def known(self, name: str) -> Found | None:
        """The person named before that NAME names; None where there is none, or more than one of that surname."""
        fits = [name] if name in self.persons else self._alike(name)
        return self.persons[fits[0]] if len(fits) == 1 else None

    def of_country(self, country: str) -> Found | None:
        """The person of COUNTRY named last; None where the last sentence that names one names two."""
        fits = [p for p in self.persons.values() if p.mention.actor.country == country]
        return fits[-1] if fits and all(self.sentence(p) < self.sentence(fits[-1]) for p in fits[:-1]) else None

    def bearer(self, want: Found) -> Found | None:
        """The last one named before who bears the title of WANT, in WANT's country where it says one."""
        country = want.mention.actor.country
        fits = [
            have
            for have in self.titles[-REMEMBERED:]
            if have.nature == want.nature
            and (have.named or have.mention.actor.country or have.mention.actor.group)
            and (country is None or have.mention.actor.country == country)
            and bears(have, want)
        ]
        exact = [have for have in fits if want.title in (have.title, have.rank)]
        best = exact or fits
        return best[-1] if best else None

    def bearers(self, want: Found) -> list[Found]:
        """The two to four named persons who bear the singular of a plural title ("the presidents")."""
        found: dict[str, Found] = {}
        for have in self.titles[-REMEMBERED:]:
            singular = have.nature == "person" and have.named and have.title is not None
            if singular and bears(have, _singular(want)):
                found[have.mention.actor.name] = have
        return list(found.values()) if 2 <= len(found) <= 4 else []

    def recent(self, i: int, back: int) -> Iterator[list[Found]]:
        """The mentions before token I, a list a sentence, from its own sentence to BACK sentences before."""
        here = self.tree.sentence[i]
        for n in range(here, max(-1, here - back - 1), -1):
            yield [f for f in self.by_sentence.get(n, ()) if f.mention.head < i]


def _singular(want: Found) -> Found:
    title = want.title or ""
    return replace(want, title=title.removesuffix("s"), nature="person")


def bears(have: Found, want: Found) -> bool:
    """Whether the one named before bears the title that is sought: the same, the same office, or a kind of it."""
    if (have.effect in OUT_OF_OFFICE or want.effect in OUT_OF_OFFICE) and have.effect != want.effect:
        return False
    if want.title in (have.title, have.rank):
        return True
    if want.office in OFFICES and have.office == want.office:
        return want.office not in ("head_of_state", "head_of_government") or (want.title or "").startswith("head of")
    title, sought = have.title or "", want.title or ""
    if sought in SOUGHT:
        return have.office in SOUGHT[sought]
    if sought in RULING:
        return have.office == "head_of_state"
    if sought in ("minister", "secretary", "premier", "commander", "officer", "judge", "spokesman"):
        return title.endswith(sought) or (sought == "secretary" and title.startswith("secretary"))
    title = have.rank or title
    return sought == "general" and ("general" in title.split() and "secretary" not in title and "attorney" not in title)
