"""Events: predicates, their frames filled with actors, and what becomes of them as facts."""

from dragoman.coding.events.finding import coded, find

__all__ = ["coded", "find"]
