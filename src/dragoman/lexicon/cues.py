"""Reporting cues: the words that say that somebody said, believes or intends something.

A cue is a verb, noun, adjective or fixed phrase with the frames in which it reports: where the words reported stand
beside it. Frames, by the relations of Universal Dependencies v2:

    clause      a finite clause: "said that ...", "..., officials said", "asked whether ..."
    quote       a direct quotation before, after or around it
    to, ing     an infinitive or a gerund: "plans to ...", "denied taking ..."
    obj         a noun phrase: "rejected the offer"
    obj+to      a noun phrase with an infinitive, both reported: "urged Iran to stop"
    obj+pred    a noun phrase with what is said of it: "called it a mistake", "accused him of spying"
    prep:P      the noun phrase behind the preposition P: "called for a truce"
    raise       the subject with an infinitive, nobody speaking: "seems to be over", "is expected to win"
    label       "Minister: ...", a headline's colon
    addressee   no content: the object is who is told ("told reporters", "assured them")
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from dragoman.facts import SpeechKind
from dragoman.lexicon.table import Lexicon

CUE_POS: Final = frozenset({"verb", "noun", "adj", "phrase"})
FACTIVITIES: Final = frozenset({"none", "factive", "counterfactive"})
KINDS: Final[MappingProxyType[str, SpeechKind]] = MappingProxyType(
    {"speech": "speech", "belief": "belief", "intention": "intention"}
)
FRAMES: Final = frozenset({"clause", "quote", "to", "ing", "obj", "obj+to", "obj+pred", "raise", "label", "addressee"})
PREPOSITION_FRAME: Final = "prep:"


@dataclass(frozen=True, slots=True)
class ReportingCue:
    """A row of `reporting_cues`.

    `cue` is a lemma, with a particle where it has one ("point out"), or the words of a fixed phrase in lower case
    ("according to"). `factivity`: `factive` cues take the truth of what is said for granted ("acknowledged"),
    `counterfactive` ones deny it ("denied"). `strength`, 0 to 1, is how sure a match in a frame is a report.
    `example` must match and `counterexample` must not; tests run both.
    """

    table: ClassVar[str] = "reporting_cues"
    key: ClassVar[tuple[str, ...]] = ("cue", "pos")

    cue: str
    pos: str
    kind: str
    frames: tuple[str, ...]
    factivity: str
    strength: float
    example: str
    counterexample: str
    source: str = "own"

    def __post_init__(self) -> None:
        _check("pos", self.pos, CUE_POS)
        _check("kind", self.kind, KINDS)
        _check("factivity", self.factivity, FACTIVITIES)
        for frame in self.frames:
            if frame not in FRAMES and not frame.startswith(PREPOSITION_FRAME):
                raise ValueError(f"frames: unknown {frame!r}; one of {', '.join(sorted(FRAMES))} or prep:WORD")
        if not 0 < self.strength <= 1:
            raise ValueError(f"strength: {self.strength} is not above 0 and at most 1")

    @property
    def id(self) -> str:
        """A name for the row: `verb.point_out`."""
        return f"{self.pos}.{self.cue.replace(' ', '_')}"

    @property
    def speech(self) -> SpeechKind:
        """`kind`, as statements carry it."""
        return KINDS[self.kind]

    @property
    def prepositions(self) -> frozenset[str]:
        """The prepositions whose noun phrase it reports."""
        return frozenset(
            frame[len(PREPOSITION_FRAME) :] for frame in self.frames if frame.startswith(PREPOSITION_FRAME)
        )

    def takes(self, *frames: str) -> bool:
        """Whether it reports in any of FRAMES."""
        return any(frame in self.frames for frame in frames)


def _check(name: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise ValueError(f"{name}: unknown {value!r}; one of {', '.join(sorted(known))}")


@dataclass(frozen=True, slots=True)
class CueIndex:
    """Cues by their first word: lemmas of verbs, nouns and adjectives, and lower-case words of phrases.

    Within a list the longer cue stands first, so that "point out" is tried before "point".
    """

    by_lemma: MappingProxyType[tuple[str, str], tuple[ReportingCue, ...]]
    phrases: MappingProxyType[str, tuple[ReportingCue, ...]]

    def at(self, pos: str, lemma: str) -> tuple[ReportingCue, ...]:
        """The cues of POS (`verb`, `noun`, `adj`) whose first word is LEMMA."""
        return self.by_lemma.get((pos, lemma), ())


def index(lexicon: Lexicon) -> CueIndex:
    """The index of LEXICON's cues; use it as `lexicon.compiled(cues.index)`."""
    lemmas: dict[tuple[str, str], list[ReportingCue]] = {}
    phrases: dict[str, list[ReportingCue]] = {}
    for row in sorted(lexicon.rows(ReportingCue), key=lambda row: -len(row.cue.split())):
        first = row.cue.split()[0]
        if row.pos == "phrase":
            phrases.setdefault(first, []).append(row)
        else:
            lemmas.setdefault((row.pos, first), []).append(row)
    return CueIndex(
        MappingProxyType({key: tuple(rows) for key, rows in lemmas.items()}),
        MappingProxyType({key: tuple(rows) for key, rows in phrases.items()}),
    )
