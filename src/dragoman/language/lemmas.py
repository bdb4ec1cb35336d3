"""Lemmas by table, with rules for what the table lacks.

The table has the forms of the treebanks' training parts whose lemma the rules would miss, by form and UPOS. A word is
looked up as written, then in lower case; regular endings go by rule.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

VOWELS = "aeiou"
CONTRACTIONS = {
    ("n't", "PART"): "not", ("n’t", "PART"): "not", ("nt", "PART"): "not", ("'s", "PART"): "'s", ("’s", "PART"): "'s",
    ("’", "PART"): "'s", ("'", "PART"): "'s", ("'s", "AUX"): "be", ("’s", "AUX"): "be", ("'re", "AUX"): "be",
    ("’re", "AUX"): "be",
    ("'m", "AUX"): "be", ("’m", "AUX"): "be", ("'ve", "AUX"): "have", ("’ve", "AUX"): "have", ("'ll", "AUX"): "will",
    ("’ll", "AUX"): "will", ("'d", "AUX"): "would", ("’d", "AUX"): "would", ("ca", "AUX"): "can", ("wo", "AUX"): "will",
}  # fmt: skip
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
KEEP_CASE = frozenset({"PROPN", "X", "SYM", "PUNCT", "NUM"})


def plural(form: str) -> str:
    """The singular of a regular plural."""
    if form.endswith(("ss", "us")) or len(form) < 4 or not form.endswith("s"):
        return form
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return form[:-2]
    return form[:-1]


_WITH_E = re.compile(
    r"(?:(?:[^aeiou]|qu|gu|^)(?:a[dkmpr]|i[bdklnr]|o[kt]|ob|u[dlmrt]|om(?<=com))|[^eo]at|[cvuz]|(?<!s)s"
    r"|[bcdfgkptz]l|[dr]g|[aeu]ng|[aeiou]g|ven|pon|plet|ompet|creat|unit|vit|cit|writ|gnit|[twph]ast|erfer|adher|[tn]or)$"
)
_WITHOUT_E = frozenset(
    {"focus", "canvas", "bias", "hang", "bang", "overhang", "monitor", "combat", "format", "pilot", "chat"}
)


def _stem(stem: str) -> str:
    """A verb from what is left when -ed or -ing is taken off: with its e, or without its doubled consonant."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lszf" + VOWELS:
        return stem[:-1]
    if len(stem) > 5 and stem.endswith(("roll", "cell", "pell", "bell", "vell", "nall", "nell")):
        return stem[:-1]
    short = len(stem) == 3 and stem[0] not in VOWELS and stem[1] in VOWELS and stem[2] not in VOWELS + "wxy"
    return stem + "e" if stem not in _WITHOUT_E and (short or _WITH_E.search(stem)) else stem


def verb(form: str, feats: str) -> str:
    """The infinitive of a regular verb form."""
    if "VerbForm=Inf" in feats or "Mood=Imp" in feats:
        return form
    if form.endswith("ing") and len(form) > 4:
        return _stem(form[:-3])
    if form.endswith("ed") and len(form) > 3 and ("Tense=Past" in feats or "VerbForm=Part" in feats):
        if form.endswith("ied") and len(form) > 4:
            return form[:-3] + "y"
        return form[:-1] if form.endswith("eed") else _stem(form[:-2])
    return plural(form) if "Person=3" in feats or not feats else form


def compared(form: str) -> str:
    """The positive of a regular comparative or superlative."""
    if form in {"further", "farther", "other", "latter", "former"}:
        return form
    for end in ("est", "er"):
        if form.endswith(end) and len(form) > len(end) + 2:
            stem = form[: -len(end)]
            if stem.endswith("i"):
                return stem[:-1] + "y"
            return (
                stem[:-1]
                if stem[-1] == stem[-2] and stem[-1] != "l"
                else stem + "e" * stem.endswith(("pl", "bl", "tl", "c", "v", "arg", "ug", "saf", "lat", "wid"))
            )
    return form


def by_rule(form: str, upos: str, feats: str) -> str:
    """The lemma of a regular form. `feats` is a UD feature bundle."""
    low = form.lower()
    if (low, upos) in CONTRACTIONS:
        return CONTRACTIONS[low, upos]
    if upos == "NUM" and "," in form:
        return form.replace(",", "") if _GROUPED.fullmatch(form) else form
    if upos in KEEP_CASE:
        return plural(form) if upos == "PROPN" and "Number=Plur" in feats else form
    if upos == "NOUN":
        kept = form if form.isupper() else low
        return plural(kept) if "Number=Plur" in feats else kept
    if upos in {"VERB", "AUX"}:
        return verb(low, feats)
    if upos in {"ADJ", "ADV"}:
        if "Degree=Cmp" in feats or "Degree=Sup" in feats:
            return compared(low)
        return (
            form
            if upos == "ADJ" and form[:1].isupper() and "Degree" in feats and len(form) > 3 and not form.isupper()
            else low
        )
    return low


CACHED_FORMS = 65_536
"""Forms with their tags whose lemma is remembered."""


class Lemmatizer:
    """(form, UPOS, FEATS) to lemma."""

    def __init__(self, table: Mapping[tuple[str, str], str]) -> None:
        self._table = table
        self._lemma = lru_cache(maxsize=CACHED_FORMS)(self._find)

    def __call__(self, form: str, upos: str, feats: str) -> str:
        """The lemma; the form itself where nothing is known."""
        return self._lemma(form, upos, feats)

    def _find(self, form: str, upos: str, feats: str) -> str:
        if form.lower() == "her" and "Case=Acc" in feats:
            return "she"
        found = self._table.get((form, upos)) or self._table.get((form.lower(), upos))
        return found or by_rule(form, upos, feats) or form


def load_table(path: Path) -> dict[tuple[str, str], str]:
    """The table from a file with the columns form, upos, lemma."""
    with path.open(encoding="utf-8") as file:
        next(file)
        rows = (line.rstrip("\n").split("\t") for line in file)
        return {(form, upos): lemma for form, upos, lemma in rows}
