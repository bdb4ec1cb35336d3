"""Time expressions in TIMEX3, resolved to days, and the date that holds for an event.

`find` reads a report's time expressions; `date_for` says when what a predicate tells of took place.
"""

from dragoman.coding.times.finding import find

__all__ = ["find"]
