"""The date that holds for a predicate, over parses built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.coding import times
from dragoman.coding.draft import Draft
from dragoman.coding.tree import Tree
from dragoman.facts import Date, Report
from dragoman.lexicon.table import Lexicon

LEXICON = Lexicon()
VOCAB = spacy.blank("en").vocab
PUBLISHED = Date.on("1998-03-12")
UP_TO = Date(None, "1998-03-12", "interval", True, "report")
FROM = Date("1998-03-12", None, "interval", True, "report")
PAST, PART, INF = "Tense=Past|VerbForm=Fin", "Tense=Past|VerbForm=Part", "VerbForm=Inf"


def parsed(rows: str, published: Date = PUBLISHED) -> Draft:
    """A draft from rows of word, UPOS, head (from 1, 0 for the root), relation, features."""
    cells = [(line.split() + [""])[:5] for line in rows.strip().split("\n")]
    words = [cell[0] for cell in cells]
    heads = [int(cell[2]) - 1 if cell[2] != "0" else i for i, cell in enumerate(cells)]
    doc = Doc(
        VOCAB,
        words=words,
        spaces=[True] * (len(words) - 1) + [False],
        pos=[cell[1] for cell in cells],
        heads=heads,
        deps=[cell[3] for cell in cells],
        morphs=[cell[4] for cell in cells],
        lemmas=["say" if word == "said" else word for word in words],
    )
    draft = Draft(Report("r", doc.text, published), Tree(doc), LEXICON)
    return replace(draft, times=times.find(draft))


def date_of(draft: Draft, word: str) -> Date:
    return times.date_for(draft, next(token for token in draft.tokens if token.text == word))


MET_TUESDAY = f"""
They PRON 2 nsubj
met VERB 0 root {PAST}
on ADP 4 case
Tuesday PROPN 2 obl
"""
SAID_TUESDAY = f"""
Officials NOUN 2 nsubj
said VERB 0 root {PAST}
Tuesday PROPN 2 obl:tmod
that SCONJ 6 mark
troops NOUN 6 nsubj
left VERB 2 ccomp {PAST}
"""
TALKS = f"""
They PRON 2 nsubj
held VERB 0 root {PAST}
talks NOUN 2 obj
on ADP 5 case
Tuesday PROPN 2 obl
and CCONJ 7 cc
signed VERB 2 conj {PAST}
"""
POSSESSIVE = f"""
They PRON 2 nsubj
condemned VERB 0 root {PAST}
Tuesday PROPN 5 nmod:poss
's PART 3 case
raid NOUN 2 obj
"""
TO_COME = f"""
They PRON 3 nsubj
will AUX 3 aux VerbForm=Fin
meet VERB 0 root {INF}
"""
PLAIN = f"""
They PRON 2 nsubj
met VERB 0 root {PAST}
"""
SINCE = f"""
They PRON 3 nsubj
have AUX 3 aux VerbForm=Fin
ruled VERB 0 root {PART}
since SCONJ 5 case
1990 NUM 3 obl
"""
AFTER = f"""
They PRON 2 nsubj
met VERB 0 root {PAST}
on ADP 4 case
Tuesday PROPN 2 obl
after ADP 7 case
the DET 7 det
attack NOUN 2 obl
"""
MISPARSED = f"""
Troops NOUN 2 nsubj
left VERB 4 ccomp {PAST}
officials NOUN 4 nsubj
said VERB 0 root {PAST}
Tuesday PROPN 2 obl
"""
BY = f"""
They PRON 3 nsubj
will AUX 3 aux VerbForm=Fin
leave VERB 0 root {INF}
by ADP 5 case
2000 NUM 3 obl
"""
HYPHEN = f"""
They PRON 2 nsubj
met VERB 0 root {PAST}
on ADP 6 case
2 NUM 6 nummod
- PUNCT 6 punct
4 NUM 2 obl
March PROPN 6 flat
"""
BETWEEN = f"""
They PRON 2 nsubj
ruled VERB 0 root {PAST}
between ADP 4 case
1990 NUM 2 obl
and CCONJ 6 cc
1995 NUM 4 conj
"""


@pytest.mark.parametrize(
    ("rows", "word", "date"),
    [
        (MET_TUESDAY, "met", Date.on("1998-03-10", "relative")),
        # the day of saying is not the day of what was said
        (SAID_TUESDAY, "said", Date.on("1998-03-10", "relative")),
        (SAID_TUESDAY, "left", UP_TO),
        # a noun for a happening has its verb's time; joined verbs share it, less surely
        (TALKS, "talks", Date.on("1998-03-10", "relative")),
        (TALKS, "signed", Date.on("1998-03-10", "relative", True)),
        # a noun's own time is not its verb's
        (POSSESSIVE, "raid", Date.on("1998-03-10", "relative")),
        (POSSESSIVE, "condemned", UP_TO),
        (PLAIN, "met", UP_TO),
        (TO_COME, "meet", FROM),
        (SINCE, "ruled", Date("1990-01-01", "1998-03-12", "interval", False, "text")),
        # what a meeting followed had happened by its day, and not on it
        (AFTER, "attack", Date(None, "1998-03-10", "interval", True, "relative")),
        # a day right behind "said" is the day of saying, whatever the parse holds
        (MISPARSED, "left", UP_TO),
        (BY, "leave", Date("1998-03-12", "2000-12-31", "interval", True, "text")),
        (HYPHEN, "met", Date("1998-03-02", "1998-03-04", "interval", False, "relative")),
        (BETWEEN, "ruled", Date("1990-01-01", "1995-12-31", "interval", False, "text")),
    ],
)
def test_date_for(rows: str, word: str, date: Date) -> None:
    assert date_of(parsed(rows), word) == date


def test_no_report_date_no_date() -> None:
    assert date_of(parsed(PLAIN, Date.unknown()), "met") == Date.unknown("report")
