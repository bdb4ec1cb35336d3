"""robots.txt as RFC 9309 has it: groups by user agent, the longest matching rule decides, `*` and `$` in paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit

MAX_ROBOTS_BYTES: Final = 512_000
"""How much of a robots.txt is read (the RFC asks for at least 500 KiB)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line of the group that is about us."""

    allow: bool
    path: str


def rules_for(robots: str, agent: str) -> tuple[Rule, ...]:
    """The rules of the groups that name AGENT (its product word, without version), else of those for `*`."""
    product = agent.split("/")[0].split()[0].lower() if agent.strip() else ""
    groups: dict[str, list[Rule]] = {}
    named: list[str] = []
    open_group = False
    for line in robots.splitlines():
        key, found, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not found:
            continue
        if key == "user-agent":
            named = [*named, value.lower()] if open_group else [value.lower()]
            open_group = True
            groups.setdefault(value.lower(), [])
        elif key in ("allow", "disallow"):
            open_group = False
            for name in named:
                groups[name].append(Rule(key == "allow", value))
    return tuple(groups[product] if product in groups else groups.get("*", []))


def is_allowed(rules: tuple[Rule, ...], address: str) -> bool:
    """Whether RULES let us fetch ADDRESS; of equally long rules that match, Allow wins; without one, it is allowed."""
    parts = urlsplit(address)
    target = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    if target == "/robots.txt":
        return True
    best = (-1, True)
    for rule in rules:
        if rule.path and _matches(_normal(rule.path), target):
            best = max(best, (len(rule.path), rule.allow))
    return best[1]


def _normal(path: str) -> str:
    return quote(unquote(path), safe="/*$?&=;:@!+,~'()")


def _matches(pattern: str, target: str) -> bool:
    """Greedy match of `*` pieces, each at its first place: linear in the target for each piece."""
    ends = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not target.startswith(pieces[0]):
        return False
    place = len(pieces[0])
    for piece in pieces[1:]:
        place = target.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return not ends or place == len(target) or (len(pieces) > 1 and target.endswith(pieces[-1]))
