"""Our event corpus as labels of words: which words name an act, its kind, mode and status, and who its parties are.

An act stands on the head of its trigger, a party on the head of its words; both are found by the installed parser. A
party that the sentence only implies is the word IMPLIED.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from spacy.tokens import Doc, Token

from dragoman.coding import actors, places, times
from dragoman.coding.draft import Draft
from dragoman.coding.tree import Tree
from dragoman.facts import PLOVER_TYPES, STATUSES, Date, Report, Span
from dragoman.language.parser import Parser, load_parser
from dragoman.lexicon import Lexicon
from dragoman.terms import BODY_SECTORS, SECTORS
from training.corpora import Document, Sentence
from training.events_corpus import Item, Part, load
from training.events_labels import MODES
from training.events_lines import NO_COUNTRY, GoldEvent, Party

NONE: Final = "_"
ACTS: Final = (NONE, *PLOVER_TYPES)
ACT_MODES: Final = (NONE, *sorted({mode for modes in MODES.values() for mode in modes}))
ACT_STATUSES: Final = tuple(STATUSES)
PARTIES: Final = (NONE, "source", "target", "both")
"""What a word is to an act; parties of a reciprocal one are `both`."""
IMPLIED: Final = -1
"""In the place of a party's word: the sentence only implies it."""
SECTOR_LABELS: Final = (NONE, *sorted({*SECTORS, *BODY_SECTORS}))
"""What a party is; NONE for a mere country, or a party of which nothing is known."""


@dataclass(frozen=True, slots=True)
class ActLabel:
    """An act on a word: numbers of ACTS, ACT_MODES and ACT_STATUSES, background, and (word or IMPLIED, PARTIES)."""

    word: int
    act: int
    mode: int = 0
    status: int = 0
    background: bool = False
    parties: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HomeLabel:
    """A party on a word: number of its country (0: none, as bodies have), and of SECTOR_LABELS."""

    word: int
    country: int
    sector: int


@dataclass(slots=True)
class ActLayer:
    """All that is known of the acts of a sentence.

    `homes` are the parties whose country and sector are known, `lands` the number of the country that each word tells,
    0 for none, by the coder that is installed; `document` tells sentences of one text apart from others.
    """

    labels: list[ActLabel]
    homes: list[HomeLabel] = field(default_factory=list)
    lands: list[int] = field(default_factory=list)
    document: int = 0


class Countries:
    """Numbers of countries, from 1 in the order of their first mention."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, code: str | None) -> int:
        """The number of a code; 0 for None."""
        return 0 if code is None else self.numbers.setdefault(code, len(self.numbers) + 1)


def act_documents(corpus: Path, part: Part) -> tuple[list[Document], dict[str, ActLayer]]:
    """The items of a part as documents, and the acts of their sentences by the sentence's `ident`."""
    parser, lexicon, countries = load_parser(meaning=False), Lexicon(), Countries()
    documents: list[Document] = []
    acts: dict[str, ActLayer] = {}
    items = [item for item in load(sorted(corpus.glob("*.txt"))) if item.part == part]
    for number, item in enumerate(items, start=1):
        lands = _lands(item, parser, lexicon)
        document: Document = []
        for k, span in enumerate(item.sentences):
            ident = f"event-{item.id}-{k}"
            sentence, acts[ident] = _sentence(parser, item, span, lands, countries)
            sentence.ident, acts[ident].document = ident, number
            document.append(sentence)
        documents.append(document)
    return documents, acts


def _lands(item: Item, parser: Parser, lexicon: Lexicon) -> dict[int, str]:
    """The country that a word tells, by its first character in the text."""
    doc = parser.parse(item.text)
    draft = Draft(Report(item.id, item.text, Date.on(item.day, "given")), Tree(doc), lexicon)
    draft = replace(draft, times=times.find(draft))
    draft = replace(draft, places=places.find(draft))
    draft = replace(draft, actors=actors.find(draft))
    told = ((doc[i], m) for i, m in draft.mention_by_token.items() if m.kind not in ("pronoun", "implied"))
    return {token.idx: m.actor.country for token, m in told if m.actor.country and not m.others}


def _sentence(
    parser: Parser, item: Item, span: Span, lands: Mapping[int, str], countries: Countries
) -> tuple[Sentence, ActLayer]:
    doc = parser.parse(item.text[slice(*span)])
    real = [t for t in doc if not t.is_space]
    place = {t.i: n for n, t in enumerate(real)}
    glued = [t.i > 0 and not t.nbor(-1).whitespace_ and not t.nbor(-1).is_space for t in real]
    sentence = Sentence([t.text for t in real], glued, [], [], [], [], [], [], starts=False)
    layer = ActLayer([], lands=[countries(lands.get(span[0] + t.idx)) for t in real])
    found: dict[int, ActLabel] = {}
    homes: dict[int, HomeLabel] = {}
    for event in item.events:
        if not span[0] <= event.trigger[0][0] < span[1]:
            continue
        label = _label(doc, place, event, span[0])
        if label is not None:
            found.setdefault(label.word, label)
        for party in (*event.source, *event.target):
            home = _home(doc, place, party, span[0], countries)
            if home is not None:
                homes.setdefault(home.word, home)
    layer.labels, layer.homes = list(found.values()), list(homes.values())
    return sentence, layer


def _home(doc: Doc, place: dict[int, int], party: Party, start: int, countries: Countries) -> HomeLabel | None:
    """Country and sector of a party that has one code and words."""
    if party.span is None or len(party.codes) != 1:
        return None
    word = head_of(doc, [(party.span[0] - start, party.span[1] - start)])
    code = party.codes[0]
    if word is None:
        return None
    if code in BODY_SECTORS:
        return HomeLabel(place[word.i], 0, SECTOR_LABELS.index(code))
    land = None if code[:3] == NO_COUNTRY else code[:3]
    return HomeLabel(place[word.i], countries(land), SECTOR_LABELS.index(code[3:] or NONE))


def _label(doc: Doc, place: dict[int, int], event: GoldEvent, start: int) -> ActLabel | None:
    word = head_of(doc, [(a - start, b - start) for a, b in event.trigger])
    if word is None:
        return None
    parties: dict[int, int] = {}
    sides: list[tuple[str, Sequence[Party]]] = [("target", event.target), ("source", event.source)]
    for side, members in sides:
        for party in members:
            spans = [] if party.span is None else [(party.span[0] - start, party.span[1] - start)]
            at = head_of(doc, spans) if spans else None
            if spans and at is None:
                continue
            parties[IMPLIED if at is None else place[at.i]] = PARTIES.index("both" if event.reciprocal else side)
    return ActLabel(
        place[word.i], ACTS.index(event.act), ACT_MODES.index(event.mode or NONE), ACT_STATUSES.index(event.status),
        event.background, tuple(parties.items()),
    )  # fmt: skip


def head_of(doc: Doc, spans: Iterable[Span]) -> Token | None:
    """The first word of the spans whose head lies outside of them; None where they hold no word."""
    words = [t for t in doc if not t.is_space and any(a < t.idx + len(t) and t.idx < b for a, b in spans)]
    inside = {t.i for t in words}
    return next((t for t in words if t.head.i not in inside or t.head.i == t.i), words[0] if words else None)
