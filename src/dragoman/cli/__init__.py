"""The command `dragoman`: one file a command, loaded when it is asked for, and heavy libraries later still."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.errors import SearchError

FAILED = 2
"""Exit code where the whole job failed or was asked for wrongly; 1 is for some inputs, 130 for Ctrl-C."""


def main(args: list[str] | None = None) -> int:
    """Run one command. Errors meant for people are one sentence on standard error."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: on small matrices a second thread only spins
    from dragoman.cli.app import app
    from dragoman.errors import DragomanError, SearchError

    try:
        app(args, prog_name="dragoman")
    except SearchError as error:
        return _fail(str(error), *_place(error))
    except DragomanError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _silence_output()
        return 1
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        return _fail(f"{named}{error.strerror or error}")
    return 0


def _fail(sentence: str, *below: str) -> int:
    print("\n  ".join([f"dragoman: {sentence}", *below]), file=sys.stderr)
    return FAILED


def _place(error: SearchError) -> tuple[str, str]:
    """The search, and carets under its fault."""
    from dragoman.store.search.pointing import pointed

    return pointed(error)


def _silence_output() -> None:
    """Whoever read our output has gone: what is left in the buffer must not be complained of at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
