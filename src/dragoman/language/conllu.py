"""A parsed `Doc` as CoNLL-U (UD v2): the ten columns, and in MISC what UD has no column for.

Keys of MISC stand in alphabetical order. Names: `NER=B-ORG`, `NER=I-ORG`. Coreference: `Coref=2` on the head words of
all mentions of one entity, whose number holds for the whole text. With roles, on predicates only: `Pred=0.97`, the
probability that the word is one; `Args=3:ARG0:0.95,7:ARG1:0.91`, ids in the same sentence of the words that head its
arguments, with role and probability; `Dynamic`, `Factual`, `Hypothetical`, `Particular`, on the scales of
`annotations.Reality`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from dragoman.language.annotations import Predicate, chains, predicates


@dataclass(frozen=True, slots=True)
class _Beyond:
    """What is printed beyond the tree, by token index: numbers of entities, and predicates where they are wanted."""

    entities: Mapping[int, int]
    predicates: Mapping[int, Predicate]


def to_conllu(doc: Doc, roles: bool = False) -> str:
    """CoNLL-U of all sentences, each with its `# text`, ending in an empty line. Empty for a doc without words.

    `roles`: whether predicates, their arguments and their reality are printed too.
    """
    beyond = _Beyond(chains(doc), {p.word: p for p in predicates(doc)} if roles else {})
    return "".join(_sentence(sentence, number, beyond) for number, sentence in enumerate(_sentences(doc), start=1))


def _sentences(doc: Doc) -> list[list[Token]]:
    """Words of each sentence without white space tokens."""
    found = [[token for token in sentence if not token.is_space] for sentence in doc.sents]
    return [words for words in found if words]


def _sentence(words: list[Token], number: int, beyond: _Beyond) -> str:
    place = {token.i: k for k, token in enumerate(words, start=1)}
    span: Span = words[0].doc[words[0].i : words[-1].i + 1]
    head = [f"# sent_id = {number}", "# text = " + " ".join(span.text.split())]
    rows = ["\t".join(_cells(token, place, beyond)) for token in words]
    return "\n".join([*head, *rows]) + "\n\n"


def _cells(token: Token, place: dict[int, int], beyond: _Beyond) -> list[str]:
    is_root = token.head.i == token.i
    head = "0" if is_root else str(place[token.head.i])
    form, lemma = _safe(token.text), _safe(token.lemma_)
    return [
        str(place[token.i]),
        form,
        lemma,
        token.pos_,
        "_",
        str(token.morph) or "_",
        head,
        token.dep_,
        "_",
        "|".join(sorted(_misc(token, place, beyond))) or "_",
    ]


def _safe(text: str) -> str:
    """A cell holds no tab, line break or nothing at all."""
    return " ".join(text.split()) or "_"


def _misc(token: Token, place: dict[int, int], beyond: _Beyond) -> Iterator[str]:
    if token.ent_type_:
        yield f"NER={token.ent_iob_}-{token.ent_type_}"
    if number := beyond.entities.get(token.i):
        yield f"Coref={number}"
    if predicate := beyond.predicates.get(token.i):
        yield from _roles(predicate, place)
    last = token.i + 1 == len(token.doc)
    if not token.whitespace_ and not last and not token.doc[token.i + 1].is_space:
        yield "SpaceAfter=No"


def _roles(predicate: Predicate, place: dict[int, int]) -> Iterator[str]:
    yield f"Pred={predicate.probability:.2f}"
    if predicate.arguments:
        yield "Args=" + ",".join(f"{place[a.word]}:{a.role}:{a.probability:.2f}" for a in predicate.arguments)
    real = predicate.reality
    yield f"Dynamic={real.dynamic:z.2f}"
    yield f"Factual={real.factual:z.2f}"
    yield f"Hypothetical={real.hypothetical:z.2f}"
    yield f"Particular={real.particular:z.2f}"
