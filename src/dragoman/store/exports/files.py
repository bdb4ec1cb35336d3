"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from dragoman.errors import RecordError


@contextmanager
def whole_files(paths: tuple[Path, ...], force: bool = False) -> Iterator[tuple[BinaryIO, ...]]:
    """Files, open for bytes, that appear under their names when all is written, and not at all where the block raises.

    The first appears last: whoever sees it has the others too. Raises RecordError where a file is there already and
    FORCE isn't given, where a folder isn't there, and where the disk doesn't take what is written.
    """
    for path in paths:
        _check(path, force)
    parts: list[Path] = []
    try:
        with ExitStack() as opened:
            files = tuple(opened.enter_context(_part(path, parts)) for path in paths)
            yield files
            for file in files:
                file.flush()
                os.fsync(file.fileno())
        for path in paths:
            _check(path, force)
        for path, part in reversed(list(zip(paths, parts, strict=True))):
            part.replace(path)
    except OSError as error:
        raise RecordError(f"{paths[0]}: {error.strerror or error}; nothing was written under this name") from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _check(path: Path, force: bool) -> None:
    if path.exists() and not path.is_file():
        raise RecordError(f"{path}: this is no ordinary file; name another")
    if path.exists() and not force:
        raise RecordError(f"{path}: the file is there already; name another, or write over it with --force")
    if not path.parent.is_dir():
        raise RecordError(f"{path}: the folder {path.parent} doesn't exist; make it first")


def _part(path: Path, parts: list[Path]) -> BinaryIO:
    """A file beside PATH, on the same disk, so that it can take the name in one step."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    parts.append(Path(name))
    parts[-1].chmod(0o666 & ~_umask())
    return os.fdopen(handle, "wb")


def _umask() -> int:
    """What a new file of this process may not be; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
