"""Figures: numbers with what they count. `find` reads a report's."""

from dragoman.coding.figures.finding import find

__all__ = ["find"]
