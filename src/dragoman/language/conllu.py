"""A parsed `Doc` as CoNLL-U (UD v2): the ten columns, with names in MISC as `NER=B-PERSON`."""

from spacy.tokens import Doc, Span, Token


def to_conllu(doc: Doc) -> str:
    """CoNLL-U of all sentences, each with its `# text`, ending in an empty line. Empty for a doc without words."""
    return "".join(_sentence(sentence, number) for number, sentence in enumerate(_sentences(doc), start=1))


def _sentences(doc: Doc) -> list[list[Token]]:
    """Words of each sentence without white space tokens."""
    found = [[token for token in sentence if not token.is_space] for sentence in doc.sents]
    return [words for words in found if words]


def _sentence(words: list[Token], number: int) -> str:
    place = {token.i: k for k, token in enumerate(words, start=1)}
    span: Span = words[0].doc[words[0].i : words[-1].i + 1]
    head = [f"# sent_id = {number}", "# text = " + " ".join(span.text.split())]
    rows = ["\t".join(_cells(token, place)) for token in words]
    return "\n".join([*head, *rows]) + "\n\n"


def _cells(token: Token, place: dict[int, int]) -> list[str]:
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
        _misc(token),
    ]


def _safe(text: str) -> str:
    """A cell holds no tab, line break or nothing at all."""
    return " ".join(text.split()) or "_"


def _misc(token: Token) -> str:
    marks = [f"NER={token.ent_iob_}-{token.ent_type_}"] if token.ent_type_ else []
    last = token.i + 1 == len(token.doc)
    if not token.whitespace_ and not last and not token.doc[token.i + 1].is_space:
        marks.append("SpaceAfter=No")
    return "|".join(marks) or "_"
