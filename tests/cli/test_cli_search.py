"""`dragoman search`: what it prints, and how it points at a fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.cli.queries import joined
from dragoman.store.record import open_record
from dragoman.store.writing import Stamp, add
from tests import made
from tests.cli.conftest import Run


def test_facts_are_printed_in_their_sentence(run: Run, record: str) -> None:
    ran = run("search", "FRA DEU kind:event", "--record", record)
    assert ran.lines[0] == "1994-03-07  ● happened  event SUPPORT: France (FRA), Germany (DEU)"
    assert ran.lines[1] == "    PARIS (AP) — ⟦France and Germany signed the Elbe accord on Monday⟧."
    assert ran.lines[2].startswith("    Morning Wire, 1994-03-08 · r1 · e-")
    assert ran.err == "1 fact\n"


def test_sentences_are_printed_with_the_words_looked_for(run: Run, record: str) -> None:
    ran = run("search", '"40 trucks" ghana* in:sentences', "--record", record)
    assert ran.lines[0] == "France will deliver ⟦40 trucks⟧ to ⟦Ghana⟧, worth $3 billion."
    assert ran.err == "1 sentence shown\n"


def test_pages_go_on_where_the_last_one_ended(run: Run, record: str) -> None:
    ids: list[str] = []
    after: tuple[str, ...] = ()
    while True:
        ran = run("search", "event:1994", "--json", "--limit", "2", "--record", record, *after)
        ids += [json.loads(line)["id"] for line in ran.lines]
        if not ran.err:
            break
        after = ("--after", ran.err.split()[-1])
    assert len(ids) == len(set(ids)) == 5
    assert "5 facts, 2 shown, more with --after" in run("search", "event:1994", "--limit", "2", "--record", record).err


def test_facets(run: Run, record: str) -> None:
    ran = run("search", "FRA", "--facets", "--record", record)
    assert "      kind  agreement 1 · event 1 · figure 1 · office 1 · statement 1 · transfer 1" in ran.lines
    assert ran.err == "6 facts\n"
    found = json.loads(run("search", "FRA", "--facets", "--json", "--record", record).out)
    assert found["outlet"] == {"Morning Wire": 6}


@pytest.mark.parametrize(
    ("parts", "query"),
    [
        (["RUS CHN"], "RUS CHN"),
        (["RUS", "CHN", "border agreement"], 'RUS CHN "border agreement"'),
        (["speaker:Boris Yeltsin", "RUS"], 'speaker:"Boris Yeltsin" RUS'),
        (["-speaker:Boris Yeltsin", 'a "b c"'], '-speaker:"Boris Yeltsin" a "b c"'),
    ],
)
def test_words_of_a_command_line_are_one_query(parts: list[str], query: str) -> None:
    assert joined(parts) == query


@pytest.mark.parametrize(
    ("query", "err"),
    [
        ("RUS type:DANCE", "dragoman: search, character 10: 'DANCE' is no type; there are "),
        ('a "open', "dragoman: search, character 3: the quotation mark is not closed; close it, or leave it out\n"),
    ],
)
def test_a_fault_is_pointed_at(run: Run, record: str, query: str, err: str) -> None:
    ran = run("search", query, "--record", record)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(err)
    line, carets = ran.err.split("\n")[1:3]
    assert line == f"  {query}"
    assert line[carets.index("^") :].startswith(("DANCE", '"open'))


def test_facets_are_of_facts(run: Run, record: str) -> None:
    assert "leave in:sentences out" in run("search", "elbe in:sentences", "--facets", "--record", record).err


def test_text_from_strangers_steers_no_terminal(run: Run, record: str) -> None:
    with open_record(record, write=True) as opened:
        bad = made.report("bad", text=made.TEXT + "\n\nEvil \x1b[2J\u202e trucks", outlet="\x1b[2J")
        add(opened, made.answer("bad", report=bad), Stamp("1", "1"))
    for query in ("trucks", "evil in:sentences"):
        out = run("search", query, "--record", record).out
        assert out and "\x1b" not in out and "\u202e" not in out


@pytest.mark.parametrize("command", [("facts",), ("export", "csv", "--out", "e.csv"), ("search",)])
def test_a_bad_query_is_explained_with_its_place_by_every_command(
    run: Run, record: str, command: tuple[str, ...]
) -> None:
    ran = run(*command, "FRA", "type:AGRE", "--record", record)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.split("\n") == [
        "dragoman: search, character 10: 'AGRE' is no type; did you mean AGREE?",
        "  FRA type:AGRE",
        "           ^^^^",
        "",
    ]


@pytest.mark.parametrize(
    ("query", "number"),
    [(("FRA", "DEU"), 2), (("kind:event,office",), 3), (("--kind", "event", "claimed", "status:claimed"), 0),
     (("--kind", "event", "status:claimed"), 1), (("France Germany", "event:1994-03"), 0), ((" ",), 7)],
)  # fmt: skip
def test_facts_and_exports_take_a_query_beside_options(
    run: Run, record: str, query: tuple[str, ...], number: int
) -> None:
    assert len(run("facts", "--json", "--record", record, *query).lines) == number
    run("export", "jsonl", "--out", "f.jsonl", "--record", record, *query)
    assert len(Path("f.jsonl").read_text().splitlines()) == number
    assert f"{number} facts" in run("facts", "--record", record, *query).err
