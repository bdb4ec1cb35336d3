"""A request that is refused, with the number and the sentence of the answer."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.errors import DragomanError


class RefusedError(DragomanError):
    """A request that is not answered as it was meant. `headers` go with the answer."""

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.headers = dict(headers or {})
        super().__init__(sentence)


def wait_refusal(sentence: str, wait_s: float) -> RefusedError:
    """SENTENCE for who asked too often, and when to come back."""
    return RefusedError(429, sentence, {"Retry-After": str(int(wait_s) + 1)})
