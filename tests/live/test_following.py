"""Following feeds, from an outlet on this machine that misbehaves in every way that outlets do."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.store.changes import change
from dragoman.store.feeds import ask_now, followed, set_state
from dragoman.store.record import Record, open_record
from tests.live.following import DAY, HOUR, Desk, settings
from tests.live.outlet import BODY, PARAGRAPH, Outlet, Request, Response, article, item, outlet, rss


@pytest.fixture
def site() -> Iterator[Outlet]:
    with outlet() as found:
        for number in range(1, 9):
            found.answers[f"/a/{number}"] = article(f"Talks {number}")
        yield found


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(str(tmp_path / "r.db"), write=True) as opened:
        yield opened


@pytest.fixture
def desk(record: Record) -> Desk:
    return Desk(record)


@pytest.fixture
def any_desk(new_record: str) -> Iterator[Desk]:
    """A desk on either database, for tests of what the record keeps."""
    with open_record(new_record, write=True) as opened:
        yield Desk(opened)


def test_new_items_are_read_once_and_their_pages_where_the_feed_has_teasers(site: Outlet, any_desk: Desk) -> None:
    site.answers["/feed"] = rss(item(2), item(1))
    any_desk.add(site.base + "/feed")
    any_desk.work()
    assert any_desk.ids() == [f"{site.base}/a/1", f"{site.base}/a/2"]
    assert "signed an agreement on grain" in any_desk.report(f"{site.base}/a/1").report.text
    site.answers["/feed"] = rss(item(3), item(2), item(1))
    any_desk.work(HOUR / 2)
    assert any_desk.ids() == [f"{site.base}/a/{number}" for number in (1, 2, 3)]
    assert site.paths().count("/a/1") == 1
    found = any_desk.health()
    assert found.condition == "well" and found.feed.title == "Courier"


def test_what_has_not_changed_is_asked_for_by_its_validators(site: Outlet, desk: Desk) -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"v1"' and request.headers.get("If-Modified-Since"):
            return Response(304, headers={"ETag": '"v1"'})
        return Response(200, rss(item(1)), {"ETag": '"v1"', "Last-Modified": "Mon, 23 Nov 2026 09:00:00 GMT"})

    site.answers["/feed"] = answer
    desk.add(site.base + "/feed")
    desk.work()
    desk.work(HOUR)
    desk.work(HOUR)
    assert [request.headers.get("If-None-Match") for request in site.requests if request.path == "/feed"] == [
        None, '"v1"', '"v1"',
    ]  # fmt: skip
    assert desk.health().condition == "well"
    assert followed(desk.record)[0].success_at == pytest.approx(desk.clock(), abs=5)


def test_a_whole_text_in_the_feed_is_read_from_there(site: Outlet, desk: Desk) -> None:
    body = f"<content:encoded><![CDATA[{PARAGRAPH * 8}]]></content:encoded>"
    site.answers["/feed"] = rss(item(1, extra=body))
    desk.add(site.base + "/feed")
    desk.work()
    assert site.paths() == ["/feed"]
    found = desk.report(f"{site.base}/a/1")
    assert found.report.text.startswith("Talks 1\n\nThe foreign ministers of France")
    assert "<p>" not in found.report.text
    desk.work(2 * HOUR)
    assert site.paths().count("/a/1") == 1, "its page is looked for"
    assert desk.report(f"{site.base}/a/1").versions == (1,), "and its other words make no version"


@pytest.mark.parametrize("date", ["gestern", "", "Mon, 99 Foo 2026", "now"])
def test_a_date_that_cant_be_read_is_unknown_and_never_today(site: Outlet, desk: Desk, date: str) -> None:
    body = f"<content:encoded><![CDATA[{'<p>The envoys talked of grain.</p>' * 80}]]></content:encoded>"
    site.answers["/feed"] = rss(item(1, extra=body, date=date))
    desk.add(site.base + "/feed")
    desk.work()
    found = desk.report(f"{site.base}/a/1")
    assert not found.report.published.known


def test_a_feeds_date_is_one_witness(site: Outlet, desk: Desk) -> None:
    body = f"<content:encoded><![CDATA[{'<p>The envoys talked of grain.</p>' * 80}]]></content:encoded>"
    site.answers["/feed"] = rss(item(1, extra=body))
    desk.add(site.base + "/feed")
    desk.work()
    assert desk.report(f"{site.base}/a/1").report.published.start == "2026-11-23"


def test_a_changed_article_becomes_a_version_with_its_difference(site: Outlet, any_desk: Desk) -> None:
    site.answers["/feed"] = rss(item(1))
    any_desk.add(site.base + "/feed")
    any_desk.work()
    site.answers["/a/1"] = article("Talks 1", BODY.replace("grain", "wheat"))
    any_desk.work(2 * HOUR)
    ident = f"{site.base}/a/1"
    assert any_desk.report(ident).versions == (1, 2)
    found = change(any_desk.record, ident, 2)
    assert found is not None and found.kind == "changed" and "page was seen to have changed" in (found.reason or "")
    assert [piece for piece in found.pieces if piece[0] != "same"] == [("removed", "grain,"), ("added", "wheat,")]


def test_a_changed_entry_makes_us_read_the_article_again(site: Outlet, desk: Desk) -> None:
    site.answers["/feed"] = rss(item(1))
    desk.add(site.base + "/feed")
    desk.work()
    site.answers["/feed"] = rss(item(1).replace("Talks 1", "Talks 1, corrected"))
    site.answers["/a/1"] = article("Talks 1, corrected")
    desk.work(HOUR / 2)
    assert desk.report(f"{site.base}/a/1").report.title == "Talks 1, corrected"


def test_a_withdrawn_article_is_a_version_without_text_and_may_come_back(site: Outlet, any_desk: Desk) -> None:
    site.answers["/feed"] = rss(item(1))
    any_desk.add(site.base + "/feed")
    any_desk.work()
    ident = f"{site.base}/a/1"
    site.answers["/a/1"] = Response(410)
    any_desk.work(2 * HOUR)
    found = any_desk.report(ident)
    assert (found.versions, found.report.text) == ((1, 2), "")
    assert "withdrawn" in found.report.warnings[0] and "410" in found.report.warnings[0]
    told = change(any_desk.record, ident, 2)
    assert told is not None and told.kind == "withdrawn"
    site.answers["/a/1"] = article("Talks 1")
    any_desk.work(DAY)
    assert any_desk.report(ident).versions == (1, 2, 3)
    assert "grain" in any_desk.report(ident).report.text


def test_one_404_is_not_believed(site: Outlet, desk: Desk) -> None:
    site.answers["/feed"] = rss(item(1))
    desk.add(site.base + "/feed")
    desk.work()
    ident = f"{site.base}/a/1"
    site.answers["/a/1"] = Response(404)
    desk.work(2 * HOUR)
    desk.work(7 * HOUR)
    assert desk.report(ident).versions == (1,)
    desk.work(7 * HOUR)
    assert desk.report(ident).versions == (1, 2)


def test_an_entry_taken_from_the_middle_of_a_feed_is_looked_at_at_once(site: Outlet, any_desk: Desk) -> None:
    site.answers["/feed"] = rss(item(3), item(2), item(1))
    any_desk.add(site.base + "/feed")
    any_desk.work()
    site.answers["/feed"] = rss(item(3), item(1))
    site.answers["/a/2"] = Response(410)
    any_desk.work(600)
    assert any_desk.report(f"{site.base}/a/2").report.text == ""


def test_the_oldest_entry_only_grows_old(site: Outlet, desk: Desk) -> None:
    site.answers["/feed"] = rss(item(2), item(1))
    desk.add(site.base + "/feed")
    desk.work()
    site.answers["/feed"] = rss(item(3), item(2))
    site.answers["/a/1"] = Response(410)
    desk.work(600)
    assert desk.report(f"{site.base}/a/1").versions == (1,)


@pytest.mark.parametrize("status", [401, 403, 451])
def test_where_the_page_is_refused_the_teaser_is_kept_and_said_to_be_one(site: Outlet, desk: Desk, status: int) -> None:
    teaser = item(1).replace("Ministers met for talks …", "Ministers of both states met in Vienna for talks on grain …")
    site.answers["/feed"] = rss(teaser)
    site.answers["/a/1"] = Response(status)
    desk.add(site.base + "/feed")
    desk.work()
    found = desk.report(f"{site.base}/a/1").report
    assert "Vienna" in found.text
    assert any("only what the feed says was read" in one and str(status) in one for one in found.warnings)


def test_an_article_is_tried_again_while_its_server_is_in_disorder(site: Outlet, desk: Desk) -> None:
    site.answers["/feed"] = rss(item(1))
    site.answers["/a/1"] = Response(500)
    desk.add(site.base + "/feed")
    desk.work()
    assert desk.ids() == []
    site.answers["/a/1"] = article("Talks 1")
    desk.work(30)
    assert site.paths().count("/a/1") == 1, "not before its back-off is over"
    desk.work(120)
    assert desk.ids() == [f"{site.base}/a/1"]


def test_one_article_in_two_feeds_is_one_report(site: Outlet, any_desk: Desk) -> None:
    site.answers["/feed"] = rss(item(1).replace("/a/1</link>", "/a/1?utm_source=rss</link>"))
    site.answers["/other"] = rss(item(1).replace("g1", "other"))
    any_desk.add(site.base + "/feed")
    any_desk.add(site.base + "/other")
    any_desk.work()
    assert any_desk.ids() == [f"{site.base}/a/1"]
    assert site.paths().count("/a/1") == 1


FAULTS = {
    "broken": (Response(200, b"<rss><channel><title>x"), "a damaged feed"),
    "html": (Response(200, b"<html><body>down for maintenance</body></html>"), "no feed"),
    "empty": (Response(200, b""), "no feed"),
    "500": (Response(500), "the server answers 500: it is in disorder"),
    "404": (Response(404), "there is nothing at this address"),
    "403": (Response(403), "it refuses us"),
    "loop": (Response(302, headers={"Location": "/loop"}), "more than 5 redirects"),
    "private": (Response(302, headers={"Location": "file:///etc/passwd"}), "file scheme"),
    "big": (Response(200, b"<rss>" + b"x" * 300_000), "more than the 200,000 bytes"),
    "endless": (Response(200, b"<rss>", length=50_000_000), "no whole answer|no answer that can be read"),
    "drip": (Response(200, b"<rss>" + b"x" * 200, drip_s=0.1), "no whole answer"),
    "bomb": (Response(200, gzip.compress(b"<rss>" * 9_000_000), {"Content-Encoding": "gzip"}), "200,000 bytes"),
    "torn": (Response(200, gzip.compress(rss(item(1)))[:60], {"Content-Encoding": "gzip"}), "ends in the middle"),
    "packed": (Response(200, b"x", {"Content-Encoding": "br"}), "nobody asked for"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_in_words_and_costs_no_other_feed(site: Outlet, record: Record, fault: str) -> None:
    desk = Desk(record, settings(fetch_timeout_s=0.8, max_feed_bytes=200_000))
    answer, problem = FAULTS[fault]
    site.answers["/loop" if fault == "loop" else "/feed"] = answer
    site.answers["/good"] = rss(item(1))
    desk.add(site.base + ("/loop" if fault == "loop" else "/feed"))
    desk.add(site.base + "/good")
    desk.work()
    found = desk.health()
    assert found.condition == "failing"
    assert any(part in found.sentence for part in problem.split("|")), found.sentence
    assert "failed once" in found.sentence and "never went well yet" in found.sentence
    assert desk.health(1).condition == "well"
    assert desk.ids() == [f"{site.base}/a/1"]


def test_a_feed_that_breaks_off_changes_nothing_that_is_known(site: Outlet, desk: Desk) -> None:
    whole = rss(item(3), item(2), item(1))
    site.answers["/feed"] = whole
    desk.add(site.base + "/feed")
    desk.work()
    for length in range(len(whole) - 40, 200, -60):
        site.answers["/feed"] = whole[:length]
        desk.work(HOUR)
    assert desk.ids() == [f"{site.base}/a/{number}" for number in (1, 2, 3)]
    assert {desk.report(ident).versions for ident in desk.ids()} == {(1,)}
    assert not [path for path in site.paths() if path.strip("/") not in ("feed", "a/1", "a/2", "a/3")]


def test_a_damaged_feed_is_saved_as_far_as_it_goes(site: Outlet, desk: Desk) -> None:
    site.answers["/feed"] = rss(item(1), item(2)).replace(b"</channel></rss>", b"<item><title>x & y <b>")
    desk.add(site.base + "/feed")
    desk.work()
    assert desk.ids() == [f"{site.base}/a/1", f"{site.base}/a/2"]
    assert "damaged" in desk.health().sentence and desk.health().condition == "well"


@pytest.mark.parametrize(
    ("declared", "real"), [("utf-8", "latin-1"), ("iso-8859-1", "utf-8"), ("utf-16", "utf-16"), ("nonsense", "utf-8")]
)
def test_encodings_that_are_not_what_they_say(site: Outlet, desk: Desk, declared: str, real: str) -> None:
    text = rss(item(1, extra="")).decode().replace('version="1.0"', f'version="1.0" encoding="{declared}"', 1)
    site.answers["/feed"] = text.replace("Courier", "Zürich Kurier").replace("…", "...").encode(real)
    desk.add(site.base + "/feed")
    desk.work()
    assert desk.ids() == [f"{site.base}/a/1"]


def test_failures_are_tried_again_ever_later_and_success_forgets_them(site: Outlet, desk: Desk) -> None:
    site.answers["/feed"] = Response(500)
    desk.add(site.base + "/feed")
    waits = []
    for _ in range(5):
        desk.work()
        feed = followed(desk.record)[0]
        waits.append(round((feed.next_at or 0) - desk.clock()))
        desk.clock.later += waits[-1] + 1
    assert waits == [300, 120, 240, 480, 960]
    site.answers["/feed"] = rss(item(1))
    desk.work()
    assert desk.health().feed.failures == 0 and desk.health().condition == "well"


@pytest.mark.parametrize("told", ["7200", "date"])
def test_retry_after_is_kept_by_the_servers_own_clock(site: Outlet, desk: Desk, told: str) -> None:
    headers = {"Retry-After": told}
    if told == "date":  # this server's clock is years behind: its two hours are two hours all the same
        headers = {"Date": "Tue, 01 Jan 2019 10:00:00 GMT", "Retry-After": "Tue, 01 Jan 2019 12:00:00 GMT"}

    class Once:
        def __call__(self, _: Request) -> Response:
            return Response(429, headers=headers)

    site.answers["/feed"] = Once()
    site.answers["/other"] = rss(item(1))
    desk.add(site.base + "/feed")
    desk.work()
    desk.add(site.base + "/other")
    ask_now(desk.record, [1], desk.clock())
    desk.work(HOUR)
    assert site.paths() == ["/feed"], "the whole host is left alone, whoever asks"
    site.answers["/feed"] = rss(item(2))
    desk.work(HOUR + 10)
    assert set(desk.ids()) == {f"{site.base}/a/1", f"{site.base}/a/2"}


def test_what_a_server_asked_for_outlives_a_restart(site: Outlet, any_desk: Desk) -> None:
    site.answers["/feed"] = Response(503, headers={"Retry-After": "3600"})
    any_desk.add(site.base + "/feed")
    any_desk.work()
    again = Desk(any_desk.record, any_desk.settings, any_desk.clock)
    ask_now(any_desk.record, [1], any_desk.clock())
    again.work(1800)
    assert site.paths() == ["/feed"]


def test_a_feed_that_is_gone_is_asked_no_more(site: Outlet, desk: Desk) -> None:
    site.answers["/feed"] = Response(410)
    desk.add(site.base + "/feed")
    desk.work()
    desk.work(30 * DAY)
    assert site.paths() == ["/feed"]
    assert desk.health().condition == "gone" and "410" in desk.health().sentence
    set_state(desk.record, [1], "active", desk.clock())
    site.answers["/feed"] = rss(item(1))
    desk.work(10)
    assert desk.health().condition == "well"


def test_a_redirect_to_a_host_that_is_to_be_left_alone_is_put_off(site: Outlet, desk: Desk) -> None:
    with outlet() as busy:
        busy.answers["/feed"] = Response(429, headers={"Retry-After": "3600"})
        busy.answers["/b/1"] = article("Talks 1")
        desk.add(busy.base + "/feed")
        desk.work()
        site.answers["/feed"] = rss(item(1))
        site.answers["/a/1"] = Response(302, headers={"Location": f"{busy.base}/b/1"})
        desk.add(site.base + "/feed")
        desk.work()
        assert site.paths() == ["/feed", "/a/1"] and busy.paths() == ["/feed"]
        busy.answers["/feed"] = rss()
        desk.work(HOUR + 10)
        assert busy.paths().count("/b/1") == 1 and desk.ids() == [f"{site.base}/a/1"]


def test_a_permanent_move_is_kept_and_a_temporary_one_is_not(site: Outlet, any_desk: Desk) -> None:
    site.answers["/new"] = rss(item(1))
    site.answers["/for-good"] = Response(301, headers={"Location": "/new"})
    site.answers["/for-now"] = Response(302, headers={"Location": "/new"})
    any_desk.add(site.base + "/for-good")
    any_desk.add(site.base + "/for-now")
    any_desk.work()
    assert [feed.fetched_from for feed in followed(any_desk.record)] == [f"{site.base}/new", f"{site.base}/for-now"]


def test_robots_txt_is_kept_for_feeds_and_articles(site: Outlet, desk: Desk) -> None:
    site.answers["/robots.txt"] = b"User-agent: *\nDisallow: /closed\nDisallow: /a/2\n"
    site.answers["/closed/feed"] = rss(item(3))
    site.answers["/feed"] = rss(item(1), item(2).replace("for talks …", "in Vienna for talks on grain and gas …"))
    desk.add(site.base + "/closed/feed")
    desk.add(site.base + "/feed")
    desk.work()
    assert "robots.txt forbids" in desk.health(0).sentence
    assert "/a/2" not in site.paths() and "/closed/feed" not in site.paths()
    assert "robots.txt forbids" in desk.report(f"{site.base}/a/2").report.warnings[0]
    assert [request.path for request in site.requests].count("/robots.txt") == 1


def test_a_robots_txt_that_fails_forbids_until_it_is_there(site: Outlet, desk: Desk) -> None:
    site.answers["/robots.txt"] = Response(500)
    site.answers["/feed"] = rss(item(1))
    desk.add(site.base + "/feed")
    desk.work()
    assert site.paths() == [] and "robots.txt" in desk.health().sentence
    site.answers["/robots.txt"] = Response(404)
    desk.work(HOUR)
    assert desk.health().condition == "well"


def test_crawl_delay_lies_between_two_requests(site: Outlet, desk: Desk) -> None:
    site.answers["/robots.txt"] = b"User-agent: *\nCrawl-delay: 0.4\n"
    site.answers["/feed"] = rss(item(1), item(2))
    desk.add(site.base + "/feed")
    desk.work()
    times = [request.at for request in site.requests]
    assert len(times) == 4
    assert all(later - sooner >= 0.39 for sooner, later in zip(times, times[1:], strict=False))


def test_one_request_at_a_time_to_a_host(site: Outlet, desk: Desk) -> None:
    site.answers["/feed"] = lambda _: Response(200, rss(*(item(n) for n in range(1, 9))), drip_s=0.0001)
    for number in range(6):
        site.answers[f"/feed{number}"] = rss(item(number + 1))
        desk.add(f"{site.base}/feed{number}")
    desk.add(site.base + "/feed")
    desk.work()
    assert site.most == 1
    assert len(desk.ids()) == 8


def test_a_private_address_is_never_asked(site: Outlet, record: Record) -> None:
    desk = Desk(record, settings(allow_private_addresses=False))
    for address in (
        site.base,
        "http://localhost:1",
        "http://[::1]:1",
        "http://[::ffff:127.0.0.1]:1",
        "http://0x7f.1:1",
    ):
        desk.add(address + "/feed")
    desk.work()
    assert site.requests == []
    assert all("an address of this machine" in desk.health(number).sentence for number in range(5))


def test_a_feed_that_went_silent_says_so(site: Outlet, desk: Desk) -> None:
    dates = [f"Mon, 23 Nov 2026 {hour:02}:00:00 GMT" for hour in range(1, 9)]
    site.answers["/feed"] = rss(*(item(n, date=date) for n, date in enumerate(dates, 1)))
    desk.add(site.base + "/feed")
    desk.work()
    assert desk.health().feed.rhythm_s == 3600
    desk.work(6 * HOUR)
    assert desk.health().condition == "well"
    desk.work(2 * DAY)
    assert desk.health().condition == "silent"
    assert "usually something new every 1 hour, nothing for 2 days" in desk.health().sentence


def test_a_paused_feed_is_left_alone_with_its_articles(site: Outlet, any_desk: Desk) -> None:
    site.answers["/feed"] = rss(item(1))
    any_desk.add(site.base + "/feed")
    any_desk.work()
    set_state(any_desk.record, [1], "paused", any_desk.clock())
    before = len(site.requests)
    any_desk.work(30 * DAY)
    assert len(site.requests) == before and any_desk.health().condition == "paused"


def test_items_without_an_address_are_read_from_the_feed(site: Outlet, desk: Desk) -> None:
    words = "Ministers of both states met in Vienna and agreed."
    entry = f"<item><guid>g1</guid><title>Talks</title><description>{words}</description></item>"
    site.answers["/feed"] = rss(entry)
    desk.add(site.base + "/feed", outlet="Courier")
    desk.work()
    assert desk.ids() == [f"{site.base}/feed#g1"]
    assert desk.report(f"{site.base}/feed#g1").report.outlet == "Courier"


def test_more_items_than_are_taken_at_once_are_told(site: Outlet, record: Record) -> None:
    desk = Desk(record, settings(follow_max_items=2))
    site.answers["/feed"] = rss(*(item(n) for n in range(1, 6)))
    desk.add(site.base + "/feed")
    desk.work()
    assert desk.ids() == [f"{site.base}/a/1", f"{site.base}/a/2"]
    assert "3 items more" in desk.health().sentence


def test_a_map_of_maps_is_read_with_the_maps_below(site: Outlet, desk: Desk) -> None:
    news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    entry = f"<url><loc>{site.base}/a/1</loc><news:news><news:title>Talks 1</news:title></news:news></url>"
    site.answers["/map"] = f"<sitemapindex><sitemap><loc>{site.base}/news.xml</loc></sitemap></sitemapindex>".encode()
    site.answers["/news.xml"] = f"<urlset {news}>{entry}</urlset>".encode()
    desk.add(site.base + "/map", "sitemap")
    desk.work()
    assert desk.ids() == [f"{site.base}/a/1"]


def test_a_page_is_watched_for_its_text(site: Outlet, desk: Desk) -> None:
    site.answers["/statement"] = article("Statement")
    desk.add(site.base + "/statement", "page")
    desk.work()
    assert desk.ids() == [f"{site.base}/statement"]
    site.answers["/statement"] = article("Statement", BODY + "<!-- an advertisement -->")
    desk.work(HOUR)
    assert desk.report(f"{site.base}/statement").versions == (1,)
    site.answers["/statement"] = article("Statement", BODY.replace("grain", "wheat"))
    desk.work(HOUR)
    assert desk.report(f"{site.base}/statement").versions == (1, 2)


def test_a_page_with_a_list_is_watched_for_new_links(site: Outlet, desk: Desk) -> None:
    def page(*numbers: int) -> bytes:
        links = "".join(f'<li><a href="/a/{n}">Ministers met in Vienna for talks, day {n}</a></li>' for n in numbers)
        return f"<html><body><h1>Press</h1><a href='/'>Home</a><ul>{links}</ul></body></html>".encode()

    site.answers["/press"] = page(1, 2, 3, 4, 5, 6)
    desk.add(site.base + "/press", "page")
    desk.work()
    site.answers["/press"] = page(7, 1, 2, 3, 4, 5)
    desk.work(HOUR)
    assert desk.ids() == [f"{site.base}/a/{number}" for number in range(1, 8)]


def test_a_fault_of_ours_costs_one_article(site: Outlet, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    site.answers["/feed"] = rss(item(2), item(1))
    real = desk.reader.outcome

    def breaks(source: object, record: Record) -> object:
        if str(getattr(source, "id", "")).endswith("/a/1"):
            raise ZeroDivisionError("ours")
        return real(source, record)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.reader, "outcome", breaks)
    desk.add(site.base + "/feed")
    desk.work()
    assert desk.ids() == [f"{site.base}/a/2"]
    assert any("a fault of Dragoman's, ZeroDivisionError" in said for said in desk.said)
    monkeypatch.setattr(desk.reader, "outcome", real)
    desk.work(2 * HOUR)
    assert desk.ids() == [f"{site.base}/a/1", f"{site.base}/a/2"]


def test_no_feed_is_asked_sooner_than_it_asks_to_be(site: Outlet, desk: Desk) -> None:
    site.answers["/ttl"] = rss(item(1), channel="<ttl>120</ttl>")
    site.answers["/age"] = Response(200, rss(item(2)), {"Cache-Control": "public, max-age=7200"})
    desk.add(site.base + "/ttl")
    desk.add(site.base + "/age")
    desk.work()
    desk.work(1.9 * HOUR)
    assert (site.paths().count("/ttl"), site.paths().count("/age")) == (1, 1)
    desk.work(0.2 * HOUR)
    assert (site.paths().count("/ttl"), site.paths().count("/age")) == (2, 2)


def test_settings_are_bounds(site: Outlet, desk: Desk) -> None:
    site.answers["/feed"] = rss(item(1))
    desk.add(site.base + "/feed")
    for _ in range(12):
        desk.work()
        feed = followed(desk.record)[0]
        wait = (feed.next_at or 0) - desk.clock()
        assert desk.settings.follow_min_interval_s - 2 <= wait <= desk.settings.follow_max_interval_s + 2
        desk.clock.later += wait + 1
    assert wait == pytest.approx(desk.settings.follow_max_interval_s, abs=3)
