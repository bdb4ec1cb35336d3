"""The pages of plots, and their files and data."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from dragoman.plots.kinds import KINDS
from tests.web.reading import read


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_there_as_a_page_a_file_and_data(filled: TestClient, kind: str) -> None:
    page = read(filled.get(f"/plots/{kind}?q=FRA+DEU").text)
    assert len(page.all("svg", css="plot")) == 1
    file = filled.get(f"/plots/{kind}.svg?q=FRA+DEU")
    assert file.headers["content-type"].startswith("image/svg+xml")
    assert "Source: record record.db" in "".join(ElementTree.fromstring(file.text).itertext())
    data = filled.get(f"/plots/{kind}.json?q=FRA+DEU").json()
    assert (data["plot"], data["query"]) == (kind, "FRA DEU")
    assert "of 1 read" in data["summary"]
    assert bool(data["rows"]) == (kind != "map")


def test_an_empty_record_has_plots_of_nothing(client: TestClient) -> None:
    for kind in KINDS:
        assert "No data" in client.get(f"/plots/{kind}").text


def test_the_data_below_are_those_of_the_drawing(filled: TestClient) -> None:
    rows = filled.get("/plots/timeline.json?q=FRA+DEU").json()["rows"]
    assert rows == [
        {"time": "Mar 1994", "cooperation": 1, "conflict": 0, "cooperation planned": 0, "conflict planned": 0}
    ]
    assert "Mar 1994" in read(filled.get("/plots/timeline?q=FRA+DEU").text).text_of("table")


def test_colours_come_from_the_stylesheet_and_the_dark_is_asked_for(filled: TestClient) -> None:
    assert "<style" not in filled.get("/plots/types").text and "style=" not in filled.get("/plots/types").text
    assert "#171614" in filled.get("/plots/types.svg?dark=1").text
    css = filled.get("/static/style.css").text
    for colour in ("paper", "ink", "soft", "rule", "cooperation", "conflict"):
        assert f".plot .f-{colour} " in css and f".plot .s-{colour} " in css


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        ("/plots/pie", 404, "There is no plot &#39;pie&#39;; there are timeline"),
        ("/plots/map.pdf", 404, "each also as .svg, .json"),
        ("/plots/map?q=foo:bar", 400, "foo: is no key"),
    ],
)
def test_what_is_not_there_is_told(filled: TestClient, path: str, status: int, part: str) -> None:
    answer = filled.get(path)
    assert answer.status_code == status and part in answer.text


def test_hostile_searches_stay_text(filled: TestClient) -> None:
    page = filled.get("/plots/types", params={"q": '"</text><script>alert(1)</script>"'}).text
    assert "<script>alert" not in page
