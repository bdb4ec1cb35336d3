"""Score `dragoman link` on our own groups of reports (`corpus/linking`).

    python -m benchmarks.linking_groups                the dev part
    python -m benchmarks.linking_groups --part test    the test part; nothing of it is ever listed
    python -m benchmarks.linking_groups --wrong        also the pairs of the dev part that are linked wrongly, or not

All groups go through one run, so that a link between two groups is an error too. Rows: `B3` over all mentions, and
`pairs`, the links between mentions of different reports; precision, recall and F1 in percent.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.tasks import installed

GROUPS: Final = Path(__file__).parent.parent / "corpus" / "linking" / "groups.txt"
PARTS: Final = ("dev", "test")
MARK: Final = re.compile(r"\[([^\[\]|]+)\|([a-z-]+)\]")
HEADER: Final = re.compile(r"= ([a-z0-9-]+)")

Place: TypeAlias = tuple[str, int]
"""A mention: the id of its report and its number there."""


class GroupError(ValueError):
    """A line of the file that breaks the format; the message names it."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a group with its mentions: characters from 0, end exclusive, and a happening each."""

    group: str
    number: int
    text: str
    mentions: tuple[tuple[int, int, str], ...]

    @property
    def id(self) -> str:
        """Name of the report in a run."""
        return f"{self.group}/{self.number}"

    @property
    def part(self) -> str:
        """`dev` or `test`, half each, by a hash of the group's name."""
        return PARTS[hashlib.sha256(self.group.encode()).digest()[0] % 2]


def load(path: Path = GROUPS) -> list[Report]:
    """All reports of the file. Raises GroupError."""
    found: list[Report] = []
    seen: set[str] = set()
    group = ""
    number = 0
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("="):
            header = HEADER.fullmatch(line)
            if header is None or header[1] in seen:
                raise GroupError(f"{path} line {at}: {line!r} is no new group; write `= name` with a name of its own")
            group, number = header[1], 0
            seen.add(group)
            continue
        number += 1
        found.append(_report(group, number, line, f"{path} line {at}"))
    return found


def _report(group: str, number: int, line: str, where: str) -> Report:
    text, mentions, end = "", [], 0
    for mark in MARK.finditer(line):
        text += line[end : mark.start()]
        mentions.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        end = mark.end()
    text += line[end:]
    if not group or not mentions or set("[]|") & set(text):
        raise GroupError(f"{where}: a report stands in a group and has mentions, each marked [words|happening]")
    return Report(group, number, text, tuple(mentions))


def gold(reports: Sequence[Report]) -> dict[Place, str]:
    """The happening of each mention, by names that hold over all groups."""
    return {(r.id, k): f"{r.group}/{name}" for r in reports for k, (_, _, name) in enumerate(r.mentions)}


def answers(reports: Sequence[Report]) -> dict[Place, str]:
    """The cluster that the installed command gives each mention."""
    rows = [
        {"id": r.id, "text": r.text, "events": [{"start": start, "end": end} for start, end, _ in r.mentions]}
        for r in reports
    ]
    given = "".join(json.dumps(row) + "\n" for row in rows)
    done = subprocess.run([str(installed()), "link", "-"], input=given, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {(line["id"], k): str(event["cluster"]) for line in lines for k, event in enumerate(line["events"])}


def cubed(one: Mapping[Place, str], other: Mapping[Place, str]) -> float:
    """B3 precision of ONE by OTHER; its recall is that of the two in turn."""
    groups, others = _groups(one), _groups(other)
    return sum(len(groups[one[m]] & others[other[m]]) / len(groups[one[m]]) for m in one) / max(1, len(one))


def pairs(clusters: Mapping[Place, str]) -> set[tuple[Place, Place]]:
    """Linked mentions of different reports, two by two."""
    linked = (pair for group in _groups(clusters).values() for pair in combinations(sorted(group), 2))
    return {(a, b) for a, b in linked if a[0] != b[0]}


def _groups(clusters: Mapping[Place, str]) -> dict[str, set[Place]]:
    groups: dict[str, set[Place]] = {}
    for mention, name in clusters.items():
        groups.setdefault(name, set()).add(mention)
    return groups


def row(name: str, precision: float, recall: float) -> str:
    """A line of the table."""
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"{name:6s} P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, default="dev")
    parser.add_argument("--wrong", action="store_true", help="list what is wrong in the dev part")
    options = parser.parse_args()
    every = load()
    kept = {r.id: r for r in every if r.part == options.part}
    given = answers(every)
    right = {place: name for place, name in gold(every).items() if place[0] in kept}
    found = {place: name for place, name in given.items() if place[0] in kept}
    wanted, linked = pairs(right), pairs(found)
    print(f"{options.part}: groups {len({r.group for r in kept.values()})} reports {len(kept)} mentions {len(right)}")
    print(row("B3", cubed(found, right), cubed(right, found)))
    both = len(wanted & linked)
    print(row("pairs", both / max(1, len(linked)), both / max(1, len(wanted))))
    if options.wrong and options.part == "dev":
        for a, b in sorted(wanted ^ linked):
            told = [kept[i].text[slice(*kept[i].mentions[k][:2])] for i, k in (a, b)]
            print("missed" if (a, b) in wanted else "wrong", a[0], told[0], "=", b[0], told[1])


if __name__ == "__main__":
    sys.exit(main())
