"""Forms of pages. Only a form that we gave to this very browser changes anything.

Each carries a text that is made from the browser's cookie, which another site can neither read nor set. Beside that
`access.Access` refuses what a browser sends from another site's page.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request, Response

from dragoman.web import respond
from dragoman.web.bodies import body_in_time
from dragoman.web.cookies import form_cookie, form_text, session_cookie, set_form
from dragoman.web.refusing import RefusedError

FIELD: Final = "csrf"
"""The hidden field of every form that changes something."""

HEADER: Final = "x-csrf-token"
"""The same for scripts of ours."""

MOST_FIELDS: Final = 50
MOST_BYTES: Final = 20_000
"""Of a form without long texts."""


def page(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """A page with a form, also for who isn't signed in; in the template `form_text` is the value of the field."""
    secret = session_cookie(request) or form_cookie(request)
    new = None if secret else secrets.token_urlsafe(32)
    made = respond.page(request, template, status, **{**context, "form_text": form_text(secret or new or "")})
    if new:
        set_form(request, made, new)
    made.headers["Cache-Control"] = "no-store"
    return made


async def read(request: Request, most: int = MOST_BYTES, setting: str = "") -> dict[str, str]:
    """The fields of a form that was sent, at most MOST bytes of it; of a name that comes twice the last.

    Raises RefusedError where it is no form that we gave to this browser, or too large.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise RefusedError(415, "Only forms of a page are taken here (application/x-www-form-urlencoded).")
    body = await body_in_time(request, most, setting)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise RefusedError(400, f"This is no form in UTF-8 of at most {MOST_FIELDS} fields.") from error
    fields = dict(pairs)
    check(request, fields.pop(FIELD, "") or request.headers.get(HEADER, ""))
    return fields


def check(request: Request, sent: str) -> None:
    """Raises RefusedError where SENT is not what this browser was given."""
    secrets_ = [secret for secret in (session_cookie(request), form_cookie(request)) if secret]
    if not any(hmac.compare_digest(form_text(secret).encode(), sent.encode("utf-8")) for secret in secrets_):
        raise RefusedError(
            403, "This form was not given to your browser, or too long ago; load its page again and send it once more."
        )
