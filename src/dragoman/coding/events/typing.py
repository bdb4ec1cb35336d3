"""From the act to the PLOVER type that it is counted as, and the modes that depend on what is asked or refused.

PLOVER manual 2.0, AGREE and CONCEDE: an act of CONSULT, SUPPORT, COOPERATE or AID still to come is AGREE; a retreat
still to come is CONCEDE. For a hostile act still to come PLOVER has no rule; CAMEO 1.1b3 makes it a threat (13x).
"""

from __future__ import annotations

from dragoman.terms import FUTURE_AGREE

TO_COME = frozenset({"scheduled", "proposed"})
HOSTILE = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})

ASKED_MODE = {
    "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "AGREE": "assist", "CONSULT": "meet",
    "CONCEDE": "yield", "RETREAT": "yield",
}  # fmt: skip
"""Mode of REQUEST and REJECT by the act that is asked for or refused (their modes mirror each other)."""

THREAT_MODE = {
    "SANCTION": "restrict", "COERCE": "restrict", "PROTEST": "restrict", "ASSAULT": "violence", "MOBILIZE": "violence",
}  # fmt: skip


def counted_type(act: str, status: str, promised: bool = False) -> str:
    """The PLOVER type under which ACT with STATUS is counted.

    PROMISED tells that what is denied or claimed is a promise of the act.
    """
    if status not in TO_COME and not (promised and status in ("denied", "claimed")):
        return act
    if act in FUTURE_AGREE:
        return "AGREE"
    if act == "RETREAT":
        return "CONCEDE"
    return "THREATEN" if act in HOSTILE else act


def counted_mode(act: str, kind: str, mode: str | None) -> str | None:
    """The mode to go with the counted type KIND: an act's own mode holds for the act's own type only."""
    if act == kind:
        return mode
    return THREAT_MODE.get(act) if kind == "THREATEN" else None


def governed_mode(kind: str, inner: str | None, mode: str | None) -> str | None:
    """The mode of a request, refusal or threat whose complement is an act of type INNER; MODE where there is none."""
    if inner is None:
        return mode
    if kind in ("REQUEST", "REJECT"):
        return ASKED_MODE.get(inner, "change")
    if kind == "THREATEN":
        return THREAT_MODE.get(inner, mode)
    return mode
