"""Why facts are what they are: the words and the rule that each field of a sentence's facts is told with."""

from __future__ import annotations

from functools import cache

import pytest

from dragoman.coding.stages import code
from dragoman.coding.trace import LONGEST_CHAIN, Note, Trace
from dragoman.facts import Answer, Date, Report
from tests.coding.event_reading import LEXICON, parser

DAY = "2015-06-10"


@cache
def traced(text: str, published: str = DAY) -> tuple[Answer, Trace]:
    trace = Trace()
    report = Report("test", text, Date.on(published, "given"))
    return code(report, parser().parse(text), LEXICON, trace=trace), trace


def words(text: str, note: Note) -> str:
    return " + ".join(text[start:end] for start, end in note.words)


def grounds(text: str, trigger: str, field: str, published: str = DAY) -> list[tuple[str, str]]:
    """(rule, words) of all notes on FIELD of the event whose predicate is TRIGGER."""
    answer, trace = traced(text, published)
    event = next(e for e in answer.events if e.evidence[1].text == trigger)
    return [(note.rule, words(text, note)) for note in trace.facts[event.id] if note.field == field]


ATTACK = "Iraq denied that it had attacked Kuwait."
FRANCE = "France, which failed to lift sanctions on Iran, urged Russia to withdraw its troops from Ukraine."
GENEVA = "Foreign Minister Sergei Lavrov met John Kerry in Geneva. He will visit Iran next week."
CAMP = "Egypt and Israel signed a peace treaty in Washington on Monday."
AGAIN = "Iraq attacked Kuwait on Monday. The attack by Iraq on Kuwait went on."
PEKING = "Henry Kissinger flew to Peking in July 1971."
EVENTS = [
    # trigger, status by an embedding verb, a pronoun, an object
    (ATTACK, "attacked", "trigger", "predicates:attack", "attacked"),
    (ATTACK, "attacked", "status", "status_cues:deny", "denied"),
    (ATTACK, "attacked", "source", "parse:nsubj", "it"),
    (ATTACK, "attacked", "source", "pronoun:antecedent", "Iraq"),
    (ATTACK, "attacked", "source", "countries:Iraq", "Iraq"),
    (ATTACK, "attacked", "target", "parse:obj", "Kuwait"),
    (ATTACK, "attacked", "attributed_to", "rule:inside-statement", "denied"),
    (ATTACK, "attacked", "date", "rule:bounded-by-the-report", ""),
    # passive
    ("Kuwait was attacked by Iraq.", "attacked", "source", "parse:obl:agent", "Iraq"),
    ("Kuwait was attacked by Iraq.", "attacked", "target", "parse:nsubj:pass", "Kuwait"),
    ("Kuwait was attacked by Iraq.", "attacked", "status", "tense:past", "was"),
    # the noun of a relative clause, control, the object of an object; the mode by what is asked
    (FRANCE, "lift", "trigger", "predicates:lift", "lift + sanctions"),
    (FRANCE, "lift", "source", "parse:xcomp<acl:relcl<", "France"),
    (FRANCE, "lift", "status", "status_cues:deny", "failed"),
    (FRANCE, "urged", "mode", "rule:mode-of-governed", "withdraw"),
    # titles, holders of office by date, an auxiliary, a type that is still to come, a relative date
    (GENEVA, "met", "source", "holders:Sergei Lavrov", "Foreign Minister Sergei Lavrov"),
    (GENEVA, "met", "source", "roles:foreign minister", "Foreign Minister"),
    (GENEVA, "met", "place", "parse:obl", "Geneva"),
    (GENEVA, "visit", "source", "pronoun:antecedent", "Foreign Minister Sergei Lavrov"),
    (GENEVA, "visit", "status", "status_cues:aux-will", "will"),
    (GENEVA, "visit", "type", "rule:to-come", ""),
    (GENEVA, "visit", "date", "time_rules:unit-rel", "next week"),
    # coordinated subjects that do it together, a weekday
    (CAMP, "signed", "source", "parse:nsubj>conj", "Israel"),
    (CAMP, "signed", "source", "predicates:sign", "signed"),
    (CAMP, "signed", "date", "parse:time", "Monday"),
    (CAMP, "signed", "date", "time_rules:weekday", "Monday"),
    # the act is older than its report
    (PEKING, "flew", "background", "background:date", ""),
    ("Iraq had attacked Kuwait.", "attacked", "background", "background:pluperfect", "had"),
    ("Iraq has attacked Kuwait before.", "attacked", "background", "background:before", "before"),
    # the verb over an event noun, its possessor
    ("Egypt opened talks with Libya.", "talks", "source", "support_verbs:hold", "opened"),
    ("Egypt opened talks with Libya.", "talks", "source", "parse:obj<nsubj", "Egypt"),
    ("Japan protested against China's embargo on Japan.", "embargo", "source", "parse:nmod:poss", "China"),
    ("Russia's appeal to Iran was in vain.", "appeal", "target", "parse:nmod", "Iran"),
    ("The sale of jets to Iraq by France went ahead.", "sale", "trigger", "predicates:n-sale", "sale + jets"),
    # condition, question, two denials, the word of the other side, what is said not to be wanted
    ("If Iraq attacks Kuwait, oil will be dear.", "attacks", "status", "status_cues:if", "If"),
    ("Did Iraq attack Kuwait?", "attack", "status", "rule:question", ""),
    ("China has never failed to meet Iran.", "meet", "status", "rule:joined", ""),
    ("Kuwait said that Iraq had bombed Kuwait.", "bombed", "status", "rule:word-of-the-other-side", ""),
    ("Turkey will not lift the embargo on Greece.", "lift", "type", "rule:refused", "lift"),
    ("Egypt is to sign a treaty with Libya.", "sign", "status", "grammar:be-to", "to"),
    ("Egypt said that it would sign a treaty with Libya.", "sign", "status", "status_cues:aux-would", "would"),
    # a pronoun of two, whose rows are both told
    ("Egypt and Israel met in Cairo. They signed a treaty.", "signed", "source", "countries:Israel", "Israel"),
    ("Egypt and Israel met in Cairo. They signed a treaty.", "signed", "source", "pronoun:antecedent", "Egypt"),
    # parties that an earlier act has
    ("Syria accused Israel of a raid. Israel rejected the charge.", "rejected", "target", "antecedent:answered",
     "Syria + accused"),
    (AGAIN, "attacked", "evidence", "rule:told-again", "attack by Iraq on Kuwait + attack"),
    ("Egypt met Libya in Tunis. The two countries signed a treaty.", "signed", "source", "rule:several", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "trigger", "field", "rule", "said"), EVENTS)
def test_a_field_of_an_event_is_told_with_its_words_and_rule(
    text: str, trigger: str, field: str, rule: str, said: str
) -> None:
    assert (rule, said) in grounds(text, trigger, field)


def test_a_holder_is_told_with_the_term_by_the_report_s_day() -> None:
    for published, when in (
        ("1974-03-01", "by the report's day"),
        ("1990-03-01", "which was over on the report's day"),
    ):
        text = "Henry Kissinger met Anwar Sadat."
        answer, trace = traced(text, published)
        notes = [n for n in trace.facts[answer.events[0].id] if n.rule == "holders:Henry Kissinger"]
        assert [n.why for n in notes] == [f"Secretary of State of USA, 1973-09 to 1977-01, {when}"]


QUOTED = (
    "“We will never yield,” President Bashar al-Assad told Syrian television on Tuesday. He added that talks failed."
)
STATEMENTS = [
    (QUOTED, 0, "cue", "reporting_cues:verb.tell", "told"),
    (QUOTED, 0, "content", "quote:inside", "“We will never yield,”"),
    (QUOTED, 0, "mode", "rule:direct", ""),
    (QUOTED, 0, "speaker", "parse:nsubj", "President Bashar al-Assad"),
    (QUOTED, 0, "speaker", "holders:Bashar al-Assad", "President Bashar al-Assad"),
    (QUOTED, 0, "date", "rule:time-of-saying", "Tuesday"),
    (QUOTED, 0, "date", "time_rules:weekday", "Tuesday"),
    (QUOTED, 1, "cue", "reporting_cues:verb.add", "added"),
    (QUOTED, 1, "content", "frame:clause", "that talks failed"),
    (QUOTED, 1, "speaker", "pronoun:antecedent", "President Bashar al-Assad"),
    (QUOTED, 1, "date", "rule:report's-day", ""),
    ("According to the foreign ministry, Iran will not come.", 0, "speaker", "parse:case", "the foreign ministry"),
    ("Reuters reported that talks had failed, citing an army spokesman.", 0, "chain", "rule:cited",
     "an army spokesman"),
    ("Iran reportedly agreed to the talks.", 0, "speaker", "rule:nobody-speaks", ""),
    ("Tomorrow's vote is expected to be close.", 0, "kind", "reporting_cues:verb.expect", "is expected"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "field", "rule", "said"), STATEMENTS)
def test_a_field_of_a_statement_is_told_with_its_words_and_rule(
    text: str, number: int, field: str, rule: str, said: str
) -> None:
    answer, trace = traced(text)
    notes = trace.facts[answer.statements[number].id]
    assert (rule, said) in [(note.rule, words(text, note)) for note in notes if note.field == field]


LEFT_OUT = [
    (FRANCE, "sanctions", "predicates:lift"),
    (FRANCE, "withdraw", "rule:governed"),
    ("The teacher attacked the painter.", "attacked", "relevance:no-party"),
    ("The crisis threatens Iran.", "threatens", "relevance:nobody-acts"),
    ("The talks failed.", "talks", "rule:antecedent"),
    (AGAIN, "attack", "rule:told-again"),
]


@pytest.mark.parametrize(("text", "word", "rule"), LEFT_OUT)
def test_a_word_that_became_no_event_is_told_with_the_rule_that_left_it_out(text: str, word: str, rule: str) -> None:
    answer, trace = traced(text)
    assert word not in [event.evidence[1].text for event in answer.events]
    assert (word, rule) in [(text[slice(*left.word)], left.rule) for left in trace.left_out.values()]


ALL = sorted({row[0] for row in (*EVENTS, *STATEMENTS, *LEFT_OUT)})


@pytest.mark.parametrize("text", ALL)
def test_asking_why_changes_no_fact_and_every_fact_is_explained_by_words_of_the_text(text: str) -> None:
    answer, trace = traced(text)
    assert answer == code(answer.report, parser().parse(text), LEXICON)
    assert set(trace.facts) == {fact.id for fact in (*answer.events, *answer.statements)}
    for notes in trace.facts.values():
        assert notes
        assert all(note.field and note.rule and note.why for note in notes)
        assert all(0 <= start < end <= len(text) for note in notes for start, end in note.words)


@pytest.mark.parametrize("text", ALL)
def test_rules_name_rows_that_the_tables_have(text: str) -> None:
    known = {
        "predicates": {row.id for row in LEXICON.rows(_row("predicates", "PredicateRow"))},
        "status_cues": {row.id for row in LEXICON.rows(_row("status_cues", "StatusCueRow"))},
        "reporting_cues": {row.id for row in LEXICON.rows(_row("cues", "ReportingCue"))},
        "support_verbs": {row.id for row in LEXICON.rows(_row("predicates", "SupportRow"))},
        "holders": {row.person for row in LEXICON.rows(_row("holders", "Term"))},
        "roles": {row.title for row in LEXICON.rows(_row("roles", "Role"))},
    }
    for note in (note for notes in traced(text)[1].facts.values() for note in notes):
        table, _, key = note.rule.partition(":")
        assert table not in known or key in known[table], note


def _row(module: str, name: str) -> type:
    from importlib import import_module

    found: type = getattr(import_module(f"dragoman.lexicon.{module}"), name)
    return found


def test_a_chain_of_mentions_is_followed_nearest_first_and_never_for_ever() -> None:
    trace = Trace()
    for i in range(LONGEST_CHAIN + 4):
        trace.note(("mention", i), f"r{i}", see=("mention", i + 1))
    trace.note(("mention", LONGEST_CHAIN), "back", see=("mention", 0))
    found = trace.of(("mention", 0), "source")
    assert [note.rule for note in found] == [f"r{i}" for i in range(LONGEST_CHAIN)]
    assert {note.field for note in found} == {"source"}


def test_notes_are_kept_once_and_forgotten_by_rule() -> None:
    trace = Trace()
    for rule in ("holders:X", "holders:X", "roles:y"):
        trace.note(("mention", 1), rule)
    assert [note.rule for note in trace.of(("mention", 1))] == ["holders:X", "roles:y"]
    trace.forget(("mention", 1), "holders:")
    assert [note.rule for note in trace.of(("mention", 1))] == ["roles:y"]


def test_a_country_that_only_qualifies_a_party_is_no_ground_of_it() -> None:
    text = "The pro-Russian rebels attacked Ukraine."
    assert not [rule for rule, _ in grounds(text, "attacked", "source") if rule.startswith("countries:")]
