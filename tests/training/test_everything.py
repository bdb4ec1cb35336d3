"""The stages of the weights fit together."""

import importlib.util
from pathlib import Path

from training.everything import stages

RUN = Path("run")
MADE = stages(Path("data"), Path("minilm"), Path("mpnet"), RUN, RUN / "weights", speed=2)


def test_each_stage_reads_only_what_an_earlier_one_leaves() -> None:
    there = {RUN, RUN / "corpora.pickle"}
    for stage in MADE:
        out = stage.options[stage.options.index("--out") + 1]
        read = [x for x in stage.options if isinstance(x, Path) and RUN in x.parents and x != out]
        assert all(x in there for x in read), stage.name
        there |= {stage.leaves, stage.leaves.parent}


def test_names_differ_and_modules_exist() -> None:
    assert len({stage.name for stage in MADE}) == len(MADE)
    assert all(importlib.util.find_spec(stage.module) for stage in MADE)


def test_minutes_go_by_speed() -> None:
    teacher = MADE[0].options
    assert teacher[teacher.index("--minutes") + 1] == 12
