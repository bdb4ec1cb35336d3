"""Entity labels of many corpora in one scheme, as the set of tags that each word may have.

A corpus that does not tell countries from rivers, or marks no nationalities, leaves some tags open: training sums the
probability of all tags that its label allows (a partial label) instead of guessing one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from training.known import given_names, known_names, towns

TYPES = ("PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "LAW", "WEAPON", "MEDIA")
OUTSIDE = "O"
TAGS = (OUTSIDE, *(f"{part}-{kind}" for kind in TYPES for part in "BI"))
Options = tuple[str, ...]
"""Tags that a word may have."""

TITLES = frozenset(
    {
        "adm.", "admiral", "ambassador", "and", "archbishop", "attorney", "ayatollah", "bishop", "capt.",
        "captain", "cardinal", "chancellor", "chief", "coach", "col.", "colonel", "commander", "congressman",
        "crown", "defence", "defense", "deputy", "dr.", "emir", "emperor", "finance", "foreign", "former",
        "gen.", "general", "gov.", "governor", "imam", "interior", "judge", "justice", "king", "lady", "leader",
        "lieutenant", "lord", "lt.", "maj.", "major", "mayor", "minister", "minister-designate", "miss", "mr.",
        "mrs.", "ms.", "mullah", "of", "pope", "premier", "president", "prime", "prince", "princess", "prof.",
        "professor", "queen", "rep.", "representative", "rev.", "reverend", "secretary", "sen.", "senator",
        "sergeant", "sgt.", "sheik", "sheikh", "sir", "spokesman", "spokeswoman", "state", "sultan", "the",
        "u.n.", "u.s.", "vice",
    }
)  # fmt: skip
LAND = re.compile(
    r"\b(River|Sea|Ocean|Gulf|Bay|Mountains?|Mount|Desert|Peninsula|Islands?|Lake|Coast|Strait|Valley|Delta|Basin|Canal|"
    r"Horn|East|West|"
    r"Europe|Africa|Asia|Pacific|Atlantic|Mediterranean|Balkans|Caucasus|Sahara|Sahel|Caribbean|America|Arctic|Antarctica|Antarctic|"
    r"Himalayas?|Alps|Middle East|Earth|Mars|Moon|Persian|Latin|Central Asia|Equator|Hemisphere|Nile|Danube|"
    r"Tigris|Euphrates)$"
)
COUNTRIES_LIKE_LAND = frozenset(
    {"South Africa", "Marshall Islands", "Solomon Islands", "Ivory Coast", "Gold Coast", "United States of America"}
)
BUILT = re.compile(
    r"\b(Airport|Base|Prison|Stadium|Hospital|Bridge|Square|Palace|Mosque|Church|Cathedral|Hotel|Street|Camp|Port|Crossing|Tunnel|Museum|Plant|Dam|Embassy)$"
)
DEMONYM = re.compile(r"(an|ans|ese|ish|i|is|ic|ch|ek|eks|ne|ians?|os?|tes?|ds?|rs?|ks?|lemen|men|ss|s)$")
GROUPS = re.compile(
    r"(Muslim|Christian|Sunni|Shi'ite|Shiite|Shia|Kurd|Arab|Jew|Hindu|Buddhist|Catholic|Protestant|Republican|Democrat|Communist|Islamist|Sikh|"
    r"Druze|Maronite|Orthodox|Anglican|Tamil|Hutu|Tutsi|Pashtun|Uzbek|Tajik|Hazara|Uighur|Tibetan|Basque|Chechen|Turkmen|Yazidi|Alawite)s?"
    r"|Kurdish|Jewish|Islamic|Democratic|Arabic|Maoists?|Socialists?|Asian|African|European|Western|Latin"
)


def tag_options(
    words: list[str], tags: list[str], mapping: dict[str, tuple[str, ...]], open_types: tuple[str, ...] = ()
) -> list[Options]:
    """What each word may be, given a corpus's tags and their meaning; it does not mark `open_types`."""
    out: list[Options] = []
    before = OUTSIDE
    for word, tag in zip(words, tags, strict=True):
        if tag == OUTSIDE:
            out.append(_outside(word, open_types))
        else:
            kind = tag[2:]
            part = "B" if tag[0] == "B" or before[2:] != kind else "I"
            parts = "BI" if part == "B" and tag[0] == "I" and before != OUTSIDE else part
            out.append(tuple(OUTSIDE if t == OUTSIDE else f"{p}-{t}" for t in mapping[kind] for p in parts))
        before = tag
    return out


def _outside(word: str, open_types: tuple[str, ...]) -> Options:
    if not word[:1].isupper():
        return (OUTSIDE,)
    return (OUTSIDE, *(f"{part}-{kind}" for kind in open_types for part in "BI"))


def _place(name: str) -> tuple[str, ...]:
    if name in COUNTRIES_LIKE_LAND:
        return ("GPE",)
    if BUILT.search(name):
        return ("FAC",)
    return ("LOC",) if LAND.search(name) else ("GPE",)


COUNTRIES_LIKE_PEOPLES = frozenset({"Jordan", "Niger", "Azerbaijan"})
"""Countries that GMB mostly has as `gpe` and whose names end as those of peoples do."""


def _nation(name: str, counts: Counter[tuple[str, str]]) -> tuple[str, ...]:
    first = name.split()[-1] if " " in name else name
    if first in COUNTRIES_LIKE_PEOPLES:
        return ("GPE",)
    places, peoples = counts[first, "geo"], counts[first, "gpe"]
    if peoples > places and DEMONYM.search(first) and not (places and peoples < 3 * places):
        return ("NORP",)
    return _place(name)


HONORIFICS = frozenset({"mr.", "mrs.", "ms.", "dr.", "mr", "mrs", "ms", "dr", "sir"})
RANKS = frozenset(
    {
        "ambassador", "archbishop", "ayatollah", "captain", "cardinal", "chairman", "chancellor", "colonel",
        "commissioner", "commodore", "director", "emperor", "governor", "king", "minister", "mr.", "mrs.", "patriarch",
        "pope", "premier", "president", "prince", "princess", "prophet", "queen", "secretary", "senator", "sheik",
        "sheikh", "spokesman", "spokeswoman", "undersecretary",
    }
)  # fmt: skip
"""Words that a body's name seldom has, but a person's title has."""

DIRECTIONS = frozenset({"North", "South", "East", "West", "Central", "Saudi", "Sri", "Latin", "New"})


def clean_gmb(
    words: list[str], tags: list[str], counts: Counter[tuple[str, str]], coarse: bool = False
) -> list[Options]:
    """GMB's tags repaired: demonyms parted from places, titles taken off persons, unreliable labels left open.

    `counts` has how often each word, and each name of several words, stands under each label in the whole corpus: a
    name gets the type that the lexicon or most of the corpus gives it. GMB does not tell kinds of places apart:
    `coarse` leaves that open where neither the lexicon nor the name does, else such a place is a GPE.
    """
    out = [_gmb_outside(word, counts) for word in words]
    for start, end, kind in spans(tags):
        if kind == "per":
            out[start:end] = [(OUTSIDE,) if words[i].lower() in TITLES else out[i] for i in range(start, end)]
        elif _is_portfolio(words, start):
            out[start] = (OUTSIDE,)
    for start, end, kind in mended_spans(words, spans(tags), counts):
        while start < end - 1 and _no_part_of_name(words[start], kind):
            if words[start].lower() in TITLES:
                out[start] = (OUTSIDE,)
            start += 1
        name = " ".join(words[start:end])
        if kind == "per" and name.lower() in TITLES:
            out[start:end] = [(OUTSIDE,)] * (end - start)
        elif kind in {"org", "geo"} and end - start > 1 and any(w.lower() in RANKS for w in words[start:end]):
            out[start:end] = [(*_titled(i == start), OUTSIDE) for i in range(start, end)]
        else:
            types = _gmb_types(name, kind, words[max(0, start - 3) : start], counts)
            if coarse and types == ("GPE",) and name not in known_names() and name not in towns():
                types = ("GPE", "LOC", "FAC")
            for i in range(start, end):
                part = "B" if i == start else "I"
                out[i] = tuple(OUTSIDE if t == OUTSIDE else f"{part}-{t}" for t in types) or (OUTSIDE,)
    return out


def _titled(first: bool) -> Options:
    """What a word of a name with a title in it may be, where the corpus has it as a body or a place."""
    return tuple(f"{part}-{kind}" for kind in ("PERSON", "ORG", "GPE", "NORP") for part in ("B" if first else "BI"))


def _gmb_types(name: str, kind: str, before: list[str], counts: Counter[tuple[str, str]]) -> tuple[str, ...]:
    """Types of a name with a label of GMB's, given the words before it."""
    if kind in {"eve", "nat", "tim"}:
        return {"eve": ("EVENT",), "nat": (OUTSIDE, "EVENT"), "tim": ()}[kind]
    if GROUPS.fullmatch(name):
        return ("NORP",)
    title = before[-1] if before else ""
    if kind != "art" and (title.lower() in HONORIFICS or (title.lower() in RANKS and title[0].isupper())):
        return ("PERSON",)
    known = known_names().get(name)
    others = sum(counts[name, k] for k in ("geo", "gpe", "org"))
    if known and (kind != "per" or " " in name or counts[name, "per"] * 3 < others):
        return known
    kind = _usual(name, kind, counts)
    if kind in {"org", "per"} and name in towns() and _place_before(before):
        return _place(name)
    if kind == "org" and HOLIDAY.search(name):
        return (OUTSIDE, "EVENT")
    if kind in {"org", "geo", "gpe"} and " " in name and name.split()[0] in given_names():
        return ("PERSON", "ORG") if kind == "org" else ("PERSON", *_place(name))
    if kind in {"per", "org"}:
        return ("PERSON",) if kind == "per" else ("ORG",)
    return (*TYPES, OUTSIDE) if kind == "art" else _nation(name, counts)


HOLIDAY = re.compile(r"\b(?:Christmas|New Year|Easter|Ramadan|Diwali|Eid|Independence Day|Hanukkah|Passover|Ashura)\b")
BEFORE_PLACE = re.compile(r"(?:city|town|village|province|capital|island|district|state|region|port|suburb) of")


def _place_before(before: list[str]) -> bool:
    """Whether the words before a town's name leave no doubt that it is one."""
    return bool(before) and (before[-1] in {"in", "near"} or BEFORE_PLACE.fullmatch(" ".join(before[-2:])) is not None)


def _usual(name: str, kind: str, counts: Counter[tuple[str, str]]) -> str:
    """The label that GMB gives to most mentions of a name that it has five times, else `kind`."""
    if kind not in {"geo", "gpe", "org", "per"}:
        return kind
    many = {"per": counts[name, "per"], "org": counts[name, "org"], "geo": counts[name, "geo"] + counts[name, "gpe"]}
    best = max(many, key=lambda label: many[label])
    if sum(many.values()) < 5 or many[best] < 0.6 * sum(many.values()):
        return kind
    return kind if best == "geo" and kind == "gpe" else best


BODY = re.compile(
    r"Ministry|Army|Agency|Court|Council|Party|Department|Force|Forces|Guard|Assembly|Senate|Congress|Police|Committee|"
    r"Parliament|Navy|Bank|Government|Treasury|Embassy|Marines|Service|Alliance|Commission"
)
"""Last words of a body whose name begins with its country."""


def mended_spans(
    words: list[str], found: list[tuple[int, int, str]], counts: Counter[tuple[str, str]]
) -> list[tuple[int, int, str]]:
    """GMB's spans without what is no part of a name, those of one name joined, "Iraq 's Foreign Ministry" parted."""
    out: list[tuple[int, int, str]] = []
    for start, end, kind in found:
        start, end = _trimmed(words, start, end, kind)
        if not any(c.isupper() for word in words[start:end] for c in word) or re.match(r"\d+-", words[start]):
            continue
        if start and kind == "gpe" and words[start - 1] in DIRECTIONS and end - start == 1:
            start -= 1  # "North Korean", whose "North" is a place of its own, or nothing
        joined = out[-1:] and out[-1][1] >= start and kind != "tim" and _one_name(words, out[-1], end, kind)
        if joined:
            out[-1] = (out[-1][0], end, joined)
            continue
        if out and out[-1][1] > start:
            start = out[-1][1]
        out += _parted(words, start, end, kind, counts)
    return out


def _trimmed(words: list[str], start: int, end: int, kind: str) -> tuple[int, int]:
    """Start and end of a span without the words and marks around the name."""
    while start < end and not _bears_name(words[start], kind):
        start += 1
    while end > start and not any(c.isalnum() for c in words[end - 1]):
        end -= 1
    return start, end


def _parted(
    words: list[str], start: int, end: int, kind: str, counts: Counter[tuple[str, str]]
) -> list[tuple[int, int, str]]:
    """The names in a span: a person without rank, two names with "and" between them, an owner and what is owned."""
    if kind == "org" and words[start] == "General" and end - start > 1 and not NO_RANK.match(words[start + 1]):
        start, kind = start + 1, "per"
    if kind == "org" and _is_portfolio(words, start):
        start, kind = start + 1, "per"  # "Secretary of State Robert Zoellick"
    if kind == "per":
        start = max([start, *(i + 1 for i in range(start, end - 1) if words[i].lower() in RANKS)])
    both = next((i for i in range(start + 1, end - 1) if words[i] == "and"), None)
    if both is not None and _two_names(" ".join(words[start:both]), " ".join(words[both + 1 : end]), counts):
        return [(start, both, kind), (both + 1, end, kind)]
    owner = next((i for i in range(start + 1, end - 1) if words[i] in {"'s", "’s"}), None)
    if owner is not None and kind == "org" and _is_place(" ".join(words[start:owner]), counts):
        return [(start, owner, "geo"), (owner + 1, end, kind)]
    return [(start, end, kind)] if start < end else []


NO_RANK = re.compile(
    "Electric|Motors|Assembly|Council|Staff|Secretariat|Mills|Dynamics|Administration|Command|Director|Services|"
    "Accounting|Hospital|Union|Federation|Confederation|Strike|Election|Prosecutor|Post|Intelligence|Security|of|Atomics"
)
"""Words after "General" in the names of bodies."""


PORTFOLIO_OF = frozenset({"secretary of", "minister of", "undersecretary of", "ministers of"})
"""Before the name of what a minister minds, which is no name of a body."""


def _is_portfolio(words: list[str], at: int) -> bool:
    return " ".join(words[max(0, at - 2) : at]).lower() in PORTFOLIO_OF


def _two_names(first: str, second: str, counts: Counter[tuple[str, str]]) -> bool:
    """Whether "X and Y" are two names: each is one by itself, and more often so than none."""
    if f"{first} and {second}" in known_names():
        return False
    return all(
        name in known_names()
        or (" " not in name and sum(counts[name, k] for k in ("geo", "gpe", "org", "per")) > 2 + counts[name, ""])
        for name in (first, second)
    )


def _one_name(words: list[str], before: tuple[int, int, str], end: int, kind: str) -> str:
    """The label of a span that goes on with the one before it as one name; empty if it does not."""
    start, middle, first = before
    if middle == end - 1 and words[middle - 1] in DIRECTIONS and kind == "gpe":
        return kind
    if middle >= end or first == "tim":
        return kind if middle >= end and kind == "gpe" else ""
    known = known_names().get(" ".join(words[start:end]))
    if known and first != "per":
        return "geo" if {"LOC", "GPE"} & set(known) else "org"
    body = first in {"geo", "gpe"} and kind == "org" and BODY.fullmatch(words[end - 1])
    return "org" if body and end - start > 1 and "and" not in words[start:end] else ""


ARTICLE = re.compile(r"(?:al|el|ul|as|az|an)-?|(?:de|la|le|du|da|di|bin|ibn|von|van|[ei]-?[A-Z]\w*)$")
"""Small letters with which a name may start."""


def _bears_name(word: str, kind: str) -> bool:
    """Whether a word can start a name: no mark, and no "eastern" or "oil-rich" before a place or a body."""
    if not any(c.isalnum() for c in word) or word in {"'s", "’s"}:
        return False
    return kind not in {"geo", "gpe", "org"} or not word[0].islower() or ARTICLE.match(word) is not None


def _is_place(name: str, counts: Counter[tuple[str, str]]) -> bool:
    types = known_names().get(name, ())
    return "GPE" in types or counts[name, "geo"] + counts[name, "gpe"] > 3 * (counts[name, "org"] + counts[name, "per"])


def _no_part_of_name(word: str, kind: str) -> bool:
    """Titles before persons, articles, and the likes of "Indian-controlled" before a place."""
    low = word.lower()
    return (
        (kind == "per" and low in TITLES)
        or low == "the"
        or re.search(r"\w-(?:[a-z]+ed|led|held|run)$", word) is not None
    )


def nation_part(word: str, counts: Counter[tuple[str, str]]) -> Options:
    """What a hyphened part such as "Israeli" in "Israeli-Palestinian" may be."""
    if (
        counts[word, "geo"] + counts[word, "gpe"] < 5
        or counts[word, "org"] + counts[word, "per"] > counts[word, "geo"] + counts[word, "gpe"]
    ):
        return ()
    return tuple(f"B-{kind}" for kind in _nation(word, counts))


def _gmb_outside(word: str, counts: Counter[tuple[str, str]]) -> Options:
    if GROUPS.fullmatch(word):
        return ("B-NORP", "I-ORG", "I-NORP")
    if word[:1].isupper() and counts[word, "gpe"] > 20 and counts[word, "gpe"] > counts[word, ""]:
        return (OUTSIDE, "B-NORP", "B-GPE")
    return _outside(word, ("EVENT", "NORP"))


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """(start, end, label) of the entities in a list of BIO tags; an `I-` after another label opens a new one."""
    out: list[tuple[int, int, str]] = []
    for i, tag in enumerate([*tags, OUTSIDE]):
        if out and out[-1][1] == -1 and not (tag[0] == "I" and tag[2:] == out[-1][2]):
            out[-1] = (out[-1][0], i, out[-1][2])
        if tag != OUTSIDE and (tag[0] == "B" or not out or out[-1][1] != -1):
            out.append((i, -1, tag[2:]))
    return out


Forms = dict[str, list[tuple[list[str], Counter[str]]]]
"""By first word: the words of a name, and how often it stands under each label ("" for none)."""


def names_by_form(sentences: Iterable[tuple[list[str], list[str]]]) -> Forms:
    """Names in capitals that a corpus marks twice or more, and how often it does not; the longest first."""
    sentences = list(sentences)
    marked: dict[tuple[str, ...], Counter[str]] = {}
    for words, tags in sentences:
        for start, end, kind in spans(tags):
            if words[start][:1].isupper() and kind != OUTSIDE:
                marked.setdefault(tuple(words[start:end]), Counter())[kind] += 1
    forms: Forms = {}
    for name, kinds in sorted(marked.items(), key=lambda item: -len(item[0])):
        if sum(kinds.values()) > 1:
            forms.setdefault(name[0], []).append((list(name), kinds))
    for words, tags in sentences:
        for _, _, kinds in _unmarked(words, tags, forms):
            kinds[""] += 1
    return forms


def _unmarked(words: list[str], tags: list[str], forms: Forms) -> Iterator[tuple[int, int, Counter[str]]]:
    """(start, end, labels) of names of `forms` that stand unmarked, with no word in capitals beside them."""
    for start, word in enumerate(words):
        for name, kinds in forms.get(word, ()):
            end = start + len(name)
            beside = [*words[max(0, start - 1) : start], *words[end : end + 1]]
            if words[start:end] == name and set(tags[start:end]) == {OUTSIDE} and not any(w.istitle() for w in beside):
                yield start, end, kinds
                break


def mend_uner(words: list[str], tags: list[str], options: list[Options], often: Forms) -> None:
    """Open, in place, names that the corpus marks more often than not; settle peoples; close marks and small words.

    The pre-release of Universal NER has names unmarked, nationalities under `OTH`, and a stray label `O` on marks.
    """
    for start, end, kinds in list(_unmarked(words, tags, often)):
        if sum(kinds.values()) >= 2 * kinds[""]:
            types = {t for kind in kinds if kind for t in UNER_LABELS.get(kind, ())}
            for i in range(start, end):
                part = "B" if i == start else "I"
                options[i] = (*options[i], *(f"{part}-{t}" for t in sorted(types)))
    for start, end, kind in spans(tags):
        name = " ".join(words[start:end])
        known = known_names().get(name, ("NORP",) if GROUPS.fullmatch(name) else ())
        if kind == OUTSIDE and not any(word[:1].isupper() for word in words[start:end]):
            options[start:end] = [(OUTSIDE,)] * (end - start)
        elif kind == "OTH" and known:
            options[start:end] = [tuple(f"{'B' if i == start else 'I'}-{t}" for t in known) for i in range(start, end)]


UNER_LABELS = {"PER": ("PERSON",), "ORG": ("ORG",), "LOC": ("GPE", "LOC", "FAC"), "OTH": ("NORP", "EVENT")}
"""Universal NER's labels in ours; `OTH` is of the pre-release."""

GUM_TYPES = {"person": ("PERSON",), "organization": ("ORG",), "place": ("GPE", "LOC", "FAC"), "event": ("EVENT",)}


def gum_mentions(rows: list[list[str]]) -> list[Options]:
    """Names among GUM's mentions: those whose words are proper nouns; other mentions in capitals are left open."""
    out = [_outside(row[1], ("NORP", "EVENT")) for row in rows]
    for start, end, kind in sorted(_mentions(rows), key=lambda m: m[0] - m[1]):
        while start < end and (rows[start][3] == "DET" or (kind == "person" and rows[start][1].lower() in TITLES)):
            start += 1
        if end - start > 1 and rows[end - 1][1] in {"'s", "’s"}:
            end -= 1
        tags = [row[3] for row in rows[start:end]]
        proper = (
            bool(tags)
            and "PROPN" in tags
            and tags[0] in {"PROPN", "ADJ"}
            and all(t in {"PROPN", "ADP", "DET", "NUM", "CCONJ", "PUNCT", "ADJ"} for t in tags)
        )
        capital = [row[1][:1].isupper() for row in rows[start:end]]
        if not any(capital) or any(option != ("O",) and "B-PERSON" in option for option in out[start:end]):
            continue
        named = (
            proper
            and kind in GUM_TYPES
            and all(c or t in {"ADP", "DET", "CCONJ", "PUNCT", "NUM"} for c, t in zip(capital, tags, strict=True))
        )
        for i in range(start, end):
            if named and "," not in [row[1] for row in rows[start:end]]:
                out[i] = tuple(f"{'B' if i == start else 'I'}-{t}" for t in GUM_TYPES[kind])
            elif rows[i][3] == "PROPN" and out[i][0] == OUTSIDE:
                out[i] = (*(f"{p}-{t}" for t in TYPES for p in "BI"), OUTSIDE)
    return out


def _mentions(rows: list[list[str]]) -> list[tuple[int, int, str]]:
    """(start, end, type) of the mentions in GUM's `Entity=` brackets that open and close in this sentence."""
    opened: list[tuple[str, int, str]] = []
    out: list[tuple[int, int, str]] = []
    for i, row in enumerate(rows):
        for misc in row[9].split("|"):
            if not misc.startswith("Entity="):
                continue
            for piece in re.findall(r"\([^()]*\)?|[^()]+\)", misc[7:]):
                if piece[0] == "(":
                    ident, kind = (piece.strip("()").split("-") + [""])[:2]
                    opened.append((ident, i, kind))
                if piece[-1] == ")":
                    ident = piece.strip("()").split("-")[0]
                    at = next((k for k in range(len(opened) - 1, -1, -1) if opened[k][0] == ident), None)
                    if at is not None:
                        _, start, kind = opened.pop(at)
                        out.append((start, i + 1, kind))
    return out
