"""Stories: what several reports tell, by how many of them that do not repeat one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request, Response

from dragoman.store.links.asking import Story, stories, stories_of, story
from dragoman.store.query import FactFilter, facts
from dragoman.store.record import Record
from dragoman.web import respond, urls, words
from dragoman.web.errors import NotFoundError
from dragoman.web.rows import Group, groups
from dragoman.web.site import site_of

LISTED: Final = 100
REPORTS: Final = 60
"""Reports of a story that are shown with their facts; the others are counted."""
FACTS: Final = 80
"""Facts of one report of a story that are shown."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Head:
    """A story's title and page, and who tells it when, in words."""

    title: str
    url: str
    told: str


@dataclass(frozen=True, slots=True)
class Bunch:
    """Groups that stand together: those of one story, or a single one without."""

    story: Head | None
    groups: tuple[Group, ...]


@router.api_route("/stories", methods=["GET", "HEAD"])
def story_list(request: Request) -> Response:
    """Stories of several reports, those with the newest reports first."""
    found = list(stories(site_of(request).record, limit=LISTED))
    return respond.page(
        request,
        "stories.html",
        nav="latest",
        stories=[(head(one), one.reports) for one in found],
        report_url=urls.report_url,
        json_address=urls.json_url("/stories"),
    )


@router.api_route("/stories.json", methods=["GET", "HEAD"])
def story_list_json(request: Request) -> Response:
    """The same as JSON; stories as `dragoman stories --json` prints them."""
    return respond.json(request, {"stories": [one.line() for one in stories(site_of(request).record, limit=LISTED)]})


@router.api_route("/stories/{segment:path}", methods=["GET", "HEAD"])
def one_story(request: Request, segment: str) -> Response:
    """A story with the facts of its reports, or its JSON."""
    site = site_of(request)
    ident, as_json = urls.page_or_json(segment)
    found = story(site.record, ident)
    if found is None:
        raise NotFoundError(f"There is no story {ident[:120]!r} in this record; /stories lists those that there are.")
    if as_json:
        return respond.json(request, found.line())
    least = site.settings.min_confidence or None
    told = [
        fact
        for report in found.reports[:REPORTS]
        for fact in facts(site.record, FactFilter(report=report.id, min_confidence=least), limit=FACTS)
    ]
    return respond.page(
        request,
        "story.html",
        nav="latest",
        head=head(found),
        groups=groups(told, site.names),
        more=max(0, len(found.reports) - REPORTS),
        json_address=urls.json_url(story_url(found.id)),
    )


def story_url(ident: str) -> str:
    """The page of a story."""
    return f"/stories/{urls.slug(ident)}"


def head(found: Story) -> Head:
    """What stands above a story: `12 – 14 Mar 1994 · 3 reports, 2 independent sources`."""
    days = [words.day(day) for day in dict.fromkeys((found.first, found.last)) if day]
    told = f"{words.counted(len(found.reports), 'report')}, {words.counted(found.sources, 'independent source')}"
    return Head(
        words.clipped(found.title, 160), story_url(found.id), " · ".join(filter(None, (" – ".join(days), told)))
    )


def bunched(record: Record, given: Iterable[Group]) -> list[Bunch]:
    """Groups in their order, those of one story gathered where the first of them stands."""
    made = list(given)
    of = stories_of(record, {group.report for group in made})
    gathered: dict[str, list[Group]] = {}
    for number, group in enumerate(made):
        key = of[group.report].id if group.report in of else str(number)
        gathered.setdefault(key, []).append(group)
    return [
        Bunch(head(of[some[0].report]) if some[0].report in of else None, tuple(some)) for some in gathered.values()
    ]
