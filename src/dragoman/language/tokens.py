"""Words from text, cut as the English UD treebanks cut them.

spaCy's English tokeniser with a few rules of its own: most hyphened compounds are parted ("two - state"), prefixes keep
their hyphen ("pro-Beijing"), runs of the same mark stay together ("!!", "****"). The text is kept to the character:
offsets are characters from 0. The one exception is a lone surrogate, which no UTF-8 text can hold: it becomes U+FFFD,
one character for one.
"""

import re
from functools import lru_cache

import spacy
from spacy.attrs import ORTH  # type: ignore[import-not-found]
from spacy.lang.char_classes import ALPHA
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

LONGEST_RUN = 200
"""Characters without white space that are handed to the tokeniser at once: its rules are quadratic in this length."""

KEEP_HYPHEN = (
    "anti", "arch", "co", "counter", "cross", "e", "em", "ex", "extra", "inter", "intra", "mid", "mini", "multi", "non",
    "over", "post", "pre", "pro", "psycho", "re", "semi", "socio", "sub", "super", "trans", "ultra", "un", "under",
)  # fmt: skip
"""Prefixes that the treebanks leave joined to their word."""

ABBREVIATIONS = (
    "al.", "approx.", "ca.", "Ft.", "Lt.", "Sgt.", "Maj.", "Col.", "Capt.", "Cmdr.", "Brig.", "Gen.", "Adm.", "Sen.",
    "Rep.", "Gov.", "Rev.", "Hon.", "Amb.", "Prof.", "Pres.", "Dept.", "Inst.", "Intl.", "Sat.", "Sun.", "Mon.", "Tue.",
    "Tues.", "Wed.", "Thu.", "Thur.", "Thurs.", "Fri.", "Sept.", "viz.", "Msgr.", "Mlle.", "Mme.", "Lieut.",
    "Cpl.", "Pvt.",
)  # fmt: skip
NOT_CONTRACTIONS = (
    "Wed",
    "wed",
    "Id",
    "id",
    "Whys",
    "whys",
    "Cant",
    "cant",
    "Shed",
    "Hed",
    "Theyre",
    "Were",
    "Well",
    "Wont",
    "wont",
)
"""Entries of spaCy's contractions without an apostrophe that are words of their own more often than not."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


def _hyphen_infix() -> str:
    kept = "".join(rf"(?<!^{form})(?<!-{form})" for prefix in KEEP_HYPHEN for form in (prefix, prefix.capitalize()))
    return rf"(?<=[{ALPHA}0-9.]){kept}-(?=[{ALPHA}])"


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """The tokeniser, built once (about 0.3 s)."""
    nlp = spacy.blank("en")
    defaults = nlp.Defaults
    infixes = [
        r"\.\.+", "…", r"(?<=[0-9])[+\*^](?=[0-9-])",
        rf"(?<=[{ALPHA}]{{2}})\.(?=[A-Z][a-z])", rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        _hyphen_infix(), rf"(?<=[{ALPHA}]{{2}})-(?=[0-9])",
        rf"(?<=[{ALPHA}0-9])(?:–|—|---?|——|~)(?=[{ALPHA}0-9])",
        r"(?<=^[0-9])-(?=[0-9]{1,2}$)", r"(?<=^[0-9]{2})-(?=[0-9]{1,2}$)", r"(?<=^[0-9]{4})-(?=[0-9]{4}$)",
        rf"(?<=[{ALPHA}0-9])[:<>=](?=[{ALPHA}])", rf"(?<=[{ALPHA}]{{2}})/(?=[{ALPHA}]{{2}})",
        r"(?<=[\)\]\"”’])[-–—](?=\S)",
        rf"(?<=[{ALPHA}])[\"“”\(\)\[\];](?=[{ALPHA}])",
    ]  # fmt: skip
    runs = [r"[!?]{2,}", r"\*{2,}", r"={2,}", r"_{2,}", r"#{2,}", r">{2,}", r"<{2,}", r"-{2,}", r"~{2,}"]
    prefixes = [*runs, r"-(?=[^\W\d])", *(p for p in defaults.prefixes or [])]
    suffixes = [
        *runs,
        rf"(?<=[{ALPHA}0-9])-",
        r"(?<=\d)(?:[ap]m|[AP]M|[ap]\.m\.|[AP]\.M\.)",
        *(s for s in defaults.suffixes or []),
    ]
    rules = {
        k: v for k, v in (defaults.tokenizer_exceptions or {}).items() if k not in NOT_CONTRACTIONS and k != "and/or"
    }
    rules.update({form: [{ORTH: form}] for form in ABBREVIATIONS})
    return Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=re.compile(r"^(?:\d\d|\d{4})['’]s$").match,
        url_match=defaults.url_match,
    )


def vocabulary() -> Vocab:
    """The vocabulary that every `Doc` of ours shares."""
    vocab: Vocab = tokenizer().vocab
    return vocab


def tokenise(text: str) -> Doc:
    """A `Doc` of words and white space whose text is `text`."""
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    cuts = [at for run in _LONG.finditer(text) for at in range(run.start(), run.end() + LONGEST_RUN, LONGEST_RUN)]
    if cuts:
        return _tokenise_pieces(text, cuts)
    doc: Doc = tokenizer()(text)
    return doc


def _tokenise_pieces(text: str, cuts: list[int]) -> Doc:
    """Words of the pieces between `cuts`, which lie inside and around runs too long for one go."""
    words: list[str] = []
    spaces: list[bool] = []
    last = 0
    for at in [*(min(cut, len(text)) for cut in cuts), len(text)]:
        for token in tokenizer()(text[last:at]) if at > last else ():
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
        last = max(at, last)
    return Doc(vocabulary(), words=words, spaces=spaces)
