"""The rules of `time_rules.tsv`, compiled, and the search for their longest matches.

A pattern is a sequence of elements parted by spaces: CLASS (upper case), a word or mark (lower case), `( )` for groups,
`|` for alternatives, `?` after an element or group that may be missing, `@name` for the pattern of the row of that id.

Each piece of the text is written as one character that stands for its set of classes, each pattern becomes a regular
expression over such characters, and so a match's offsets are piece numbers. Patterns have no repetition: a match is at
most as long as its pattern, and the search is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.coding.times.pieces import NONE, Piece, Words, number_class_sets, words_of
from dragoman.errors import TableError
from dragoman.lexicon.table import Lexicon
from dragoman.lexicon.time_words import TimeRule

_ELEMENT = re.compile(r"[()|?]|[^\s()|?]+")
_OTHER = "\ue000"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row with its regular expression; `groups` names the class that each group of it stands for."""

    row: TimeRule
    regex: re.Pattern[str]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Pieces `first` to `last` (exclusive) that RULE matches; `parts` are the pieces that stood for each class."""

    rule: Rule
    first: int
    last: int
    parts: dict[str, list[Piece]]

    def part(self, name: str) -> Piece | None:
        """The first piece that stood for class NAME, or None."""
        found = self.parts.get(name)
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules, the words they name, and the character of each set of classes.

    `by_symbol` gives, for the character that a match begins with, one pattern for all rules that can, and those rules.
    """

    words: Words
    literals: frozenset[str]
    symbols: dict[frozenset[str], str]
    by_symbol: dict[str, tuple[re.Pattern[str], tuple[Rule, ...]]]

    def line(self, row: Sequence[Piece]) -> str:
        """One character a piece."""
        return "".join(self.symbols.get(piece.classes, _OTHER) for piece in row)

    def matches_at(self, line: str, row: Sequence[Piece], i: int) -> list[Match]:
        """All matches that begin at piece I, longest first, then in the order of the table."""
        any_rule, rules = self.by_symbol.get(line[i], (None, ()))
        if any_rule is None or any_rule.match(line, i) is None:
            return []
        found = []
        for rule in rules:
            match = rule.regex.match(line, i)
            if match is not None and match.end() > i:
                found.append((match.end(), rule, match))
        found.sort(key=lambda entry: -entry[0])
        return [Match(rule, i, end, _parts(rule, match, row)) for end, rule, match in found]


def _parts(rule: Rule, match: re.Match[str], row: Sequence[Piece]) -> dict[str, list[Piece]]:
    parts: dict[str, list[Piece]] = {}
    for number, name in enumerate(rule.groups, 1):
        at = match.start(number)
        if at >= 0:
            parts.setdefault(name, []).append(row[at])
    return parts


def grammar(lexicon: Lexicon) -> Grammar:
    """The grammar of LEXICON's tables; for `Lexicon.compiled`. Raises TableError at a pattern that can't be read."""
    words = words_of(lexicon)
    rows = lexicon.rows(TimeRule)
    macros = {row.id: row.pattern for row in rows if row.id.startswith("@")}
    patterns = [(row, _expanded(row.pattern, macros, 0)) for row in rows if not row.id.startswith("@")]
    literals = frozenset(e for _, elements in patterns for e in elements if e not in "()|?" and not e[0].isupper())
    symbols = _symbols(words, literals)
    chars = _chars(symbols)
    rules = [_compiled(row, elements, chars) for row, elements in patterns]
    by_symbol = {c: tuple(r for r, firsts in rules if c in firsts) for c in symbols.values()}
    joined = {found: _any_of(found) for found in set(by_symbol.values()) if found}
    return Grammar(words, literals, symbols, {c: (joined[found], found) for c, found in by_symbol.items() if found})


def _any_of(rules: Sequence[Rule]) -> re.Pattern[str]:
    """One pattern that matches where any of RULES does: most places are told from it at once."""
    return re.compile("|".join(rule.regex.pattern.replace("([", "(?:[") for rule in rules))


def _expanded(pattern: str, macros: dict[str, str], depth: int) -> list[str]:
    if depth > 8:
        raise TableError("time_rules.tsv", 1, f"the pattern {pattern!r} names itself; break the circle")
    elements: list[str] = []
    for element in _ELEMENT.findall(pattern):
        if not element.startswith("@"):
            elements.append(element)
            continue
        if element not in macros:
            raise TableError("time_rules.tsv", 1, f"the pattern {pattern!r} names {element}, which is no row's id")
        elements += ["(", *_expanded(macros[element], macros, depth + 1), ")"]
    return elements


def _symbols(words: Words, literals: frozenset[str]) -> dict[frozenset[str], str]:
    """A character for each set of classes that a piece can have."""
    sets: set[frozenset[str]] = set(number_class_sets()) | {frozenset({f"={word}"}) for word in literals}
    for first, entries in words.by_first.items():
        for key, _, values in entries:
            full = frozenset(values)
            if len(key) == 1 and first in literals:
                full |= {f"={first}"}
            sets |= {full, full - {"MONTH"}}
    ordered = sorted(sets - {NONE}, key=sorted)
    return {classes: chr(ord(_OTHER) + i) for i, classes in enumerate(ordered, 1)}


def _chars(symbols: dict[frozenset[str], str]) -> dict[str, str]:
    """The characters that stand for each element of a pattern: all whose set of classes has it."""
    chars: dict[str, str] = {}
    for classes, char in symbols.items():
        for name in classes:
            element = name.removeprefix("=")
            chars[element] = chars.get(element, "") + char
    return chars


def _compiled(row: TimeRule, elements: list[str], chars: dict[str, str]) -> tuple[Rule, frozenset[str]]:
    groups: list[str] = []
    parts: list[str] = []
    for element in elements:
        if element == "(":
            parts.append("(?:")
        elif element in (")", "|", "?"):
            parts.append(element)
        else:
            if element not in chars:
                raise TableError("time_rules.tsv", 1, f"rule {row.id}: no word has the class {element}")
            groups.append(element)
            parts.append(f"([{chars[element]}])")
    try:
        regex = re.compile("".join(parts))
    except re.error as error:
        raise TableError("time_rules.tsv", 1, f"rule {row.id}: the pattern can't be read: {error}") from error
    firsts, nullable = _first(iter(elements), chars)
    if nullable:
        raise TableError("time_rules.tsv", 1, f"rule {row.id}: the pattern matches nothing at all")
    return Rule(row, regex, tuple(groups)), firsts


def _first(stream: Iterator[str], chars: dict[str, str]) -> tuple[frozenset[str], bool]:
    """The characters that a pattern, or a group up to its bracket, can begin with, and whether it can be empty."""
    options: list[tuple[set[str], bool]] = []
    items: list[tuple[Iterable[str], bool]] = []
    for element in stream:
        if element == "?":
            items[-1] = (items[-1][0], True)
        elif element == "(":
            items.append(_first(stream, chars))
        elif element in ("|", ")"):
            options.append(_sequence(items))
            items = []
            if element == ")":
                break
        else:
            items.append((chars[element], False))
    else:
        options.append(_sequence(items))
    return frozenset().union(*(found for found, _ in options)), any(empty for _, empty in options)


def _sequence(items: list[tuple[Iterable[str], bool]]) -> tuple[set[str], bool]:
    chars: set[str] = set()
    for found, nullable in items:
        chars |= set(found)
        if not nullable:
            return chars, False
    return chars, True
