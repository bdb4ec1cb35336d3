"""Whether an act happened: cues around the words that name it, then mood and tense."""

from dragoman.coding.status.clause import in_question
from dragoman.coding.status.effects import RANK, Effect
from dragoman.coding.status.reading import Reading, read
from dragoman.coding.status.tense import looks_back

__all__ = ["RANK", "Effect", "Reading", "in_question", "looks_back", "read"]
