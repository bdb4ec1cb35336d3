"""Words of strangers as text that XML can hold and a reader can see."""

from __future__ import annotations

import re
from html import escape
from typing import Final

LONGEST: Final = 2000
"""Characters of one text; more is cut."""

_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff]"
)
"""What XML can't hold, a reader can't see, or that turns round the words beside it."""


def shown(text: str) -> str:
    """TEXT on one line, without what can't be seen."""
    return " ".join(_UNSEEN.sub(" ", text[:LONGEST]).split())


def escaped(text: str) -> str:
    """TEXT as the content of an element or of an attribute in double quotation marks."""
    return escape(shown(text))
