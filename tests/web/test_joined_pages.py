"""Pages that join several reports: what became of plans, how agreements came on."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from dragoman.linking.standing import STATES
from dragoman.web.outcomes import MARKS
from dragoman.web.rows import AGREEMENT_MARKS
from tests.web.reading import Page, Tag, read


def plans(page: Page) -> dict[str, list[Tag]]:
    """Rows of each plan by the words of its report."""
    found: dict[str, list[Tag]] = {}
    for section in page.all("section", css="plan"):
        rows = [tag for tag in page.all("li", css="fact") if section in tag.parents]
        found["".join(rows[0].text)] = rows
    return found


def shape(page: Page, row: Tag) -> str:
    return next(tag["href"] for tag in page.all("use") if row in tag.parents)


def test_a_plan_stands_with_what_came_of_it(told: TestClient) -> None:
    page = read(told.get("/outcomes").text)
    (visit,) = (rows for text, rows in plans(page).items() if "Sadat" in text)
    texts = ["".join(row.text) for row in visit]
    assert "19 Nov 1977" in texts[0] and "happened" in texts[0]
    assert "visited Jerusalem" in texts[1] and "happened" in texts[1] and "joined by" in texts[1]


def test_a_plan_of_which_nothing_is_told_never_looks_like_one_that_happened(told: TestClient) -> None:
    page = read(told.get("/outcomes").text)
    (visit,) = (rows for text, rows in plans(page).items() if "Mubarak" in text)
    assert len(visit) == 1 and "no outcome seen" in "".join(visit[0].text)
    assert shape(page, visit[0]) == "#mark-silent"
    assert [state for state, mark in MARKS.items() if mark == "happened"] == ["happened"]
    assert set(MARKS) == set(STATES)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/outcomes?state=happened", 2),
        ("/outcomes?state=no-outcome-seen", 1),
        ("/outcomes?state=called+off", 0),
        ("/outcomes?q=EGY+act:CONSULT", 2),
        ("/outcomes?told_by=1977-11-18", 1),
    ],
)
def test_plans_are_narrowed(told: TestClient, path: str, found: int) -> None:
    assert len(plans(read(told.get(path).text))) == found
    assert len(told.get(path.replace("/outcomes", "/outcomes.json")).json()["plans"]) == found


def test_before_its_outcome_was_told_a_plan_is_due(told: TestClient) -> None:
    (plan,) = told.get("/outcomes.json?told_by=1977-11-18").json()["plans"]
    assert plan["state"] == "due" and plan["outcomes"] == []


@pytest.mark.parametrize("path", ["/outcomes?state=perhaps", "/outcomes?told_by=soon", "/agreements?told_by=soon"])
def test_what_is_asked_wrongly_is_told(told: TestClient, path: str) -> None:
    answer = told.get(path)
    assert answer.status_code == 400 and read(answer.text).text_of("h1")


def test_a_fact_says_what_came_of_it_and_what_had_been_planned(told: TestClient) -> None:
    (plan,) = (
        told.get("/outcomes.json?q=EGY+ISR").json()["plans"]
        or told.get("/outcomes.json?told_by=1977-12-31").json()["plans"]
    )
    page = read(told.get(f"/facts/{plan['id']}").text)
    assert "What came of it" in page.texts("h2")
    later = plan["outcomes"][0]["fact"]
    assert "What had been planned" in read(told.get(f"/facts/{later}").text).texts("h2")
    assert told.get(f"/facts/{later}.json").json()["tells_outcome_of"] == [plan["id"]]


def test_an_agreement_has_each_step_with_its_proof(told: TestClient) -> None:
    page = read(told.get("/agreements/INF%20Treaty").text)
    steps = [text.split(",")[0] for text in page.texts("h2")]
    assert [step.split()[0] for step in steps] == ["Agreed", "Signed", "Ratified"]
    for section in page.all("section", css="step"):
        assert [tag for tag in page.all("p", css="quote") if section in tag.parents]
    assert "ratified the INF Treaty" in page.text_of("main")
    assert page.all("svg", css="plot")
    found = told.get("/agreements/INF%20Treaty.json").json()["agreements"]
    assert [step["status"] for step in found[0]["steps"]] == ["agreed", "signed", "ratified"]


def test_agreements_are_listed_with_how_far_they_came(told: TestClient) -> None:
    page = read(told.get("/agreements").text)
    rows = ["".join(tag.text) for tag in page.all("li", css="fact")]
    assert len(rows) == 2
    assert any("INF Treaty" in row and "agreed → signed → ratified" in row for row in rows)
    assert len(read(told.get("/agreements?q=FRA+DEU").text).all("li", css="fact")) == 1
    assert told.get("/agreements?told_by=1987-12-02").text.count("agreed") >= 1


def test_an_agreement_that_is_not_there_is_said_to_be_so(told: TestClient) -> None:
    assert told.get("/agreements/Elbe").status_code == 404


def test_statuses_of_agreements_have_shapes(told: TestClient) -> None:
    shapes = read(told.get("/").text).ids
    assert {f"mark-{name}" for name in (*MARKS.values(), *AGREEMENT_MARKS.values())} <= shapes
