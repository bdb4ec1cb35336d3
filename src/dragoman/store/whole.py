"""SQLite files that appear under their name when they are whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.errors import RecordError

_BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def whole_record(path: Path, force: bool = False) -> Iterator[Path]:
    """A name beside PATH for a record that takes the name PATH where the block ends well, and goes where it raises.

    The block must have closed it by then. Raises RecordError where the file is there and FORCE isn't given, where
    something is left there of a record that was, and where the folder isn't there.
    """
    _check(path, force)
    handle, name = _reserve(path)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        _check(path, force)
        for end in _BESIDE:
            Path(f"{path}{end}").unlink(missing_ok=True)  # empty ones, that readers leave
        part.replace(path)
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror or error}; nothing was written under this name") from error
    finally:
        for end in ("", *_BESIDE):
            Path(f"{part}{end}").unlink(missing_ok=True)


def _reserve(path: Path) -> tuple[int, str]:
    try:
        return tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror or error}; nothing was written under this name") from error


def _check(path: Path, force: bool) -> None:
    if path.exists() and not path.is_file():
        raise RecordError(f"{path}: this is no ordinary file; name another")
    if path.exists() and not force:
        raise RecordError(f"{path}: the file is there already; name another, or write over it with --force")
    if not path.parent.is_dir():
        raise RecordError(f"{path}: the folder {path.parent} doesn't exist; make it first")
    for end in ("-wal", "-journal"):
        beside = Path(f"{path}{end}")
        if beside.exists() and beside.stat().st_size:
            raise RecordError(
                f"{beside}: this belongs to a record of that name, in use or broken off, and would spoil a new one; "
                "name another file"
            )
