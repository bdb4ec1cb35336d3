"""`import dragoman` costs nothing, and names and types are there all the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dragoman
from dragoman.facts import Answer

REPOSITORY = Path(__file__).parents[2]
HEAVY = ("spacy", "numpy", "pandas", "polars", "pyarrow", "onnxruntime", "trafilatura", "alembic", "typer", "fastapi")


def loaded(program: str) -> set[str]:
    code = f"import sys; {program}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in ran.stdout.split()}


def test_the_package_alone_loads_no_library() -> None:
    assert not {*HEAVY, "sqlalchemy", "pydantic"} & loaded("import dragoman")


def test_looking_into_a_record_loads_no_parser_and_no_frames() -> None:
    assert not set(HEAVY) & loaded("from dragoman import Record, read")


def test_names() -> None:
    assert {"read", "Record", "__version__"} <= set(dir(dragoman))
    assert dragoman.__all__ == ["Record", "__version__", "read"]
    with pytest.raises(AttributeError, match="has no attribute 'write'"):
        dragoman.write  # type: ignore[attr-defined]  # noqa: B018
    assert dragoman.read.__annotations__["return"] in (Answer, "Answer")


def test_types_reach_a_users_program() -> None:
    """Each line of it asserts a type; a wrong one, or an ignored error that is none, is an error."""
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "tests/python/typed_use.py"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
