"""Toponyms and what they resolve to."""

from dragoman.coding.places.finding import as_place, find

__all__ = ["as_place", "find"]
