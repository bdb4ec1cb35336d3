"""The errors that Dragoman raises on purpose; each message is one sentence that a user can act on.

    DragomanError
        InputError          a report that can't be read: names the input, the place and the remedy
            FetchError      an address that can't or mustn't be fetched
            FeedError       something that was to be a feed, a sitemap or a list of them, and isn't
            PageError       a page that holds no readable article
            LineError       a line of JSON Lines that is malformed
        TableError          a row of a table that breaks its schema: file and line
        ModelError          weights that are missing or not the ones that were published
        RecordError         a record that can't be opened, read or written
        QueryError          a filter that can't be understood
            SearchError     a search that can't be understood: the place of the fault
        DecisionError       a correction that can't be made: what it is about, and why not
        SettingError        an option or environment variable with an impossible value

A fact that may not exist is a fault of ours, not of the input: `facts.FactError` is a plain ValueError.
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of all errors raised on purpose; `str(error)` is one sentence for the user."""


class InputError(DragomanError):
    """An input that can't be read. `source` names it: a path, an address, or `line 7 of -`."""

    def __init__(self, source: str, problem: str, remedy: str = "") -> None:
        self.source = source
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{source}: {problem}" + (f"; {remedy}" if remedy else ""))


class FetchError(InputError):
    """An address that can't be fetched, or that the settings forbid to fetch."""


class FeedError(InputError):
    """Something that was to be a feed, a sitemap, a watched page or a list of them, and can't be read as one."""


class PageError(InputError):
    """A page in which there is no article to read."""


class LineError(InputError):
    """A line of JSON Lines that is not one report as `read -` takes it."""


class TableError(DragomanError):
    """A row that breaks its table's schema; the message starts with `file:line`."""

    def __init__(self, path: str, line: int, problem: str) -> None:
        self.path = path
        self.line = line
        super().__init__(f"{path}:{line}: {problem}")


class ModelError(DragomanError):
    """Weights that are missing, damaged or not the ones that this version was published with."""


class RecordError(DragomanError):
    """A record that can't be opened, read or written."""


class QueryError(DragomanError):
    """A filter or search that can't be understood."""


class SearchError(QueryError):
    """A search that can't be understood. `start` and `end` are the faulty characters of `query`, from 0, end exclusive;
    at its very end both may be its length.
    """

    def __init__(self, query: str, start: int, end: int, problem: str, remedy: str) -> None:
        self.query = query
        self.start = start
        self.end = end
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"search, character {start + 1}: {problem}; {remedy}")


class DecisionError(DragomanError):
    """A decision on a fact that can't be made: another came first, the fact isn't there, or the value is none."""


class SettingError(DragomanError):
    """An option or environment variable whose value is impossible."""
