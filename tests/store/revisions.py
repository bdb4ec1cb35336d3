"""Records as each revision of the tables kept them, as SQL: what migrations are tested on.

`python -m tests.store.revisions` writes the files of the newest revision; those of earlier ones stay as they are.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa

from dragoman.facts import Answer, Date
from dragoman.store.record import APPLICATION_ID, REVISIONS, open_record
from dragoman.store.writing import Stamp, add
from tests import made, postgresql

FOLDER = Path(__file__).parent / "revisions"
STAMP = Stamp("0.1", "lex")
REPORTS = 3
VERSIONS = 4
FACTS_KEPT = 2 * made.FACTS + 2
"""Facts of the newest versions; `r2` has a version before."""


def fill(where: str) -> None:
    """Make the record WHERE with three reports, one of them in two versions."""
    with open_record(where, write=True) as record:
        add(record, made.answer("r1"), STAMP)
        add(record, made.answer("r2"), STAMP)
        add(record, made.answer("r2", report=made.report("r2", text=made.TEXT + " Née à Łódź, “so”.")), STAMP)
        events = (made.event("r3", status="denied"), made.meeting("r3", background=True, date=Date.unknown()))
        add(record, Answer(made.report("r3", outlet=None, title=None), events=events), STAMP)


def load_sqlite(revision: str, path: Path) -> None:
    """Make a SQLite record of REVISION at PATH."""
    connection = sqlite3.connect(path)
    connection.executescript((FOLDER / f"{revision}.sqlite.sql").read_text(encoding="utf-8"))
    connection.close()


def load_postgresql(revision: str, url: str) -> None:
    """Make a record of REVISION in the empty database at URL."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        cursor = connection.connection.cursor()
        cursor.execute((FOLDER / f"{revision}.postgresql.sql").read_text(encoding="utf-8"))
    engine.dispose()


def dump_sqlite(path: Path) -> str:
    """A record as SQL. Word indexes are made and filled anew: their own tables are FTS5's secret."""
    connection = sqlite3.connect(path)
    lines = [f"PRAGMA journal_mode=WAL;\nPRAGMA application_id={APPLICATION_ID};\nBEGIN;"]
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY rowid"
    ).fetchall()
    virtual = [name for _, name, sql in rows if "VIRTUAL TABLE" in sql]
    for kind, name, sql in rows:
        if not any(name.startswith(f"{index}_") for index in virtual):
            lines.append(f"{sql};")
            if kind == "table" and name not in virtual:
                lines += _inserts(connection, name)
    lines += [f"INSERT INTO {name}({name}) VALUES('rebuild');" for name in virtual]
    connection.close()
    return "\n".join([*lines, "COMMIT;", ""])


def _inserts(connection: sqlite3.Connection, table: str) -> list[str]:
    columns = [f'"{row[1]}"' for row in connection.execute(f"PRAGMA table_info({table})")]
    quoted = " || ', ' || ".join(f"quote({column})" for column in columns)
    return [
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({row[0]});"
        for row in connection.execute(f"SELECT {quoted} FROM {table}")
    ]


def dump_postgresql(url: str, tools: Path) -> str:
    """A record as SQL, by pg_dump."""
    plain = url.replace("+psycopg", "")
    command = [tools / "pg_dump", "--inserts", "--column-inserts", "--no-owner", "--no-privileges", plain]
    dumped = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout
    kept = [
        line
        for line in dumped.split("\n")
        if line and not line.startswith(("--", "\\", "SET ", "SELECT pg_catalog.set_config"))
    ]
    return "\n".join([*kept, ""])


def main() -> None:
    """Write the newest revision's files."""
    FOLDER.mkdir(exist_ok=True)
    tools = postgresql.binaries()
    if tools is None:
        sys.exit("there is no PostgreSQL server; run `make system`")
    with tempfile.TemporaryDirectory() as folder, postgresql.server(tools) as url:
        path = Path(folder) / "r.db"
        fill(str(path))
        (FOLDER / f"{REVISIONS[-1]}.sqlite.sql").write_text(dump_sqlite(path), encoding="utf-8")
        fill(url.format("postgres"))
        (FOLDER / f"{REVISIONS[-1]}.postgresql.sql").write_text(
            dump_postgresql(url.format("postgres"), tools), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
