"""Whether an act happened: every cue's own sentences, and small sets that differ in the cue alone."""

from __future__ import annotations

import pytest

from dragoman.lexicon import Lexicon
from dragoman.lexicon.status_cues import StatusCueRow
from tests.coding.event_reading import events_of

CUES = Lexicon().rows(StatusCueRow)


@pytest.mark.parametrize("row", CUES, ids=lambda row: row.id)
def test_cue_gives_its_effect_to_its_own_sentence_and_not_to_the_other(row: StatusCueRow):
    assert row.effect in {e.status for e in events_of(row.matches)}
    if row.effect != "happened":
        assert row.effect not in {e.status for e in events_of(row.refuses)}


@pytest.mark.parametrize(
    ("text", "act", "status"),
    [
        ("Iraq attacked Kuwait.", "ASSAULT", "happened"),
        ("Iraq did not attack Kuwait.", "ASSAULT", "denied"),
        ("Iraq never attacked Kuwait.", "ASSAULT", "denied"),
        ("Iraq will attack Kuwait.", "ASSAULT", "scheduled"),
        ("Iraq plans to attack Kuwait.", "ASSAULT", "scheduled"),
        ("Iraq may attack Kuwait.", "ASSAULT", "hypothetical"),
        ("Iraq could attack Kuwait.", "ASSAULT", "hypothetical"),
        ("If Iraq attacks Kuwait, oil will be dear.", "ASSAULT", "hypothetical"),
        ("Did Iraq attack Kuwait?", "ASSAULT", "hypothetical"),
        ("Iraq denied that it had attacked Kuwait.", "ASSAULT", "denied"),
        ("Iraq is attacking Kuwait.", "ASSAULT", "ongoing"),
        ("Kuwait was attacked by Iraq.", "ASSAULT", "happened"),
        ("Kuwait was not attacked by Iraq.", "ASSAULT", "denied"),
        ("Kuwait will be attacked by Iraq.", "ASSAULT", "scheduled"),
        ("Iraq reportedly attacked Kuwait.", "ASSAULT", "claimed"),
        ("Egypt signed a treaty with Libya.", "SUPPORT", "happened"),
        ("Egypt will sign a treaty with Libya.", "SUPPORT", "scheduled"),
        ("Egypt is to sign a treaty with Libya.", "SUPPORT", "scheduled"),
        ("Egypt might sign a treaty with Libya.", "SUPPORT", "hypothetical"),
        ("Egypt failed to sign a treaty with Libya.", "SUPPORT", "denied"),
        ("The French president visited India.", "CONSULT", "happened"),
        ("The French president will visit India.", "CONSULT", "scheduled"),
        ("The French president is due to visit India.", "CONSULT", "scheduled"),
        ("The French president has not visited India.", "CONSULT", "denied"),
        ("The French president did not visit India.", "CONSULT", "denied"),
        ("No French president has visited India.", "CONSULT", "denied"),
        ("The French president cancelled plans to visit India.", "CONSULT", "denied"),
        ("The French president hopes to visit India.", "CONSULT", "proposed"),
        ("The United States imposed sanctions on Sudan.", "SANCTION", "happened"),
        ("The United States decided to impose sanctions on Sudan.", "SANCTION", "scheduled"),
        ("The United States is considering sanctions against Sudan.", "SANCTION", "hypothetical"),
        ("The United States has no plans to impose sanctions on Sudan.", "SANCTION", "denied"),
        ("Cuba withdrew its troops from Angola.", "RETREAT", "happened"),
        ("Cuba will withdraw its troops from Angola.", "RETREAT", "scheduled"),
        ("Cuba has not withdrawn its troops from Angola.", "RETREAT", "denied"),
        ("Turkish troops have occupied Cyprus since 1974.", "ASSAULT", "ongoing"),
        ("Russia continued to supply weapons to Syria.", "AID", "ongoing"),
        ("Japan rejected the Chinese proposal.", "REJECT", "happened"),
        ("Japan will reject the Chinese proposal.", "REJECT", "scheduled"),
        ("Japan did not reject the Chinese proposal.", "REJECT", "denied"),
        ("Sweden condemned the Iraqi attack.", "ACCUSE", "happened"),
        ("Sweden did not condemn the Iraqi attack.", "ACCUSE", "denied"),
        ("Brazil sold no grain to Cuba.", "COOPERATE", "denied"),
        ("Brazil lost no time and sold grain to Cuba.", "COOPERATE", "happened"),
        ("Iraq has neither attacked Kuwait nor bombed Iran.", "ASSAULT", "denied"),
        ("Iraq no longer attacks Kuwait.", "ASSAULT", "denied"),
        ("Iraq saw no reason to attack Kuwait.", "ASSAULT", "denied"),
        ("Iraq decided against attacking Kuwait.", "ASSAULT", "denied"),
        ("Iraq stopped short of attacking Kuwait.", "ASSAULT", "denied"),
        ("There is no truth in reports that Iraq attacked Kuwait.", "ASSAULT", "denied"),
        ("It is not true that Iraq attacked Kuwait.", "ASSAULT", "denied"),
        ("Should Iraq attack Kuwait, oil will be dear.", "ASSAULT", "hypothetical"),
        ("Had Iraq attacked Kuwait, oil would be dear.", "ASSAULT", "hypothetical"),
        ("Will Iraq attack Kuwait?", "ASSAULT", "hypothetical"),
        ("Iraq attacked Kuwait, according to the rebels.", "ASSAULT", "claimed"),
        ("Iraq attacked Kuwait, according to witnesses.", "ASSAULT", "happened"),
        ("Iraq, so the rebels say, attacked Kuwait.", "ASSAULT", "claimed"),
        ("Rebels said that Iraq had attacked Kuwait.", "ASSAULT", "claimed"),
        ("The Libyan court is being asked by Egypt for help.", "REQUEST", "ongoing"),
        ("Sweden may protest against the Iraqi attack on Kuwait.", "ASSAULT", "happened"),
        ("Norway invited the Libyan leader to Oslo.", "AGREE", "happened"),
    ],
)
def test_small_sets(text: str, act: str, status: str):
    assert status in [e.status for e in events_of(text) if e.act == act]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Syria will withdraw its troops from Lebanon.", "CONCEDE"),
        ("The Syrian president will visit Lebanon.", "AGREE"),
        ("Syria will attack Lebanon.", "THREATEN"),
        ("Officials denied that Syria had promised to withdraw its troops from Lebanon.", "CONCEDE"),
        ("Syria may attack Lebanon.", "ASSAULT"),
    ],
)
def test_what_is_to_come_is_counted_under_another_type(text: str, kind: str):
    assert kind in [e.type for e in events_of(text)]


def test_would_is_a_future_in_reported_speech_and_a_supposition_behind_a_condition():
    reported = events_of("He said that Egypt would attack Libya.")
    assert [e.status for e in reported if e.act == "ASSAULT"] == ["scheduled"]
    assert "hypothetical" in [e.status for e in events_of("Egypt would attack Libya if it were strong.")]


def test_what_somebody_is_called_up_for_has_been_said():
    events = events_of("The Polish premier telephoned the Czech president to thank the Czech government.")
    assert [e.status for e in events if e.act == "SUPPORT"] == ["happened"]


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("Ten years after Iraq attacked Kuwait, the wells are full.", True),
        ("Hours after Iraq attacked Kuwait, the wells burned.", False),
        ("Crowds marched on the anniversary of the Iraqi attack on Kuwait.", True),
        ("Syria expelled the Turkish envoy after Turkey had attacked Syria.", False),
    ],
)
def test_what_lies_years_back_is_background(text: str, background: bool):
    assert [e.background for e in events_of(text) if e.act == "ASSAULT"] == [background]
