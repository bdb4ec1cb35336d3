"""One push: encrypted for the browser (RFC 8291), signed (RFC 8292), and handed to its push service (RFC 8030).

An endpoint is an address that a stranger named: only https, never an address of this machine or a private network,
never on to where a redirect leads, and no more of an answer is read than its status.
"""

from __future__ import annotations

import binascii
import time
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, Literal, TypeAlias
from urllib.parse import urlsplit

import http_ece
import httpx2
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)

from dragoman.errors import FetchError, QueryError
from dragoman.live.push.keys import authorization
from dragoman.reading.addresses import resolve
from dragoman.reading.fetch import checked_address, open_client
from dragoman.settings import Settings
from dragoman.store.devices import Subscription
from dragoman.store.pushes import Push

MOST_BODY: Final = 3990
"""Bytes before encryption: 4096 is all that a push service has to take, of which 103 are header, padding and tag."""
MOST_ENDPOINT: Final = 2000
SEND_TIMEOUT_S: Final = 10.0
MOST_WAIT_S: Final = 24 * 3600.0
_AUTH_BYTES: Final = 16

Fate: TypeAlias = Literal["delivered", "gone", "later", "refused", "unknown"]
"""`later`: the service did not take it and may do so another time; `unknown`: nobody can say whether it took it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a push. `wait_s`: so long the service asks to wait, None where it does not say."""

    fate: Fate
    said: str
    wait_s: float | None = None


def checked_subscription(endpoint: str, p256dh: str, auth: str, settings: Settings) -> Subscription:
    """A subscription that can be sent to. Raises QueryError that says what is wrong with it."""
    if len(endpoint) > MOST_ENDPOINT:
        raise QueryError(f"endpoint: it has {len(endpoint)} characters, more than {MOST_ENDPOINT}")
    if urlsplit(endpoint).scheme != "https":
        raise QueryError("endpoint: a push service is reached by https alone")
    try:
        checked_address(endpoint, "endpoint")
        parts = urlsplit(endpoint)
        resolve(parts.hostname or "", parts.port or 443, settings.allow_private_addresses)
    except FetchError as error:
        raise QueryError(f"endpoint: {error.problem}; {error.remedy}") from error
    if len(_decoded(auth, "auth")) != _AUTH_BYTES:
        raise QueryError(f"auth: it is not {_AUTH_BYTES} bytes long")
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _decoded(p256dh, "p256dh"))
    except ValueError as error:
        raise QueryError("p256dh: it is no point of the curve P-256") from error
    return Subscription(endpoint, p256dh, auth)


def _decoded(text: str, name: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4)) if len(text) <= 200 else b""
    except (ValueError, binascii.Error) as error:
        raise QueryError(f"{name}: it is no base64url") from error


def encrypted(body: bytes, subscription: Subscription) -> bytes:
    """BODY as only the browser can read it: aes128gcm in one record, with a key and a salt that are used once."""
    sealed = http_ece.encrypt(
        body,
        private_key=generate_private_key(SECP256R1()),
        dh=_decoded(subscription.p256dh, "p256dh"),
        auth_secret=_decoded(subscription.auth, "auth"),
        version="aes128gcm",
    )
    return bytes(sealed)


def send(push: Push, key: EllipticCurvePrivateKey, settings: Settings, at: datetime) -> Outcome:
    """Hand PUSH to its service. No error of the other side leaves this: each is an outcome."""
    endpoint = push.subscription.endpoint
    ttl = max(0, int((datetime.fromisoformat(push.expires_at) - at).total_seconds()))
    headers = {
        "TTL": str(ttl),
        "Urgency": push.urgency,
        "Topic": push.topic,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "Authorization": authorization(key, endpoint, contact(settings), at.timestamp()),
    }
    try:
        content = encrypted(push.body.encode("utf-8"), push.subscription)
    except (http_ece.ECEException, ValueError, QueryError) as error:
        return Outcome("refused", f"it can't be encrypted for this browser ({error})")
    try:
        with open_client(settings, time.monotonic() + SEND_TIMEOUT_S) as client:
            request = client.build_request("POST", checked_address(endpoint, "endpoint"), content=content)
            request.headers.update(headers)
            answer = client.send(request, stream=True)
            answer.close()
    except FetchError as error:
        unresolved = isinstance(error.__cause__, OSError)
        return Outcome("later" if unresolved else "gone", f"its address: {error.problem}")
    except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
        return Outcome("later", f"no connection ({error or 'it took too long'})")
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        return Outcome("unknown", f"no answer ({error or type(error).__name__})")
    return judged(answer.status_code, answer.headers.get("retry-after"), at)


def contact(settings: Settings) -> str:
    """Who answers for pushes: who is named, else the server's public address; empty where neither is set."""
    public = settings.public_url or ""
    return settings.push_contact or (public if public.startswith("https://") else "")


def judged(status: int, retry_after: str | None, at: datetime) -> Outcome:
    """What STATUS says about a push."""
    said = f"the push service answers {status}"
    if 200 <= status < 300:
        return Outcome("delivered", said)
    if status in (404, 410):
        return Outcome("gone", said)
    if status == 429 or status >= 500:
        return Outcome("later", said, _wait(retry_after, at))
    return Outcome("refused", said)


def _wait(text: str | None, at: datetime) -> float | None:
    """Retry-After in seconds, as a number or a date; None where it says nothing that can be read."""
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), MOST_WAIT_S)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(0.0, (until - at).total_seconds()), MOST_WAIT_S)
