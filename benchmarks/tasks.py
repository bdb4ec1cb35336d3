"""Running the tasks: the scorers beside the development gold, the sample archive, and speed."""

from __future__ import annotations

import contextlib
import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias

import dragoman
from benchmarks.measures import Measure
from benchmarks.resample import intervals, load_module
from benchmarks.trees import ROUNDS, tree_intervals

GOLD_TASKS: Final = (
    "text", "dates", "time-te3-aquaint", "time-wikiwars", "places-gwn", "places-lgl", "places-geovirus", "figures",
    "statements", "typing", "typing-aw", "dyads", "parties", "linking", "verbatim", "parse-gum", "parse-ewt",
)  # fmt: skip
"""Tasks on the folder of the development gold: those of `measure.py`, and `parties`, which we score ourselves."""

PARSER_TASKS: Final = (
    "parse-own", "parse-own-fast", "parse-gum-fast", "parse-ewt-fast", "names", "names-fast", "heads", "heads-fast",
    "references", "speed-parser", "speed-parser-fast",
)  # fmt: skip
"""What the parser does beside `parse-gum` and `parse-ewt`, and the fast one."""

CORPUS_TASKS: Final = {
    "events-own": ["benchmarks.events_corpus", "--each", "--part", "test", "dev"],
    "behaviour": ["benchmarks.behaviour"],
    "confidence": ["benchmarks.confidence"],
    "linking-own": ["benchmarks.linking_groups", "--part", "test"],
}
"""Tasks on our own corpora, and the programs that score them."""

OWN_TASKS: Final = ("sample", "speed-sample", "speed-pages", "speed-reports")
SPEED_REPORTS: Final = 500
"""Reports of ordinary length, read once: the articles beside the gold of attribution."""
ALL_TASKS: Final = (*OWN_TASKS, *CORPUS_TASKS, *GOLD_TASKS, *PARSER_TASKS)

NO_GOLD: Final = (
    "There is no development gold at {folder}. Put it there, measure.py and its folders side by side, or name its "
    "folder in DRAGOMAN_EVAL. Left out: {tasks}."
)


UNANSWERED: Final = "inputs without an answer:"
"""A line of ours below the scorer's: what the command failed on, which a scorer may take for a wrong answer."""


class TaskError(Exception):
    """A task that can't be run here; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a task printed, and when it did. `intervals` are of 95 percent, by key of measure; `draws` how many samples
    they rest on, 0 where the scorer gives its own or none; `weights` is the beginning of the parser's digest.
    """

    task: str
    lines: str
    day: str
    version: str
    seconds: float
    intervals: dict[str, tuple[float, float]] = field(default_factory=dict)
    draws: int = 0
    weights: str = "unknown"


def eval_folder() -> Path:
    """Where the development gold is looked for: DRAGOMAN_EVAL, else `../shared/eval`."""
    return Path(os.environ.get("DRAGOMAN_EVAL") or "../shared/eval")


def installed() -> Path:
    """The `dragoman` command of the environment that runs this. Raises TaskError where there is none."""
    command = Path(sys.executable).with_name("dragoman")
    if not command.exists():
        raise TaskError(f"There is no {command}: install the project into this environment first (make install-dev).")
    return command


def run(task: str, wanted: tuple[Measure, ...], folder: Path) -> Result:
    """Run TASK and keep its lines. Raises TaskError."""
    began = time.monotonic()
    lines, spread, draws = _runner(task)(task, wanted, folder)
    seconds = round(time.monotonic() - began, 1)
    day = datetime.now(UTC).date().isoformat()
    return Result(task, lines, day, dragoman.__version__, seconds, spread, draws, weights())


def weights() -> str:
    """The first eight digits of the digest of the parser's weights, or "unknown"."""
    meta = Path(dragoman.__file__).parent / "language" / "weights" / "standard" / "meta.json"
    try:
        return str(json.loads(meta.read_text(encoding="utf-8"))["sha256"]["model.int8.onnx"])[:8]
    except (OSError, ValueError, KeyError):
        return "unknown"


Send: TypeAlias = Callable[..., list[Any]]
Found: TypeAlias = tuple[str, dict[str, tuple[float, float]], int]


def _runner(task: str) -> Callable[[str, tuple[Measure, ...], Path], Found]:
    if task in CORPUS_TASKS:
        return _corpus
    if task == "sample":
        return _sample
    if task == "parties":
        return _parties
    if task in PARSER_TASKS:
        return _parser
    return _speed if task in OWN_TASKS else _gold


def _gold(task: str, wanted: tuple[Measure, ...], folder: Path) -> Found:
    """A task of `measure.py`; what it hands to its scorer is kept, so that samples of it can be scored too."""
    calls: list[tuple[Path, list[str]]] = []
    with _temporary_files():
        measure = load_module(folder / "measure.py")
        scored = measure.scored
        unanswered: list[int] = []
        measure.__dict__["asker"] = lambda command, ask=measure.asker: _counting(ask(command), unanswered)

        def keeping(script: str, *arguments: object) -> str:
            calls.append((folder / script, [str(argument) for argument in arguments]))
            return str(scored(script, *arguments))

        measure.__dict__["scored"] = keeping
        try:
            lines = str(measure.tasks(str(installed()), folder.resolve())[task]())
        except SystemExit as stop:
            raise TaskError(f"{task}: {stop.code}") from stop
        spread: dict[str, tuple[float, float]] = {}
        draws = 0
        for script, arguments in calls:
            if script.name == "score_parse.py":
                spread, draws = tree_intervals(load_module(script), *map(Path, arguments)), ROUNDS
            else:
                spread, draws = intervals(script, arguments, wanted)
    if lost := sum(unanswered):
        lines += f"{UNANSWERED} {lost}\n"
    return lines, spread, draws


def _counting(send: Send, unanswered: list[int]) -> Send:
    """SEND, noting how many of the rows given to it came back without an answer."""

    def sending(verb: str, rows: Sequence[Any], args: tuple[str, ...] = ()) -> list[Any]:
        answers: list[Any] = send(verb, rows, args)
        unanswered.append(len(rows) - len(answers))
        return answers

    return sending


@contextlib.contextmanager
def _temporary_files() -> Iterator[None]:
    """Let all temporary files fall into one folder that is removed: the scorers leave theirs behind."""
    kept = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="dragoman-benchmarks-") as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = kept


def _sample(task: str, wanted: tuple[Measure, ...], folder: Path) -> Found:
    scorer = [sys.executable, "-m", "benchmarks.sample"]
    pages = _output([*scorer, "--input"], "")
    answers = _output([str(installed()), "read", "--json", "-"], pages)
    return _output([*scorer, "-"], answers), {}, 0


def _parser(task: str, wanted: tuple[Measure, ...], folder: Path) -> Found:
    """A task of the parser's: trees from raw text by the scorer of trees, the rest by programs of ours."""
    data = folder.resolve().parent / "train"
    name, kind = task.removesuffix("-fast"), "fast" if task.endswith("-fast") else "standard"
    if name in ("heads", "names", "references"):
        return _output([sys.executable, "-m", f"benchmarks.{name}", str(data), kind], ""), {}, 0
    if name == "speed-parser":
        return _output([sys.executable, "-m", "benchmarks.parser_speed", kind], ""), {}, 0
    trees = {"parse-gum": ["ud_gum_open_dev.conllu.xz"], "parse-ewt": ["ud_ewt_dev.conllu.xz"]}.get(name)
    paths = [data / tree for tree in trees] if trees else sorted(Path("corpus/treebank").glob("part_?_test.conllu"))
    with _temporary_files():
        measure = load_module(folder / "measure.py")
        gold, found = (Path(tempfile.mkstemp(suffix=".conllu")[1]) for _ in range(2))
        gold.write_text("".join(_plain(path) for path in paths), encoding="utf-8")
        text = measure.raw_text(gold)
        found.write_text(_output([str(installed()), "parse", "--parser", kind, "-"], text), encoding="utf-8")
        lines = str(measure.scored("score_parse.py", gold, found))
        spread = tree_intervals(load_module(folder / "score_parse.py"), gold, found)
    return lines, spread, ROUNDS


def _plain(path: Path) -> str:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return str(lines.read())


def _output(command: list[str], given: str) -> str:
    one = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # as the command itself has it
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, env=one)
    if done.returncode not in (0, 1) or not done.stdout:
        raise TaskError(f"{' '.join(command[1:4])} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout


def _parties(task: str, wanted: tuple[Measure, ...], folder: Path) -> Found:
    return _output([sys.executable, "-m", "benchmarks.parties", str(folder / "events")], ""), {}, 0


def _corpus(task: str, wanted: tuple[Measure, ...], folder: Path) -> Found:
    return _output([sys.executable, "-m", *CORPUS_TASKS[task]], ""), {}, 0


def _speed(task: str, wanted: tuple[Measure, ...], folder: Path) -> Found:
    """Words a second of the whole reading and of the parser alone in one process, and the peak of the command."""
    with tempfile.TemporaryDirectory(prefix="dragoman-benchmarks-") as scratch:
        given = Path(scratch) / "pages.jsonl"
        given.write_text(_pages(task, folder), encoding="utf-8")
        rounds = ["1"] if task == "speed-reports" else []  # long enough for one round to be steady
        lines = _output([sys.executable, "-m", "benchmarks.speed", str(given), *rounds], "")
        return lines + _peak(given), {}, 0


def _pages(task: str, folder: Path) -> str:
    if task == "speed-sample":
        return _output([sys.executable, "-m", "benchmarks.sample", "--input"], "")
    if task == "speed-reports":
        paths = (folder / "attribution/dev.jsonl", folder / "attribution/train.jsonl.xz")
        articles = (json.loads(line) for path in paths for line in _plain(path).splitlines())
        rows = [{"id": a["id"], "text": a["text"], "published": a["date"]} for a in islice(articles, SPEED_REPORTS)]
    else:
        measure = load_module(folder / "measure.py")
        rows = measure.page_rows(measure.gold(folder / "pages/gold.jsonl"), folder / "pages/pages.zip")
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _peak(given: Path) -> str:
    """Resident memory of `dragoman read --json` at its peak, by the kernel's account of that one process."""
    began = time.monotonic()
    with given.open("rb") as pages:
        command = [str(installed()), "read", "--json", "-"]
        child = subprocess.Popen(command, stdin=pages, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise TaskError(f"read --json ended with {child.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes on macOS, in kilobytes on Linux
    peak = used.ru_maxrss * unit / 1e6
    return f"command: peak {peak:.0f} MB, {time.monotonic() - began:.1f} s from start to end\n"


def as_json(result: Result) -> dict[str, Any]:
    """RESULT as kept in results.json."""
    return {**asdict(result), "lines": result.lines.splitlines()}


def from_json(kept: Mapping[str, Any]) -> Result:
    """A Result from what `as_json` made."""
    spread = {key: (float(low), float(high)) for key, (low, high) in kept["intervals"].items()}
    lines = "".join(f"{line}\n" for line in kept["lines"])
    return Result(**{**kept, "lines": lines, "intervals": spread})
