"""Our own groups of reports: what is in the file, and how answers are scored."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.linking_groups import GroupError, cubed, gold, load, pairs

REPORTS = load()


def test_there_are_sixty_groups_or_more_of_two_reports_or_more() -> None:
    sizes = Counter(report.group for report in REPORTS)
    assert len(sizes) >= 60 and min(sizes.values()) >= 2


def test_each_group_has_a_happening_told_by_two_reports() -> None:
    for group in {report.group for report in REPORTS}:
        told = [{name for _, _, name in r.mentions} for r in REPORTS if r.group == group]
        assert any(a & b for k, a in enumerate(told) for b in told[k + 1 :]), group


def test_both_parts_hold_a_third_of_the_groups_or_more() -> None:
    parts = Counter({r.group: r.part for r in REPORTS}.values())
    assert min(parts["dev"], parts["test"]) * 3 >= sum(parts.values())


def test_spans_cut_the_marked_words() -> None:
    first = REPORTS[0]
    assert [first.text[start:end] for start, end, _ in first.mentions] == ["signed", "talks"]
    assert "[" not in first.text


@pytest.mark.parametrize("text", ["= a\n= a\n", "A [b|c].\n", "= a\nNo mention.\n", "= a\n[a|b] [c.\n"])
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "groups.txt"
    path.write_text(text)
    with pytest.raises(GroupError, match=r"groups\.txt line \d"):
        load(path)


def test_scores() -> None:
    right = gold(REPORTS)
    assert cubed(right, right) == 1.0
    alone = {place: str(k) for k, place in enumerate(right)}
    assert cubed(alone, right) == 1.0 and cubed(right, alone) < 0.7 and not pairs(alone)
    assert all(a[0] != b[0] for a, b in pairs(right))
