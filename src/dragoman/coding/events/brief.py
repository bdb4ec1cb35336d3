"""An event in a few codes, as tables of examples and messages to the user write it."""

from __future__ import annotations

from dragoman.facts import Actor, Event


def parties(actors: tuple[Actor, ...]) -> str:
    """Countries of ACTORS (bodies and groups without one: sectors, else ?), in alphabetical order, joined by a plus."""
    return "+".join(sorted({actor.country or actor.sector or "?" for actor in actors}))


def in_short(event: Event) -> str:
    """`COERCE (seize) IRN → GRC, happened`: type and mode, sides, status, and the act where it is another type."""
    mode = f" ({event.mode})" if event.mode else ""
    sides = [parties(event.source) or "nobody", parties(event.target)]
    act = f", an act of {event.act}" if event.act != event.type else ""
    background = ", background" if event.background else ""
    return f"{event.type}{mode} {' → '.join(side for side in sides if side)}, {event.status}{background}{act}"
