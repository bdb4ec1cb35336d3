"""The archive keeps its promises: the gold's words stand in the pages, its codes exist, no page hides what it is."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dragoman import sample
from dragoman.errors import QueryError
from dragoman.facts import GRANULARITIES, PLOVER_TYPES, STATUSES
from dragoman.terms import AGREEMENT_STATUSES, BODY_SECTORS, SECTORS

FOLDER = Path(sample.__file__).parent
INDEX = sample.index()
IDS = [row["id"] for row in INDEX]
NOTE = "This page is a retelling, written in 2026 for the Dragoman sample archive; the outlet is invented."
CODE = re.compile(r"([A-Z]{3}|---)([A-Z]{3})?")
CHARSET = re.compile(rb"charset=\"?([\w-]+)", re.IGNORECASE)
WORD_LISTS = ("events", "figures", "dates", "transfers", "offices")


class _Words(HTMLParser):
    """The words of a page outside of script and style."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.skip = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.skip += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.skip -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self.parts.append(data)


def page_text(html: bytes) -> str:
    declared = CHARSET.search(html)
    parser = _Words()
    parser.feed(html.decode(declared[1].decode() if declared else "utf-8"))
    return " ".join(" ".join(parser.parts).split())


TEXTS = {page.id: page_text(page.html) for page in sample.pages()}


def test_forty_pages_in_a_dozen_layouts() -> None:
    assert len(INDEX) == 40
    assert len({row["layout"] for row in INDEX}) >= 12
    assert [row["published"] for row in INDEX] == sorted(row["published"] for row in INDEX)
    assert sum(bool(row["pair"]) for row in INDEX) >= 16


def test_index_names_every_file() -> None:
    assert {row["file"] for row in INDEX} == {path.name for path in (FOLDER / "pages").iterdir()}
    assert set(IDS) == {path.stem for path in (FOLDER / "gold").iterdir()}
    assert all(row["url"].split("/")[2].endswith(".example") for row in INDEX)


def test_pairs_point_at_each_other() -> None:
    pair = {row["id"]: row["pair"] for row in INDEX if row["pair"]}
    assert all(pair[other] == here for here, other in pair.items())


def test_licence_and_guidelines_say_what_this_is() -> None:
    assert "CC BY 4.0" in (FOLDER / "LICENSE").read_text("utf-8")
    assert "retelling" in (FOLDER / "README.md").read_text("utf-8")
    assert "retelling" in (FOLDER / "live" / "README.md").read_text("utf-8")


@pytest.mark.parametrize("page", IDS)
def test_page_says_that_it_is_a_retelling(page: str) -> None:
    assert TEXTS[page].count(NOTE) == 1


@pytest.mark.parametrize("page", IDS)
def test_words_stand_in_the_page(page: str) -> None:
    gold = sample.gold(page)
    text = TEXTS[page]
    for kind in WORD_LISTS:
        for fact in gold[kind]:
            assert text.count(fact["words"]) >= fact.get("occurrence", 1), fact
    for event in gold["events"]:
        assert event["trigger"] in event["words"]
        assert all(words in text for words in event.get("also", ()))
    for statement in gold["statements"]:
        pieces = [*statement["content"], statement["speaker"], statement["cue"]]
        assert all(piece in text for piece in pieces if piece), statement


@pytest.mark.parametrize("page", IDS)
def test_report_agrees_with_the_index(page: str) -> None:
    row = INDEX[IDS.index(page)]
    published = {"start": row["published"], "granularity": "day"}
    report = {"id": page, "title": row["title"], "outlet": row["outlet"], "published": published}
    assert sample.gold(page)["report"] == report
    assert row["era"] == row["published"][:3] + "0s"


def check_code(code: str) -> None:
    match = CODE.fullmatch(code)
    assert match, code
    assert match[2] is None or match[2] in SECTORS, code
    assert match[1] in BODY_SECTORS or match[1] not in SECTORS or code in SECTORS, code


@pytest.mark.parametrize("page", IDS)
def test_codes_exist(page: str) -> None:
    gold = sample.gold(page)
    for event in gold["events"]:
        assert event["type"] in PLOVER_TYPES
        assert event["act"] in PLOVER_TYPES
        assert event["status"] in STATUSES
        assert not (event["reciprocal"] and event["target"])
        for code in (*event["source"], *event["target"]):
            check_code(code)
    for agreement in gold["agreements"]:
        assert agreement["status"] in AGREEMENT_STATUSES
    for transfer in gold["transfers"]:
        assert transfer["status"] in STATUSES


@pytest.mark.parametrize("page", IDS)
def test_type_follows_from_act_and_status(page: str) -> None:
    for event in sample.gold(page)["events"]:
        expected = event["act"]
        if event["status"] in ("scheduled", "proposed"):
            expected = {
                **dict.fromkeys(("CONSULT", "SUPPORT", "COOPERATE", "AID"), "AGREE"),
                **dict.fromkeys(("SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"), "THREATEN"),
                "RETREAT": "CONCEDE",
            }.get(event["act"], event["act"])
        assert event["type"] == expected, event


@pytest.mark.parametrize("page", IDS)
def test_dates_are_days_in_order(page: str) -> None:
    gold = sample.gold(page)
    for found in (*gold["dates"], *(event["date"] for event in gold["events"] if event["date"])):
        assert found["granularity"] in GRANULARITIES
        sides = [date.fromisoformat(found[side]) for side in ("start", "end") if found[side]]
        assert sides == sorted(sides)
        assert sides, found


def test_the_hard_cases_are_there() -> None:
    events = [event for page in IDS for event in sample.gold(page)["events"]]
    counted = {status: sum(event["status"] == status for event in events) for status in STATUSES}
    assert min(counted.values()) >= 6, counted
    assert sum(event["background"] for event in events) >= 100
    codes = {code[:3] for event in events for code in (*event["source"], *event["target"])}
    assert {"SUN", "DDR", "YUG", "KOS", "CSK"} & codes >= {"SUN", "DDR", "YUG"}
    statements = [statement for page in IDS for statement in sample.gold(page)["statements"]]
    assert {statement["mode"] for statement in statements} == {"direct", "indirect", "mixed"}
    assert sum(len(statement["chain"]) >= 3 for statement in statements) >= 8


def test_unknown_page() -> None:
    with pytest.raises(QueryError, match="no page 'nowhere'"):
        sample.gold("nowhere")


def test_live_reports_are_input_of_read() -> None:
    found = list(sample.live())
    assert len(found) == 4
    for report in found:
        assert set(report) == {"id", "title", "text", "url", "outlet", "published"}
        assert date.fromisoformat(report["published"])
        assert len(report["text"].split()) >= 120
    assert not {report["id"] for report in found} & set(IDS)
