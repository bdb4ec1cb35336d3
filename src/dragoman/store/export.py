"""Handing facts on as files: CSV with one row per event, JSON Lines with every fact.

CSV: snake_case header, UTF-8, ISO days as text, codes as text (`014` keeps its zero; read the column as text), lists
joined by `; `, empty where nothing is known. Cells that a spreadsheet would take for a formula get an apostrophe.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO, cast

from dragoman.errors import RecordError
from dragoman.store.payload import Json, evidence_of
from dragoman.store.query import StoredFact

EVENT_COLUMNS: Final = (
    "id", "report_id", "url", "outlet", "title", "published_start", "published_end", "published_granularity",
    "date_start", "date_end", "date_granularity", "date_approx", "date_basis", "act", "type", "mode", "contexts",
    "cameo", "status", "background", "reciprocal", "source_names", "source_countries", "source_sectors", "target_names",
    "target_countries", "target_sectors", "place_name", "place_country", "place_lat", "place_lon", "attributed_to",
    "agreement", "quote", "quote_start", "quote_end", "confidence", "codebook", "coder", "lexicon", "coded_date",
)  # fmt: skip

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def event_row(fact: StoredFact, codebook: str) -> dict[str, str]:
    """One event as a row of the CSV."""
    p = fact.payload
    date = cast(Json, p["date"])
    place = cast(Json, p["place"] or {})
    (start, end, quote), *_ = evidence_of(p)
    row: Json = {
        "id": fact.id,
        "report_id": fact.report,
        "url": fact.url,
        "outlet": fact.outlet,
        "title": fact.title,
        "published_start": fact.published.start,
        "published_end": fact.published.end,
        "published_granularity": fact.published.granularity,
        **{f"date_{name}": date[name] for name in ("start", "end", "granularity", "approx", "basis")},
        **{name: p[name] for name in ("act", "type", "mode", "cameo", "status", "background", "reciprocal")},
        "contexts": _joined(cast("list[object]", p["contexts"])),
        **_parties("source", p["source"]),
        **_parties("target", p["target"]),
        **{f"place_{name}": place.get(name) for name in ("name", "country", "lat", "lon")},
        "attributed_to": p["attributed_to"],
        "agreement": p["agreement"],
        "quote": quote,
        "quote_start": start,
        "quote_end": end,
        "confidence": p["confidence"],
        "codebook": codebook,
        **coded(fact),
    }
    return {name: _cell(row[name]) for name in EVENT_COLUMNS}


def coded(fact: StoredFact) -> dict[str, str]:
    """Who coded a fact, and on which day."""
    return {"coder": fact.coder, "lexicon": fact.lexicon, "coded_date": fact.read_at[:10]}


def _parties(role: str, actors: object) -> Json:
    parties = cast("list[Json]", actors)
    return {
        f"{role}_names": _joined(actor["name"] for actor in parties),
        f"{role}_countries": _joined(actor["country"] for actor in parties),
        f"{role}_sectors": _joined(actor["sector"] for actor in parties),
    }


def _joined(values: Iterable[object]) -> str:
    """A list in one cell; parties without a country or sector keep their place by an empty item."""
    parts = ["" if value is None else str(value).replace(";", ",") for value in values]
    return "; ".join(parts) if any(parts) else ""


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(out: TextIO, facts: Iterable[StoredFact], codebook: str) -> int:
    """Write events as CSV; how many rows."""
    writer = csv.DictWriter(out, EVENT_COLUMNS, lineterminator="\n")
    writer.writeheader()
    number = 0
    for fact in facts:
        number += 1
        writer.writerow(event_row(fact, codebook))
    return number


@contextmanager
def whole_file(path: Path, force: bool = False) -> Iterator[TextIO]:
    """A file that appears under its name when all of it is written, and not at all where the block raises.

    Raises RecordError where PATH is there already and FORCE isn't given, or where its folder isn't there.
    """
    if path.exists() and not force:
        raise RecordError(f"{path}: the file is there already; name another, or write over it with --force")
    if not path.parent.is_dir():
        raise RecordError(f"{path}: the folder {path.parent} doesn't exist; make it first")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """What a new file of this process may not be; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
