"""The same reports end in the same links, in whichever order and however often they come."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.facts import Answer
from dragoman.store.links.happenings import Happenings
from dragoman.store.links.linking import link_record
from dragoman.store.links.stories import Stories
from dragoman.store.record import Record, open_record
from dragoman.store.tables import HAPPENING_KEYS, HAPPENING_LINKS, HAPPENINGS, STORIES, STORY_LINKS
from dragoman.store.writing import add_all
from tests.store.linked import STAMP, Said, happenings, store, stories, telling

SAID = st.builds(
    Said,
    st.sampled_from(["met in the study for an hour", "met at the palace", "talked about wheat and grain sales"]),
    st.sampled_from(["CONSULT", "CONSULT", "AGREE", "ASSAULT"]),
    st.sampled_from(["Nixon", "Nixon", "Kissinger", "Washington"]),
    st.sampled_from(["Mao", "Peking", "Moscow"]),
    st.sampled_from(["1972-02-21", "1972-02-21", "1972-02-22", None]),
)
REPORT = st.tuples(
    st.lists(SAID, min_size=1, max_size=2, unique=True),
    st.sampled_from(["1972-02-22", "1972-02-23", "1972-02-26"]),
    st.sampled_from(["Wire", "Record", None]),
    st.sampled_from(["", "Shanghai banquet toasts pandas ping-pong", "Grain harvest Odessa shipping tonnage"]),
)


@st.composite
def archives(draw: st.DrawFn) -> tuple[list[Answer], list[Answer], list[Answer]]:
    """Reports; other versions of some; and the newest of each, shuffled."""
    rows = draw(st.lists(REPORT, min_size=2, max_size=9))
    first = [telling(f"r{number}", *row) for number, row in enumerate(rows)]
    later = draw(st.lists(st.tuples(st.integers(0, len(rows) - 1), REPORT), max_size=3, unique_by=lambda row: row[0]))
    second = [telling(f"r{number}", *row) for number, row in later]
    newest = {answer.report.id: answer for answer in (*first, *second)}
    return first, second, draw(st.permutations(list(newest.values())))


def state(record: Record) -> tuple[object, ...]:
    links: list[object] = [happenings(record), stories(record)]
    with record.reading() as connection:
        for table in (HAPPENING_LINKS, STORY_LINKS):
            links.append(connection.scalar(sa.select(sa.func.count()).select_from(table)))
            links.append(connection.scalar(sa.select(sa.func.sum(table.c.points))))
        for table in (HAPPENINGS, STORIES):
            counted = sa.select(table.c.size, table.c.reports, table.c.sources).where(table.c.size > 1)
            links.append(sorted(map(tuple, connection.execute(counted))))
        links.append(connection.scalar(sa.select(sa.func.count()).select_from(HAPPENING_KEYS)))
    return tuple(links)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record, copied for each example: making the tables takes longer than filling them."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    open_record(str(path), write=True).close()
    return path


@pytest.mark.parametrize(("most_alike", "most_block"), [(24, 96), (2, 3), (3, 2)])
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(archive=archives())
def test_any_order_ends_in_the_same_links(
    monkeypatch: pytest.MonkeyPatch,
    empty: Path,
    most_alike: int,
    most_block: int,
    archive: tuple[list[Answer], list[Answer], list[Answer]],
) -> None:
    for rules in (Happenings, Stories):
        monkeypatch.setattr(rules, "most_alike", most_alike)
        monkeypatch.setattr(rules, "most_block", most_block)
    first, second, newest = archive
    with tempfile.TemporaryDirectory(dir=empty.parent) as folder:
        paths = [shutil.copy(empty, Path(folder) / name) for name in ("a.db", "b.db")]
        one, other = (open_record(str(path), write=True) for path in paths)
        with one, other:
            store(one, first)
            store(one, second)
            add_all(other, newest, STAMP)
            assert state(one) == state(other)
            before = state(one)
            assert list(link_record(one, again=True))[-1] == len(newest)
            assert state(one) == before
