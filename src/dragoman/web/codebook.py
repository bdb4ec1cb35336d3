"""The codebook: types, modes, contexts and statuses out of the tables, with sentences and what is read from them."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from dragoman.lexicon.codebook_examples import ExampleRow
from dragoman.lexicon.plover import QUADS, CameoRow, ContextRow, ModeRow, TypeRow
from dragoman.lexicon.table import Lexicon
from dragoman.store.payload import Json
from dragoman.terms import AGREEMENT_STATUSES, BODY_SECTORS, SECTORS, STATUSES
from dragoman.web import respond, urls
from dragoman.web.site import site_of

EXAMPLES: Final = 3
"""Sentences that stand under a type or status."""

router = APIRouter(include_in_schema=False)


@router.api_route("/codebook", methods=["GET", "HEAD"])
def codebook(request: Request) -> Response:
    """The page."""
    lexicon = site_of(request).lexicon
    return respond.page(
        request,
        "codebook.html",
        nav="method",
        types=[(row, _modes(lexicon, row), _examples(lexicon, "type", row.type)) for row in lexicon.rows(TypeRow)],
        quads=QUADS,
        statuses=[(name, gloss, _examples(lexicon, "status", name)) for name, gloss in STATUSES.items()],
        typing=[row for row in lexicon.rows(ExampleRow) if row.shows == "typing" and row.known_gap is None],
        agreement_statuses=AGREEMENT_STATUSES,
        contexts=list(lexicon.rows(ContextRow)),
        sectors={**SECTORS, **BODY_SECTORS},
        cameo=list(lexicon.rows(CameoRow)),
        json_address=urls.json_url("/codebook"),
    )


@router.api_route("/codebook.json", methods=["GET", "HEAD"])
def codebook_json(request: Request) -> Response:
    """The same as JSON."""
    lexicon = site_of(request).lexicon
    value: Json = {
        "types": [_type_json(lexicon, row) for row in lexicon.rows(TypeRow)],
        "statuses": dict(STATUSES),
        "agreement_statuses": dict(AGREEMENT_STATUSES),
        "contexts": {row.context: row.gloss for row in lexicon.rows(ContextRow)},
        "sectors": {**SECTORS, **BODY_SECTORS},
        "cameo": {row.code: {"label": row.label, "type": row.type} for row in lexicon.rows(CameoRow)},
    }
    return respond.json(request, value)


def _modes(lexicon: Lexicon, row: TypeRow) -> list[ModeRow]:
    return [mode for mode in lexicon.rows(ModeRow) if mode.type == row.type]


def _examples(lexicon: Lexicon, shows: str, name: str) -> list[ExampleRow]:
    """Sentences for a type or status; those that the coder reads wrongly today are left out."""
    rows = [row for row in lexicon.rows(ExampleRow) if row.shows == shows and row.known_gap is None]
    return [row for row in rows if name in (row.type if shows == "type" else row.status,)][:EXAMPLES]


def _type_json(lexicon: Lexicon, row: TypeRow) -> Json:
    return {
        "type": row.type,
        "quad": QUADS[row.quad],
        "intensity": row.intensity,
        "gloss": row.gloss,
        "not_this": row.not_this,
        "modes": {mode.mode: mode.gloss for mode in _modes(lexicon, row)},
        "examples": [example.text for example in _examples(lexicon, "type", row.type)],
    }
