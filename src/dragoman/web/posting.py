"""The form by which a person posts a report: first looked at, then posted, by the same function as the API's."""

from __future__ import annotations

import hashlib
import time
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.errors import InputError
from dragoman.live.posting import BusyError
from dragoman.pipeline.answer import dumps
from dragoman.store.moments import moment_text
from dragoman.store.posts import Held, NotYoursError
from dragoman.store.writing import Added
from dragoman.web import signed_forms as forms
from dragoman.web import urls
from dragoman.web.access import require_signed
from dragoman.web.caller import Caller
from dragoman.web.previewing import Preview, preview
from dragoman.web.site import Site, site_of

router = APIRouter(include_in_schema=False)

FIELDS: Final = ("id", "title", "outlet", "url", "published", "embargo", "form", "body")
"""What the form asks for; `form` says whether `body` is text or HTML."""

ENCODED: Final = 3
"""A form may need so many bytes for one of the report's."""


@router.api_route("/post", methods=["GET", "HEAD"])
def form(request: Request) -> Response:
    """The empty form."""
    require_signed(request, "post")
    return _page(request, 200, dict.fromkeys(FIELDS, ""))


@router.post("/post")
async def sent(request: Request) -> Response:
    """What was sent is shown with what is read of it, or posted; what can't be read is told above the form."""
    site, caller = site_of(request), require_signed(request, "post")
    most = site.settings.max_post_bytes * ENCODED + forms.MOST_BYTES
    found = await forms.read(request, most, "DRAGOMAN_MAX_POST_BYTES")
    given = {name: found.get(name, "").strip() for name in FIELDS}
    given["body"] = found.get("body", "").replace("\r\n", "\n")
    try:
        if found.get("do") == "post":
            added = await submit(site, _line(given), caller)
            if isinstance(added, Held):
                return _page(request, 202, dict.fromkeys(FIELDS, ""), held=added)
            return RedirectResponse(urls.report_url(added.report), 303)
        answer = await site.poster.preview(_line(given))
    except (InputError, NotYoursError, BusyError) as error:
        return _page(request, 503 if isinstance(error, BusyError) else 422, given, wrong=str(error))
    return _page(request, 200, given, preview(answer, site.names))


async def submit(site: Site, line: bytes, caller: Caller) -> Added | Held:
    """Post LINE, one of `read -`, for CALLER, and count it. Raises as `Poster.post` does."""
    began = time.monotonic()
    try:
        added = await site.poster.post(line, caller.owner or "")
    except (InputError, NotYoursError, BusyError) as error:
        site.metrics.posts.labels("busy" if isinstance(error, BusyError) else "refused").inc()
        raise
    outcome = "held" if isinstance(added, Held) else "new" if added.new else "unchanged"
    site.metrics.posts.labels(outcome).inc()
    site.metrics.post_seconds.observe(time.monotonic() - began)
    return added


def _page(
    request: Request,
    status: int,
    given: dict[str, str],
    shown: Preview | None = None,
    wrong: str = "",
    held: Held | None = None,
) -> Response:
    until = moment_text(held.release_at)[:16].replace("T", " ") if held else ""
    more = {"given": given, "preview": shown, "wrong": wrong, "held": held, "until": until}
    return forms.page(request, "post.html", status, nav="post", **more)


def _line(given: dict[str, str]) -> bytes:
    """The form as one line of `read -`. A report without a name of its own is called by its address or its words."""
    kind = "html" if given["form"] == "html" else "text"
    digest = hashlib.sha256(given["body"].encode("utf-8", "surrogatepass")).hexdigest()[:16]
    row = {"id": given["id"] or given["url"] or f"post-{digest}", kind: given["body"]}
    row |= {name: given[name] for name in ("title", "outlet", "url", "published", "embargo") if given[name]}
    return dumps(row).encode()
