"""The description of all addresses for programs (OpenAPI 3.1), checked against the server by the tests.

FastAPI knows parameters; what comes back is said here, one row a path. An address of another module that has no row
keeps what its route says of itself, and gets the errors.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import RedirectResponse

from dragoman import __version__
from dragoman.store.payload import FACT_KINDS, Json
from dragoman.web import respond
from dragoman.web.citing import CITATIONS
from dragoman.web.feeds import FEEDS
from dragoman.web.shown import FORMS

router = APIRouter(tags=["programs"])

_IDENT: Final = re.compile(r"\W+")
_TEXT: Final = {"type": "string"}
_NUMBER: Final = {"type": "integer"}
_MAYBE: Final = {"type": ["string", "null"]}


def _object(required: Mapping[str, Any], **optional: Any) -> Json:
    return {"type": "object", "properties": {**required, **optional}, "required": list(required)}


def _list(items: Any) -> Json:
    return {"type": "array", "items": items}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


_EVIDENCE: Final = _object({"start": _NUMBER, "end": _NUMBER, "text": _TEXT})
_DATE: Final = _object(
    {"start": _MAYBE, "end": _MAYBE, "granularity": _TEXT, "approx": {"type": "boolean"}, "basis": _TEXT}
)
_PASSAGE: Final = _object({"text": _TEXT, "start": _NUMBER, "marks": _list(_list(_NUMBER))})
_OF: Final = _object({"outlet": _MAYBE, "title": _MAYBE, "url": _MAYBE, "published": _DATE})
_FACETS: Final = {"type": "object", "additionalProperties": True}
_FACT: Final = {
    "kind": {"enum": list(FACT_KINDS)},
    "id": _TEXT,
    "report": _TEXT,
    "evidence": _list(_EVIDENCE),
}
_SENTENCE: Final = _object({"report": _TEXT, "of": _OF, "sentence": _PASSAGE, "facts": _list(_TEXT)})

SCHEMAS: Final[Mapping[str, Json]] = MappingProxyType(
    {
        "Fact": {**_object(_FACT), "description": "As `dragoman facts --json` prints it; other fields by kind."},
        "FactHit": _object({**_FACT, "of": _OF, "sentence": _PASSAGE}),
        "Facts": _object({"facts": _list(_ref("Fact")), "last": _NUMBER, "next": _MAYBE}),
        "Latest": _object(
            {"query": _TEXT, "next": _MAYBE},
            found=_NUMBER,
            facets=_FACETS,
            facts=_list(_ref("FactHit")),
            sentences=_list(_SENTENCE),
        ),
        "Found": _object(
            {
                "query": _TEXT,
                "in": {"enum": ["facts", "sentences"]},
                "facets": {"type": ["object", "null"]},
                "hits": _list({"anyOf": [_ref("FactHit"), _SENTENCE]}),
                "next": _MAYBE,
            }
        ),
        "Reports": _object(
            {
                "reports": _list(_object({"id": _TEXT, "url": _MAYBE, "outlet": _MAYBE, "title": _MAYBE,
                                          "facts": _NUMBER, "read_at": _TEXT, "page": _TEXT})),
                "next": _MAYBE,
            }
        ),
        "Report": _object(
            {
                "report": _object({"id": _TEXT, "text": _TEXT, "published": _DATE, "url": _MAYBE, "outlet": _MAYBE}),
                "version": _NUMBER,
                "versions": _list(_NUMBER),
                "read_at": _TEXT,
                "facts": _list(_ref("Fact")),
            }
        ),
        "OneFact": _object({"fact": _ref("Fact"), "version": _NUMBER, "superseded": {"type": "boolean"},
                            "coder": _TEXT, "lexicon": _TEXT, "read_at": _TEXT, "citation": _TEXT}),
        "Pairs": _object({"pairs": _list(_object({"pair": _list(_TEXT), "facts": _NUMBER, "happened": _NUMBER}))}),
        "Pair": _object(
            {
                "pair": _list(_TEXT),
                "summary": _TEXT,
                "statuses": {"type": "object", "additionalProperties": _NUMBER},
                "balance": {"type": "object", "additionalProperties": _NUMBER},
                "columns": _list({"type": "object"}),
                "agreements": _list(_ref("Fact")),
                "facts": _list(_ref("Fact")),
                "next": _MAYBE,
            }
        ),
        "Plot": _object({"plot": _TEXT, "query": _TEXT, "summary": _TEXT, "rows": _list({"type": "object"})}),
        "Sources": _object({"sources": _list(_object({"outlet": _MAYBE, "reports": _NUMBER, "facts": _NUMBER}))}),
        "Terms": _object({name: {"type": "object", "additionalProperties": _TEXT}
                          for name in ("kinds", "statuses", "agreement_statuses")}),
        "Posted": _object({"report": _TEXT, "url": _TEXT, "version": _NUMBER, "new": {"type": "boolean"},
                           "facts": _NUMBER}),
        "Line": {
            **_object({"id": _TEXT}, text=_TEXT, html=_TEXT, title=_MAYBE, url=_MAYBE, published=_MAYBE, outlet=_MAYBE),
            "description": "One line of `dragoman read -`: an id and the text, or the page's HTML.",
            "anyOf": [{"required": ["text"]}, {"required": ["html"]}],
        },
        "Problem": {
            **_object({"type": _TEXT, "title": _TEXT, "status": _NUMBER, "detail": _TEXT, "error": _TEXT},
                      query=_TEXT, start=_NUMBER, end=_NUMBER),
            "description": "RFC 9457. `error` is `detail` again; `start` and `end` are where a search is at fault.",
        },
    }
)  # fmt: skip

_HTML: Final = {"text/html": _TEXT}
_SVG: Final = {"image/svg+xml": _TEXT}
_FEEDS: Final = {media: _TEXT if media.endswith("xml") else {"type": "object"} for media in FEEDS.values()}
_CITED: Final = {media: _list({"type": "object"}) if media.endswith("json") else _TEXT for media in CITATIONS.values()}


def _data(schema: str) -> dict[str, Any]:
    forms: dict[str, Any] = {FORMS["json"]: _ref(schema), FORMS["ndjson"]: _TEXT, FORMS["csv"]: _TEXT}
    return {**forms, FORMS["parquet"]: {"type": "string", "format": "binary"}}


CONTENT: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "/": {**_HTML, **_data("Latest"), **_FEEDS},
        "/.{form}": _data("Latest"),
        "/search.{form}": {**_data("Latest"), **_FEEDS},
        "/rows": _HTML,
        "/reports/{segment}": {**_HTML, **_data("Report")},
        "/facts/{segment}": {**_HTML, **_data("OneFact"), **_CITED},
        "/pairs": {**_HTML, **_data("Pairs")},
        "/pairs.{form}": _data("Pairs"),
        "/pairs/{one}/{other}": {**_HTML, **_data("Pair"), **_SVG},
        "/plots/{name}": {**_HTML, **_data("Plot"), **_SVG},
        "/sources": {**_HTML, **_data("Sources")},
        "/sources.{form}": _data("Sources"),
        "/method": {**_HTML, **_data("Terms")},
        "/method.{form}": _data("Terms"),
        "/searches.opml": {"text/x-opml": _TEXT},
        "/api/facts": _data("Facts"),
        "/api/search": _data("Found"),
        "/stream": {"text/event-stream": _TEXT},
        "/openapi.json": {"application/json": {"type": "object"}},
    }
)
"""What is at a path, by media type."""

REPORTS: Final = "/api/reports"
REDIRECTED: Final = frozenset({"/search", "/pairs/{one}/{other}"})
_FAULTS: Final = {
    "application/problem+json": {"schema": _ref("Problem")},
    "text/html": {"schema": _TEXT},
    "text/plain": {"schema": _TEXT},
}


@router.get("/openapi.json", summary="This description")
def openapi(request: Request) -> Response:
    """OpenAPI 3.1."""
    return respond.json(request, described(request.app))


@router.get("/api/openapi.json", include_in_schema=False)
def openapi_as_before() -> Response:
    """Where it stood at first."""
    return RedirectResponse("/openapi.json", 308)


def described(app: FastAPI) -> Json:
    """The description of APP. HEAD goes without saying wherever GET is described."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Duplicate Operation ID")  # of GET and HEAD, which one function answers
        made = get_openapi(
            title="Dragoman",
            version=__version__,
            openapi_version="3.1.0",
            description="The record of relations between states: facts with the words that prove them.",
            routes=app.routes,
        )
    for path, operations in made["paths"].items():
        operations.pop("head", None)
        for method, operation in operations.items():
            operation["operationId"] = _IDENT.sub("_", f"{method} {path}").strip("_")
            operation["responses"] = _responses(path, method, operation["responses"])
    components = made.setdefault("components", {})
    schemas = {name: one for name, one in components.get("schemas", {}).items() if "ValidationError" not in name}
    components["schemas"] = {**schemas, **SCHEMAS}
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    _posting(made["paths"].get(REPORTS, {}).get("post", {}))
    return made


def _responses(path: str, method: str, declared: Json) -> Json:
    made: Json = {status: one for status, one in declared.items() if status not in ("422", "200")}
    content = _data("Reports") if (path, method) == (REPORTS, "get") else CONTENT.get(path)
    if content is not None:
        made["200"] = _described("What was asked for.", content)
        made["304"] = {"description": "What the caller has is unchanged."}
    elif path not in REDIRECTED and "200" in declared:
        made["200"] = declared["200"]
    if path in REDIRECTED:
        made["307"] = {"description": "The address at which it stands."}
    for kind, said in (("4XX", "The request is at fault."), ("5XX", "The server is at fault, or busy.")):
        made[kind] = {"description": said, "content": _FAULTS}
    return made


def _described(says: str, content: Mapping[str, Any]) -> Json:
    return {"description": says, "content": {media: {"schema": schema} for media, schema in content.items()}}


def _posting(operation: Json) -> None:
    if not operation:
        return
    operation["security"] = [{"token": []}]
    operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref("Line")}}}
    posted = {"application/json": _ref("Posted")}
    operation["responses"] = {
        **_responses(REPORTS, "post", {}),
        "200": _described("The record has the report unchanged.", posted),
        "201": _described("The report was read.", posted),
    }
