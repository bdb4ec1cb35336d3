"""`dragoman codebook`: check a codebook of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import LexiconOption, ParserOption, settings_with
from dragoman.cli.output import plain
from dragoman.coding.codebook import try_examples
from dragoman.errors import SettingError
from dragoman.lexicon.codebook import check as checked
from dragoman.lexicon.codebook import inflected
from dragoman.lexicon.plover import terms
from dragoman.lexicon.table import Lexicon
from dragoman.pipeline.tools import load_codebook, load_tools

if TYPE_CHECKING:
    from dragoman.coding.codebook import Tried
    from dragoman.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False)

EXAMPLES_FAIL = 1
FILE_FAILS = 2


@app.callback()
def codebook() -> None:
    """Check codebooks of your own, which --codebook codes by."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The codebook, a TOML file.")],
    lexicon: LexiconOption = None,
    parser: ParserOption = None,
) -> None:
    """Say all that is wrong with a codebook, by line; then code its examples and say which come out otherwise.

    \b
    Example:
      dragoman codebook check gulf.toml
    """
    settings = settings_with(lexicon, parser, file)
    if not file.is_file():
        raise SettingError(f"{file}: there is no such codebook; write it or name another")
    lexicon_ = Lexicon(settings.lexicon)
    found, faults = checked(file, lexicon_.compiled(terms))
    for fault in faults:
        typer.echo(f"{file}:{fault.line}: {plain(fault.problem)}")
    if found is None:
        raise typer.Exit(FILE_FAILS)
    for own in found.types:
        if not any(example.fires for example in own.examples):
            typer.echo(f"{file}:{own.line}: {own.name} has no examples; nothing shows that it codes what you mean")
    for own, phrase, likely in inflected(found, lexicon_):
        typer.echo(
            f"{file}:{own.line}: {own.name}: “{phrase}” looks like a form of {likely}; write the dictionary form"
        )
    if not _tried(file, settings):
        raise typer.Exit(EXAMPLES_FAIL)


def _tried(file: Path, settings: Settings) -> bool:
    """Whether all examples come out as they say; each that doesn't is named, and a line for the whole."""
    tools = load_tools(settings)
    found = load_codebook(settings, tools.lexicon)
    assert found is not None
    tried = list(try_examples(found, tools))
    wrong = [one for one in tried if not one.right]
    for one in wrong:
        typer.echo(f"{file}:{one.example.line}: {_otherwise(one)}")
    typer.echo(
        f"{found.name} {found.digest}: {len(found.types)} types, {len(tried)} examples, {len(wrong)} come out otherwise"
    )
    return not wrong


def _otherwise(one: Tried) -> str:
    read = "; ".join(one.read) or "no event"
    verb = "is not coded as it says" if one.example.fires else "is coded as this type, and shouldn't be"
    return f"{one.own.name}: “{plain(one.example.text)}” {verb}; read: {plain(read)}"
