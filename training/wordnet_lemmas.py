"""Lemmas of rarer words from WordNet 3.0, as spacy-lookups-data has it: irregular forms, and regular ones by its lists.

WordNet's licence (Princeton University) allows distribution with its notice, which stands in the weights' LICENSE.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path

from dragoman.language.lemmas import by_rule

PAST, GERUND, PLURAL = "Tense=Past|VerbForm=Fin", "VerbForm=Ger", "Number=Plur"
DOUBLED = frozenset("bdglmnprt")


def wordnet_rows() -> dict[tuple[str, str], str]:
    """(form, UPOS) to lemma, of the forms that the rules miss and that belong to one lemma alone."""
    index, irregular = _read("en_lemma_index"), _read("en_lemma_exc")
    verbs = {v for v in index["verb"] if v.isalpha() and v.islower()}
    nouns = {n for n in index["noun"] if n.isalpha() and n.islower()}
    found: dict[tuple[str, str], set[str]] = {}
    for form, lemma, feats in _verb_forms(verbs):
        if by_rule(form, "VERB", feats) != lemma:
            found.setdefault((form, "VERB"), set()).add(lemma)
    for upos, part, words in (("VERB", "verb", verbs), ("NOUN", "noun", nouns)):
        for form, lemmas in irregular[part].items():
            known = [lemma for lemma in lemmas if lemma in words]
            if form.isalpha() and len(known) == 1 and (known[0] != form or upos == "VERB"):
                found.setdefault((form, upos), set()).add(known[0])
    return {key: next(iter(lemmas)) for key, lemmas in found.items() if len(lemmas) == 1}


def _verb_forms(verbs: set[str]) -> Iterator[tuple[str, str, str]]:
    """(form, lemma, features) of each verb's regular past and gerund; forms that two verbs could make are left out."""
    made: dict[str, set[tuple[str, str]]] = {}
    for verb in verbs:
        for ending, feats in (("ed", PAST), ("ing", GERUND)):
            for form in _with_ending(verb, ending):
                made.setdefault(form, set()).add((verb, feats))
    for form, sources in made.items():
        if len({verb for verb, _ in sources}) == 1 and form not in verbs:
            verb, feats = next(iter(sources))
            yield form, verb, feats


def _with_ending(verb: str, ending: str) -> Iterator[str]:
    if verb.endswith("e") and not (ending == "ing" and verb.endswith(("ee", "oe", "ye"))):
        yield verb[:-1] + ending
    elif verb.endswith("y") and ending == "ed" and verb[-2:-1] not in "aeiou":
        yield verb[:-1] + "ied"
    else:
        yield verb + ending
    if verb[-1] in DOUBLED and verb[-2:-1] in "aeiou":
        yield verb + verb[-1] + ending


def _read(name: str) -> dict[str, dict[str, list[str]]]:
    spec = importlib.util.find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        raise SystemExit("spacy-lookups-data is missing; pip install spacy-lookups-data")
    with gzip.open(Path(spec.origin).parent / "data" / f"{name}.json.gz", "rt", encoding="utf-8") as file:
        data: dict[str, dict[str, list[str]]] = json.load(file)
    return data
