"""`codebook check`, and `--codebook` where reports are read: what is said, exit codes, when a report is read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.errors import SettingError, TableError
from dragoman.lexicon.predicates import PredicateRow
from dragoman.pipeline.tools import load_lexicon, stamp
from dragoman.settings import Settings
from dragoman.web import server
from tests import made
from tests.cli.conftest import Run

OWN = """\
name = "own"
[types.SEIZE_SHIP]
gloss = "A ship is taken."
base = "COERCE"
verbs = ["seize"]
objects = ["tanker"]
examples = [
  { text = "Iran seized a Greek tanker.", source = "IRN", target = "GRC" },
  { text = "Iran seized a Greek tanker.", source = "GRC" },
]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_check_names_the_example_that_comes_out_otherwise(run: Run, own: Path):
    ran = run("codebook", "check", str(own))
    assert ran.code == 1
    assert ran.lines[0] == (
        f"{own}:9: SEIZE_SHIP: “Iran seized a Greek tanker.” is not coded as it says; "
        "read: own:SEIZE_SHIP COERCE IRN → GRC, happened"
    )
    assert ran.lines[1].startswith("own ")
    assert ran.lines[1].endswith(": 1 types, 2 examples, 1 come out otherwise")


def test_check_is_content_with_a_codebook_whose_examples_come_out_right(run: Run, own: Path):
    own.write_text(OWN.replace('source = "GRC"', 'source = "IRN"'), encoding="utf-8")
    ran = run("codebook", "check", str(own))
    assert (ran.code, ran.err, len(ran.lines)) == (0, "", 1)


def test_check_says_all_that_is_wrong_and_which_type_shows_nothing(run: Run, own: Path):
    own.write_text(OWN.replace('"COERCE"', '"COERSE"').replace("gloss", "glos"), encoding="utf-8")
    ran = run("codebook", "check", str(own))
    assert ran.code == 2
    assert [line.split(": ")[0] for line in ran.lines] == [f"{own}:{n}" for n in (2, 3, 4)]
    own.write_text(OWN[: OWN.index("examples")], encoding="utf-8")
    ran = run("codebook", "check", str(own))
    assert ran.code == 0
    assert ran.lines[0] == f"{own}:2: SEIZE_SHIP has no examples; nothing shows that it codes what you mean"


def test_check_doubts_a_verb_that_looks_like_a_form_of_another(run: Run, own: Path):
    text = OWN.replace('source = "GRC"', 'source = "IRN"')
    own.write_text(text.replace('["seize"]', '["seize", "took control of", "impounded"]'), encoding="utf-8")
    assert run("codebook", "check", str(own)).lines[:-1] == [
        f"{own}:2: SEIZE_SHIP: “took control of” looks like a form of take; write the dictionary form",
        f"{own}:2: SEIZE_SHIP: “impounded” looks like a form of impound; write the dictionary form",
    ]


@pytest.mark.parametrize("command", [("codebook", "check"), ("read", "--json", "-", "--codebook")])
def test_a_codebook_that_is_not_there_is_one_sentence(run: Run, command: tuple[str, ...]):
    ran = run(*command, "none.toml", stdin=b'{"id": "a", "text": "x"}\n')
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "dragoman: none.toml: there is no such codebook; write it or name another\n"


def test_a_wrong_codebook_ends_the_run_with_file_and_line(run: Run, own: Path):
    own.write_text(OWN.replace('"COERCE"', '"COERSE"'), encoding="utf-8")
    ran = run("read", "--json", "--codebook", str(own), "-", stdin=b'{"id": "a", "text": "x"}\n')
    assert ran.code == 2
    assert ran.err.startswith(f"dragoman: {own}:4: SEIZE_SHIP: base 'COERSE' is no PLOVER type")


def test_read_prints_own_types_among_the_contexts(run: Run, own: Path):
    line = json.dumps({"id": "a", "text": "Iran seized a Greek tanker on Friday."}).encode()
    (printed,) = run("read", "--json", "--codebook", str(own), "-", stdin=line).lines
    (event,) = json.loads(printed)["events"]
    assert (event["type"], event["contexts"]) == ("COERCE", ["own:SEIZE_SHIP"])


def test_serve_hands_the_codebook_down_and_refuses_a_wrong_one_at_once(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
):
    given: list[Path | None] = []
    monkeypatch.setattr(server, "serve", lambda where, sockets, settings, *_: given.append(settings.codebook))
    assert run("serve", "--port", "0", "--codebook", str(own)).code == 0
    own.write_text(OWN.replace('"COERCE"', '"COERSE"'), encoding="utf-8")
    ran = run("serve", "--port", "0", "--codebook", str(own))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"dragoman: {own}:4: ")
    assert given == [own]


def test_doctor_looks_at_the_codebook(run: Run, own: Path):
    assert "  own                    1 types, " in run("doctor", "--codebook", str(own)).out
    own.write_text(OWN.replace('"COERCE"', '"COERSE"'), encoding="utf-8")
    ran = run("doctor", "--codebook", str(own))
    assert ran.code == 1
    assert "can't be used: 4: SEIZE_SHIP: base 'COERSE' is no PLOVER type" in ran.out


def test_shown_facts_have_the_own_type_beside_the_mode(run: Run, own: Path):
    line = json.dumps({"id": "a", "text": "Iran seized a Greek tanker on Friday."}).encode()
    run("read", "--codebook", str(own), "--record", str(own.with_name("r.db")), "-", stdin=line)
    assert "COERCE [own:SEIZE_SHIP]: Iran (IRN) → " in run("show", "a", "--record", str(own.with_name("r.db"))).out


@pytest.mark.usefixtures("fake_coder")
def test_a_report_is_read_again_when_the_codebook_has_changed(run: Run, own: Path):
    line = json.dumps({"id": "a", "text": made.TEXT}).encode()

    def ended(*options: str) -> str:
        return run("read", *options, "--record", str(own.with_name("r.db")), "-", stdin=line).err.split(" stored ")[0]

    def again(*options: str) -> str:
        return run("read", *options, "--record", str(own.with_name("r.db")), "-", stdin=line).err

    assert "1 reports" in ended()
    assert "1 unchanged" in again()
    assert "1 reports" in ended("--codebook", str(own))
    assert "1 unchanged" in again("--codebook", str(own))
    own.write_text(OWN + "# another version\n", encoding="utf-8")
    assert "1 reports" in ended("--codebook", str(own))


def test_the_stamp_names_the_codebook_behind_the_digest_of_the_tables(own: Path):
    plain, marked = stamp(Settings()), stamp(Settings(codebook=own))
    assert plain.coder == marked.coder
    assert marked.lexicon.startswith(f"{plain.lexicon}+own.")
    assert "+" not in plain.lexicon


def test_the_lexicon_holds_the_frames_of_the_codebook_first(own: Path):
    assert load_lexicon(Settings(codebook=own)).rows(PredicateRow)[0].id == "own:SEIZE_SHIP:verbs"
    with pytest.raises(SettingError):
        load_lexicon(Settings(codebook=own.with_name("none.toml")))
    own.write_text("", encoding="utf-8")
    with pytest.raises(TableError):
        load_lexicon(Settings(codebook=own))
