"""Who stands on which side of an act, by construction.

Two objects, answers, hosts, each other, idioms, those who are put out.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding import events
from dragoman.coding.draft import Draft
from dragoman.facts import Actor

DraftOf = Callable[..., Draft]


def codes(side: tuple[Actor, ...]) -> set[str | None]:
    """Countries of a side; the sector of those that have none."""
    return {actor.country or actor.sector for actor in side}


@pytest.mark.parametrize(
    ("text", "word", "source", "target"),
    [
        ("Chile sold Bolivia five patrol boats.", "sold", {"CHL"}, {"BOL"}),
        ("Bolivia was sold five patrol boats by Chile.", "sold", {"CHL"}, {"BOL"}),
        ("Sweden handed Finland a note of protest.", "handed", {"SWE"}, {"FIN"}),
        ("Sweden recalled its ambassador home from Lisbon.", "recalled", {"SWE"}, {"PRT"}),
        ("Chile dropped its demand that Bolivia reopen the railway.", "dropped", {"CHL"}, {"BOL"}),
        ("Sweden accepted a Finnish request to send doctors.", "request", {"FIN"}, {"SWE"}),
        ("Sweden sent doctors at the request of Finland.", "request", {"FIN"}, {"SWE"}),
        ("Norway said sorry to Iceland for the delay.", "said", {"NOR"}, {"ISL"}),
        ("The Norwegian prime minister received the Danish foreign minister.", "received", {"DNK"}, {"NOR"}),
        ("Norway will not receive the Danish foreign minister.", "receive", {"NOR"}, {"DNK"}),
        ("Norway consulted Denmark.", "consulted", {"NOR"}, {"DNK"}),
        ("The Danish king met the Norwegian prime minister in Oslo.", "met", {"DNK"}, {"NOR"}),
        ("The Danish king met the Norwegian prime minister in Rome.", "met", {"DNK", "NOR"}, set()),
        ("The Danish king and the Norwegian king met in Oslo.", "met", {"DNK", "NOR"}, set()),
        ("Chile and Bolivia expelled each other's diplomats.", "expelled", {"CHL", "BOL"}, set()),
        ("Mali was suspended from the African Union.", "suspended", {"IGO"}, {"MLI"}),
        ("Egypt to buy arms from China", "buy", {"EGY"}, {"CHN"}),
        ("Norway wants Denmark to close the port.", "wants", {"NOR"}, {"DNK"}),
    ],
)
def test_sides(draft_of: DraftOf, text: str, word: str, source: set[str], target: set[str]) -> None:
    found = {event.evidence[1].text: event for event in events.find(draft_of(text))}
    assert word in found
    assert (codes(found[word].source), codes(found[word].target)) == (source, target)
