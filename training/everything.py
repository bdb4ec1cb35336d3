"""All stages of the weights: `python -m training.everything --data DATA --minilm FOLDER --mpnet FOLDER --run FOLDER`.

A stage whose output stands is left out, so that a broken run goes on where it broke; within a training the checkpoint
does the same. All of it takes about four hours on two cores; `--speed 4` gives every training a fourth of its minutes.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stage:
    """A module with its options, and what it leaves behind."""

    name: str
    module: str
    options: tuple[object, ...]
    leaves: Path


def stages(data: Path, minilm: Path, mpnet: Path, run: Path, out: Path, speed: float = 1.0) -> list[Stage]:
    """The stages in order. Minutes are divided by `speed`."""

    def parser(name: str, encoder: Path, minutes: float, *more: object) -> Stage:
        options = ("--data", data, "--encoder", encoder, "--out", run / name, "--minutes", minutes / speed, *more)
        return Stage(name, "training.parser", options, run / name / "model.pt")

    def exported(name: str, kind: str, encoder: Path) -> Stage:
        options = ("--model", run / name / "model.pt", "--encoder", encoder, "--data", data, "--out", out / kind)
        return Stage(f"export {kind}", "training.export", options, out / kind / "meta.json")

    model = "model.pt"
    base = ("--share", 0.93, "--rate", 1e-4, "--room", 1200)
    taught = ("--data", data, "--encoder", mpnet, "--model", run / "teacher2" / model)
    silver = run / "silver.pickle"
    student = ("--silver", silver, "--noise", 0.02, "--share", 0.45, "--reference", 0.18)
    doer = ("--silver", silver, "--noise", 0.02, "--share", 0.35, "--reference", 0.13, "--acts", 0.35)
    cut, corpora, mix = run / "cut", run / "corpora.pickle", run / "mixed" / "model.pt"
    return [
        parser("teacher", mpnet, 24, *base),
        parser("teacher2", mpnet, 32, *base, "--heads-rate", 5e-4, "--seed", 3, "--start", run / "teacher" / model),
        Stage("teach", "training.teach", (*taught, "--corpora", corpora, "--out", silver), silver),
        parser("first", minilm, 48, "--silver", silver),
        parser("standard", minilm, 55, *student, "--rate", 1.5e-4, "--seed", 4, "--start", run / "first" / model),
        parser("acts", minilm, 75, *doer, "--rate", 1.5e-4, "--seed", 6, "--start", run / "standard" / model),
        Stage(
            "mixed", "training.mix",
            ("--first", run / "acts" / model, "--second", run / "standard" / model, "--share", 0.65, "--out", mix),
            mix,
        ),
        parser("final", minilm, 6.5, "--share", 0, "--acts", 1, "--only", "acts", "--seed", 8, "--start", mix),
        Stage(
            "cut", "training.vocabulary",
            ("--encoder", minilm, "--model", run / "standard" / model, "--corpora", corpora, "--out", cut),
            cut / model,
        ),
        parser("fast", cut, 20, *student, "--seed", 5, "--layers", "0,2,4", "--start", cut / model),
        exported("final", "standard", minilm),
        exported("fast", "fast", cut),
    ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what isn't there yet; the status of the stage that failed."""
    p = argparse.ArgumentParser(description=__doc__)
    for name, text in (
        ("data", "folder with the corpora"), ("minilm", "folder of all-MiniLM-L6-v2"),
        ("mpnet", "folder of all-mpnet-base-v2"), ("run", "folder for what the stages leave"),
    ):  # fmt: skip
        p.add_argument(f"--{name}", type=Path, required=True, help=text)
    p.add_argument("--out", type=Path, help="folder of the weights; else RUN/weights")
    p.add_argument("--only", nargs="*", help="names of stages; else all")
    p.add_argument("--speed", type=float, default=1.0, help="divides the minutes of every training")
    a = p.parse_args(arguments)
    for stage in stages(a.data, a.minilm, a.mpnet, a.run, a.out or a.run / "weights", a.speed):
        if (a.only and stage.name not in a.only) or (stage.leaves.exists() and not a.only):
            continue
        print(f"== {stage.name}", flush=True)
        done = subprocess.run([sys.executable, "-m", stage.module, *map(str, stage.options)], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
