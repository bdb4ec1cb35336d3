"""Where sentences surely start and where none does, before the encoder has read anything.

What is said to be never or surely so holds for every word of the treebanks' training parts (280,000 words; a sure start
after a full stop for 99 in 100). Everything else is left to the encoder.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.language.tokens import OPENING_WORDS

ENDS = frozenset({".", "!", "?", "...", "…", "….", "....", "。"})
TRAILS = frozenset({"...", "…", "….", "...."})
CLOSERS = frozenset({'"', "”", "’", "''", "'", ")", "]", "»"})
OPENERS = frozenset({'"', "“", "‘", "``", "''", "'", "(", "[", "«"})
NEVER_FIRST = frozenset({".", ",", ";", ":", "?", "!", ")", "]", "}", "”", "’", "%", "…", "..."})
BRACKETS = frozenset({"(", "[", "“", "‘", "``", "«"})
"""Marks that only open."""

STRAIGHT = frozenset({'"', "'", "''"})
"""Marks that open or close, as the blanks around them say."""

LEADERS = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "her",
        "his", "if", "in", "is", "its", "may", "my", "nor", "of", "on", "or", "our", "shall", "than", "that", "the",
        "their", "to", "was", "were", "which", "who", "whose", "will", "with", "would", "your",
    }
)  # fmt: skip
"""Words that no sentence ends in, where a small letter follows."""

TITLES = frozenset(
    {
        "Adm.", "Amb.", "Brig.", "Capt.", "Cmdr.", "Col.", "Dr.", "Gen.", "Gov.", "Hon.", "Lt.", "Maj.", "Messrs.",
        "Mr.", "Mrs.", "Ms.", "Pres.", "Prof.", "Rep.", "Rev.", "Sen.", "Sgt.", "St.",
    }
)  # fmt: skip
OPENING = frozenset(OPENING_WORDS)
DASHES = frozenset({"-", "–", "—", "--", "―"})
_DATELINE_WORD = re.compile(
    r"[A-Z][\w.'’-]*|[\d]{1,4}|[,/()\[\].&|:-]|de|del|al|el|of|the|and|in|en|di|da|la|le|les|st\.?|la"
)
_ITEM = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]")

_FIRST_NEVER, _ONLY_OPENS, _ALNUM, _STRAIGHT, _SMALL, _LEADS, _CLOSES, _STOPS, _MARK, _NUMBERED, _SHORT = (
    1 << bit for bit in range(11)
)


@lru_cache(maxsize=65_536)
def traits(form: str) -> int:
    """What a word's form alone says of the starts around it, as a sum of the flags above."""
    return sum(
        flag
        for flag, holds in (
            (_FIRST_NEVER, form in NEVER_FIRST),
            (_ONLY_OPENS, form in BRACKETS),
            (_ALNUM, form[-1].isalnum()),
            (_STRAIGHT, form in STRAIGHT),
            (_SMALL, form[0].islower()),
            (_LEADS, form in OPENING or form in LEADERS),
            (_CLOSES, form in CLOSERS),
            (_STOPS, form in CLOSERS or is_end(form)),
            (_MARK, form == "["),
            (_NUMBERED, form in {".", ")"}),
            (_SHORT, len(form) > 2 and form[-1] == "." and form[-2].isalpha() and form not in TITLES),
        )
        if holds
    )


def is_end(form: str) -> bool:
    """Whether the mark ends a sentence."""
    return form in ENDS or not form.strip("!?")


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a paragraph, whether white space follows each, and their traits. Places are word indices > 0."""

    forms: list[str]
    blank: list[bool]
    traits: list[int]

    def never(self) -> list[bool]:
        """Whether no sentence starts at each word; the first one counts as none."""
        out = [True]
        for k, (form, before) in enumerate(zip(self.traits[1:], self.traits, strict=False), start=1):
            plain = self.blank[k - 1] and not (
                form & (_FIRST_NEVER | _MARK) or before & (_ONLY_OPENS | _NUMBERED | _CLOSES)
            )
            out.append(bool(form & _SMALL and before & _LEADS) if plain else self.never_starts(k))
        return out

    def never_starts(self, k: int) -> bool:
        """Whether no sentence starts at word k."""
        form, before, blank = self.traits[k], self.traits[k - 1], self.blank
        if form & _FIRST_NEVER or before & _ONLY_OPENS or (form & _SMALL and before & _LEADS):
            return True
        if not blank[k - 1]:
            if before & _ALNUM or (form & _STRAIGHT and blank[k]):  # inside a run; a closing quote
                return True
            if before & _STRAIGHT and (k == 1 or blank[k - 2]):  # after an opening quote
                return True
        if form & _MARK and self._is_mark(k):
            return True
        return bool(before & (_NUMBERED | _CLOSES)) and (self._is_numbered(k) or self._ends_speech(k))

    def after_stops(self) -> list[int]:
        """Places after a full stop or a closing mark and a blank."""
        before = zip(self.traits[:-1], self.blank, strict=False)
        return [k for k, (form, blank) in enumerate(before, start=1) if form & _STOPS and blank]

    def surely_starts(self, k: int) -> bool:
        """Whether a sentence starts at word k, one of `after_stops` where one may: with a capital, say."""
        end = self._end_before(k)
        if not is_end(self.forms[end]):
            return False
        form = self.forms[k]
        if form[0].isdigit():
            return not self._is_number_of_other(k, end)
        if form in OPENERS:
            return self.forms[end] not in TRAILS and not (form in STRAIGHT and self.blank[k])
        return form[0].isupper()

    def after_abbreviations(self) -> list[int]:
        """Places of words that open a sentence after an abbreviation that is no title ("in the U.S. The")."""
        before = zip(self.traits[:-1], self.blank, strict=False)
        return [k for k, (form, blank) in enumerate(before, 1) if form & _SHORT and blank and self.forms[k] in OPENING]

    def _is_number_of_other(self, k: int, end: int) -> bool:
        """Whether the figure k hangs on an abbreviation ("Sec. 5") or is a raised note's mark ("said. 8 Yet")."""
        forms = self.forms
        short = forms[end] == "." and end > 0 and forms[end - 1].istitle() and len(forms[end - 1]) < 5
        return short or (k + 1 < len(forms) and forms[k + 1] in OPENING)

    def _end_before(self, k: int) -> int:
        """The word before k that isn't a closing mark or a footnote's mark ("[6]"); looks a few words back."""
        end, least = k - 1, max(0, k - 12)
        while end > least and self.forms[end] in CLOSERS:
            end -= 3 if end > 2 and self._is_mark(end - 2) else 1
        return end

    def _is_mark(self, k: int) -> bool:
        """Whether a footnote's mark starts at k: a number in square brackets."""
        forms = self.forms
        return forms[k] == "[" and k + 2 < len(forms) and forms[k + 2] == "]" and forms[k + 1].isdigit()

    def _is_numbered(self, k: int) -> bool:
        """Whether k follows the number of an item ("2. The", "b) The") that starts the paragraph or a sentence."""
        forms = self.forms
        if k < 2 or forms[k - 1] not in {".", ")"} or not _ITEM.fullmatch(forms[k - 2]):
            return False
        start = k - 3 if k > 2 and forms[k - 3] == "(" else k - 2
        return start == 0 or (is_end(forms[start - 1]) and self.blank[start - 1])

    def _ends_speech(self, k: int) -> bool:
        """Whether k is what speaks after a quotation that ends in a comma, or in a stop before a small letter."""
        before = self.forms[k - 1]
        if k < 2 or before not in CLOSERS or before in {")", "]"}:
            return False
        form, last = self.forms[k], self.forms[k - 2]
        small = form.isalpha() and form.islower() and form != "i"
        return last == "," or (small and is_end(last) and not self.blank[k - 2] and self.blank[k - 1])

    def dateline(self) -> int:
        """Words of the paragraph's dateline; a dash glued to its neighbours ("al-Qaida") makes none."""
        k = dateline(self.forms)
        return k if k and (self.blank[k - 2] or self.blank[k - 1]) else 0


def dateline(forms: Sequence[str]) -> int:
    """Number of words of a dateline ("GENEVA, March 3 (Agency) -") at a paragraph's head, its dash included, else 0."""
    for k, form in enumerate(forms[:16]):
        if form in DASHES and 0 < k < len(forms) - 1:
            head = forms[:k]
            capitals = head[0].isupper() and len(head[0]) > 2 and not any(c.isdigit() for c in head[0])
            agency = head[-1] == ")" and "(" in head
            after = forms[k + 1]
            goes_on = after[:1].isupper() or after in OPENERS or after[:1].isdigit()
            if (capitals or agency) and goes_on and all(_DATELINE_WORD.fullmatch(w) for w in head):
                return k + 1
        elif not _DATELINE_WORD.fullmatch(form):
            return 0
    return 0
