"""Where the encoder's windows lie, and which sentence starts are certain before it has read anything.

A window is a paragraph, or a part of a long one cut where a sentence surely ends. Line breaks make paragraphs: an
empty line always parts them, a single line break does unless the text is wrapped at a fixed width.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

ROOM = 128
"""Pieces that a window of several sentences should not pass."""

MOST_PIECES = 256
"""Pieces that no window passes."""

LONGEST_SENTENCE = 200
"""Words that no sentence passes."""

ENDS = frozenset({".", "!", "?", "...", "…", "!!", "??", "?!", "!!!", "....", "。"})
CLOSERS = frozenset({'"', "”", "’", "''", "'", ")", "]", "»"})
OPENERS = frozenset({'"', "“", "‘", "``", "'", "(", "[", "«"})
NEVER_FIRST = frozenset({".", ",", ";", ":", "?", "!", ")", "]", "}", "”", "’", "%", "…", "..."})
DASHES = frozenset({"-", "–", "—", "--", "―"})
_DATELINE_WORD = re.compile(
    r"[A-Z][\w.'’-]*|[\d]{1,4}|[,/()\[\].&|:-]|de|del|al|el|of|the|and|in|en|di|da|la|le|les|st\.?|la"
)


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
        if wrapped and gap.count("\n") == 1 and not _ends_paragraph(text, ends[k - 1]):
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


def _ends_paragraph(text: str, end: int) -> bool:
    """Whether the line that ends here, in a wrapped text, is too short to go on in the next."""
    line = text.rfind("\n", 0, end) + 1
    return end - line < 45 and text[end - 1] in '.!?"”'


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
        forms = [doc[i].text for i in paragraph]
        dated = dateline_end(doc, paragraph, forms)
        blank = [bool(doc[i].whitespace_) for i in paragraph]
        at = 0
        for end in _cuts(forms, [size[i] for i in paragraph], blank):
            must = {0} | ({dated - at} if at < dated < end else set())
            mustnt = set(range(1, min(dated, end) - at)) if at == 0 else set()
            mustnt |= {k - at for k in range(at + 1, end) if _never_starts(forms, k)}
            likely = tuple(k - at for k in range(at + 1, end) if forms[k].istitle() and _surely_starts(forms, blank, k))
            out.append(Window(tuple(paragraph[at:end]), tuple(sorted(must)), tuple(sorted(mustnt - must)), likely))
            at = end
    return out


def dateline_end(doc: Doc, paragraph: Sequence[int], forms: Sequence[str]) -> int:
    """Words of the paragraph's dateline; a dash glued to its neighbours ("al-Qaida") makes none."""
    k = dateline(forms)
    if k and not (doc[paragraph[k - 2]].whitespace_ or doc[paragraph[k - 1]].whitespace_):
        return 0
    return k


def _cuts(forms: Sequence[str], sizes: Sequence[int], blank: Sequence[bool]) -> list[int]:
    """Ends of the windows of a paragraph."""
    n = len(forms)
    out = []
    start, pieces, safe = 0, 0, 0
    for k in range(n):
        if k > start and _surely_starts(forms, blank, k):
            safe = k
        over = pieces + sizes[k]
        if over > ROOM and safe > start:
            out.append(safe)
            pieces = sum(sizes[safe:k])
            start = safe
        elif over > MOST_PIECES or k - start >= LONGEST_SENTENCE:
            cut = _weak_cut(forms, start, k)
            out.append(cut)
            pieces = sum(sizes[cut:k])
            start = cut
        pieces += sizes[k]
    if n > start:
        out.append(n)
    return out


def _never_starts(forms: Sequence[str], k: int) -> bool:
    """Whether no sentence starts at word k: a closing mark, or the speaker after a quotation that ends in a comma."""
    if forms[k] in NEVER_FIRST:
        return True
    return k > 1 and forms[k - 1] in CLOSERS and forms[k - 1] not in {")", "]"} and forms[k - 2] == ","


def _surely_starts(forms: Sequence[str], blank: Sequence[bool], k: int) -> bool:
    """Whether a sentence surely starts at word k: after a full stop and a blank, with a capital or a quote."""
    end = k - 1
    if not blank[end]:
        return False
    while end > 0 and forms[end] in CLOSERS:
        end -= 1
    return forms[end] in ENDS and (forms[k][:1].isupper() or forms[k] in OPENERS or forms[k][:1].isdigit())


def _weak_cut(forms: Sequence[str], start: int, end: int) -> int:
    """The least bad place to cut words that show no end of a sentence: after a mark in their second half."""
    for marks in ({".", "!", "?", ";"}, {":", "—", "–", ","}):
        for k in range(end, start + (end - start) // 2, -1):
            if forms[k - 1] in marks:
                return k
    return end
