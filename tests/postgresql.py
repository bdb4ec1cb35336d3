"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a socket there, gone at the end.

The server refuses to run as root: started by root it runs as `postgres`, or as `nobody` where there is no such user.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DEBIAN = Path("/usr/lib/postgresql")
USER = "dragoman"
ROOM_BYTES = 2 * 1024**3
OPTIONS = (
    "-c listen_addresses= -c fsync=off -c full_page_writes=off -c shared_buffers=16MB -c max_connections=50 "
    "-c unix_socket_directories={folder}"
)


def binaries() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: Debian's newest, else that of the PATH; None where there is no server."""
    found = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: [int(part) for part in re.findall(r"\d+", str(path))])
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


@contextmanager
def server(folder_of_binaries: Path) -> Iterator[str]:
    """A running server; gives a URL of it that `{}` stands in for the database's name."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-", dir=_roomy()))
    other = _other_user()
    try:
        if other:
            os.chown(folder, other["user"], other["group"])
        data = folder / "data"
        command = [folder_of_binaries / "initdb", "-D", data, "-A", "trust", "-U", USER, "-E", "UTF8", "--no-sync"]
        _run([*command, "--locale=C.UTF-8"], folder, other)
        control = [folder_of_binaries / "pg_ctl", "-D", data, "-w"]
        _run([*control, "-l", folder / "log", "-o", OPTIONS.format(folder=folder), "start"], folder, other)
        try:
            yield f"postgresql+psycopg://{USER}@/{{}}?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"], folder, other)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _roomy() -> str:
    """Memory where there is enough of it for some dozen databases of 8 MB: a hundred times as fast as a busy disk."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM_BYTES else "/tmp"


def _other_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(command: list[Any], folder: Path, other: dict[str, Any]) -> None:
    """Output goes to a file: the server would keep a pipe open for ever."""
    with (folder / "output").open("w+b") as output:
        done = subprocess.run(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder, **other
        )
        output.seek(0)
        assert done.returncode == 0, output.read().decode(errors="replace")
