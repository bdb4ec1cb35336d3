"""The key by which a record is known to push services (VAPID, RFC 8292).

It stays in the record and not in a file beside it: a subscription is bound to the key that it was made with, so both
have to move together, into a backup, another database, or a second server on the same one.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Final, cast
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from py_vapid import Vapid02

from dragoman.store.pushes import keep_push_key, push_key
from dragoman.store.record import Record

VALID_S: Final = 12 * 3600
"""How long a signature holds; the RFC allows a day."""
NO_CONTACT: Final = "mailto:nobody@localhost"
"""Who answers for the pushes where no setting says so. Apple's service refuses it, Google's and Mozilla's do not."""


def ensure_key(record: Record) -> EllipticCurvePrivateKey:
    """The record's key, made and kept where it has none."""
    pem = push_key(record)
    if pem is None:
        made = generate_private_key(SECP256R1())
        text = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
        pem = keep_push_key(record, text)
    return cast(EllipticCurvePrivateKey, load_pem_private_key(pem.encode("ascii"), None))


def public_key(key: EllipticCurvePrivateKey) -> str:
    """What a browser subscribes with: the point, uncompressed, in base64url without padding."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode("ascii")


def authorization(key: EllipticCurvePrivateKey, endpoint: str, contact: str, now_s: float) -> str:
    """The header that says to the push service of ENDPOINT who sends; CONTACT is a `mailto:` or https address."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(now_s) + VALID_S, "sub": contact or NO_CONTACT}
    return str(Vapid02(key, conf={"no-strict": True}).sign(claims)["Authorization"])
