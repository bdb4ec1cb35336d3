"""Releasing held reports when their embargo ends: a thread beside the server or the follower."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from dragoman.errors import DragomanError
from dragoman.live.posting import Poster

LOOK_S: Final = 0.5
"""A report is released at most so long after its time; several processes may look, one of them stores it."""

PAUSE_S: Final = 10.0
"""After the record could not be read or written."""


class Releaser:
    """Looks for reports to be released until it is stopped."""

    def __init__(
        self, poster: Poster, tell: Callable[[str], None] = lambda _: None, clock: Callable[[], float] = time.time
    ) -> None:
        self._poster = poster
        self._tell = tell
        self._clock = clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dragoman-releaser", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the report in hand."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            pause = LOOK_S
            try:
                for added in self._poster.release_due(self._clock()):
                    self._tell(f"{added.report}: its embargo is over, {added.facts} facts")
            except DragomanError as error:
                self._tell(str(error))
                pause = PAUSE_S
            except RuntimeError:  # the reader was closed while we looked: the process ends
                return
            self._stopping.wait(pause)
