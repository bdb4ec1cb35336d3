"""The table of commands, and the group that loads a command's module when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Annotated, Any, Final, cast

import typer
from typer.core import TyperGroup

from dragoman import __version__

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "demo": "demo",
        "read": "read",
        "facts": "facts",
        "search": "search",
        "outcomes": "outcomes",
        "agreements": "agreements",
        "show": "show",
        "accept": "accept",
        "reject": "reject",
        "edit": "edit",
        "history": "history",
        "review": "review",
        "stories": "stories",
        "follow": "follow",
        "post": "post",
        "export": "export",
        "plot": "plot",
        "serve": "serve",
        "init": "init",
        "verify": "verify",
        "backup": "backup",
        "copy": "copy",
        "retain": "retain",
        "doctor": "doctor",
        "codebook": "codebook",
        "token": "token",
        "parse": "parse",
        "relate": "relate",
        "link": "link",
    }
)
"""Command to its module in this folder, in the order of the help; each module has an `app` of its own."""


class LazyGroup(TyperGroup):
    """A group whose commands are modules: starting one does not import the others."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"dragoman.cli.{COMMANDS[cmd_name]}")
        command = typer.main.get_command(cast(typer.Typer, module.app))
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As the base does, with all names known to its "did you mean"."""
        self.commands = cast(Any, dict.fromkeys(COMMANDS))
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="dragoman",
    cls=LazyGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback(epilog="Begin with: dragoman demo --serve")
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Keep the record of relations between states from news reports, each fact with the words that prove it."""
