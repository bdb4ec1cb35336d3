from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from dragoman.facts import Answer, Date, Event, Evidence
from dragoman.settings import Settings
from dragoman.store.query import FactFilter, facts
from dragoman.store.record import Record
from dragoman.store.writing import Stamp, add
from dragoman.web import urls
from dragoman.web.app import create_app
from dragoman.web.guard import CSP
from tests import made
from tests.web.conftest import BASE, STAMP
from tests.web.reading import Page, read

PAGES = ("/", "/pairs", "/pairs/DEU/FRA", "/saved", "/sources", "/method", "/reports/r1")
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7*7 }}"


def fact_id(record: Record, kind: str) -> str:
    return next(facts(record, FactFilter(kinds=(kind,)))).id


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_a_heading_and_its_json(filled: TestClient, path: str) -> None:
    answer = filled.get(path)
    page = read(answer.text)
    assert answer.status_code == 200
    assert page.text_of("h1")
    address = next(link["href"] for link in page.all("link") if link.get("type") == "application/json")
    assert urlsplit(address).path == path + ".json"
    assert filled.get(address).json()


@pytest.mark.parametrize("path", (*PAGES, "/nope", "/rows?after=0", "/api/facts", "/static/style.css", "/marks/50.css"))
def test_nothing_inline_and_nothing_from_elsewhere(filled: TestClient, path: str) -> None:
    answer = filled.get(path)
    assert answer.headers["content-security-policy"] == CSP
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    if answer.headers["content-type"].startswith("text/html"):
        page = read(answer.text)
        assert not [tag for tag in page.tags if "style" in tag.attributes or tag.name == "style"]
        assert not [tag for tag in page.tags if any(name.startswith("on") for name in tag.attributes)]
        assert all(tag.get("src", "").startswith("/static/") for tag in page.all("script"))
        sources = [tag.get("src") or tag.get("href") or "/" for tag in page.all("link", "script", "img", "use")]
        assert all(source.startswith(("/", "#")) and not source.startswith("//") for source in sources)


def test_policy_allows_only_what_the_server_itself_gives() -> None:
    assert "'unsafe" not in CSP
    assert {part.split()[0]: part.split()[1] for part in CSP.split("; ")} == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_an_empty_record_says_how_to_fill_it(client: TestClient) -> None:
    text = read(client.get("/").text).text_of("main")
    assert "http://127.0.0.1:8000/api/reports" in text
    for way in ("dragoman demo", "dragoman read", "dragoman token add", "/api/reports"):
        assert way in text
    for path in ("/pairs", "/sources", "/method", "/pairs/DEU/FRA"):
        assert client.get(path).status_code == 200


def test_reports_without_facts_are_no_empty_record(record: Record, client: TestClient) -> None:
    add(record, Answer(made.report("r1")), STAMP)
    assert "No fact stands in the reports that were read" in client.get("/").text
    assert "No facts were read from this report" in client.get("/reports/r1").text


def test_latest_shows_facts_under_their_report_with_their_words(filled: TestClient) -> None:
    page = read(filled.get("/").text)
    main = page.text_of("main")
    assert "An accord on the Elbe" in main
    assert "“France and Germany signed the Elbe accord on Monday”" in main
    assert [b for b in page.texts("b") if b == "France and Germany signed"]
    assert "7 facts from 1 report" in main


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("type:SUPPORT", ["event"]),
        ("Germany kind:event", ["event"]),
        ("status:scheduled", ["transfer"]),
        ("CAN GHA", ["event"]),
        ("kind:office", ["office"]),
        ('"forty trucks"', []),
    ],
)
def test_a_search_shows_what_the_store_finds(filled: TestClient, query: str, kinds: list[str]) -> None:
    found = filled.get("/.json", params={"q": query}).json()
    assert [fact["kind"] for fact in found["facts"]] == kinds
    page = read(filled.get("/", params={"q": query}).text)
    assert len(page.all("li", css="fact")) == len(kinds)
    assert page.all("input")[0]["value"] == query


def test_older_pages_go_on_where_the_last_one_ended(record: Record, client: TestClient) -> None:
    for number in range(30):
        add(record, made.answer(f"r{number}"), STAMP)
    seen: list[str] = []
    path: str | None = "/.json"
    while path:
        found = client.get(path).json()
        seen += [fact["id"] for fact in found["facts"]]
        reports = [fact["report"] for fact in found["facts"]]
        assert all(reports.count(report) == made.FACTS for report in reports)
        path = found["next"]
    assert sorted(seen) == sorted(fact.id for fact in facts(record))


def test_report_marks_the_words_of_each_fact(filled: TestClient) -> None:
    page = read(filled.get("/reports/r1").text)
    marked = page.marked()
    numbers = {row.get("data-n", ""): row for row in page.all("li", css="fact")}
    assert set(marked) == set(numbers)
    assert len(numbers) == made.FACTS
    assert "France and Germany signed the Elbe accord on Monday" in marked.values()
    assert "Canada met Ghana in Accra last week" in marked.values()
    assert "$3 billion" in marked.values()
    for number in numbers:
        assert {f"words-{number}", f"fact-{number}"} <= page.ids
        assert page.links(f"#fact-{number}") and page.links(f"#words-{number}")


def test_report_keeps_its_text_to_the_character(filled: TestClient) -> None:
    page = read(filled.get("/reports/r1").text)
    assert page.article() == made.TEXT


def test_report_says_which_date_was_believed_and_why(filled: TestClient) -> None:
    main = read(filled.get("/reports/r1").text).text_of("main")
    assert "page stamped 1 Jan 2011" in main
    assert "dated 8 Mar 1994 by first line (2 candidates)" in " ".join(main.split())
    assert "years after the dateline" in main


def test_report_in_an_older_version_says_so(record: Record, filled: TestClient) -> None:
    add(record, made.answer("r1", report=made.report("r1", title="Corrected")), Stamp("coder-2", "lexicon-1"))
    assert "A newer version of this report was read" in filled.get("/reports/r1?version=1").text
    assert "A newer version" not in filled.get("/reports/r1").text
    assert filled.get("/reports/r1?version=7").status_code == 404


@pytest.mark.parametrize(
    "ident",
    [
        "a/b c",
        "../../etc",
        "..",
        ".",
        "x.json",
        "~n~.json",
        "a?b#c%2F",
        "zeile\nzwei",
        "\\x",
        "日本/語",
        "<b>&\"'",
        "//x",
    ],
)
def test_reports_with_any_id_have_an_address(record: Record, client: TestClient, ident: str) -> None:
    add(record, Answer(made.report(ident, title=None), events=(made.event(ident),)), STAMP)
    address = urls.report_url(ident)
    assert ident in read(client.get(address).text).text_of("h1")
    assert client.get(urls.json_url(address)).json()["report"]["id"] == ident


def test_a_fact_has_a_permanent_page_with_a_citation(record: Record, filled: TestClient) -> None:
    ident = fact_id(record, "event")
    page = read(filled.get(urls.fact_url(ident)).text)
    assert page.marked() == {"1": "France and Germany signed the Elbe accord on Monday"}
    main = " ".join(page.text_of("main").split())
    assert "Morning Wire, “An accord on the Elbe”, 8 Mar 1994" in main
    assert f"Dragoman fact {ident}, coder coder-1, lexicon lexicon-1" in main
    found = filled.get(urls.json_url(urls.fact_url(ident))).json()
    assert found["fact"] == next(f.line() for f in facts(record) if f.id == ident)


def test_pair_page_counts_what_happened_and_lists_the_rest(record: Record, client: TestClient) -> None:
    events = [
        made.event("r1", status=status, background=behind, date=Date.on(f"1994-0{month}-07"))
        for month, (status, behind) in enumerate(
            [("happened", False), ("happened", True), ("scheduled", False), ("denied", False)], 1
        )
    ]
    events = [replace(event, id=f"e{number}") for number, event in enumerate(events)]
    add(record, Answer(made.report("r1"), events=tuple(events)), STAMP)
    found = client.get("/pairs/DEU/FRA.json").json()
    assert found["statuses"] == {"happened": 1, "background": 1, "scheduled": 1, "denied": 1}
    drawn = [(c["start"], c["cooperation"], c["planned_cooperation"]) for c in found["columns"]]
    assert drawn == [("1994-01-01", 1, 0), ("1994-02-01", 0, 0), ("1994-03-01", 0, 1)]
    assert found["balance"]["cooperation, verbal"] == 1
    page = read(client.get("/pairs/DEU/FRA").text)
    assert "3 events in 1 report of 1 read, and 1 as background" in page.text_of("main")
    assert len(page.all("svg", css="timeline")) == 1
    for status, number in (("happened", 1), ("background", 1), ("denied", 1), ("ongoing", 0)):
        assert len(client.get(f"/pairs/DEU/FRA.json?status={status}").json()["facts"]) == number


def test_pair_addresses_lead_to_the_one_in_order(filled: TestClient) -> None:
    answer = filled.get("/pairs/fra/deu.json?status=happened", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/pairs/DEU/FRA.json?status=happened")
    assert filled.get("/pairs/DEU/FRA.svg").headers["content-type"].startswith("image/svg+xml")


@pytest.mark.parametrize(
    ("path", "status", "part"),
    [
        ("/?q=foo:bar", 400, "foo: is no key; there are kind:"),
        ("/?q=type:DANCE", 400, "'DANCE' is no type; there are AGREE"),
        ("/?q=FRA+DEU+USA", 400, "a third country; name one, or two as a pair"),
        ("/?q=confidence:2", 400, "'2' is no probability"),
        ("/api/facts?q=confidence:nan", 400, "'nan' is no probability"),
        ("/?q=" + "x" * 401, 400, "too many"),
        ("/?before=abc", 400, "no whole number"),
        ("/?before=99999999999999999999999", 400, "no whole number"),
        ("/reports/none", 404, "There is no report 'none'"),
        ("/facts/none", 404, "There is no fact 'none'"),
        ("/pairs/XXX/FRA", 404, "is the code of no country"),
        ("/pairs/FRA/FRA", 404, "named twice"),
        ("/pairs/DEU/FRA?status=hap", 400, "is none of happened"),
        ("/nope", 404, "no page at this address"),
        ("/api/facts?limit=0", 400, "limit: "),
        ("/api/facts?q=foo:bar", 400, "foo: is no key"),
        ("/marks/99999.css", 404, "no style sheet"),
    ],
)
def test_errors_are_one_sentence(filled: TestClient, path: str, status: int, part: str) -> None:
    answer = filled.get(path)
    assert answer.status_code == status
    if answer.headers["content-type"] == "application/problem+json":
        problem = answer.json()
        assert part in problem["error"] and problem["error"] == problem["detail"]
        assert (problem["status"], problem["type"]) == (status, "about:blank") and problem["title"]
    else:
        assert part in read(answer.text).text_of("h1")
    assert "Traceback" not in answer.text


def test_a_fault_of_ours_is_no_stack_trace(filled: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("dragoman.web.latest.page_of", broken)
    answer = filled.get("/")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text and "Traceback" not in answer.text
    assert answer.headers["content-security-policy"] == CSP


def hostile_answer() -> Answer:
    text = f"{HOSTILE} signed {HOSTILE} with {HOSTILE}."
    words = (Evidence(0, len(text), text), Evidence(text.index("signed"), text.index("signed") + 6, text))
    who = replace(made.actor("x", "FRA"), name=HOSTILE)
    event = Event(
        id=HOSTILE, act="SUPPORT", type="SUPPORT", status="happened", source=(who,),
        target=(replace(who, country="DEU"),), evidence=words, date=made.DAY, mode=HOSTILE,
        attributed_to=HOSTILE, agreement=HOSTILE,
    )  # fmt: skip
    agreement = replace(made.answer().agreements[0], id="a", name=HOSTILE, evidence=words)
    report = made.report(
        HOSTILE, text, title=HOSTILE, outlet=HOSTILE, author=HOSTILE, url="javascript:alert(1)", warnings=(HOSTILE,)
    )
    return Answer(report, events=(event,), agreements=(agreement,))


def test_hostile_reports_are_text_everywhere(record: Record, client: TestClient) -> None:
    add(record, hostile_answer(), STAMP)
    safe = {tag for page in ("/", "/method") for tag in Page.names(client.get(page).text)}
    paths = ["/", "/rows?after=0", "/sources", "/pairs/DEU/FRA", urls.report_url(HOSTILE), urls.fact_url(HOSTILE)]
    for path in [*paths, "/?q=" + "%3Cscript%3Ealert(1)"]:
        answer = client.get(path)
        page = read(answer.text)
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text
        assert not page.all("img"), path
        assert "49" not in page.text_of("h1") if page.all("h1") else True
        assert not [tag for tag in page.tags if any(name.startswith("on") for name in tag.attributes)]
        assert not [a for a in page.all("a") if a.get("href", "").lower().startswith("javascript")]
    assert "script" in safe and "img" not in safe
    assert "<script" not in client.get("/pairs/DEU/FRA.svg").text


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?b=c", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("https://example.org/ x", False),
        ('https://example.org/"onclick', False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, link: bool) -> None:
    assert bool(urls.outward(url)) is link


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("192.168.1.7", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:8000", 421),
        ("localhost.evil.example", 421),
        ("", 421),
    ],
)
def test_names_of_other_machines_are_refused(filled: TestClient, host: str, status: int) -> None:
    assert filled.get("/method", headers={"Host": host}).status_code == status


def test_sources_count_reports_and_current_facts(record: Record, filled: TestClient) -> None:
    add(record, Answer(made.report("r2", outlet=None, published=Date.unknown())), STAMP)
    add(record, made.answer("r1", report=made.report("r1", title="Corrected")), STAMP)
    known, unknown = filled.get("/sources.json").json()["sources"]
    assert (known["outlet"], known["reports"], known["facts"]) == ("Morning Wire", 1, made.FACTS)
    assert (known["first"], known["last"]) == ("1994-03-08", "1994-03-08")
    assert (unknown["outlet"], unknown["reports"], unknown["facts"], unknown["first"]) == (None, 1, 0, None)
    assert "not known" in filled.get("/sources").text


def test_what_is_unchanged_is_not_sent_again(filled: TestClient) -> None:
    first = filled.get("/sources")
    again = filled.get("/sources", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_api_pages_through_all_facts_in_order(record: Record, filled: TestClient) -> None:
    seen: list[object] = []
    path: str | None = "/api/facts?limit=3"
    while path:
        found = filled.get(path).json()
        seen += found["facts"]
        path = found["next"]
    assert seen == [fact.line() for fact in facts(record)]


def test_api_lists_reports_with_their_pages(filled: TestClient) -> None:
    (found,) = filled.get("/api/reports").json()["reports"]
    assert (found["id"], found["page"], found["facts"]) == ("r1", "/reports/r1", made.FACTS)


def test_scripts_are_small() -> None:
    from dragoman.web.site import FOLDER

    assert sum(file.stat().st_size for file in (FOLDER / "static").glob("*.js")) < 100_000


@pytest.mark.parametrize(("query", "number"), [("confidence:0.5", 7), ("confidence:0.6", 6), ("confidence:1 FRA", 5)])
def test_a_search_leaves_out_events_less_sure(filled: TestClient, query: str, number: int) -> None:
    assert len(filled.get("/api/facts", params={"q": query}).json()["facts"]) == number


def test_a_server_may_leave_out_events_less_sure_everywhere(record: Record) -> None:
    add(record, made.answer("r1"), STAMP)
    app = create_app(record, Settings(min_confidence=0.6))
    assert app.state.site.poster.settings.min_confidence == 0  # what is posted is kept whole
    with TestClient(app, base_url=BASE) as client:
        assert len(client.get("/api/facts").json()["facts"]) == 6
        assert len(client.get("/api/facts?q=confidence:0.1").json()["facts"]) == 6
        assert client.get("/.json").json()["found"] == 6
        assert len(client.get("/reports/r1.json").json()["facts"]) == 6
        assert client.get("/pairs/CAN/GHA.json").json()["facts"] == []
        assert "Latest" in read(client.get("/").text).text_of("h1")
