"""HTTP/1.1 as uvicorn speaks it, with a time within which the head of a request must have arrived.

uvicorn waits for ever for the first line: a few hundred connections that send a byte now and then would hold all
places.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState


class PromptProtocol(H11Protocol):
    """Ends a connection on which a request's head takes longer than `header_timeout_s`."""

    header_timeout_s = 10.0

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The clock runs from here for the first request."""
        super().connection_made(transport)
        self._start()

    def data_received(self, data: bytes) -> None:
        """The clock stops when the head is there, and runs again from the first byte of the next."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and self.conn.our_state is h11.IDLE:
            if self._head is None:
                self._start()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """The clock stops."""
        self._stop()
        super().connection_lost(exc)

    def _start(self) -> None:
        self._head = self.loop.call_later(self.header_timeout_s, self._too_slow)

    def _stop(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _too_slow(self) -> None:
        self._head = None
        if not self.transport.is_closing():
            self.transport.close()


def protocol(header_timeout_s: float) -> type[PromptProtocol]:
    """The protocol with that time; uvicorn takes a class."""
    return type("Protocol", (PromptProtocol,), {"header_timeout_s": header_timeout_s})
