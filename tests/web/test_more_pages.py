"""Actors, stories, the review queue, figures and the codebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dragoman.facts import PLOVER_TYPES
from dragoman.plots.canvas import Caption, Look
from dragoman.plots.points import Point, points
from dragoman.store.record import Record
from dragoman.store.review.decisions import Verdict, decide
from dragoman.web.about import measured
from tests import made
from tests.web.reading import read

PAGES = ("/outcomes", "/agreements", "/stories", "/review", "/figures", "/codebook", "/actors/EGY")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_stands_full_and_empty_with_its_json(told: TestClient, client: TestClient, path: str) -> None:
    for browser in (told, client):
        page = read(browser.get(path).text)
        assert page.text_of("h1") and browser.get(path + ".json").json()
        headings = [tag.name for tag in page.all("h1", "h2", "h3", "h4")]
        assert all(int(b[1]) <= int(a[1]) + 1 for a, b in zip(headings, headings[1:], strict=False)), headings
        assert not [tag for tag in page.tags if "style" in tag.attributes or tag.name == "style"]


def test_a_country_has_its_offices_deeds_and_pairs(told: TestClient) -> None:
    text = read(told.get("/actors/EGY").text).text_of("main")
    assert "Anwar Sadat" in text and "16 Nov 1977" in text and "20 Nov 1977" in text
    assert "visited Jerusalem" in text and "Egypt – Israel" in text
    found = told.get("/actors/EGY.json").json()
    assert {"Anwar Sadat", "Hosni Mubarak"} == {office["person"] for office in found["offices"]}
    assert told.get("/actors/egypt", follow_redirects=False).headers["location"] == "/actors/EGY"


def test_a_person_is_found_by_name(told: TestClient) -> None:
    page = read(told.get("/actors/Anwar%20Sadat").text)
    assert "Offices, as reports name them" in page.texts("h2")
    assert any("Sadat" in fact["source"][0]["name"] for fact in told.get("/actors/Anwar%20Sadat.json").json()["facts"])
    assert told.get("/actors/Nobody%20Anywhere").status_code == 404


def test_reports_of_one_story_stand_together(told: TestClient) -> None:
    (story, *_) = [s for s in told.get("/stories.json").json()["stories"] if "t6" in [r["id"] for r in s["reports"]]]
    assert {"t6", "t7"} <= {report["id"] for report in story["reports"]}
    page = read(told.get("/").text)
    (section,) = [s for s in page.all("section", css="story") if "France and Germany" in "".join(s.text)]
    assert f"{story['n_reports']} reports" in "".join(section.text)
    assert len([g for g in page.all("section", css="group") if section in g.parents]) == story["n_reports"]
    assert "France and Germany" in read(told.get(f"/stories/{story['id']}").text).text_of("main")
    assert told.get("/stories/s-none").status_code == 404


def test_what_was_decided_waits_no_more(filled: TestClient, record: Record) -> None:
    meeting = made.meeting().id
    waits = [fact["id"] for fact in filled.get("/review.json?q=kind:event").json()["waiting"]]
    assert meeting in waits and len(waits) == 2
    decide(record, [Verdict(meeting, "reject", 0)], "anna <b>", "a film")
    after = filled.get("/review.json?q=kind:event").json()
    assert [fact["id"] for fact in after["waiting"]] == [one for one in waits if one != meeting]
    assert after["decided"][0]["why"] == "a film" and after["differing"][0]["decision"]["fact"] == meeting
    text = filled.get("/review").text
    assert "anna &lt;b&gt; rejected it: a film" in text and "The coder gives what was rejected." in text


def test_figures_of_one_unit_stand_as_a_series(told: TestClient) -> None:
    page = read(told.get("/figures?what=imports").text)
    assert [text for text in page.texts("h2") if text.startswith("USD")] and page.all("svg", css="plot")
    values = [fact["value"] for fact in told.get("/figures.json?what=imports").json()["figures"]]
    assert set(values) == {12.0, 4.5e9, 5.0, 4.9e9}


def test_numbers_below_zero_and_alike_are_drawn() -> None:
    for values in ((-5.0, 3.0), (0.0, 0.0), (4e9, 4e9), (0.001, 0.002)):
        given = [Point(f"199{n}-01-01", f"199{n}-12-31", value, "x") for n, value in enumerate(values)]
        assert points(given, Caption("p", "t", "s"), Look()).count("<circle") == 2


def test_the_codebook_has_all_types_with_sentences(client: TestClient) -> None:
    page = read(client.get("/codebook").text)
    assert set(PLOVER_TYPES) <= page.ids
    assert len(page.all("ul", css="examples")) > len(PLOVER_TYPES)


def test_the_method_page_has_the_figures_of_the_quality_page(client: TestClient) -> None:
    published = (Path(__file__).parents[2] / "docs" / "quality.md").read_text(encoding="utf-8")
    for measure, figure, interval in measured():
        assert f"| {measure} | {figure} | {interval} |" in published
    assert len(client.get("/method.json").json()["measured"]) == len(measured()) > 5
