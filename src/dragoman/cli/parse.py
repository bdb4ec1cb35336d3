"""`dragoman parse`: plain text to CoNLL-U."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import ParserOption, settings_with
from dragoman.errors import InputError

app = typer.Typer(add_completion=False)


@app.command()
def parse(
    path: Annotated[str, typer.Argument(metavar="FILE|-", help="A text in UTF-8, or - for standard input.")],
    roles: Annotated[
        bool, typer.Option("--roles", help="Also print predicates, their arguments, and how real they are.")
    ] = False,
    parser: ParserOption = None,
) -> None:
    """Parse plain text and print CoNLL-U: words, lemmas, tags, features, trees; names and coreference in MISC.

    \b
    Examples:
      echo "France and Germany signed an accord." | dragoman parse -
      dragoman parse --roles --parser fast report.txt
    """
    from dragoman.language.conllu import to_conllu
    from dragoman.language.parser import load_parser

    text = _text(path)
    settings = settings_with(parser=parser)
    doc = load_parser(settings.parser, settings.threads).parse(text)
    sys.stdout.buffer.write(to_conllu(doc, roles=roles).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _text(path: str) -> str:

    data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, f"not UTF-8 at byte {error.start}", "save the text as UTF-8") from error
