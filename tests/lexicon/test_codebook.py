"""A user's codebook: what its file may hold, and what is said, with which line, where something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import TableError
from dragoman.lexicon import Lexicon
from dragoman.lexicon.codebook import MAX_BYTES, Codebook, check, frames, load
from dragoman.lexicon.codebook_types import split
from dragoman.lexicon.plover import terms
from dragoman.lexicon.predicates import PredicateRow, index

TERMS = Lexicon().compiled(terms)
GOOD = """\
name = "gulf"

[types.SEIZE_SHIP]
gloss = "A merchant ship is taken."
base = "COERCE"
mode = "seize"
verbs = ["seize", "impound"]
objects = ["tanker", "Ship"]
examples = [
  { text = "Iran seized a Greek tanker.", source = "IRN", target = "GRC" },
]
"""


def read(tmp_path: Path, text: str) -> Codebook:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, TERMS)


def faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return [f"{fault.line}: {fault.problem}" for fault in check(path, TERMS)[1]]


def test_a_codebook_is_read_with_its_types_and_the_lines_of_its_examples(tmp_path: Path):
    book = read(tmp_path, GOOD)
    (own,) = book.types
    assert (book.name, book.code(own), own.line, own.base, own.mode) == (
        "gulf",
        "gulf:SEIZE_SHIP",
        3,
        "COERCE",
        "seize",
    )
    assert own.objects == ("tanker", "ship")
    assert [(e.line, e.text, e.source, e.target, e.status) for e in own.examples] == [
        (10, "Iran seized a Greek tanker.", "IRN", "GRC", None)
    ]


WRONG = [
    ('base = "COERCE"', 'base = "COERSE"', "5: S: base 'COERSE' is no PLOVER type; did you mean 'COERCE'?"),
    ('base = "COERCE"\n', "", "3: S has no base; name the PLOVER type of such an act: AGREE, "),
    ('mode = "seize"', 'mode = "seized"', "6: S: 'seized' is no mode of COERCE; did you mean 'seize'?"),
    ('base = "COERCE"', 'base = "AID"', "6: S: 'seize' is no mode of AID; it has none, so leave mode out"),
    ('mode = "seize"', 'cameo = "999"', "6: S: '999' is no CAMEO code that we know"),
    ('mode = "seize"', 'contexts = ["econmic"]', "6: S: 'econmic' is no PLOVER context; did you mean 'economic'?"),
    ('gloss = "A merchant ship is taken."\n', "", "3: S has no gloss"),
    ('verbs = ["seize", "impound"]\n', "", "3: S has no verbs, nouns or adjectives; nothing would be coded as it"),
    ('verbs = ["seize", "impound"]', 'verbs = "seize"', '7: S: verbs is no list of texts; write verbs = ["…", "…"]'),
    ('verbs = ["seize", "impound"]', 'verbs = [\n"seize",\n"seize"]', "8: S: 'seize' stands twice; keep one"),
    ('"impound"]', '"im[ound"]', "7: S: 'im[ound' is no phrase of one to 6 words"),
    ("verbs =", "verb =", "7: S: unknown 'verb'; did you mean 'verbs'?"),
    ('"Ship"]', '"@ship"]', "8: S: object '@ship' is no noun of one or two words"),
    ('mode = "seize"', 'target = ["objekt"]', "6: S: target 'objekt' is no place in a clause; did you mean 'object'?"),
    ('mode = "seize"', 'needs = ["date"]', "6: S: needs 'date'; it may be source, target or both"),
    ('mode = "seize"', 'reciprocal = "yes"', "6: S: reciprocal is neither true nor false (without quotes)"),
    ('name = "gulf"\n', "", "1: no name; give a short one in small letters"),
    ('name = "gulf"', 'name = "The Gulf"', "1: name: 'The Gulf' can't be used; give a short one in small letters"),
    ('name = "gulf"', 'verbs = ["seize"]', "1: verbs outside any type; put it below a line such as [types.MY_TYPE]"),
    ('name = "gulf"', 'name = "gulf"\nlanguage = "en"', "2: unknown 'language'; known are name"),
    ("types.SEIZE_SHIP", "types.COERCE", "3: type 'COERCE': the name is PLOVER's own; choose another"),
    ("types.SEIZE_SHIP", 'types."a b"', "3: type 'a b': the name holds more than letters, digits and _"),
    ('source = "IRN"', 'source = "Iran"', "10: S: source 'Iran' of an example; write country codes or sectors"),
    ('source = "IRN"', 'status = "done"', "10: S: status 'done' of an example; known are happened, ongoing"),
    ('source = "IRN"', 'published = "May"', "10: S: published 'May' of an example is no day such as 2019-07-04"),
    ('source = "IRN"', 'actor = "IRN"', "10: S: unknown 'actor' in an example; known are text, source"),
    ('text = "Iran seized a Greek tanker.", ', "", "9: S: an example without a text of 1 to 2000 characters"),
    ('"COERCE"', "COERCE", "5: no TOML: invalid value; texts stand in quotes"),
    ('["tanker", "Ship"]', '["tanker"', "9: no TOML: unclosed array"),
    ('mode = "seize"', 'mode = "seize"\nmode = "arrest"', "7: this stands a second time; join the two"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), WRONG, ids=[told for _, _, told in WRONG])
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str):
    assert old in GOOD
    found = faults(tmp_path, GOOD.replace(old, new))
    assert any(fault.replace("SEIZE_SHIP", "S").startswith(told) for fault in found), found


def test_all_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path):
    text = GOOD.replace('base = "COERCE"', 'base = "X"').replace('"IRN"', '"Iran"').replace('"gulf"', '"G"')
    assert [fault.split(":")[0] for fault in faults(tmp_path, text)] == ["1", "5", "10"]


SECOND = '\n[types.TAKE_SHIP]\ngloss = "As before."\nbase = "COERCE"\nverbs = ["seize"]\n'
SHARED = [
    (
        'objects = ["ship"]\n',
        "16: TAKE_SHIP: 'seize' stands in SEIZE_SHIP too (line 7) and no objects tell the two apart",
    ),
    ('objects = ["embassy"]\n', None),
    ("", None),
]


@pytest.mark.parametrize(("objects", "told"), SHARED)
def test_one_verb_may_tell_two_types_only_with_objects_of_their_own(tmp_path: Path, objects: str, told: str | None):
    found = faults(tmp_path, GOOD + SECOND + objects)
    assert [fault.split(";")[0] for fault in found] == ([told] if told else [])


def test_a_type_that_stands_twice_is_told(tmp_path: Path):
    assert faults(tmp_path, GOOD + SECOND.replace("TAKE_SHIP", "SEIZE_SHIP")) == [
        "13: 'SEIZE_SHIP' stands a second time; join the two or give one another name"
    ]


@pytest.mark.parametrize("text", ["", "name = 'x'", "name = 'x'\ntypes = 3", "name = 'x'\n[types]\nX = 3"])
def test_a_codebook_without_types_is_refused(tmp_path: Path, text: str):
    with pytest.raises(TableError, match=r"own.toml:\d+: "):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"name = '\xff'", "not UTF-8"), (b"#" * (MAX_BYTES + 1), "larger than"), (b"a = " + b"[" * 9000, "TOML|nested")],
    ids=["bytes", "size", "depth"],
)
def test_files_that_are_no_text_too_large_or_too_deep_are_refused(tmp_path: Path, content: bytes, told: str):
    (tmp_path / "own.toml").write_bytes(content)
    with pytest.raises(TableError, match=told):
        load(tmp_path / "own.toml", TERMS)


@given(st.text(max_size=300) | st.lists(st.sampled_from(GOOD.split()), max_size=40).map(" ".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_the_file_it_is_read_or_refused_with_a_line_of_the_file(tmp_path: Path, text: str):
    path = tmp_path / "own.toml"
    path.write_bytes(text.encode("utf-8", "replace"))
    found, told = check(path, TERMS)
    assert (found is None) == bool(told)
    assert all(1 <= fault.line <= text.count("\n") + 1 for fault in told)


VALUES = ["3", "true", "[]", "[1]", "{}", "{a = 1}", "1979-05-27", "nan", '""', '[["x"]]', '"x"']
KEYS = ["name", "gloss", "base", "mode", "verbs", "objects", "examples"]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("key", KEYS)
def test_any_value_under_any_key_is_read_or_refused_at_its_line(tmp_path: Path, key: str, value: str):
    text = GOOD.replace("[\n  {", "[{").replace("},\n]", "}]")
    lines = [f"{key} = {value}" if line.startswith(f"{key} =") else line for line in text.split("\n")]
    at = next(i for i, line in enumerate(lines, 1) if line.startswith(f"{key} ="))
    path = tmp_path / "own.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    found, told = check(path, TERMS)
    assert (found is None) == bool(told)
    assert not told or at in {fault.line for fault in told} or {fault.line for fault in told} == {3}


PHRASES = [
    ("seize", ("seize", "")),
    ("call off", ("call off", "")),
    ("take control of", ("take control", "of")),
    ("close its border with", ("close border", "with")),
    ("fire on", ("fire", "on")),
    ("call in", ("call in", "")),
    ("take part in", ("take part", "in")),
    ("Shut the Door on", ("shut door", "on")),
]


@pytest.mark.parametrize(("phrase", "expected"), PHRASES)
def test_a_preposition_at_the_end_of_a_phrase_says_where_the_target_stands(phrase: str, expected: tuple[str, str]):
    assert split(phrase) == expected


def test_own_frames_are_tried_before_ours_however_plain_they_are(tmp_path: Path):
    text = GOOD.replace('objects = ["tanker", "Ship"]\n', "")
    lexicon = Lexicon(None, {PredicateRow: frames(read(tmp_path, text))})
    found = lexicon.compiled(index).frames[("seize", "VERB")]
    assert [frame.row.first for frame in found] == sorted((frame.row.first for frame in found), reverse=True)
    assert found[0].row.contexts == ("gulf:SEIZE_SHIP",)
    assert len(found) > 1


def test_plural_objects_stand_for_one_too(tmp_path: Path):
    text = GOOD.replace('["tanker", "Ship"]', '["tankers", "embassies", "boxes", "grass", "oil rigs"]')
    (row,) = frames(read(tmp_path, text))
    assert set(row.object) >= {"tankers", "tanker", "embassy", "box", "oil rig"}


def test_the_digest_changes_with_the_file(tmp_path: Path):
    one, other = read(tmp_path, GOOD), read(tmp_path, GOOD.replace("impound", "board"))
    assert one.digest != other.digest
    assert one.stamp == f"gulf.{one.digest}"
