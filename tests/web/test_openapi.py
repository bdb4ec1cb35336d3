"""The description of the server is true: every route, asked for in many ways, answers as it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from dragoman.facts import Answer
from dragoman.plots.kinds import KINDS
from dragoman.settings import Settings
from dragoman.store.query import FactFilter, facts
from dragoman.store.record import Record, open_record
from dragoman.store.tokens import add_token
from dragoman.store.writing import add
from dragoman.web.app import create_app
from dragoman.web.openapi import CONTENT
from tests import made
from tests.web.conftest import STAMP

EXAMPLES = 8
"""For each route and way of asking."""

UNTRUE = [positive_data_acceptance]
"""A search is a language: not every text is one, and no schema can say which."""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("openapi") / "record.db"
    with open_record(str(path), write=True) as opened:
        for number in range(3):
            add(opened, made.answer(f"r{number}"), STAMP)
        yield opened


@pytest.fixture(scope="module")
def api(record: Record) -> Iterator[BaseSchema]:
    """The description, of a server that is about to end: so a stream ends too, when it has sent what there is."""
    app = create_app(record, Settings(max_streams=100_000), frozenset({"testserver"}))
    app.state.site.closing.set()
    app.state.site.poster._answer_of = lambda source: Answer(made.report(source.id))  # the parser has tests of its own
    poster = app.state.site.poster
    close, poster.close = poster.close, lambda: None  # each request starts and ends the application anew
    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    close()


@pytest.fixture(scope="module")
def token(record: Record) -> dict[str, str]:
    return {"Authorization": f"Bearer {add_token(record, 'post')}"}


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_route_answers_as_is_described(api: BaseSchema, token: dict[str, str], mode: GenerationMode) -> None:
    """What fits the description, and what doesn't."""
    asked = 0
    for result in api.get_all_operations():
        operation = result.ok()
        asked += 1
        if (operation.path, mode) == ("/searches.opml", GenerationMode.NEGATIVE):
            continue  # in an address one text looks like a list of one

        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=token, excluded_checks=UNTRUE)

        try:
            ask()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE  # where nothing can be wrong
    assert asked >= len(CONTENT)


KNOWN = [
    ("/reports/{segment}", {"segment": "r1"}),
    ("/pairs/{one}/{other}", {"one": "DEU", "other": "FRA"}),
    *[("/plots/{name}", {"name": name}) for name in KINDS],
]


def test_what_is_there_comes_in_each_form_as_is_described(api: BaseSchema, record: Record) -> None:
    found = next(facts(record, FactFilter(kinds=("event",))))
    known = [*KNOWN, ("/facts/{segment}", {"segment": found.id})]
    asked = [(path, {}) for path in CONTENT if "{" not in path] + known
    asked += [(path, {"form": form}) for path in CONTENT if "{form}" in path for form in ("csv", "json", "parquet")]
    for path, parameters in asked:
        for media in CONTENT[path]:
            case = api[path]["GET"].Case(path_parameters=parameters)
            answer = case.call_and_validate(headers={"Accept": media}, excluded_checks=UNTRUE)
            assert answer.status_code == 200, (path, media, answer.text)
            if "form" not in parameters:
                assert answer.headers["content-type"][0].partition(";")[0] == media
