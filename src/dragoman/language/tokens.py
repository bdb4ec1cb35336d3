"""Words from text, cut as the English UD treebanks cut them.

spaCy's English tokeniser with rules of its own: most hyphened compounds are parted ("two - state"), prefixes keep
their hyphen ("pro-Beijing"), runs of marks stay together ("!!", "?!", "****"), numbers part from their units ("5 km"),
ranges part ("1987 - 88"), telephone numbers don't. What hangs on the words around is mended afterwards: "No." is one
word before a figure only, "etc." before a small letter, an initial isn't one where a sentence surely follows.

The text is kept to the character: offsets are characters from 0. The one exception is a lone surrogate, which no UTF-8
text can hold: it becomes U+FFFD, one character for one.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate, pairwise

import spacy
from spacy.attrs import ORTH  # type: ignore[import-not-found]
from spacy.lang.char_classes import ALPHA
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

LONGEST_RUN = 200
"""Characters without white space that are handed to the tokeniser at once: its rules are quadratic in this length."""

CACHED_RUNS = 65_536
"""Runs between blanks whose words are remembered."""

KEEP_HYPHEN = (
    "anti", "arch", "co", "counter", "cross", "em", "ex", "extra", "inter", "intra", "mid", "mini", "multi", "non",
    "post", "pre", "pro", "psycho", "re", "semi", "socio", "sub", "super", "trans", "ultra", "un",
)  # fmt: skip
"""Prefixes that the treebanks leave joined to their word; "e", "over" and "under" too, where they come first."""

ABBREVIATIONS = (
    "al.", "approx.", "ca.", "Ft.", "Lt.", "Sgt.", "Maj.", "Col.", "Capt.", "Cmdr.", "Brig.", "Gen.", "Adm.", "Sen.",
    "Rep.", "Gov.", "Rev.", "Hon.", "Amb.", "Prof.", "Pres.", "Dept.", "Inst.", "Intl.", "Sat.", "Sun.", "Mon.", "Tue.",
    "Tues.", "Wed.", "Thu.", "Thur.", "Thurs.", "Fri.", "Sept.", "viz.", "Msgr.", "Mlle.", "Mme.", "Lieut.",
    "Cpl.", "Pvt.", "Drs.", "Sr.", "Reps.", "Sens.", "Ave.", "Blvd.", "Sts.", "LTD.", "INC.", "CORP.", "GEN.", "SEN.",
    "REP.", "DR.", "MR.", "MRS.", "MS.", "ST.", "GOV.", "LT.", "COL.", "a.k.a.", "o.k.", "eg.", "esp.", "ext.", "M.Sc.",
    "B.Sc.", "Attn.", "lb.", "oz.", "Cal.", "Que.", "Ont.", "Alta.", "PS.", "Ass't.", "Supt.", "Insp.", "W.Va.",
)  # fmt: skip
NOT_CONTRACTIONS = frozenset(
    {
        "Wed", "wed", "Id", "id", "Whys", "whys", "Cant", "Shed", "Hed", "Theyre", "Were", "Well", "Wont",
        "thiss", "Thiss", "ill", "Ill", "em", "ol", "Ol",
    }
)  # fmt: skip
"""Entries of spaCy's contractions without an apostrophe that are words of their own more often than not."""

NOT_FACES = frozenset({"):", "(=", "[:", "[=", "]=", "8)", "8D", ":1", ":0", ":3", "=3", ":X", ":x", "0.0"})
"""Entries of spaCy's emoticons that are brackets and figures in print."""

PARTED = {
    "wanna": 3, "Wanna": 3, "outta": 3, "gimme": 3, "Gimme": 3, "lemme": 3, "Lemme": 3, "CANT": 2, "WONT": 2, "DONT": 2,
    "w/": 1, "US$": 2,
}  # fmt: skip
"""Words of two parts, and the length of the first."""

OPENING_WORDS = (
    "A", "After", "All", "Also", "Although", "An", "And", "As", "At", "Before", "Both", "But", "By", "During", "Even",
    "Every", "For", "From", "He", "Her", "His", "How", "However", "I", "If", "In", "Is", "It", "Its", "Last", "Many",
    "Meanwhile", "Most", "Nevertheless", "No", "Not", "Now", "On", "Or", "Our", "Please", "Several", "She", "Since",
    "So", "Some", "Such", "Thanks", "That", "The", "Their", "Then", "There", "These", "They", "This", "Those", "Thus",
    "To", "Under", "Until", "We", "What", "When", "Where", "While", "Who", "Why", "With", "Yes", "Yet", "You", "Your",
)  # fmt: skip
"""Words that open a sentence and, with a capital, stand inside one only in titles."""

Match = Callable[[str], object]

_BRACKETED = re.compile(r'["”<>]')
_SURROGATE = re.compile("[\ud800-\udfff]")
_RUN = re.compile(r"(\S+)( ?)(\s*)")
_MONEY = r"(?:k|K|M|MM|mm|m|b|B|bn|mn|tn|trn)"
_UNIT = (
    r"(?:km|cm|dm|mm|µm|nm|ha|yd|ft|kg|g|mg|µg|t|lb|oz|m/s|km/h|kmh|kph|mph|hPa|Pa|mbar|mb|MB|kb|KB|gb|GB|tb|TB"
    r"|kW|MW|GW|kt|p)[²³]?"
)
_NUMBER = r"(?<=\d)(?<![A-Za-z]\d)(?<![A-Za-z]\d\d)(?<![A-Za-z]\d\d\d)"
"""Behind a figure that is no part of a type number ("A1M")."""

_MONTHS = r"(?<=Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sep\.|Oct\.|Nov\.|Dec\.)"
_NOT_LAST = r"Sun|Sat|Wed|Mon|Mass|Miss|Wash|Ore|Ill|Ark|Del|Ind"
"""Abbreviations that are words, too."""

_MENDED = re.compile(
    r"(?P<joined>(?<!\w)(?:Nos?|NO|Arts?|Paras?|Figs?|Vols?|Secs?)\.(?=\s?\d)"
    r"|(?<!\w)[Ee]tc\.(?=[,;:)\]\"”’']|\s+[a-z(])"
    r"|(?<=\b(?:is|as)\s)wont\b|(?<=\b(?:are|was)\s)wont\b|(?<=\bwere\s)wont\b)"
    rf"|(?P<parted>(?<![\w.&'’-])(?:[A-Z]|{_NOT_LAST})\.(?=\s+(?:{'|'.join(OPENING_WORDS)})\b(?![-.])|\s*\n\s*\n|\s*\Z)"
    r"|\b[Ii]ts(?=\s(?:a|an|the|not|been|nothing|in|for|from|to|with)\s)"
    r"|(?<=\d)[kmbtgpKMB]\.(?!\w)|(?<!\w)(?:Inc|Jr|Sr|Corp|Co|Ltd|St|etc|(?:[A-Z]\.)+[A-Z])\.\.(?!\.))"
)
"""What the words around decide: a word and its full stop that are one word, and an abbreviation's that are two."""

_UNSURE = re.compile(
    rf"(?<!\w)(?:[A-Z]|{_NOT_LAST}|Inc|Jr|Sr|Corp|Co|Ltd|St|[Ee]tc|(?:[A-Z]\.)+[A-Z]"
    r"|Nos?|NO|Arts?|Paras?|Figs?|Vols?|Secs?)\.|\b[Ii]ts\b|\bwont\b|(?<=\d)[kmbtgpKMB]\."
)
"""Where `_MENDED` may match."""


def _hyphen_infix() -> str:
    kept = "".join(
        rf"(?<!\b{form})" for prefix in KEEP_HYPHEN for form in (prefix, prefix.capitalize(), prefix.upper())
    )
    kept += "".join(rf"(?<!^{form})(?<!/{form})" for form in ("e", "E", "over", "Over", "under", "Under"))
    return rf"(?<=[{ALPHA}0-9.]){kept}-(?=[{ALPHA}])|(?<=[{ALPHA}]{{2}}){kept}-(?=[0-9])"


def _ranges() -> list[str]:
    """Hyphens between figures of a range: no telephone number, postal code or score of three figures."""
    lengths = [("1", "1,2"), ("2", "1,2"), ("3", "1,3"), ("4", "4"), ("4", "2")]
    ends = rf"(?=$|{_MONEY}$|{_UNIT}$|%|[a-z]{{4,}}$)"
    found = [rf"(?<=^\d{{{a}}})-(?=\d{{{b}}}{ends})" for a, b in lengths]
    return [
        *found,
        r"(?<=\d:\d\d)-(?=\d\d?:\d\d)",
        r"(?<=\d)-(?=\$\d)",
        r"(?<=\d[A-Za-z%])-(?=\$?\d)",
        r"(?<=\d)%(?=-)",
        r"(?<=[0-9A-Za-z%]-)\$(?=\d)",
        r"(?<=\d[ap]m)-(?=\d)",
        r"(?<=\d\.\d)-(?=\d+(?:\.\d+)?%?$)",
    ]


def _infixes() -> list[str]:
    return [
        r"[.…]{2,}(?![.@])", r"…(?!@)", r"(?<=[0-9])[+\*^](?=[0-9-])", r"(?<=\w)!(?=[A-Z][a-z])",
        rf"(?<=[{ALPHA}]{{2}})\.(?=[A-Z][a-z])(?!\.?Com\b)", r"(?<=[A-Z]\.)(?=[A-Z][a-z]{2})",
        _MONTHS + r"(?=\d)", r"(?<=Sept\.)(?=\d)", r"(?<=^No\.)(?=\d)",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}0-9])", rf"(?<=[0-9]),(?=[{ALPHA}])",
        _hyphen_infix(), r"(?<=^[Oo]ver)-(?=the-)", *_ranges(),
        rf"(?<=[{ALPHA}0-9])(?:–|—|―|--+|——|~)(?=[{ALPHA}0-9\"“(])",
        rf"(?<=[{ALPHA}0-9])[:<>=](?=[{ALPHA}])", rf"(?<=[{ALPHA}]{{3}}):(?=[0-9])",
        r"[:\"”](?=<)", r"(?<=[\"”:])<(?=\w)",
        rf"(?<=[{ALPHA}]{{2}})/(?=[{ALPHA}]{{2}})", rf"(?<=[0-9])/(?=[{ALPHA}]{{3}})",
        r"(?<=^1)/(?=[234]$)", r"(?<=^2)/(?=3$)", r"(?<=^3)/(?=4$)", r"(?<=^24)/(?=7$)", r"(?<=^\d{4})/(?=\d\d$)",
        r"[\)\]\"”](?=\.\.|-|–|—|―)", r"(?<=[\)\]\"”’'.])(?:-+|[–—―])(?=\S)", r"[.,!?](?=[”\"][-–—―])",
        r"(?<=\][–—-])\[", r"(?<=\w)['’](?=-[a-z])", r"(?<=[-–—―])[\"“](?=\w)",
        r"(?<=\w)[.,;!?](?=[”\"’']?\[\d)", r"(?<=[.,;!?])[”\"’'](?=\[\d)", r"(?<=[\w.,;!?”\"’'])\[(?=\d+(?:$|\]))",
        r"\](?=\[\d)", r"(?<=\])\[(?=\d)",
        rf"(?<=[{ALPHA}])[\"“”\(\)\[\];](?=[{ALPHA}])", r"\)(?=\()", r"(?<=\))\(",
        rf"(?<=[{ALPHA}])(?=(?:n['’]t|N['’]T)\b)",
        rf"(?<=[{ALPHA}])(?=['’](?:s|re|ve|ll|S|RE|VE|LL)\b)", r"(?<=\b[Ii])(?=['’][md]\b)",
        rf"{_NUMBER}(?=(?:{_MONEY}|{_UNIT}|[ap]m)(?![{ALPHA}0-9]))",
        r"(?<=[0-9.]\d)(?=[a-z]{5,})", r"(?<=[0-9s])[°º](?=[CFK]?\b)",
    ]  # fmt: skip


RUNS = (r"[!?]{2,}", r"…\.+", r"\*{2,}", r"_{2,}", r"#{2,}", r"(?!<>)[-=~<>+|]{2,}", r"\${2,}", r"``|‘’")


def _prefixes(defaults: Iterable[str]) -> list[str]:
    changed = {"#": rf"#(?![{ALPHA}]{{2}})", "\\'": r"'(?!\d\ds\b)", "’": r"’(?!\d\ds?\b)"}
    return [*RUNS, r"-(?=[^\W\d])", *(changed.get(p, p) for p in defaults), r"[°º](?=[CFK]?$)"]


def _suffixes(defaults: Iterable[str]) -> list[str]:
    return [
        *RUNS, r"'{2}", rf"(?<=[{ALPHA}0-9])-", rf"(?<=[{ALPHA}])[‘´`]s", r"(?<=\d['’]S)\.",
        r"(?<=\d)(?:[ap]m|[AP]M|[ap]\.m\.|[AP]\.M\.)", rf"{_NUMBER}(?:{_MONEY}|{_UNIT})", r"(?<=[0-9])%",
        *(s for s in defaults if "km²" not in s),
    ]  # fmt: skip


def _rules(defaults: dict[str, list[dict[int, str]]]) -> dict[str, list[dict[int, str]]]:
    left = NOT_CONTRACTIONS | NOT_FACES | {"and/or"}
    rules = {form: parts for form, parts in defaults.items() if form not in left}
    rules.update({form: [{ORTH: form}] for form in ABBREVIATIONS})
    rules.update({form: [{ORTH: form[:cut]}, {ORTH: form[cut:]}] for form, cut in PARTED.items()})
    rules["dunno"] = [{ORTH: "du"}, {ORTH: "n"}, {ORTH: "no"}]
    return rules


def _url(match: Match | None) -> Match:
    """spaCy's test for web addresses, which takes a name before an address in brackets for one."""
    return lambda run: match(run) if match and not _BRACKETED.search(run) else None


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """The tokeniser, built once (about 0.3 s)."""
    nlp = spacy.blank("en")
    defaults = nlp.Defaults
    return Tokenizer(
        nlp.vocab,
        rules=_rules(dict(defaults.tokenizer_exceptions or {})),
        prefix_search=compile_prefix_regex(_prefixes([str(p) for p in defaults.prefixes or ()])).search,
        suffix_search=compile_suffix_regex(_suffixes([str(s) for s in defaults.suffixes or ()])).search,
        infix_finditer=compile_infix_regex(_infixes()).finditer,
        token_match=re.compile(r"^(?:\d\d|\d{3}0)['’][sS]$").match,
        url_match=_url(defaults.url_match),
        max_cache_size=0,
    )


def vocabulary() -> Vocab:
    """The vocabulary that every `Doc` of ours shares."""
    vocab: Vocab = tokenizer().vocab
    return vocab


def tokenise(text: str) -> Doc:
    """A `Doc` of words, and of white space other than one blank, whose text is `text`."""
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    words: list[str] = []
    spaces: list[bool] = []
    at = len(text) - len(text.lstrip())
    if at:
        words.append(text[:at])
        spaces.append(False)
    for run, blank, rest in _RUN.findall(text, at):
        found, unsure = _words(run) if len(run) <= LONGEST_RUN else _long(run)
        if unsure:
            found = _mended(text, at, found, unsure)
        words += found
        if len(found) > 1:
            spaces += [False] * (len(found) - 1)
        spaces.append(blank != "")
        at += len(run) + len(blank) + len(rest)
        if rest:
            words.append(rest)
            spaces.append(False)
    return Doc(vocabulary(), words=words, spaces=spaces)


@lru_cache(maxsize=CACHED_RUNS)
def _words(run: str) -> tuple[list[str], list[int]]:
    """Words of a run without white space, and where the words around it decide.

    spaCy has such a cache, but forgets all of a text that follows its first exception ("don't").
    """
    return [token.text for token in tokenizer()(run)], [match.start() for match in _UNSURE.finditer(run)]


def _long(run: str) -> tuple[list[str], list[int]]:
    """Words of the pieces of a run that is too long for one go."""
    pieces = (run[at : at + LONGEST_RUN] for at in range(0, len(run), LONGEST_RUN))
    return [word for piece in pieces for word in _words(piece)[0]], []


def _mended(text: str, at: int, words: list[str], unsure: list[int]) -> list[str]:
    """The words of the run at `at` of the text, joined or parted where what stands around them says so."""
    ends = list(accumulate(map(len, words), initial=at))
    edges = set(ends)
    for place in unsure:
        match = _MENDED.match(text, at + place)
        if match and match.start() in edges and match.end() in edges:
            edges -= set(range(match.start() + 1, match.end()))
            if match["parted"]:
                edges.add(match.end() - 1)
    cuts = sorted(edges)
    return [text[start:end] for start, end in pairwise(cuts)]
