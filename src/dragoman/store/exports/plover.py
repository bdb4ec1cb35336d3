"""PLOVER as JSON Lines: the manual's field names, and after them fields of our own."""

from __future__ import annotations

from dragoman.facts import Actor
from dragoman.store.exports.codes import Codes
from dragoman.store.exports.events import ExportedEvent
from dragoman.store.payload import Json

FIELDS = (
    "id", "date", "time", "enddate", "endtime", "has_event", "actor", "recipient", "event", "mode", "context",
    "quad_code", "event_scale", "event_loc", "event_text", "link", "text", "text_info", "cite_info", "coder",
    "coded_date", "comment",
)  # fmt: skip
"""PLOVER's own fields, in order; `text` stays null, as the record knows of no right to hand a report's text on."""


def line(event: ExportedEvent, codes: Codes, codebook: str) -> Json:
    """One event as an object of PLOVER's fields and ours."""
    fact = event.fact
    start, end, quote = event.quotes[0]
    return {
        "id": event.id,
        "date": event.date.start,
        "time": None,
        "enddate": event.date.end,
        "endtime": None,
        "has_event": True,
        "actor": [_entity(event, actor, codes) for actor in event.source],
        "recipient": [_entity(event, actor, codes) for actor in event.target],
        "event": [event.type],
        "mode": [event.mode] if event.mode else [],
        "context": list(event.contexts),
        "quad_code": codes.quad(event.type),
        "event_scale": codes.intensity(event.type, event.mode),
        "event_loc": _place(event, codes),
        "event_text": quote or None,
        "link": fact.url,
        "text": None,
        "text_info": {"sequence": None, "start": start, "end": end},
        "cite_info": _cite(event, codebook),
        "coder": fact.coder,
        "coded_date": fact.read_at[:10],
        "comment": None,
        **_own(event),
    }


def _entity(event: ExportedEvent, actor: Actor, codes: Codes) -> Json:
    return {
        "code": codes.plover_country(actor),
        "sector": actor.sector,
        "entity_text": actor.name,
        "raw_text": event.raw(actor),
        "identifier_id": codes.number(actor, "COW", event.on),
        "identifier_text": "COW" if codes.number(actor, "COW", event.on) is not None else None,
    }


def _place(event: ExportedEvent, codes: Codes) -> Json | None:
    if event.place is None:
        return None
    spot = codes.spot(event.place)
    place = spot.place
    return {
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": spot.geonameid,
    }


def _cite(event: ExportedEvent, codebook: str) -> Json:
    fact = event.fact
    return {
        "corpus": None,
        "citation": fact.report,
        "url": fact.url,
        "title": fact.title,
        "language": fact.language,
        "publication": fact.outlet,
        "license": None,
        "copyright": None,
        "coder": fact.coder,
        "codebook": codebook,
        "version": fact.lexicon,
    }


def _own(event: ExportedEvent) -> Json:
    """What PLOVER has no field for."""
    told = [{"id": one.id, "report": one.report, "url": one.url, "outlet": one.outlet} for one in event.tellings]
    return {
        "act": event.act,
        "status": event.status,
        "background": event.fact.background,
        "reciprocal": event.reciprocal,
        "cameo": event.cameo,
        "date_granularity": event.date.granularity,
        "date_approx": event.date.approx,
        "date_basis": event.date.basis,
        "attributed_to": event.attributed_to,
        "agreement": event.agreement,
        "confidence": event.confidence,
        "pair_number": event.pair or None,
        "pair_count": event.pairs or None,
        "n_reports": event.reports,
        "n_independent_sources": event.sources,
        "told_by": told,
        "reviewed_by": event.fact.reviewed_by,
    }
