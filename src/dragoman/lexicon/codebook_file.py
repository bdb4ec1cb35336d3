"""The file of a user's codebook: TOML, each thing checked, and all that is wrong told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final, TypeAlias, cast

from dragoman.facts import PLOVER_TYPES, STATUSES
from dragoman.lexicon.codebook_lines import Fault, Lines
from dragoman.lexicon.codebook_types import LAST, SLOTS, Example, OwnType, split, words_of
from dragoman.lexicon.plover import Terms

Table: TypeAlias = Mapping[str, object]

MAX_TYPES: Final = 500
MAX_ENTRIES: Final = 2000
MAX_PHRASE_WORDS: Final = 6
MAX_EXAMPLE_CHARS: Final = 2000
HEAD: Final = ("name", "title", "version", "author", "license", "types")
TEXTS: Final = ("gloss", "base", "mode", "cameo")
LISTS: Final = ("contexts", "verbs", "nouns", "adjectives", "objects", "source", "target", "needs", "not_this")
WORDS: Final = ("verbs", "nouns", "adjectives")
KEYS: Final = (*TEXTS, *LISTS, "reciprocal", "examples")
EXAMPLE_KEYS: Final = ("text", "source", "target", "status", "type", "background", "published")
NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
TYPE_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
SIDE: Final = re.compile(r"(?:[A-Z]{3}(?:\+[A-Z]{3})*)?")
_AT_LINE: Final = re.compile(r"^(.*) \(at (?:line (\d+), column \d+|end of document)\)$")


def parse(text: str, terms: Terms) -> tuple[str, tuple[OwnType, ...], tuple[Fault, ...]]:
    """(name, types, all faults) of a codebook's TEXT; name and types hold only where there are no faults."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return "", (), (_toml_fault(error, text),)
    except RecursionError:
        return "", (), (Fault(1, "brackets are nested too deep for a codebook"),)
    reading = _Reading(Lines(text), terms)
    name = reading.head(document)
    types = tuple(reading.types(document.get("types")))
    return name, types, tuple(reading.faults)


def _toml_fault(error: tomllib.TOMLDecodeError, text: str) -> Fault:
    found = _AT_LINE.match(str(error))
    problem = found[1] if found else str(error)
    line = int(found[2]) if found and found[2] else text.count("\n", 0, len(text.rstrip())) + 1
    hint = '; texts stand in quotes, lists in brackets: verbs = ["seize", "impound"]'
    if twice := re.match(r"Cannot (?:declare|overwrite).*?(?:'([^']*)'\)|value)", problem):
        name = f"{twice[1]!r}" if twice[1] else "this"
        return Fault(line, f"{name} stands a second time; join the two or give one another name")
    return Fault(line, f"no TOML: {problem[:1].lower()}{problem[1:]}{hint}")


def near(word: str, known: Iterable[str]) -> str:
    """A clause that offers the likeliest of KNOWN for WORD, and else all of them."""
    names = list(known)
    close = get_close_matches(word, names, 1) or get_close_matches(word.upper(), names, 1)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(names)}"


class _Reading:
    """Reads one document and notes what is wrong."""

    def __init__(self, lines: Lines, terms: Terms) -> None:
        self.lines, self.terms = lines, terms
        self.faults: list[Fault] = []
        self._owners: dict[tuple[str, str, str], list[tuple[str, int, frozenset[str]]]] = {}

    def _fault(self, line: int, problem: str) -> None:
        self.faults.append(Fault(line, problem))

    def head(self, document: Table) -> str:
        """The codebook's name."""
        for key in document:
            if key in KEYS:
                self._fault(self.lines.of(key), f"{key} outside any type; put it below a line such as [types.MY_TYPE]")
            elif key not in HEAD:
                self._fault(self.lines.of(key), f"unknown {key!r}; {near(key, HEAD)}")
        name = document.get("name")
        if not isinstance(name, str) or not NAME.fullmatch(name):
            said = "no name" if name is None else f"name: {name!r} can't be used"
            self._fault(
                self.lines.of("name"), f'{said}; give a short one in small letters, such as name = "gulf-shipping"'
            )
            return ""
        return name

    def types(self, tables: object) -> Iterable[OwnType]:
        """All types of the document."""
        if not isinstance(tables, dict) or not tables:
            self._fault(self.lines.of("types"), "no types; each begins with a line such as [types.MY_TYPE]")
            return
        if len(tables) > MAX_TYPES:
            self._fault(self.lines.of("types"), f"{len(tables)} types; at most {MAX_TYPES} are read")
            return
        for name, table in tables.items():
            line = self.lines.of("types", name)
            if not TYPE_NAME.fullmatch(name) or name in PLOVER_TYPES:
                why = "is PLOVER's own" if name in PLOVER_TYPES else "holds more than letters, digits and _"
                self._fault(line, f"type {name!r}: the name {why}; choose another")
            if not isinstance(table, dict):
                self._fault(line, f"{name} is no type; a type begins with a line such as [types.{name}]")
                continue
            yield self._type(name, line, cast(Table, table))

    def _type(self, name: str, line: int, table: Table) -> OwnType:
        for key in table:
            if key not in KEYS:
                self._fault(self.lines.of("types", name, key), f"{name}: unknown {key!r}; {near(key, KEYS)}")
        texts = {key: self._text(name, table, key) for key in TEXTS}
        lists = {key: self._list(name, table, key) for key in LISTS}
        self._check_terms(name, line, texts, lists["contexts"])
        self._check_slots(name, lists)
        self._check_words(name, line, lists)
        return OwnType(
            name, line, texts["gloss"] or "", texts["base"] or "", texts["mode"], texts["cameo"],
            lists["contexts"], lists["verbs"], lists["nouns"], lists["adjectives"],
            tuple(noun.lower() for noun in lists["objects"]), lists["source"], lists["target"], lists["needs"],
            self._flag(name, table, "reciprocal") or False,
            (*self._examples(name, table.get("examples", [])), *self._counterexamples(name, lists["not_this"])),
        )  # fmt: skip

    def _text(self, name: str, table: Table, key: str) -> str | None:
        value = table.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self._fault(self.lines.of("types", name, key), f'{name}: {key} is no text; write {key} = "…"')
        return None

    def _flag(self, name: str, table: Table, key: str) -> bool | None:
        value = table.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._fault(self.lines.of("types", name, key), f"{name}: {key} is neither true nor false (without quotes)")
        return None

    def _list(self, name: str, table: Table, key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        entries = cast("list[object]", value) if isinstance(value, list) else [None]
        if not all(isinstance(entry, str) and entry.strip() for entry in entries):
            self._fault(
                self.lines.of("types", name, key), f'{name}: {key} is no list of texts; write {key} = ["…", "…"]'
            )
            return ()
        if len(entries) > MAX_ENTRIES:
            self._fault(self.lines.of("types", name, key), f"{name}: {key} has more than {MAX_ENTRIES} entries")
            return ()
        return tuple(cast("list[str]", entries))

    def _check_terms(self, name: str, line: int, texts: Mapping[str, str | None], contexts: tuple[str, ...]) -> None:
        base, mode, cameo = texts["base"], texts["mode"], texts["cameo"]
        if texts["gloss"] is None:
            self._fault(line, f'{name} has no gloss; say in a sentence what it is: gloss = "…"')
        if base is None:
            self._fault(line, f"{name} has no base; name the PLOVER type of such an act: {', '.join(PLOVER_TYPES)}")
        elif base not in PLOVER_TYPES:
            self._fault(
                self.lines.of("types", name, "base"),
                f"{name}: base {base!r} is no PLOVER type; {near(base, PLOVER_TYPES)}",
            )
        elif mode is not None and mode not in self.terms.modes[base]:
            known = self.terms.modes[base]
            said = near(mode, known) if known else "it has none, so leave mode out"
            self._fault(self.lines.of("types", name, "mode"), f"{name}: {mode!r} is no mode of {base}; {said}")
        if cameo is not None and cameo not in self.terms.codes:
            self._fault(self.lines.of("types", name, "cameo"), f"{name}: {cameo!r} is no CAMEO code that we know")
        for context in contexts:
            if context not in self.terms.contexts:
                at = self.lines.of("types", name, "contexts", value=context)
                self._fault(
                    at, f"{name}: {context!r} is no PLOVER context; {near(context, sorted(self.terms.contexts))}"
                )

    def _check_slots(self, name: str, lists: Mapping[str, tuple[str, ...]]) -> None:
        known = (*SLOTS, *sorted(LAST), "by", "in", "between", "about", "over", "under", "near", "out of")
        for key in ("source", "target"):
            for slot in lists[key]:
                if slot not in known:
                    at = self.lines.of("types", name, key, value=slot)
                    self._fault(at, f"{name}: {key} {slot!r} is no place in a clause; {near(slot, known)}")
        for need in lists["needs"]:
            if need not in ("source", "target"):
                at = self.lines.of("types", name, "needs", value=need)
                self._fault(at, f"{name}: needs {need!r}; it may be source, target or both")

    def _check_words(self, name: str, line: int, lists: Mapping[str, tuple[str, ...]]) -> None:
        if not any(lists[key] for key in WORDS):
            self._fault(line, f"{name} has no verbs, nouns or adjectives; nothing would be coded as it")
        objects = frozenset(noun.lower() for noun in lists["objects"])
        for key in WORDS:
            for phrase in lists[key]:
                at = self.lines.of("types", name, key, value=phrase)
                words = words_of(phrase)
                if not words or len(words) > MAX_PHRASE_WORDS or not all(w.replace("'", "").isalpha() for w in words):
                    self._fault(at, f"{name}: {phrase!r} is no phrase of one to {MAX_PHRASE_WORDS} words")
                else:
                    self._check_owner(name, at, key, phrase, objects)
        for noun in lists["objects"]:
            if noun.startswith("@") or len(noun.split()) > 2:
                at = self.lines.of("types", name, "objects", value=noun)
                self._fault(at, f"{name}: object {noun!r} is no noun of one or two words")

    def _check_owner(self, name: str, line: int, key: str, phrase: str, objects: frozenset[str]) -> None:
        """One phrase may stand in two types only where their objects tell them apart."""
        owners = self._owners.setdefault((key, *split(phrase)), [])
        for other, at, others in owners:
            if objects & others or objects == others:
                where = "twice" if other == name else f"in {other} too (line {at})"
                said = "" if other == name else " and no objects tell the two apart"
                self._fault(line, f"{name}: {phrase!r} stands {where}{said}; keep one")
                break
        owners.append((name, line, objects))

    def _examples(self, name: str, value: object) -> Iterable[Example]:
        if not isinstance(value, list):
            self._fault(
                self.lines.of("types", name, "examples"),
                f'{name}: examples is no list; write examples = [{{ text = "…", source = "IRN", target = "GRC" }}]',
            )
            return
        line = 0
        for number, entry in enumerate(value[:MAX_ENTRIES]):
            line = self.lines.example(name, number, entry, line)
            if isinstance(entry, str):
                entry = {"text": entry}
            if isinstance(entry, dict):
                found = self._example(name, line, cast(Table, entry))
                if found is not None:
                    yield found
            else:
                self._fault(line, f'{name}: an example is {{ text = "…", source = "IRN", target = "GRC" }}')

    def _example(self, name: str, line: int, entry: Table) -> Example | None:
        before = len(self.faults)
        for key in entry:
            if key not in EXAMPLE_KEYS:
                self._fault(line, f"{name}: unknown {key!r} in an example; {near(key, EXAMPLE_KEYS)}")
        text = entry.get("text")
        if not isinstance(text, str) or not text.strip() or len(text) > MAX_EXAMPLE_CHARS:
            self._fault(line, f"{name}: an example without a text of 1 to {MAX_EXAMPLE_CHARS} characters")
        sides = {side: self._side(name, line, side, entry.get(side)) for side in ("source", "target")}
        for key, known in (("status", STATUSES), ("type", PLOVER_TYPES)):
            if key in entry and entry[key] not in known:
                self._fault(line, f"{name}: {key} {entry[key]!r} of an example; {near(str(entry[key]), known)}")
        background = entry.get("background")
        if background is not None and not isinstance(background, bool):
            self._fault(line, f"{name}: background of an example is true or false (without quotes)")
        published = self._day(name, line, entry.get("published"))
        if len(self.faults) > before:
            return None
        return Example(
            cast(str, text), line, True, sides["source"], sides["target"],
            cast("str | None", entry.get("status")), cast("str | None", entry.get("type")),
            cast("bool | None", background), published,
        )  # fmt: skip

    def _day(self, name: str, line: int, value: object) -> str | None:
        """An ISO day, written as a text or as TOML's own date."""
        if value is None or type(value) is date:
            return value.isoformat() if value else None
        try:
            return date.fromisoformat(cast(str, value)).isoformat()
        except (TypeError, ValueError):
            self._fault(line, f"{name}: published {value!r} of an example is no day such as 2019-07-04")
            return None

    def _side(self, name: str, line: int, side: str, value: object) -> str | None:
        """Codes of one side in the order of the alphabet."""
        if value is None:
            return None
        joined = "+".join(map(str, value)) if isinstance(value, list) else value
        if not isinstance(joined, str) or not SIDE.fullmatch(joined):
            self._fault(
                line, f'{name}: {side} {value!r} of an example; write country codes or sectors: "IRN" or "FRA+DEU"'
            )
            return None
        return "+".join(sorted(joined.split("+")))

    def _counterexamples(self, name: str, texts: tuple[str, ...]) -> Iterable[Example]:
        for text in texts:
            yield Example(text, self.lines.of("types", name, "not_this", value=text), fires=False)
