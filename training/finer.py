"""Outlets, legal texts and weapons in corpora that do not mark them, told by form.

Such corpora have outlets among organisations (or anywhere), and treaties and weapons as anything or nothing. A form
that leaves no doubt gets the new label alone; a likely one gets it beside what the corpus says (a partial label);
everything else keeps what the corpus says, so that the new labels do not spread.
"""

import re
from collections.abc import Sequence

from training.entities import OUTSIDE, TYPES, Options
from training.known import known_names


def _set(names: str) -> frozenset[str]:
    """Names between commas."""
    return frozenset(" ".join(name.split()) for name in names.split(","))


OUTLETS = _set(
    """
    RIA Novosti, RIA-Novosti, CNNTurk, Zaman, NTV, Asharq Al Awsat, WAFA, Bild, Al Quds Al Arabi, Independent
    Television, Granma, Radio Liberty, Fars News, Agence France Presse, Al Ahram, Al Arabiya, Al Hayat, Al
    Hurra, Al Jazeera, Al Manar, Aljazeera
    """
)
"""Outlets beside those of the lexicon; without "The", and with "Al " for "Al-"."""

SURE_CAPITALS = frozenset(
    {
        "AFP", "ANSA", "BBC", "CBS", "CNN", "DPA", "EU", "IRNA", "KCNA", "NATO", "NBC", "NHK", "NPR", "OPEC", "PBS",
        "TASS", "UK", "UN", "UPI", "USA", "USSR", "VOA",
    }
)  # fmt: skip
"""Short capitals of the lexicon that mean the same in all texts."""

OUTLET_FORM = re.compile(
    r"(?:(?:[A-Z][\w.&']*|of|and|'s) ){0,4}(?:"
    r"Times|Tribune|Herald|Gazette|Telegraph|Newspaper|Broadcasting (?:Corporation|Company|Service|System)|"
    r"(?:News|Press|Telegraph) Agency|Agencia|(?:Television|TV|News) Network|Shimbun|Ilbo|Daily|Zeitung)"
    r"|(?:[A-Z][\w.&']* ){1,3}(?:News|Radio|Television|TV|Inquirer|Chronicle|Observer|Mirror|Courier)"
    r"|(?:(?:Jerusalem|Jakarta|Bangkok|Denver|New York|Huffington|National|Morning) )Post"
    r"|(?:Daily|Sunday|Morning) [A-Z]\w+"
    r"|(?:Radio|Agence|Agencia|Agenzia|Telewizja|Televisión|Tele) [A-Z]\w+(?: [A-Z]\w+){0,2}"
)
"""Names that say that they are an outlet, where the corpus has an organisation or a place."""

OUTLET_WORD = re.compile(
    r"\b(?:Times|Tribune|Herald|Gazette|Telegraph|Post|Journal|News|Press|Agency|Radio|TV|Television|Broadcasting|Magazine|"
    r"Weekly|Chronicle|Mirror|Observer|Monitor|AP|ABC|CBS|NBC|CNN|BBC|AFP|Reuters|Jazeera|Xinhua)\b"
    r"|^(?:Globe|Guardian|Independent|Economist|Bloomberg|Fox|MENA|Petra|Fars|Mehr|Dawn|Nation|Forbes|Time|Fortune|Slate|Salon)$"
)
"""Words of outlets and of much else: they leave an organisation open."""

NO_OUTLET = re.compile(
    r"\b(?:"
    r"Atomic|Intelligence|Protection|Emergency|Space|Energy|Security|Refugee|Meteorological|Anti-Doping|"
    r"Development|Council|General|Statistics|Inspection|Eradication|Post Office|Corps|Association|Union|"
    r"School|University|Committee|Aid|Relief|Enforcement|Environmental|Conference|Defen[cs]e|Party|"
    r"Movement|Credit|Rating|Standards?|Revenue|Drug"
    r")\b"
)
"""Words that an outlet's name does not have."""

LAW_WORD = re.compile(
    r"Treaty|Treaties|Accords?|Act|Protocols?|Conventions?|Resolution|Declaration|Agreements?|Charter|Covenant|Memorandum|Pact|"
    r"Constitution|Roadmap|Communiqué|Amendment"
)
SURE_LAW_WORD = re.compile(r"Treaty|Treaties|Accords?|Act|Protocols?|Declaration|Agreements?|Covenant")
NO_LAW_BEFORE = frozenset({"National", "Fantasy", "Fiction", "Party", "Baptist", "Democratic", "Republican", "Warsaw"})
"""Before "Convention" or "Pact": congresses, churches, and the alliance."""

LINKS = frozenset({"of", "on", "for", "and", "the", "against", "in", "to", "with", "-", "'s"})

WEAPON_NAMES = _set(
    """
    Scud, Scuds, Patriot, Tomahawk, Stinger, Stingers, Hellfire, Kalashnikov, Kalashnikovs, Katyusha, Katyushas,
    Qassam, Kassam, Grad, Shahab, Taepodong, Nodong, Rodong, Musudan, Hwasong, Pershing, Minuteman, Trident,
    Polaris, Exocet, Silkworm, Javelin, HIMARS, Apache, Chinook, Cobra, Sidewinder, Iskander, Topol, Bulava,
    Gripen, Eurofighter, Rafale, Mirage, Harrier, Tornado, Phantom, Predator, Reaper, Uzi, Merkava, Abrams,
    Leopard, Hercules, Nimrod, Awacs, AWACS, Tomahawks, Patriots, Qassams, Fajr, Sejil, Shaheen, Ghauri, Agni,
    Prithvi, BrahMos, Trishul, Hatf, Babur, Zelzal
    """
)
"""Words for weapons, many of which are also words for something else."""

DESIGNATION = re.compile(r"(?:[FBCTMSPAEU]|AC|KC|EA|AH|UH|CH|MQ|RQ|SA|SS|AIM|AGM|RPG|AK|FA|Kh|KN)-?\d{1,3}[A-Z]?s?")
"""A type's letters and number ("F-16s", "AK47"), where the tokeniser leaves them whole."""

MAKERS = frozenset({"MiG", "Mig", "Su", "Tu", "Il", "Mi", "Ka", "AK", "AH", "UH", "SS", "Yak", "RPG", "CH"})
"""Letters before a hyphen and a number of their own ("MiG - 29")."""

ARMS = re.compile(
    r"(?:anti-\w+|ballistic|cruise|surface|air|fighter|attack|combat|assault|jet|transport|spy|surveillance|unmanned|gunship|"
    r"missiles?|rockets?|rifles?|jets?|fighters?|helicopters?|bombers?|drones?|aircraft|warplanes?|tanks?|planes?|launchers?|torpedo(?:es)?|"
    r"guns?|batter(?:y|ies)|grenades?|gunships?|submachine|submarines?)"
)
"""Words after a name that make it a weapon's."""


def finer(words: Sequence[str], glued: Sequence[bool], options: Sequence[Options], news: bool = False) -> list[Options]:
    """Options with outlets, legal texts and weapons found by form, and names of the lexicon that a corpus misses.

    `news`: short capitals mean what they mean in news ("ENA" is an agency there, and a company's part in its e-mail).
    """
    out = list(options)
    if not out:
        return out
    _missed(words, glued, out, news)
    _outlets(words, glued, out, news)
    _laws(words, out)
    _weapons(words, glued, out)
    return out


def _known(name: str, news: bool) -> tuple[str, ...]:
    if not news and name.isupper() and len(name) < 5 and name not in SURE_CAPITALS:
        return ()
    return known_names().get(name, ())


def _missed(words: Sequence[str], glued: Sequence[bool], out: list[Options], news: bool) -> None:
    """Names of the lexicon that the corpus leaves outside get their types, but not in a line of capitals."""
    letters = [word for word in words if word.isalpha()]
    if sum(word.isupper() for word in letters) * 2 > len(letters) > 1:
        return
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and words[end][:1].isupper():
            end += 1
        first = start + (words[start] in {"The", "A", "An"})
        outside = [OUTSIDE in option for option in out[first:end]]
        if any(outside) and (all(outside) or len(outside) > 1):
            types = _known(name_of(words, glued, first, end), news)
            if types and not (first and words[first - 1][:1].isdigit()):
                set_types(out, first, end, types)
        start = max(end, start + 1)


def option_spans(options: Sequence[Options]) -> list[tuple[int, int]]:
    """(start, end) of the words that surely or possibly form one name: a `B-` and the `I-` only that follow."""
    found: list[tuple[int, int]] = []
    for i, option in enumerate(options):
        named = [tag for tag in option if tag != OUTSIDE]
        if not named:
            continue
        if found and found[-1][1] == i and all(tag[0] == "I" for tag in named):
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def name_of(words: Sequence[str], glued: Sequence[bool], start: int, end: int) -> str:
    """A name's text."""
    return "".join(("" if i == start or glued[i] else " ") + words[i] for i in range(start, end))


def _types(options: Sequence[Options]) -> set[str]:
    return {tag[2:] for option in options for tag in option if tag != OUTSIDE}


def set_types(out: list[Options], start: int, end: int, types: Sequence[str], beside: bool = False) -> None:
    """Give the words from start to end a name's tags, alone or `beside` what they have."""
    for i in range(start, end):
        tags = tuple(f"{'B' if i == start else 'I'}-{kind}" for kind in types)
        out[i] = tuple(dict.fromkeys((*out[i], *tags))) if beside else tags


def outlet(name: str, types: set[str], news: bool = False) -> bool | None:
    """Whether a name that may have `types` is an outlet's; None: perhaps."""
    name = re.sub(r"^(?:The|the) ", "", name).replace("’", "'")
    plain = re.sub(r"^[Aa]l-", "Al ", name).replace(" 's", "'s")
    if plain in OUTLETS or ("MEDIA",) in (_known(plain, news), _known(name, news)):
        return True
    if NO_OUTLET.search(plain) or not types & {"ORG", "GPE", "LOC", "FAC"}:
        return False
    if OUTLET_FORM.fullmatch(plain):
        return True
    return None if "ORG" in types and OUTLET_WORD.search(plain) else False


def _outlets(words: Sequence[str], glued: Sequence[bool], out: list[Options], news: bool) -> None:
    for start, end in option_spans(out):
        types, opened = _types(out[start:end]), _open(out[start:end])
        unknown = opened and len(types) == len(TYPES)
        if opened and not unknown and "MEDIA" not in types:
            continue
        verdict = outlet(name_of(words, glued, start, end), types, news)
        if verdict and (unknown or not opened):
            set_types(out, start, end, ("MEDIA",))
        elif verdict is None and not opened:
            set_types(out, start, end, ("MEDIA",), beside=True)


def law_runs(words: Sequence[str]) -> list[tuple[int, int]]:
    """(start, end) of runs of capitalised words, with the small words between them, that name a legal text."""
    found: list[tuple[int, int]] = []
    at, n = 0, len(words)
    while at < n:
        end = last = at
        while end < n and (words[end][:1].isupper() or (end > at and words[end].lower() in LINKS)):
            end += 1
            if words[end - 1][:1].isupper():
                last = end
        start = at + (words[at] in {"The", "A", "An"})
        if last - start > 1 and any(_is_law(words, i, last) for i in range(start, last)):
            numbered = last < n and words[last - 1] == "Resolution" and words[last].isdigit()
            found.append((start, last + numbered))
        at = max(end, at + 1)
    return found


def _is_law(words: Sequence[str], at: int, last: int) -> bool:
    """A legal text's word that ends a run, or that "of" and the like follow, and that is no party's congress."""
    if not LAW_WORD.fullmatch(words[at]) or (at and words[at - 1] in NO_LAW_BEFORE):
        return False
    return at == last - 1 or words[at + 1].lower() in {"of", "on", "for", "against", "to", "with"}


def _laws(words: Sequence[str], out: list[Options]) -> None:
    for start, end in law_runs(words):
        whole = [
            (start + a, start + b)
            for a, b in option_spans(out[start:end])
            if b - a > 1
            and not _open(out[start + a : start + b])
            and SURE_LAW_WORD.fullmatch(words[start + b - 1])
            and "PERSON" not in _types(out[start + a : start + b])
        ]
        for a, b in whole:
            set_types(out, a, b, ("LAW",))
        for i in range(start, end if not whole else start):
            parts = "B" if i == start else "BI"
            out[i] = tuple(dict.fromkeys((*out[i], *(f"{part}-LAW" for part in parts))))


def _open(options: Sequence[Options]) -> bool:
    return any(OUTSIDE in option for option in options)


def weapon_forms(words: Sequence[str], glued: Sequence[bool]) -> list[tuple[int, int]]:
    """(start, end) of words that have the form of a weapon's name."""
    found: list[tuple[int, int]] = []
    i, n = 0, len(words)
    while i < n:
        end = i
        if i + 2 < n and words[i] in MAKERS | WEAPON_NAMES and words[i + 1] == "-" and glued[i + 1]:
            end = i + 3 if re.fullmatch(r"\d{1,3}[A-Z]?\d?s?|[A-Z]", words[i + 2]) else i
        if end == i and (words[i] in WEAPON_NAMES or DESIGNATION.fullmatch(words[i])):
            end = i + 1
        if end == i and words[i : i + 2] in (["Black", "Hawk"], ["Taepo", "Dong"]):
            end = i + 2
        if end > i:
            found.append((i, end))
        i = max(end, i + 1)
    return found


def _weapons(words: Sequence[str], glued: Sequence[bool], out: list[Options]) -> None:
    for start, end in weapon_forms(words, glued):
        after = words[end] if end < len(words) else ""
        if any("B-LAW" in option or "I-LAW" in option for option in out[start:end]):
            continue  # the Patriot Act
        numbered = any(c.isdigit() for c in words[end - 1]) and (end - start > 1 or "-" in words[start])
        if ARMS.fullmatch(after):
            set_types(out, start, end, ("WEAPON",))
        elif _open(out[start:end]) or numbered:
            set_types(out, start, end, (*_types(out[start:end]), "WEAPON"))
            out[start:end] = [(*option, OUTSIDE) for option in out[start:end]]
