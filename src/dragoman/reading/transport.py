"""An httpx2 transport over a network backend of ours; httpx2's own has no place to put one."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Final

import httpcore2
import httpx2

_ERRORS: Final = MappingProxyType(
    {
        httpcore2.ConnectTimeout: httpx2.ConnectTimeout,
        httpcore2.ReadTimeout: httpx2.ReadTimeout,
        httpcore2.WriteTimeout: httpx2.WriteTimeout,
        httpcore2.PoolTimeout: httpx2.PoolTimeout,
        httpcore2.ConnectError: httpx2.ConnectError,
        httpcore2.ReadError: httpx2.ReadError,
        httpcore2.WriteError: httpx2.WriteError,
        httpcore2.LocalProtocolError: httpx2.LocalProtocolError,
        httpcore2.RemoteProtocolError: httpx2.RemoteProtocolError,
        httpcore2.UnsupportedProtocol: httpx2.UnsupportedProtocol,
    }
)
_CAUGHT: Final = tuple(_ERRORS)


class _Stream(httpx2.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except _CAUGHT as error:
            raise _translated(error) from error

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()


class CheckedTransport(httpx2.BaseTransport):
    """Requests over connections that BACKEND makes; TLS is made once by whoever sends many, as it takes a while."""

    def __init__(self, backend: httpcore2.NetworkBackend, tls: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore2.ConnectionPool(ssl_context=tls or ssl.create_default_context(), network_backend=backend)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request. Raises httpx2's errors, and what the backend raises for a forbidden address."""
        url = request.url
        core = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        try:
            answer = self._pool.handle_request(core)
        except _CAUGHT as error:
            raise _translated(error) from error
        stream = answer.stream
        if not isinstance(stream, Iterable):
            raise httpx2.ReadError("the answer is no stream that can be read here")
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Stream(stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


def _translated(error: Exception) -> httpx2.TransportError:
    for core, ours in _ERRORS.items():
        if isinstance(error, core):
            return ours(str(error))
    return httpx2.TransportError(str(error))
