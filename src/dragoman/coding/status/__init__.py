"""Whether an act happened: cues around the words that name it, then mood and tense."""

from dragoman.coding.status.clause import in_question
from dragoman.coding.status.effects import RANK, Effect
from dragoman.coding.status.reading import Reading, read

__all__ = ["RANK", "Effect", "Reading", "in_question", "read"]
