"""Mentions of actors, each resolved to country, sector and role: pieces, phrases, then reference."""

from dragoman.coding.actors.finding import find

__all__ = ["find"]
