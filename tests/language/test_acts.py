"""Acts from scores and vectors: what is given, what each word is to an act, where sentences end."""

import numpy as np
import pytest

from dragoman.language.acts import LEAST, ActScorer
from dragoman.language.annotations import Act, Party
from dragoman.language.encoder import Labels, Reading

LABELS = Labels(
    [], [], [], [], [], acts=["_", "AID", "ASSAULT"], modes=["_", "aerial"], statuses=["happened", "denied"],
    parties=["_", "source", "target"],
)  # fmt: skip


def scorer() -> ActScorer:
    """Two-wide vectors: a word's first number speaks for source, its second for target; none has the score 0."""
    weight = np.zeros((3, 3 * 3), np.float32)
    weight[2, 3 + 0], weight[2, 6 + 1] = 1, 1
    return ActScorer(weight, LABELS)


def reading(kinds: list[list[float]], parties: list[list[float]]) -> Reading:
    """A window of which only what acts need is filled; `parties` has a row for what is implied before the words'."""
    return joined([kinds], [parties])


def joined(kinds: list[list[list[float]]], parties: list[list[list[float]]]) -> Reading:
    """The same for several windows."""
    flat = [row for window in kinds for row in window]
    n = len(flat)
    empty = np.zeros((n, 1), np.float32)
    arcs = [np.zeros((len(window), 1 + len(window)), np.float32) for window in kinds]
    return Reading(
        np.zeros(n, np.int64), np.zeros(n, np.int64), empty[:, 0], empty, arcs, empty, empty, empty[:, 0], empty,
        empty, empty, empty, empty, np.array(flat, np.float32), np.zeros((n, 2), np.float32),
        [np.array(window, np.float32) for window in parties],
    )  # fmt: skip


NOTHING = [20.0, 0, 0, 0, 0, 0, 0, 0]
RAID = [0.0, 0, 20, 0, 20, 20, 0, -20]
FAR = [-20.0, -20.0]


def test_word_that_names_an_act_has_its_kind_mode_status_and_parties() -> None:
    window = reading([NOTHING, RAID, NOTHING], [FAR, [9, 0], FAR, [0, 9]])
    (act,) = scorer().acts(window, [(0, 3)], np.array([10, 11, 13]))
    assert act.word == 11
    assert act.kinds == {"ASSAULT": pytest.approx(1)}
    assert (act.modes, act.statuses) == ({"aerial": pytest.approx(1)}, {"happened": pytest.approx(1)})
    assert act.probability == pytest.approx(1)
    assert act.background < 0.001
    assert [(party.word, party.side) for party in act.parties] == [(10, "source"), (13, "target")]


def test_party_that_is_only_implied_has_no_word() -> None:
    (act,) = scorer().acts(reading([RAID], [[0, 9], FAR]), [(0, 1)], np.array([4]))
    assert act.parties == (Party(None, "target", pytest.approx(act.parties[0].probability)),)
    assert act.parties[0].probability > 0.99


def test_parties_keep_to_the_sentence_of_their_act() -> None:
    window = reading([RAID, NOTHING, RAID], [FAR, [9, 0], [9, 0], [9, 0]])
    found = scorer().acts(window, [(0, 1), (1, 3)], np.array([0, 1, 2]))
    assert [[party.word for party in act.parties] for act in found] == [[0], [1, 2]]


def test_windows_have_a_row_each_for_what_is_implied() -> None:
    window = joined([[NOTHING], [RAID, NOTHING]], [[FAR, [9, 0]], [[0, 9], [9, 0], FAR]])
    (act,) = scorer().acts(window, [(0, 1), (1, 3)], np.array([4, 5, 6]))
    assert (act.word, [(party.word, party.side) for party in act.parties]) == (5, [(None, "target"), (5, "source")])


def test_unlikely_words_are_left_out() -> None:
    odds = float(np.log(LEAST / (1 - LEAST)))
    under = [0.0, odds - 0.1, -50, 0, 0, 0, 0, 0]
    over = [0.0, odds + 0.1, -50, 0, 0, 0, 0, 0]
    found = scorer().acts(reading([under, over], [FAR, FAR, FAR]), [(0, 2)], np.array([0, 1]))
    assert [act.word for act in found] == [1]


def test_weights_without_acts_give_none() -> None:
    window = reading([RAID], [FAR, FAR])
    bare = Reading(*(getattr(window, name) for name in list(Reading.__dataclass_fields__)[:13]))
    assert scorer().acts(bare, [(0, 1)], np.array([0])) == []


def test_probability_is_that_of_any_act() -> None:
    assert Act(0, {"AID": 0.25, "ASSAULT": 0.5}, {}, {}, 0.0, ()).probability == 0.75
