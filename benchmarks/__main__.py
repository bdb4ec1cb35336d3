"""Measure the installed `dragoman` and write docs/quality.md.

python -m benchmarks                 all tasks
python -m benchmarks dates text      these; what was measured before is kept
python -m benchmarks --page          write the page from what is kept
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.measures import HERE, measures, peers
from benchmarks.page import page
from benchmarks.tasks import (
    ALL_TASKS,
    CORPUS_TASKS,
    NO_GOLD,
    Result,
    TaskError,
    as_json,
    eval_folder,
    from_json,
    run,
)

RESULTS: Final = HERE / "results.json"
PAGE: Final = HERE.parent / "docs" / "quality.md"


def load(path: Path) -> dict[str, Result]:
    """The results kept in PATH by task, in the order of the tasks; none where there is no such file."""
    if not path.exists():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {task: from_json(kept[task]) for task in ALL_TASKS if task in kept}


def save(path: Path, results: Mapping[str, Result]) -> None:
    """Keep RESULTS in PATH."""
    ordered = {task: as_json(results[task]) for task in ALL_TASKS if task in results}
    path.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_page(path: Path, results: Mapping[str, Result]) -> None:
    """Write the page of figures."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(page(results, measures(), peers()), encoding="utf-8")


def main(arguments: Sequence[str] | None = None, results_path: Path = RESULTS, page_path: Path = PAGE) -> int:
    """Run tasks, keep each result as soon as it is there, write the page; 1 where a task failed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=f"of {', '.join(ALL_TASKS)}; none: all")
    parser.add_argument("--page", action="store_true", help="write the page from what is kept and run nothing")
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.tasks) - set(ALL_TASKS)):
        parser.error(f"no task {', '.join(unknown)}; there are {', '.join(ALL_TASKS)}")
    wanted = [] if options.page else [task for task in ALL_TASKS if not options.tasks or task in options.tasks]
    folder = eval_folder()
    if not (folder / "measure.py").exists():
        here = {"sample", "speed-sample", *CORPUS_TASKS}
        left_out = [task for task in wanted if task not in here]
        wanted = [task for task in wanted if task not in left_out]
        if left_out:
            print(NO_GOLD.format(folder=folder, tasks=", ".join(left_out)), file=sys.stderr)
    results = load(results_path)
    failed = 0
    for task in wanted:
        try:
            results[task] = run(task, tuple(m for m in measures() if m.task == task), folder)
        except TaskError as error:
            print(f"{task} failed. {error}", file=sys.stderr)
            failed = 1
            continue
        save(results_path, results)
        print(f"== {task}\n{results[task].lines}", end="", flush=True)
    write_page(page_path, load(results_path))
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
