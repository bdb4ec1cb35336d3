"""Who tells something on their own: rows of tellings and how many sources they are."""

from __future__ import annotations

import random
from base64 import b64decode

import pytest

from dragoman.linking.sources import (
    BANDS,
    REPRINT,
    Credit,
    Telling,
    credited,
    hand,
    independent,
    medium,
    origin,
    print_of,
    resemblance,
)

WIRE = (
    "The foreign ministers of Egypt and Israel met in Cairo on Monday and agreed to reopen the border crossing. "
    "The talks lasted three hours, officials said, and a second round will be held in Jerusalem next month. "
    "Egypt had closed the crossing in June after a bomb killed two guards. Farmers on both sides had lost their "
    "markets."
)
EDITED = WIRE.replace("The talks lasted three hours, officials said, and a", "A").replace("in June", "this summer")
CUT = WIRE[: len(WIRE) // 2]
OWN = (
    "Cairo and Jerusalem will open their frontier again, their two foreign ministers decided on Monday. For farmers, "
    "who could sell nothing since June, it comes late. The bomb that killed two Egyptian guards had shut the road."
)


def telling(report: int, text: str = "", origin: str = "", clause: str = "") -> Telling:
    return Telling(report, origin, print_of(text), clause)


@pytest.mark.parametrize(
    ("tellings", "sources"),
    [
        ([telling(1, WIRE, "a"), telling(2, OWN, "b")], 2),
        ([telling(1, WIRE, "a"), telling(2, WIRE, "b")], 1),
        ([telling(1, WIRE, "a"), telling(2, EDITED, "b")], 1),
        ([telling(1, WIRE, "a"), telling(2, CUT, "b"), telling(3, OWN, "c")], 2),
        ([telling(1, WIRE, "wire"), telling(2, OWN, "wire")], 1),
        ([telling(1, "", "a", "Egypt and Israel agreed to open the border again soon"),
          telling(2, "", "b", "Egypt and Israel agreed to open the border again soon")], 1),
        ([telling(1, "", "a", "Egypt attacked"), telling(2, "", "b", "Egypt attacked")], 2),
        ([telling(1, WIRE, "a"), telling(1, WIRE, "b")], 1),
        ([telling(1), telling(2)], 2),
    ],
)  # fmt: skip
def test_sources(tellings: list[Telling], sources: int) -> None:
    assert independent(tellings) == sources
    assert independent(tellings[::-1]) == sources


def test_reprints_resemble_and_other_words_do_not() -> None:
    wire, edited, cut, own = (print_of(text) or "" for text in (WIRE, EDITED, CUT, OWN))
    assert resemblance(wire, wire) == 1
    assert min(resemblance(wire, edited), resemblance(wire, cut)) > REPRINT
    assert resemblance(wire, own) < 0.1
    assert print_of("Too short.") is None


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("PARIS (AP) — The talks began.", "AP"),
        ("SHARM EL-SHEIKH, Egypt (Harbour Wire) - Presidents met.", "Harbour Wire"),
        ("The group (which met in Paris) - a new one - said no.", None),
        ("Nothing here.", None),
    ],
)
def test_credits_in_datelines(text: str, agency: str | None) -> None:
    assert credited(text) == agency


def test_whose_word() -> None:
    credits = [Credit(((0, 100),), "tass"), Credit(((40, 90),), "bbc")]
    assert origin((50, 80), credits, "own") == "bbc"
    assert origin((0, 30), credits, "own") == "tass"
    assert origin((200, 230), credits, "own") == "own"


def test_media_and_their_names() -> None:
    assert medium("TASS", "JRN", None) and medium("Harbour Wire agency", None, "agency")
    assert medium("Belgrade radio", None, None) and not medium("Sadat", "GOV", "president")
    assert hand("the Harbour Wire agency") == hand("Harbour Wire")


@pytest.mark.parametrize("seed", range(12))
def test_sources_are_those_that_pairs_one_by_one_would_give(seed: int) -> None:
    """Texts that are alike enough, share an origin or a report, or are alike to ones that do, are one source."""
    chance = random.Random(seed)
    drafts = [[f"word{chance.randrange(60)}" for _ in range(80)] for _ in range(3)]
    told: list[Telling] = []
    for number in range(20):
        words = list(chance.choice(drafts))
        for _ in range(chance.randint(0, 25)):
            words[chance.randrange(80)] = f"word{chance.randrange(60)}"
        told.append(Telling(number, chance.choice(("", "a", "b", "c")), print_of(" ".join(words))))

    def one_source(one: Telling, other: Telling) -> bool:
        first, second = one.print or "", other.print or ""
        sharing = any(a == b for a, b in zip(bands(first), bands(second), strict=True))
        return bool(one.origin and one.origin == other.origin) or (sharing and resemblance(first, second) >= REPRINT)

    left, groups = list(told), 0
    while left:
        reached = [left.pop()]
        for telling in reached:
            found = [other for other in left if one_source(telling, other)]
            reached += found
            left = [other for other in left if other not in found]
        groups += 1
    assert independent(told) == groups


def bands(print_: str) -> list[bytes]:
    raw = b64decode(print_)
    width = len(raw) // BANDS
    return [raw[at : at + width] for at in range(0, len(raw), width)]
