"""Where the encoder's windows lie, and which sentence starts are certain before it has read anything.

A window is a paragraph, or a part of a long one cut where a sentence surely ends. Line breaks make paragraphs: an
empty line always parts them, a single line break does unless the text is wrapped at a fixed width.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from dragoman.language.tokens import OPENING_WORDS

ROOM = 128
"""Pieces that a window of several sentences should not pass."""

MOST_PIECES = 256
"""Pieces that no window passes."""

LONGEST_SENTENCE = 200
"""Words that no sentence passes."""

ENDS = frozenset({".", "!", "?", "...", "…", "!!", "??", "?!", "!!!", "....", "。"})
TRAILS = frozenset({"...", "…", "...."})
CLOSERS = frozenset({'"', "”", "’", "''", "'", ")", "]", "»"})
OPENERS = frozenset({'"', "“", "‘", "``", "'", "(", "[", "«"})
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


LONGEST_LINE = 200
"""Characters of a line that are looked at."""

_HEADING = re.compile(r"[^a-z]*[A-Z]{2}[^a-z]*")
_HEADER = re.compile(r"(?:From|To|Cc|Bcc|Sent|Date|Subject|Re|Fwd|Attachments?): ")
_LISTED = re.compile(r"(?:[-–—]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])\s")
_ITEM = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Window:
    """Real words of a doc that are read together: their indices; which must start a sentence, may not, or likely do."""

    words: tuple[int, ...]
    must: tuple[int, ...]
    mustnt: tuple[int, ...]
    likely: tuple[int, ...] = ()


def real_words(doc: Doc) -> list[int]:
    """Indices of the tokens that are not white space."""
    return [token.i for token in doc if not token.is_space]


def paragraphs(doc: Doc, words: Sequence[int]) -> list[list[int]]:
    """Words by paragraph."""
    text = doc.text
    starts = [doc[i].idx for i in words]
    ends = [doc[i].idx + len(doc[i]) for i in words]
    breaks = [
        k
        for k in range(1, len(words))
        if "\n" in text[ends[k - 1] : starts[k]] or "\r" in text[ends[k - 1] : starts[k]]
    ]
    wrapped = _is_wrapped(text, [(ends[k - 1], starts[k]) for k in breaks])
    out: list[list[int]] = []
    last = 0
    for k in breaks:
        gap = text[ends[k - 1] : starts[k]].replace("\r\n", "\n").replace("\r", "\n")
        if wrapped and gap.count("\n") == 1 and not _ends_paragraph(text, ends[k - 1], starts[k]):
            continue
        out.append(list(words[last:k]))
        last = k
    out.append(list(words[last:]))
    return [p for p in out if p]


def _is_wrapped(text: str, gaps: list[tuple[int, int]]) -> bool:
    """Whether line breaks fall inside sentences: a quarter of the single ones stand before a small letter."""
    single = [start for end, start in gaps if text.count("\n", end, start) <= 1]
    small = sum(text[start].islower() for start in single)
    return small >= 2 and 4 * small >= len(single)


def _ends_paragraph(text: str, end: int, start: int) -> bool:
    """Whether a wrapped text's line that ends at `end` doesn't go on in the next one, whose words begin at `start`.

    It is too short to go on, it or the next one is a heading in capitals or a line of a letter's head, or the next one
    is the item of a list.
    """
    line = text[max(text.rfind("\n", 0, end) + 1, end - LONGEST_LINE) : end].lstrip()
    after = text[start : start + LONGEST_LINE].partition("\n")[0]
    if len(line) < 45 and line[-1:] in set('.!?"”'):
        return True
    if _HEADING.fullmatch(line) or _HEADING.fullmatch(after) or _HEADER.match(line) or _HEADER.match(after):
        return True
    return after[:1] in set("•·▪*") or (line[-1:] in set(".!?;:") and _LISTED.match(after) is not None)


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


def windows(doc: Doc, lengths: Sequence[int]) -> list[Window]:
    """Windows over a doc; `lengths` has the number of pieces of each real word."""
    words = real_words(doc)
    size = dict(zip(words, lengths, strict=True))
    out = []
    for paragraph in paragraphs(doc, words):
        line = _line(doc, paragraph)
        dated = dateline_end(doc, paragraph, line.forms)
        sure = [k > 0 and line.surely_starts(k) for k in range(len(paragraph))]
        at = 0
        for end in _cuts(line, [size[i] for i in paragraph], sure):
            must = {0} | ({dated - at} if at < dated < end else set())
            mustnt = set(range(1, min(dated, end) - at)) if at == 0 else set()
            mustnt |= {k - at for k in range(at + 1, end) if line.never_starts(k)}
            likely = tuple(k - at for k in range(at + 1, end) if line.likely_starts(k, sure[k]))
            out.append(Window(tuple(paragraph[at:end]), tuple(sorted(must)), tuple(sorted(mustnt - must)), likely))
            at = end
    return out


def dateline_end(doc: Doc, paragraph: Sequence[int], forms: Sequence[str]) -> int:
    """Words of the paragraph's dateline; a dash glued to its neighbours ("al-Qaida") makes none."""
    k = dateline(forms)
    if k and not (doc[paragraph[k - 2]].whitespace_ or doc[paragraph[k - 1]].whitespace_):
        return 0
    return k


@dataclass(frozen=True, slots=True)
class _Line:
    """The words of a paragraph, and whether white space follows each."""

    forms: list[str]
    blank: list[bool]

    def never_starts(self, k: int) -> bool:
        """Whether no sentence starts at word k > 0. In 280,000 words of the treebanks' training parts none does."""
        blank, form, before = self.blank, self.forms[k], self.forms[k - 1]
        if form in NEVER_FIRST or before in BRACKETS or (before[-1].isalnum() and not blank[k - 1]):
            return True
        if before in STRAIGHT and not blank[k - 1] and (k == 1 or blank[k - 2]):
            return True  # after an opening quote
        if form in STRAIGHT and not blank[k - 1] and blank[k]:
            return True  # a closing quote
        if form[0].islower() and (before in OPENING or before in LEADERS):
            return True
        return self._is_mark(k) or self._is_numbered(k) or self._ends_speech(k)

    def surely_starts(self, k: int) -> bool:
        """Whether a sentence surely starts at word k > 0: after a full stop and a blank, with a capital or a quote."""
        if not self.blank[k - 1] or self.never_starts(k):
            return False
        end = self._end_before(k)
        if not _is_end(self.forms[end]):
            return False
        form = self.forms[k]
        if form[0].isdigit():
            return not self._is_number_of_other(k, end)
        if form in OPENERS:
            return self.forms[end] not in TRAILS and not (form in STRAIGHT and self.blank[k])
        return form[0].isupper()

    def likely_starts(self, k: int, sure: bool) -> bool:
        """Whether more speaks for a start at word k > 0 than the encoder may see."""
        if sure:
            return True
        before = self.forms[k - 1]
        abbreviated = len(before) > 2 and before[-1] == "." and before[-2].isalpha() and before not in TITLES
        return abbreviated and self.blank[k - 1] and self.forms[k] in OPENING

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
        return start == 0 or (_is_end(forms[start - 1]) and self.blank[start - 1])

    def _ends_speech(self, k: int) -> bool:
        """Whether k follows a quotation that ends in a comma: what speaks."""
        before = self.forms[k - 1]
        return k > 1 and before in CLOSERS and before not in {")", "]"} and self.forms[k - 2] == ","


def _line(doc: Doc, paragraph: Sequence[int]) -> _Line:
    tokens = [doc[i] for i in paragraph]
    ends = [token.idx + len(token) for token in tokens]
    blank = [after.idx > end for after, end in zip(tokens[1:], ends, strict=False)]
    return _Line([token.text for token in tokens], [*blank, True])


def _is_end(form: str) -> bool:
    return form in ENDS or not form.strip("!?")


def _cuts(line: _Line, sizes: Sequence[int], sure: Sequence[bool]) -> list[int]:
    """Ends of the windows of a paragraph."""
    n = len(sizes)
    out = []
    start, pieces, safe = 0, 0, 0
    for k in range(n):
        if k > start and sure[k]:
            safe = k
        over = pieces + sizes[k]
        if over > ROOM and safe > start:
            out.append(safe)
            pieces = sum(sizes[safe:k])
            start = safe
        elif over > MOST_PIECES or k - start >= LONGEST_SENTENCE:
            cut = _weak_cut(line.forms, start, k)
            out.append(cut)
            pieces = sum(sizes[cut:k])
            start = cut
        pieces += sizes[k]
    if n > start:
        out.append(n)
    return out


def _weak_cut(forms: Sequence[str], start: int, end: int) -> int:
    """The least bad place to cut words that show no end of a sentence: after a mark in their second half."""
    for marks in ({".", "!", "?", ";"}, {":", "—", "–", ","}):
        for k in range(end, start + (end - start) // 2, -1):
            if forms[k - 1] in marks:
                return k
    return end
