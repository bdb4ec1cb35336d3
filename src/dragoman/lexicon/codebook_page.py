"""The codebook as a page, made from the tables: `python -m dragoman.lexicon.codebook_page docs/codebook.md`.

What has no example that the coder reads right is said to be not coded yet.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from dragoman.lexicon.codebook_examples import ExampleRow
from dragoman.lexicon.plover import QUADS, CameoRow, ContextRow, ModeRow, TypeRow
from dragoman.lexicon.table import Lexicon
from dragoman.terms import FUTURE_AGREE, STATUSES

HEAD: Final = """\
# Codebook

<!-- Made by `python -m dragoman.lexicon.codebook_page docs/codebook.md`: change the tables, not this page. -->

What Dragoman codes, by which names, and how each looks in a sentence. The sentences are our own, of documented
history or of nobody in particular; the tests run every one as a report of 10 June 2015, and a row that the coder
reads otherwise today is set apart under [Not coded yet](#not-coded-yet). They are the plainest of their kind: that
they come out right says what is meant, not how often it is got right in the wild, which [quality.md](quality.md)
says.

Types, modes and contexts are those of PLOVER, draft 2.0 (Open Event Data Alliance; names and scores CC BY-SA 4.0),
codes those of CAMEO 1.1b3; glosses are ours. Where the sources contradict themselves, this is the reading that is
followed:

- **Quad class** goes by the manual's sections and summary: SANCTION is material conflict. (Its table of numbers
  alone calls it verbal.)
- **Intensity** runs from -10 to 10. ACCUSE is -3, as in all revisions but the last, which has lost the sign. A mode
  without a score of its own has its type's. PLOVER's scale of before 2023 was another one: don't mix series.
- **REQUEST** takes in every request, so CAMEO's appeals (02) stand there too; comments (01) are no events, they are
  kept as statements with their speaker.
- An embargo is SANCTION, a verdict SANCTION convict, an apology CONCEDE: the manual goes before the conversion table
  of 2021.

Types of your own go beside these: [own-codebook.md](own-codebook.md).
"""

ACT_AND_TYPE: Final = """\
## Act and type

Each event has an `act`, the PLOVER type of what is done or to be done, and a `type`, under which it is counted. They
part only where the act has not taken place:

| an act of | still to come (`scheduled`, `proposed`) counts as | why |
|---|---|---|
| {future} | AGREE | manual 2.0, AGREE |
| RETREAT | CONCEDE | manual 2.0, CONCEDE and RETREAT |
| PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT | THREATEN | CAMEO 13x; PLOVER has no rule |
| all others | itself | |

"Will not", said by who would act, is an act of its own, REJECT; any other negation leaves the act with the status
`denied`. What somebody asks for, refuses or threatens is no event beside the asking: the request is the event, and
its mode says what is asked.
"""


def page(lexicon: Lexicon) -> str:
    """The whole page, in Markdown."""
    rows = lexicon.rows(ExampleRow)
    right = [row for row in rows if row.known_gap is None]
    parts = (
        [HEAD],
        _summary(lexicon),
        _statuses([row for row in right if row.shows == "status"]),
        [ACT_AND_TYPE.format(future=", ".join(sorted(FUTURE_AGREE)))],
        _examples([row for row in right if row.shows == "typing"]),
        ["## Types\n"],
        *(_type(lexicon, row, right) for row in lexicon.rows(TypeRow)),
        _contexts(lexicon),
        _cameo(lexicon),
        _gaps([row for row in rows if row.known_gap is not None]),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table, closed by an empty line."""
    lines = [_line(columns), _line(["---"] * len(columns)), *map(_line, rows)]
    return [*lines, ""]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _summary(lexicon: Lexicon) -> list[str]:
    rows = (
        (f"[{row.type}](#{row.type.lower()})", f"{row.quad} {QUADS[row.quad]}", _number(row.intensity), row.gloss)
        for row in lexicon.rows(TypeRow)
    )
    return table(("type", "quad class", "intensity", "what it is"), rows)


def _statuses(rows: Sequence[ExampleRow]) -> Iterator[str]:
    yield "## Status and background\n"
    yield "`status` says whether it happened, `background` whether it is older than the news.\n"
    yield from table(("status", "what it says"), ((f"`{name}`", gloss) for name, gloss in STATUSES.items()))
    order = list(STATUSES)
    news = sorted((row for row in rows if not row.background), key=lambda row: order.index(row.status))
    yield from _examples([*news, *(row for row in rows if row.background)])


def _examples(rows: Sequence[ExampleRow]) -> list[str]:
    if not rows:
        return []
    return table(("sentence", "read as"), ((row.text, _reading(row)) for row in rows))


def _reading(row: ExampleRow) -> str:
    """What is to be read in ROW's sentence, in short."""
    mode = f" {row.mode}" if row.mode else ""
    sides = " → ".join(side for side in (row.source, row.target) if side) or "nobody named"
    background = ", background" if row.background else ""
    act = f", an act of {row.act}" if row.act else ""
    return f"{row.type}{mode}, {sides}, `{row.status}`{background}{act}"


def _type(lexicon: Lexicon, row: TypeRow, right: Sequence[ExampleRow]) -> Iterator[str]:
    yield f"### {row.type}\n"
    yield f"{row.gloss} Quad class {row.quad}, {QUADS[row.quad]}; intensity {_number(row.intensity)}.\n"
    yield f"Elsewhere: {row.not_this[:1].lower()}{row.not_this[1:]}\n"
    examples = [one for one in right if one.type == row.type and one.shows == "type"]
    modes = [mode for mode in lexicon.rows(ModeRow) if mode.type == row.type]
    if modes:
        coded = {one.mode for one in right if one.type == row.type}
        rows = (
            (mode.mode, _number(mode.intensity), mode.gloss, "yes" if mode.mode in coded else "not yet")
            for mode in modes
        )
        yield from table(("mode", "intensity", "what it is", "coded"), rows)
    yield from _examples(examples)


def _contexts(lexicon: Lexicon) -> list[str]:
    return [
        "## Contexts\n",
        "What the report is about. The coder gives a context only where the act's own words carry it; most that PLOVER "
        "would give by the rest of the report are not coded yet.\n",
        *table(("context", "what it is"), ((row.context, row.gloss) for row in lexicon.rows(ContextRow))),
    ]


def _cameo(lexicon: Lexicon) -> Iterator[str]:
    yield "## CAMEO\n"
    yield (
        "`cameo` is the code of the act where the sentence carries it; an act that is counted as another type has that "
        "type's general code. Goldstein is the scale as ICEWS publishes it. Codes of four digits are listed where the "
        "coder gives them.\n"
    )
    rows = (
        (
            row.code,
            row.label,
            " ".join(part for part in (row.type, row.mode) if part) or "statement",
            _number(row.goldstein),
        )
        for row in lexicon.rows(CameoRow)
    )
    yield from table(("code", "what it is", "PLOVER", "Goldstein"), rows)


def _gaps(rows: Sequence[ExampleRow]) -> Iterator[str]:
    yield "## Not coded yet\n"
    if not rows:
        yield "All examples are read as they should be.\n"
        return
    yield "Sentences that the coder reads otherwise today. A test fails when one is read right, so that it moves up.\n"
    yield from table(
        ("sentence", "to be read as", "read today"), ((row.text, _reading(row), row.known_gap or "") for row in rows)
    )


def main(args: Sequence[str]) -> int:
    """Write the page to the file named in ARGS."""
    if len(args) != 1:
        print("usage: python -m dragoman.lexicon.codebook_page docs/codebook.md", file=sys.stderr)
        return 2
    Path(args[0]).write_text(page(Lexicon()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
