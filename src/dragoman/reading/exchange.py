"""One request and its answer, with all that a follower must know of it: status, validators, when to come back.

Redirects are answers too: whoever follows them asks for each address by itself, so that every hop waits for its turn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin

import httpx2

from dragoman.errors import FetchError
from dragoman.reading.fetch import REDIRECTS, checked_address
from dragoman.reading.unpacking import unpacked
from dragoman.settings import Settings

_CHUNK: Final = 65_536
_MOST_HEADER: Final = 1000
"""Characters of a validator that are kept; a longer one is no validator but a trap."""

LONGEST_WAIT_S: Final = 7 * 86_400.0
"""However far away a server puts the next visit, it is tried again after a week."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of status `status` from `url`; `data` is its body, empty for redirects and for 304.

    `etag` and `modified` are its validators as sent. `retry_after_s` and `max_age_s` are seconds from now, by the
    server's own clock where it gives a time; None where it doesn't say. `location` is where a redirect leads, absolute
    and checked.
    """

    url: str
    status: int
    data: bytes = b""
    content_type: str = ""
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    retry_after_s: float | None = None
    max_age_s: float | None = None
    location: str | None = None

    @property
    def permanent(self) -> bool:
        """Whether a redirect is for good."""
        return self.status in (301, 308)


def ask(
    client: httpx2.Client,
    url: str,
    settings: Settings,
    limit: int,
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
) -> Reply:
    """Send one GET, or with FORM one POST, and read the answer, of at most LIMIT bytes.

    Raises FetchError where there is no whole answer, or an address that may not be asked.
    """
    method = "GET" if form is None else "POST"
    try:
        with client.stream(method, url, headers=dict(headers or {}), data=dict(form) if form else None) as response:
            status = response.status_code
            location = response.headers.get("location") if status in REDIRECTS else None
            body = b""
            if location is None and status not in (204, 304):
                encoding = response.headers.get("content-encoding", "")
                body = unpacked(response.iter_raw(_CHUNK), encoding, url, limit, "nothing to be done but to wait")
            target = checked_address(urljoin(url, location), url) if location is not None else None
            return _reply(url, response, body, target)
    except httpx2.TimeoutException as error:
        remedy = "it is tried again later; DRAGOMAN_FETCH_TIMEOUT_S sets the time"
        raise FetchError(url, f"no whole answer within {settings.fetch_timeout_s:g} seconds", remedy) from error
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        said = " ".join(str(error).split())[:200] or type(error).__name__
        raise FetchError(url, f"no answer that can be read ({said})", "it is tried again later") from error
    except FetchError as error:
        raise error if error.source == url else FetchError(url, error.problem, error.remedy) from error


def _reply(url: str, response: httpx2.Response, body: bytes, location: str | None) -> Reply:
    headers = response.headers
    content_type = headers.get("content-type", "")[:200].lower()
    charset = re.search(r"charset\s*=\s*[\"']?([\w:.\-]{2,40})", content_type)
    return Reply(
        url=url,
        status=response.status_code,
        data=body,
        content_type=content_type,
        charset=charset.group(1) if charset else None,
        etag=_validator(headers.get("etag")),
        modified=_validator(headers.get("last-modified")),
        retry_after_s=retry_after_s(headers.get("retry-after"), headers.get("date")),
        max_age_s=max_age_s(headers.get("cache-control"), headers.get("expires"), headers.get("date")),
        location=location,
    )


def retry_after_s(told: str | None, date: str | None) -> float | None:
    """Seconds that Retry-After asks us to wait: a number, or a time, which is taken against the server's own DATE."""
    told = (told or "").strip()
    if re.fullmatch(r"\d{1,12}", told):
        return min(float(told), LONGEST_WAIT_S)
    return _until(told, date)


def max_age_s(cache_control: str | None, expires: str | None, date: str | None) -> float | None:
    """Seconds for which the answer stays fresh by Cache-Control, else by Expires; None where neither says."""
    words = (cache_control or "").lower()
    if "no-cache" in words or "no-store" in words:
        return 0.0
    found = re.search(r"(?<![\w-])max-age\s*=\s*\"?(\d{1,12})", words)
    if found:
        return min(float(found.group(1)), LONGEST_WAIT_S)
    return _until((expires or "").strip(), date)


def _until(time: str, date: str | None) -> float | None:
    """Seconds from the server's DATE to TIME; without a DATE there is no telling how its clock goes, so ours is it."""
    then = http_time(time)
    if then is None:
        return None
    now = http_time(date) or datetime.now(UTC)
    return min(max((then - now).total_seconds(), 0.0), LONGEST_WAIT_S)


def http_time(text: str | None) -> datetime | None:
    """A time as HTTP writes it; None where it can't be read."""
    try:
        found = parsedate_to_datetime(text or "")
    except (ValueError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _validator(value: str | None) -> str | None:
    return value if value and len(value) <= _MOST_HEADER and value.isprintable() and value.isascii() else None
