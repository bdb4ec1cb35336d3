"""`dragoman stories`: which reports of the record tell one story."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from dragoman.cli.options import RecordOption, record_name
from dragoman.cli.output import plain, print_line
from dragoman.pipeline.answer import dumps
from dragoman.store.links.asking import Story, stories
from dragoman.store.record import open_record

app = typer.Typer(add_completion=False)

SHOWN: Final = 20
"""Stories unless --limit says more; JSON is never cut."""


@app.command("stories")
def list_stories(
    record: RecordOption = None,
    least: Annotated[int, typer.Option("--least", min=2, help="Only stories of so many reports or more.")] = 2,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a story.")] = False,
) -> None:
    """List stories, those with the newest reports first: what several reports tell, and how many sources they are.

    \b
    Examples:
      dragoman stories --record gulf.db
      dragoman stories --least 5 --json
    """
    number = 0
    with open_record(record_name(record)) as opened:
        for story in stories(opened, least, limit if json else limit or SHOWN):
            number += 1
            print_line(dumps(story.line()) if json else _shown(story))
    typer.echo(f"{number} stories", err=True)


def _shown(story: Story) -> str:
    days = story.first if story.first == story.last else f"{story.first} – {story.last}"
    sources = f"{len(story.reports)} reports, {story.sources} {'source' if story.sources == 1 else 'sources'}"
    lines = [f"{days or 'unknown'}  {plain(story.title)}  ({sources}; {story.id})"]
    for report in story.reports:
        parts = (report.published or "unknown", report.outlet, report.title, report.id)
        lines.append("    " + "  ".join(plain(part) for part in parts if part))
    return "\n".join(lines)
