"""Entity labels of many corpora in one scheme, as the set of tags that each word may have.

A corpus that does not tell countries from rivers, or marks no nationalities, leaves some tags open: training sums the
probability of all tags that its label allows (a partial label) instead of guessing one.
"""

import re
from collections import Counter

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


def clean_gmb(words: list[str], tags: list[str], counts: Counter[tuple[str, str]]) -> list[Options]:
    """GMB's tags repaired: demonyms parted from places, titles taken off persons, unreliable labels left open.

    `counts` has how often each word stands under each label in the whole corpus.
    """
    out = [_gmb_outside(word, counts) for word in words]
    for start, end, kind in spans(tags):
        while start < end - 1 and _no_part_of_name(words[start], kind):
            if words[start].lower() in TITLES:
                out[start] = (OUTSIDE,)
            start += 1
        name = " ".join(words[start:end])
        if kind == "per" and name.lower() in TITLES:
            out[start:end] = [(OUTSIDE,)] * (end - start)
            continue
        types = {
            "per": ("PERSON",),
            "org": ("ORG",),
            "eve": ("EVENT",),
            "art": (*TYPES, OUTSIDE),
            "nat": (OUTSIDE, "EVENT"),
            "tim": (),
        }.get(kind)
        if GROUPS.fullmatch(name):
            types = ("NORP",)
        elif types is None:
            types = _nation(name, counts)
        for i in range(start, end):
            part = "B" if i == start else "I"
            out[i] = tuple(OUTSIDE if t == OUTSIDE else f"{part}-{t}" for t in types) or (OUTSIDE,)
    return out


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
