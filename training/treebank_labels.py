"""Labels that our treebank may use, and which words may bear them: UD v2 as UD English (EWT, GUM) writes it."""


def _set(words: str) -> frozenset[str]:
    """Words between blanks."""
    return frozenset(words.split())


COLUMNS = 10
"""Cells of a CoNLL-U row."""

COMMENTS = ("sent_id", "construction", "text")
"""Comments that every sentence has."""

UPOS = _set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X")

RELATIONS = _set(
    """acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt
    conj cop csubj csubj:outer csubj:pass det det:predet discourse dislocated expl fixed flat goeswith iobj list mark
    nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked orphan
    parataxis punct vocative xcomp"""
)
"""Relations besides `root`. `dep` and `reparandum` have no place in edited news text."""

FEATURES: dict[str, tuple[str, ...]] = {
    "Abbr": ("Yes",),
    "Case": ("Acc", "Gen", "Nom"),
    "Definite": ("Def", "Ind"),
    "Degree": ("Cmp", "Pos", "Sup"),
    "ExtPos": ("ADP", "ADV", "CCONJ", "PRON", "PROPN", "SCONJ"),
    "Foreign": ("Yes",),
    "Gender": ("Fem", "Masc", "Neut"),
    "Mood": ("Imp", "Ind", "Sub"),
    "NumForm": ("Combi", "Digit", "Roman", "Word"),
    "NumType": ("Card", "Frac", "Mult", "Ord"),
    "Number": ("Plur", "Ptan", "Sing"),
    "Person": ("1", "2", "3"),
    "Polarity": ("Neg", "Pos"),
    "Poss": ("Yes",),
    "PronType": ("Art", "Dem", "Emp", "Ind", "Int", "Neg", "Prs", "Rcp", "Rel", "Tot"),
    "Reflex": ("Yes",),
    "Style": ("Arch", "Coll", "Expr", "Slng", "Vrnc"),
    "Tense": ("Past", "Pres"),
    "VerbForm": ("Fin", "Ger", "Inf", "Part"),
    "Voice": ("Pass",),
}

FEATURES_OF: dict[str, frozenset[str]] = {
    "Case": frozenset({"PRON"}),
    "Definite": frozenset({"DET"}),
    "Degree": frozenset({"ADJ", "ADV"}),
    "Mood": frozenset({"AUX", "VERB"}),
    "Tense": frozenset({"AUX", "VERB"}),
    "VerbForm": frozenset({"AUX", "VERB"}),
    "Voice": frozenset({"VERB"}),
}
"""Features that only words of some classes can have."""

AUXILIARIES = _set("be can could dare do get have may might must need ought shall should will would")
"""Lemmas of AUX."""

RIGHTWARD = frozenset({"appos", "conj", "fixed", "flat", "goeswith"})
"""Relations whose head stands before the dependent."""

NEEDED_UPOS: dict[str, frozenset[str]] = {
    "advmod": frozenset({"ADJ", "ADV", "CCONJ", "DET", "PART", "SYM"}),
    "aux": frozenset({"AUX"}),
    "cc": frozenset({"ADV", "CCONJ", "PART", "SYM"}),
    "cop": frozenset({"AUX"}),
    "det": frozenset({"DET", "PRON"}),
    "expl": frozenset({"PRON"}),
    "nummod": frozenset({"NUM"}),
    "punct": frozenset({"PUNCT"}),
}
"""Classes of which a word with the relation must be; a fixed expression counts as its ExtPos."""

FORBIDDEN_UPOS: dict[str, frozenset[str]] = {
    "case": frozenset({"ADJ", "AUX", "DET", "NUM", "PRON", "PROPN"}),
    "mark": frozenset({"ADJ", "AUX", "DET", "INTJ", "NOUN", "NUM", "PRON", "PROPN"}),
}

_SHARED = frozenset({"cc", "conj", "fixed", "goeswith", "punct"})

LEAVES: dict[str, frozenset[str]] = {
    "aux": _SHARED,
    "case": _SHARED | {"advmod", "obl"},
    "cc": _SHARED - {"cc"},
    "cop": _SHARED,
    "det": _SHARED | {"advmod", "case", "compound", "det", "nmod", "obl"},
    "fixed": frozenset({"goeswith", "punct"}),
    "goeswith": frozenset(),
    "mark": _SHARED | {"advmod", "obl"},
    "punct": frozenset(),
}
"""Relations that may hang on a function word or a mark."""

ONCE: dict[str, str] = {
    "aux:pass": "aux:pass",
    "cop": "cop",
    "csubj": "subject",
    "csubj:pass": "subject",
    "iobj": "iobj",
    "nsubj": "subject",
    "nsubj:pass": "subject",
    "obj": "obj",
}
"""Relations that a predicate has once, by what they count as. An outer clause's subject has its own relation."""

MISC = frozenset({"Coref", "NER", "SpaceAfter"})
"""Keys of the tenth column."""

NAMES = _set("PERSON ORG GPE LOC NORP FAC EVENT LAW WEAPON MEDIA")
"""Types of names."""
