"""Tables as data, one concern a file under `data/`, and the indexes compiled from them."""

from dragoman.lexicon.table import Lexicon

__all__ = ["Lexicon"]
