"""A page from the web: http and https only, bounded in size, time and redirects, never from a private network.

The check is made after DNS and the connection goes to the checked address, so a name that changes its mind between the
two (rebinding) gains nothing. robots.txt is kept, and we say who we are.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx2

from dragoman.errors import FetchError
from dragoman.reading.addresses import CheckedBackend
from dragoman.reading.charset import looks_binary
from dragoman.reading.robots import MAX_ROBOTS_BYTES, rules_for
from dragoman.reading.source import Source
from dragoman.reading.transport import CheckedTransport
from dragoman.reading.unpacking import ACCEPTED, unpacked
from dragoman.settings import Settings

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
ROBOTS_REDIRECTS: Final = 5
_CHUNK: Final = 65_536
PAGE_TYPES: Final = ("html", "xml", "text/plain", "octet-stream")


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address it came from after redirects, its bytes, type and charset as the server named them."""

    url: str
    data: bytes
    content_type: str
    charset: str | None


def fetch_source(address: str, settings: Settings) -> Source:
    """The page at ADDRESS as a Source whose id is ADDRESS. Raises FetchError with what is wrong and what to do."""
    fetched = fetch(address, settings)
    if "text/plain" in fetched.content_type:
        from dragoman.reading.charset import decode

        decoded = decode(fetched.data, fetched.charset)
        return Source(id=address, name=address, text=decoded.text, url=fetched.url)
    return Source(id=address, name=address, html=fetched.data, url=fetched.url, charset=fetched.charset)


def fetch(address: str, settings: Settings) -> Fetched:
    """Fetch a page, following redirects, each of which must be allowed too. Raises FetchError."""
    deadline = time.monotonic() + settings.fetch_timeout_s
    current = checked_address(address, address)
    with open_client(settings, deadline) as client:
        for _ in range(settings.fetch_max_redirects + 1):
            _keep_robots(client, address, current, settings)
            answer, target = _get(client, address, current, settings)
            if answer is not None:
                return answer
            current = checked_address(urljoin(current, target), address)
    problem = f"more than {settings.fetch_max_redirects} redirects"
    raise FetchError(address, problem, "give the address that it leads to in a browser")


def open_client(settings: Settings, deadline: float) -> httpx2.Client:
    """A client whose every connection is checked and ends by DEADLINE (of `time.monotonic`), past any proxy."""
    transport = CheckedTransport(CheckedBackend(settings.allow_private_addresses, deadline))
    headers = {
        "User-Agent": settings.user_agent,
        "Accept-Encoding": ACCEPTED,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
    }
    return httpx2.Client(
        transport=transport, headers=headers, timeout=settings.fetch_timeout_s, follow_redirects=False, trust_env=False
    )


def checked_address(address: str, name: str) -> str:
    """ADDRESS without its fragment. Raises FetchError naming NAME where it is no http(s) address of a host."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise FetchError(name, f"no address that can be read: {error}", "check its spelling") from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(
            name, f"{parts.scheme or 'no'} scheme; only http and https are fetched", "give a file's path instead"
        )
    if not parts.hostname:
        raise FetchError(name, "an address without a host", "check its spelling")
    if parts.username or parts.password:
        raise FetchError(name, "an address with a user's name or password in it", "leave them out")
    if port == 0:
        raise FetchError(name, "port 0 can't be fetched from", "check the address")
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))


def _get(client: httpx2.Client, name: str, url: str, settings: Settings) -> tuple[Fetched | None, str]:
    """The answer at URL, or None and where it redirects to."""
    try:
        with client.stream("GET", url) as response:
            if response.status_code in REDIRECTS and "location" in response.headers:
                return None, response.headers["location"]
            _check_status(response, name)
            content_type = response.headers.get("content-type", "").lower()
            if content_type and not any(one in content_type for one in PAGE_TYPES):
                raise FetchError(
                    name, f"the server sends {content_type.split(';')[0]}, not a page", "give a page's address"
                )
            data = _bounded(response, name, settings.max_page_bytes)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise _failure(error, name, settings) from error
    except FetchError as error:
        raise error if error.source == name else FetchError(name, error.problem, error.remedy) from error
    if not data.strip():
        raise FetchError(name, "the server sent an empty page", "try again later or save the page by hand")
    if looks_binary(data):
        raise FetchError(name, "the server sent binary content, not a page", "give a page's address")
    charset = re.search(r"charset\s*=\s*[\"']?([\w:.\-]{2,40})", content_type)
    return Fetched(url, data, content_type, charset.group(1) if charset else None), ""


def _bounded(response: httpx2.Response, name: str, limit: int) -> bytes:
    encoding = response.headers.get("content-encoding", "")
    remedy = "leave it out or raise DRAGOMAN_MAX_PAGE_BYTES"
    return unpacked(response.iter_raw(_CHUNK), encoding, name, limit, remedy)


def _check_status(response: httpx2.Response, name: str) -> None:
    status = response.status_code
    if status < 300:
        return
    said = f"the server answers {status} {response.reason_phrase}".rstrip()
    remedies = {
        401: "it asks for a login: save the page by hand",
        403: "it refuses us: save the page by hand and give the file",
        404: "check the address",
        410: "the page is gone: look for an archived copy",
        429: f"wait {response.headers.get('retry-after', 'a while')} and try again",
    }
    raise FetchError(name, said, remedies.get(status, "try again later" if status >= 500 else "check the address"))


def _failure(error: Exception, name: str, settings: Settings) -> FetchError:
    if isinstance(error, httpx2.TimeoutException):
        remedy = "try again later or raise DRAGOMAN_FETCH_TIMEOUT_S"
        return FetchError(name, f"no whole answer within {settings.fetch_timeout_s:g} seconds", remedy)
    if isinstance(error, httpx2.ConnectError):
        return FetchError(name, f"no connection: {str(error) or 'refused'}", "check the address and the network")
    return FetchError(name, f"the answer can't be read: {str(error) or type(error).__name__}", "try again later")


def _keep_robots(client: httpx2.Client, name: str, url: str, settings: Settings) -> None:
    """Raise FetchError where the site's robots.txt forbids URL. No robots.txt allows; one that fails (5xx) forbids."""
    try:
        status, robots = _robots(client, name, urljoin(url, "/robots.txt"))
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise _failure(error, name, settings) from error
    except FetchError as error:
        raise FetchError(name, error.problem, error.remedy) from error
    if status >= 500:
        raise FetchError(name, f"its robots.txt fails with {status}, which forbids fetching", "try again later")
    if status == 200 and not rules_for(robots, settings.user_agent).allows(url):
        raise FetchError(name, "the site's robots.txt forbids fetching it", "save the page by hand and give the file")


def _robots(client: httpx2.Client, name: str, address: str) -> tuple[int, str]:
    """Status and text of a robots.txt, its redirects followed; one that never ends counts as none (RFC 9309, 2.3.1)."""
    for _ in range(ROBOTS_REDIRECTS + 1):
        with client.stream("GET", address) as response:
            if response.status_code not in REDIRECTS or "location" not in response.headers:
                data = _bounded(response, name, 8 * MAX_ROBOTS_BYTES)
                return response.status_code, data[:MAX_ROBOTS_BYTES].decode("utf-8", "replace")
            address = checked_address(urljoin(address, response.headers["location"]), name)
    return 404, ""
