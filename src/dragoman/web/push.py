"""What a browser needs to take pushes: the service worker, the manifest, and the addresses that its bells speak to.

Whoever knows the endpoint of a subscription is the browser that has it: nobody else is told, and it can't be guessed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from dragoman.errors import QueryError
from dragoman.live.push.hours import checked_zone, clock, minutes, next_digest
from dragoman.live.push.sending import checked_subscription
from dragoman.store import devices, pushes
from dragoman.store.devices import Hours, Subscription, checked_digest
from dragoman.web import respond
from dragoman.web.errors import NotFoundError
from dragoman.web.forms import json_of
from dragoman.web.notices import trial
from dragoman.web.owner import owner_of
from dragoman.web.site import FOLDER, Site, site_of

SCRIPT: Final = "text/javascript; charset=utf-8"
MANIFEST: Final = "application/manifest+json; charset=utf-8"

router = APIRouter(include_in_schema=False)


@router.api_route("/sw.js", methods=["GET", "HEAD"])
def worker(request: Request) -> Response:
    """The service worker; it stands at the root because its place is its scope."""
    return respond.answer(request, (FOLDER / "static" / "sw.js").read_text("utf-8"), SCRIPT)


@router.api_route("/manifest.webmanifest", methods=["GET", "HEAD"])
def manifest(request: Request) -> Response:
    """What makes the site one that can be installed, as phones ask for."""
    return respond.answer(request, (FOLDER / "static" / "manifest.json").read_text("utf-8"), MANIFEST)


@router.post("/api/push/bells")
async def bells(request: Request) -> Response:
    """Which bells the browser with `endpoint` has, and its hours."""
    given = await json_of(request)
    return respond.json(request, await run_in_threadpool(_state, site_of(request), _text(given, "endpoint")))


@router.post("/api/push/bell")
async def hang(request: Request) -> Response:
    """Hang a bell on the search `saved`, or without it only set the hours of a browser that has bells."""
    given = await json_of(request)
    return respond.json(request, await run_in_threadpool(_hang, site_of(request), given, owner_of(request)))


@router.post("/api/push/bell/remove")
async def take(request: Request) -> Response:
    """Take a bell down."""
    given, site = await json_of(request), site_of(request)
    endpoint = _text(given, "endpoint")
    await run_in_threadpool(devices.take_bell, site.record, endpoint, _text(given, "saved"))
    return respond.json(request, await run_in_threadpool(_state, site, endpoint))


@router.post("/api/push/moved")
async def moved(request: Request) -> Response:
    """A browser got another subscription in the place of the one with the endpoint `old`."""
    given, site = await json_of(request), site_of(request)
    new = await run_in_threadpool(_subscription, site, given)
    known = await run_in_threadpool(devices.move_device, site.record, _text(given, "old"), new)
    if not known:
        raise NotFoundError("No bell is known for the subscription that was before.")
    return respond.json(request, await run_in_threadpool(_state, site, new.endpoint))


@router.post("/api/push/trial")
async def try_out(request: Request) -> Response:
    """Send a push that shows that pushes arrive."""
    given = await json_of(request)
    await run_in_threadpool(_try, site_of(request), _text(given, "endpoint"))
    return respond.json(request, {"sent": True})


def _try(site: Site, endpoint: str) -> None:
    hung = devices.bells(site.record, endpoint)
    if not hung:
        raise NotFoundError("This browser has no bell; turn one on first.")
    at = datetime.now(UTC)
    if not pushes.keep_trial(site.record, hung[0], trial(hung[0], at), at):
        raise QueryError("pushes for this browser wait already; they come when its push service takes them")


def _hang(site: Site, given: dict[str, object], owner: str) -> dict[str, object]:
    subscription, hours = _subscription(site, given), _hours(given)
    at = datetime.now(UTC)
    saved = None if given.get("saved") is None else _text(given, "saved")
    if saved is None and devices.device_of(site.record, subscription.endpoint) is None:
        raise NotFoundError("This browser has no bell; turn one on first.")
    digest = checked_digest(_text(given, "digest")) if saved is not None else "at once"
    key = devices.put_device(site.record, subscription, hours, at)
    if saved is not None:
        first = next_digest(hours, digest, at)
        if not devices.hang_bell(site.record, key, saved, digest, at, first, owner):
            devices.drop_idle_device(site.record, key)
            raise NotFoundError("This search is not among the saved ones any more.")
    return _state(site, subscription.endpoint)


def _subscription(site: Site, given: dict[str, object]) -> Subscription:
    inner = given.get("subscription")
    keys = inner.get("keys") if isinstance(inner, dict) else None
    if not isinstance(inner, dict) or not isinstance(keys, dict):
        raise QueryError("subscription: it is none as browsers give it")
    return checked_subscription(_text(inner, "endpoint"), _text(keys, "p256dh"), _text(keys, "auth"), site.settings)


def _hours(given: dict[str, object]) -> Hours:
    quiet = given.get("quiet")
    both = None
    if quiet is not None:
        if not isinstance(quiet, list) or len(quiet) != 2:
            raise QueryError('quiet: it is not two times of day such as ["22:00", "07:00"]')
        both = (minutes(str(quiet[0]), "quiet hours, from"), minutes(str(quiet[1]), "quiet hours, to"))
    return Hours(checked_zone(_text(given, "zone")), both, minutes(_text(given, "daily_at"), "the daily digest"))


def _state(site: Site, endpoint: str) -> dict[str, object]:
    hung = devices.bells(site.record, endpoint)
    hours = hung[0].device.hours if hung else None
    return {
        "bells": {bell.saved: bell.digest for bell in hung},
        "zone": hours.zone if hours else None,
        "quiet": [clock(part) for part in hours.quiet] if hours and hours.quiet else None,
        "daily_at": clock(hours.daily_at) if hours else None,
        "trouble": hung[0].device.trouble if hung else None,
    }


def _text(given: dict[str, object], name: str) -> str:
    found = given.get(name)
    if not isinstance(found, str):
        raise QueryError(f"{name}: it is missing, or no text")
    return found
