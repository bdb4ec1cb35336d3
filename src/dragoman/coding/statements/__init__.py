"""Who said what: cues, what they report, and whose words a quotation is."""

from dragoman.coding.statements.finding import find

__all__ = ["find"]
