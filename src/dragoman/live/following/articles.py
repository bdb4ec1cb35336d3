"""One item of a feed: read its article and store it, or look whether it has changed since."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

import sqlalchemy as sa

from dragoman.errors import FetchError, InputError
from dragoman.facts import Answer
from dragoman.live.following import rhythm
from dragoman.live.following.links import clean_link
from dragoman.live.following.visiting import PAGE_TYPES, RefusedError
from dragoman.live.following.work import Work
from dragoman.live.reader import reason
from dragoman.reading.charset import decode, looks_binary
from dragoman.reading.date_words import given_date
from dragoman.reading.exchange import Reply
from dragoman.reading.feeds.item import FeedItem
from dragoman.reading.fetch import PAGE_TYPES as PAGE_KINDS
from dragoman.reading.source import Source
from dragoman.store.changes import keep_change
from dragoman.store.feed_items import Item, item_done, item_later, item_withdrawn
from dragoman.store.feeds import Followed
from dragoman.store.moments import moment_text
from dragoman.store.writing import Added, add, withdraw

Result: TypeAlias = Literal["stored", "unchanged", "withdrawn", "later", "given up"]

WHOLE_CHARS: Final = 1500
"""Words of a feed as long as that are an article, unless they end as teasers do."""

TEASER_CHARS: Final = 40
"""Less than that is no text."""

_TEASER_END: Final = re.compile(
    r"(?:\.\.\.|…|\[(?:\.\.\.|…|&hellip;)\]|read (?:more|on|the (?:full|rest)[\w ]*)|continue reading[\w ]*"
    r"|more\s*[»›>]+)[\s.\])»›>→]*$",
    re.IGNORECASE,
)
_GONE: Final = frozenset({404, 410})
_REFUSING: Final = frozenset({400, 401, 402, 403, 405, 406, 451})
"""Answers that will be the same tomorrow."""


def read_item(work: Work, feed: Followed, item: Item) -> Result:
    """Read ITEM of FEED, or look at its article again. What becomes of it stands in the record, in one transaction.

    Raises Later where the article's host may not be asked yet; RecordError, ModelError and SettingError where the
    program can't go on.
    """
    entry = item.entry
    if item.state == "waiting" and entry is not None:
        words = plain_text(entry.content or entry.summary)
        if entry.whole or item.link is None or feed.reads == "feed":
            return _read_words(work, feed, item, entry, words, None)
        if feed.reads == "auto" and is_whole(entry, words):
            return _read_words(work, feed, item, entry, words, None)
    if item.link is None:
        return _look_no_more(work, item)
    return _read_page(work, feed, item, item.link)


def is_whole(entry: FeedItem, words: str) -> bool:
    """Whether WORDS, what the feed gives of an item, are the whole article and not the beginning of it."""
    if _TEASER_END.search(words[-80:]):
        return False
    if len(words) >= WHOLE_CHARS:
        return True
    summary = plain_text(entry.summary) if entry.content else ""
    return len(summary) >= TEASER_CHARS and len(words) > 3 * len(summary)


def plain_text(html: str | None) -> str:
    """The words of a piece of HTML, its paragraphs parted by blank lines."""
    if not html or not html.strip():
        return ""
    from resiliparse.extract.html2text import extract_plain_text  # late: a library that only followers need here

    text = extract_plain_text(f"<body>{html}</body>", main_content=False, list_bullets=False, preserve_formatting=True)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in str(text).split("\n"))).strip()


def _read_page(work: Work, feed: Followed, item: Item, link: str) -> Result:
    again = item.state != "waiting"
    validators = (item.etag, item.modified) if again else (None, None)
    try:
        address = clean_link(link)
        reply = work.visitor.visit(address, work.settings.max_page_bytes, PAGE_TYPES, validators).reply
    except RefusedError as error:
        return _without_page(work, feed, item, reason(error))
    except FetchError as error:
        return _failed(work, feed, item, reason(error), None)
    if reply.status == 304:
        return _unchanged(work, item, reply)
    if reply.status in _GONE and again:
        return _missing(work, feed, item, reply)
    if reply.status == 404 and item.attempts + 1 < rhythm.MISSES:  # some feeds are out before their pages
        return _failed(work, feed, item, "the server answers 404 for the article's page", None)
    if reply.status in _GONE or reply.status in _REFUSING:
        return _without_page(work, feed, item, f"the server answers {reply.status} for the article's page")
    if reply.status not in (200, 203):
        return _failed(work, feed, item, f"the server answers {reply.status}", reply.retry_after_s)
    if problem := _no_page(reply):
        return _without_page(work, feed, item, problem)
    if again and item.read_from == "feed":  # its words are the feed's; the page is only looked for
        return _unchanged(work, item, reply)
    return _store(work, feed, item, _page_source(feed, item, reply), reply)


def _no_page(reply: Reply) -> str | None:
    if reply.content_type and not any(kind in reply.content_type for kind in PAGE_KINDS):
        return f"the server sends {reply.content_type.split(';')[0]}, not a page"
    if not reply.data.strip():
        return "the server sends an empty page"
    return "the server sends binary content, not a page" if looks_binary(reply.data) else None


def _page_source(feed: Followed, item: Item, reply: Reply) -> Source:
    text = decode(reply.data, reply.charset).text if "text/plain" in reply.content_type else None
    published = given_date(item.entry.published, "feed") if item.entry and item.entry.published else None
    return Source(
        id=item.report,
        name=item.report,
        html=reply.data if text is None else None,
        text=text,
        url=clean_link(reply.url),
        published=published,
        outlet=feed.outlet,
        charset=reply.charset,
        dated_by="feed",
    )


def _read_words(work: Work, feed: Followed, item: Item, entry: FeedItem, words: str, problem: str | None) -> Result:
    """Store what the feed itself gives of an item; PROBLEM says why that is not its article's page."""
    published = given_date(entry.published, "feed") if entry.published else None
    if entry.whole:
        source = Source(item.report, item.report, html=entry.content, url=item.link, outlet=feed.outlet)
        return _store(work, feed, item, source, None)
    title = entry.title or ""
    text = words if not title or words.startswith(title) else f"{title}\n\n{words}"
    if len(words) < TEASER_CHARS and len(title) < TEASER_CHARS:
        item_later(work.record, item, None, problem or "the feed gives neither an address nor a text")
        return "given up"
    source = Source(
        id=item.report,
        name=item.report,
        text=text,
        title=entry.title,
        url=item.link or feed.address,
        published=published,
        outlet=feed.outlet,
        dated_by="feed",
        warnings=(f"only what the feed says was read: {problem}",) if problem else (),
    )
    return _store(work, feed, item, source, None, problem)


def _store(
    work: Work, feed: Followed, item: Item, source: Source, reply: Reply | None, problem: str | None = None
) -> Result:
    """Read SOURCE and store it with its facts, and in the same transaction that the item is done."""
    outcome = work.reader.outcome(source, work.record)
    if isinstance(outcome, InputError):
        if reply is not None:
            return _without_page(work, feed, item, reason(outcome))
        item_later(work.record, item, None, reason(outcome))
        return "given up"
    watched = item.entry is not None and item.entry.whole  # its feed is the page, and is looked at anyway
    looked_at = item.link is not None and problem is None and not watched and feed.reads != "feed"
    next_at = _revisit(work, item) if looked_at else None
    validators = (reply.etag, reply.modified) if reply else (None, None)

    def done(connection: sa.Connection, added: Added | None = None) -> None:
        if added is not None:
            keep_change(connection, added, "changed", _how(work, item))
        item_done(connection, item, next_at, "page" if reply else "feed", validators, problem)

    if isinstance(outcome, Answer):
        added = add(work.record, outcome, work.reader.stamp(), done)
        return "stored" if added.new else "unchanged"
    with work.record.writing() as connection:
        done(connection)
    return "unchanged"


def _how(work: Work, item: Item) -> str:
    where = "the feed's entry" if item.state == "waiting" else "the article's page"
    return f"{where} was seen to have changed on {moment_text(work.clock())[:16].replace('T', ' ')} UTC"


def _revisit(work: Work, item: Item) -> float | None:
    now = work.clock()
    return rhythm.revisit_at(item.visits, item.first_seen, now, work.settings)


def _unchanged(work: Work, item: Item, reply: Reply) -> Result:
    kept = (reply.etag or item.etag, reply.modified or item.modified)
    with work.record.writing() as connection:
        item_done(connection, item, _revisit(work, item), item.read_from or "page", kept, item.error)
    return "unchanged"


def _look_no_more(work: Work, item: Item) -> Result:
    with work.record.writing() as connection:
        item_done(connection, item, None, item.read_from or "feed", error=item.error)
    return "unchanged"


def _failed(work: Work, feed: Followed, item: Item, problem: str, retry_after_s: float | None) -> Result:
    """The server may answer another time: an article that wasn't read yet is tried again some times."""
    now = work.clock()
    if item.state != "waiting":
        item_later(work.record, item, _revisit(work, item), problem)
        return "later"
    if item.attempts + 1 >= rhythm.RETRIES:
        return _without_page(work, feed, item, problem)
    wait = rhythm.back_off_s(item.attempts + 1, retry_after_s, work.chance())
    item_later(work.record, item, now + wait, problem)
    return "later"


def _without_page(work: Work, feed: Followed, item: Item, problem: str) -> Result:
    """The article's page can't be read, now or ever: what the feed says of it is kept."""
    if item.entry is None:
        item_later(work.record, item, _revisit(work, item), problem)
        return "given up"
    entry = item.entry
    return _read_words(work, feed, item, entry, plain_text(entry.content or entry.summary), problem)


def _missing(work: Work, feed: Followed, item: Item, reply: Reply) -> Result:
    """The page of an article that was read is not there. 410 is an answer, 404 may be a server in disorder."""
    now = work.clock()
    if item.state == "withdrawn":
        item_later(work.record, item, _revisit(work, item), f"the server answers {reply.status}")
        return "unchanged"
    if reply.status != 410 and item.missing + 1 < rhythm.MISSES:
        problem = f"the server answers {reply.status}; it is looked at again before that is believed"
        item_later(work.record, item, now + rhythm.MISSED_S, problem, missing=True)
        return "later"
    day = moment_text(now)[:10]
    sentence = f"withdrawn: on {day} the server answered {reply.status} for the article's page"
    with work.record.writing() as connection:
        added = withdraw(connection, item.report, sentence)
        if added is not None and added.new:
            keep_change(connection, added, "withdrawn", sentence)
        item_withdrawn(connection, item, _revisit(work, item))
    return "withdrawn"
