"""The parser as a component of one's own spaCy pipeline: `nlp.add_pipe("dragoman_parser", config={"kind": "fast"})`.

spaCy finds it by an entry point wherever Dragoman is installed; `docs/parser.md` shows its use.
"""

import os
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from srsly.msgpack import msgpack_decoders, msgpack_encoders  # type: ignore[import-untyped]

from dragoman.language.annotations import Argument, Predicate, Reality, Reference, predicates, references
from dragoman.language.parser import Parser, load_parser

NAME = "dragoman_parser"
MARK = "__dragoman__"
"""Key of the mapping that stands for a predicate or reference in a serialised doc."""

ASSIGNS = (
    "token.pos", "token.morph", "token.lemma", "token.head", "token.dep", "token.is_sent_start", "token.ent_iob",
    "token.ent_type", "doc.sents", "doc.ents", "doc._.predicates", "doc._.references",
)  # fmt: skip

Chain = Callable[[object], object] | None
"""The next function to ask, as srsly's registries of encoders and decoders have it."""


class ParserComponent:
    """Parses docs that another pipeline has cut into words. What stood in the attributes it fills is replaced.

    It is saved by its settings alone; the weights are those of the Dragoman that loads it.
    """

    def __init__(self, kind: str = "standard", threads: int = 1) -> None:
        """`kind` of the weights; `threads` of the encoder. Raises ModelError where they are missing or damaged."""
        self.kind, self.threads = kind, threads
        self._parsers = {os.getpid(): load_parser(kind, threads, acts=False)}
        _extend_docs()

    def __call__(self, doc: Doc) -> Doc:
        """Fill sentence starts, tags, features, lemmas, trees, names, predicates and references of the doc."""
        return self._own_parser().annotate(doc)

    def __reduce__(self) -> tuple[type["ParserComponent"], tuple[str, int]]:
        return ParserComponent, (self.kind, self.threads)

    def _own_parser(self) -> Parser:
        """The parser of this process: the encoder's threads don't outlive the fork of `nlp.pipe(n_process=2)`.

        That of the process forked from is kept: to end it would wait for its threads for ever.
        """
        if os.getpid() not in self._parsers:
            self._parsers[os.getpid()] = load_parser(self.kind, self.threads, acts=False)
        return self._parsers[os.getpid()]


@Language.factory(NAME, assigns=list(ASSIGNS), default_config={"kind": "standard", "threads": 1})
def make_component(nlp: Language, name: str, kind: str, threads: int) -> ParserComponent:
    """The component for `nlp.add_pipe`. Raises ModelError where the weights are missing or damaged."""
    return ParserComponent(kind, threads)


def _extend_docs() -> None:
    """Give docs `_.predicates` and `_.references`, unless the user has extensions so named, and let both be saved."""
    for name, getter in (("predicates", _predicates), ("references", _references)):
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=getter)
    msgpack_encoders.register("dragoman", func=_encode)
    msgpack_decoders.register("dragoman", func=_decode)


def _predicates(doc: Doc) -> tuple[Predicate, ...]:
    return tuple(predicates(doc))  # a list where the doc was saved and loaded


def _references(doc: Doc) -> tuple[Reference, ...]:
    return tuple(references(doc))


def _encode(value: object, chain: Chain = None) -> object:
    """A predicate or reference as a mapping of plain values; anything else as the next encoder has it."""
    if isinstance(value, Predicate):
        real = value.reality
        return {
            MARK: "predicate",
            "head": [value.word, value.probability],
            "arguments": [[a.word, a.role, a.probability] for a in value.arguments],
            "reality": [real.factual, real.particular, real.dynamic, real.hypothetical],
        }
    if isinstance(value, Reference):
        return {MARK: "reference", "row": [value.word, value.antecedent, value.probability]}
    return chain(value) if chain else value


def _decode(value: object, chain: Chain = None) -> object:
    """What `_encode` made, read back."""
    kind = value.get(MARK) if isinstance(value, dict) else None
    if isinstance(value, dict) and kind == "predicate":
        arguments = tuple(Argument(*row) for row in value["arguments"])
        word, probability = value["head"]
        return Predicate(word, probability, arguments, Reality(*value["reality"]))
    if isinstance(value, dict) and kind == "reference":
        return Reference(*value["row"])
    return chain(value) if chain else value
