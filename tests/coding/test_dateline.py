"""Datelines: what is one, and what only looks like one."""

from __future__ import annotations

import pytest

from dragoman.coding.actors.dateline import MAX_CHARS, dateline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BEIJING, March 3 (Xinhua) -- China said", "BEIJING, March 3 (Xinhua) -- "),
        ("LONDON (Reuters) - Britain said", "LONDON (Reuters) - "),
        ("NEW YORK, Sept. 3, 1971 — The talks", "NEW YORK, Sept. 3, 1971 — "),
        ("MOSCOW – Russia said", "MOSCOW – "),
        ("Paris, 3 May (AFP) - France said", "Paris, 3 May (AFP) - "),
        ("A title\nBy A. Writer\nTEHRAN, Iran (AP) — Iran said", "TEHRAN, Iran (AP) — "),
        ("VIENNA: Austria said", "VIENNA: "),
    ],
)
def test_datelines(text: str, expected: str) -> None:
    span = dateline(text)
    assert span is not None
    assert text[slice(*span)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "China said on Monday - as before - that",
        "The President said: we agree",
        "President Nixon - a Republican - left",
        "Paris - a city of light",
        "X" * (MAX_CHARS + 20) + " - no",
    ],
)
def test_no_dateline(text: str) -> None:
    assert dateline(text) is None
