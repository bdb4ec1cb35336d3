"""PropBank roles and UDS reality over the EWT sentences, by sentence id.

Sources: `srl_ewt` (PropBank 3.1 over EWT) and `factuality_ewt` (White et al. 2016, Rudinger et al. 2018, Govindarajan
et al. 2019), both CC BY-SA 4.0.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from training.acts import ActLayer
from training.corpora import lines

AUXILIARIES = frozenset({"be.03", "have.01", "do.01", "get.03"})
"""Frames of auxiliaries: no predicates of their own."""

PARTS = frozenset({"V", "C-V"})
"""Roles of a predicate's own further words."""

NO_ROLE = "_"
SCALES = ("factual", "particular", "dynamic", "hypothetical")


@dataclass(frozen=True, slots=True)
class Roles:
    """A predicate and its arguments by head word, both as places from 0; whether it counts is None for light verbs."""

    word: int
    counts: bool | None
    arguments: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Reality:
    """Values on the four SCALES and how far each is to be trusted, 0 to 1 (0: not judged)."""

    word: int
    values: tuple[float, ...]
    trust: tuple[float, ...]


@dataclass(slots=True)
class Semantics:
    """What is known of one sentence; `roles` is None where PropBank has not covered it, `acts` where nobody has."""

    roles: list[Roles] | None = None
    reality: list[Reality] = field(default_factory=list)
    acts: ActLayer | None = None


def read_semantics(data: Path, part: str) -> dict[str, Semantics]:
    """Semantics of the sentences of EWT's `part` (train or dev), by sent_id."""
    found: dict[str, Semantics] = {}
    for line in lines(data / f"srl_ewt_{part}.jsonl.xz"):
        row = json.loads(line)
        found.setdefault(row["sent_id"], Semantics()).roles = [_roles(p) for p in row["predicates"]]
    for line in lines(data / f"factuality_ewt_{part}.jsonl.xz"):
        row = json.loads(line)
        found.setdefault(row["sent_id"], Semantics()).reality = [_reality(p) for p in row["predicates"]]
    return found


def _roles(row: dict[str, object]) -> Roles:
    frame, arguments = str(row["frame"]), row["args"]
    assert isinstance(arguments, list) and isinstance(row["token"], int)
    counts = None if frame.endswith(".LV") else frame not in AUXILIARIES
    return Roles(
        row["token"] - 1, counts, tuple((a["head"] - 1, a["role"]) for a in arguments if a["role"] not in PARTS)
    )


def _reality(row: dict[str, object]) -> Reality:
    generic, token, confidence = row.get("generic", {}), row["token"], row.get("confidence", 0.0)
    assert isinstance(generic, dict) and isinstance(token, int) and isinstance(confidence, float | int)
    pairs = [(row["factual"], confidence)] if "factual" in row else [(0.0, 0.0)]
    pairs += [tuple(generic.get(name, (0.0, 0.0))) for name in SCALES[1:]]
    return Reality(token - 1, tuple(float(str(v)) for v, _ in pairs), tuple(float(str(c)) for _, c in pairs))


def role_labels(found: Iterable[Semantics], least: int = 20) -> list[str]:
    """`NO_ROLE`, then the roles that occur at least `least` times."""
    counts = Counter(role for s in found for p in s.roles or () for _, role in p.arguments)
    return [NO_ROLE, *sorted(role for role, n in counts.items() if n >= least)]
