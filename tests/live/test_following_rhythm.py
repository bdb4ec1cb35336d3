"""When a feed is asked next: within bounds, never sooner than it may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.live.following import rhythm
from dragoman.live.following.links import clean_link
from dragoman.settings import Settings

SETTINGS = Settings()
SECONDS = st.floats(0, 1e9)


@given(st.none() | SECONDS, SECONDS, st.booleans(), st.lists(st.none() | SECONDS), st.floats(0, 1))
def test_waits_keep_all_bounds(
    usual: float | None, before: float, new: bool, asked: list[float | None], chance: float
) -> None:
    interval = rhythm.next_interval_s(usual, before, new, SETTINGS)
    wait = rhythm.wait_s(interval, asked, chance, SETTINGS)
    longest = SETTINGS.follow_max_interval_s
    assert SETTINGS.follow_min_interval_s <= interval <= longest
    assert interval <= wait <= longest * (1 + rhythm.SPREAD)
    assert wait >= min(max((one for one in asked if one is not None), default=0.0), longest)


@given(st.integers(1, 10_000), st.none() | SECONDS, st.floats(0, 1))
def test_back_off_never_undercuts_the_server(failures: int, told: float | None, chance: float) -> None:
    wait = rhythm.back_off_s(failures, told, chance)
    assert wait >= max(rhythm.BACK_OFF_S, told or 0.0)
    assert wait <= max(rhythm.LONGEST_BACK_OFF_S * 1.5, told or 0.0)
    assert rhythm.back_off_s(failures + 1, None, 0.0) >= rhythm.back_off_s(failures, None, 0.0)


@pytest.mark.parametrize(
    ("times", "usual"),
    [
        ([0, 10, 20, 30, 40], 10),
        ([40, 0, 20, 10, 30], 10),
        ([0, 0, 0, 0, 0, 0], None),
        ([0, 10, 20, 30], None),
        ([0, 10, 20, 30, 40, 10**9], 10),
        ([0, 1, 2, 3, 1000], 1),
    ],
)
def test_the_usual_pause(times: list[float], usual: float | None) -> None:
    assert rhythm.rhythm_s(times, now=1000) == usual


@pytest.mark.parametrize(
    ("usual", "quiet", "silent"),
    [
        (None, 1e9, False),
        (3600, 20 * 3600, False),
        (3600, 25 * 3600, True),
        (86400, 4 * 86400, False),
        (60, 86399, False),
    ],
)
def test_silence_is_measured_by_a_sources_own_rhythm(usual: float | None, quiet: float, silent: bool) -> None:
    assert rhythm.is_silent(usual, 0.0, quiet) is silent


def test_looks_at_an_article_end_with_its_time() -> None:
    now, looks = 0.0, 0
    while (then := rhythm.revisit_at(looks, 0.0, now, SETTINGS)) is not None:
        assert then > now
        now, looks = then, looks + 1
    assert 4 <= looks <= 6 and now <= SETTINGS.follow_revisit_days * 86400


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://x.example/a?utm_source=rss&id=3&utm_medium=feed#top", "https://x.example/a?id=3"),
        ("https://x.example/a?utm_source=rss", "https://x.example/a"),
        ("https://x.example/a?id=3&b=%20x", "https://x.example/a?id=3&b=%20x"),
        ("https://x.example/a?title=utm_source", "https://x.example/a?title=utm_source"),
    ],
)
def test_addresses_lose_what_only_counts_readers(address: str, clean: str) -> None:
    assert clean_link(address) == clean
