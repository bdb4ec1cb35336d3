"""Time expressions in TIMEX3, resolved to days, and the date that holds for an event.

`find` reads a report's time expressions, `find_in_words` those of a sentence alone; `date_for` says when what a
predicate tells of took place; `bounded` is the interval that the report's own date alone allows.
"""

from dragoman.coding.times.attaching import bounded, date_for
from dragoman.coding.times.finding import find, find_in_words

__all__ = ["bounded", "date_for", "find", "find_in_words"]
