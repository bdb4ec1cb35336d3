from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.settings import Settings
from dragoman.store.record import open_record
from dragoman.store.writing import add
from dragoman.web.app import create_app
from tests import made
from tests.web.conftest import BASE, STAMP

HARD = [
    "\x00",
    '"',
    "'",
    "*",
    ":",
    "from:9999-99",
    "to:0000",
    "status:",
    'type:"',
    "kind:event,",
    "NEAR(",
    "%",
    "\ud7ff",
    "FRA",
]
words = st.lists(st.sampled_from(HARD) | st.text(max_size=8), max_size=5).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, words, words)
def test_whatever_is_asked_for_is_answered_without_a_fault(tmp_path: Path, query: str, ident: str, other: str) -> None:
    with open_record(str(tmp_path / "record.db"), write=True) as record:
        add(record, made.answer("r1"), STAMP)
        with TestClient(create_app(record, Settings()), base_url=BASE) as client:
            for path in (
                f"/?q={quote(query)}",
                f"/.json?q={quote(query)}&before={quote(ident)}",
                f"/rows?after={quote(other)}&q={quote(query)}",
                f"/api/facts?q={quote(query)}&after={quote(other)}",
                f"/reports/{quote(ident)}?version={quote(other)}",
                f"/reports/{quote(ident, safe='')}.json",
                f"/facts/{quote(ident, safe='')}",
                f"/pairs/{quote(ident, safe='')}/{quote(other, safe='')}",
                f"/pairs/DEU/FRA?status={quote(other)}&after={quote(ident)}",
                f"/{quote(ident)}",
                f"/static/{quote(ident)}",
                f"/marks/{quote(ident, safe='')}.css",
            ):
                answer = client.get(path)
                assert answer.status_code < 500, (path, answer.text)
