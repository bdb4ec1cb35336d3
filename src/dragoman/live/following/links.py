"""What a report that came by a feed is called: the address of its article, so that it is the same by whichever feed."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from dragoman.reading.feeds.item import FeedItem

_TRACKING: Final = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|at_(?:medium|campaign|link_\w+|bbc_team|ptr_name|format)|igshid"
    r"|ns_(?:mchannel|source|campaign|linkname)|ito|cmpid|ocid|smid|taid|traffic_source",
    re.IGNORECASE,
)
"""Fields of an address that say where a reader came from, and nothing of what stands there."""


def report_id(feed: str, item: FeedItem) -> str:
    """The id of the report that ITEM leads to: its article's address, else the feed's with the item's own key."""
    return clean_link(item.link) if item.link else f"{feed}#{item.key}"


def clean_link(address: str) -> str:
    """ADDRESS without a fragment and without the fields that only count readers."""
    parts = urlsplit(address)
    if not parts.query or not _TRACKING.search(parts.query):
        return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))
    fields = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    kept = [(name, value) for name, value in fields if not _TRACKING.fullmatch(name)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), ""))
