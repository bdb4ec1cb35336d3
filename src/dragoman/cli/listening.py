"""Taking a port before anything else is done, so that one that is taken is told at once."""

from __future__ import annotations

import errno
import socket
from typing import Final

from dragoman.errors import SettingError

BACKLOG: Final = 1024
"""Connections that wait to be taken: all readers of streams come back at once when a server is started anew."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on HOST and PORT; port 0 takes any that is free. Raises SettingError where it can't."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise SettingError(f"{host}:{port}: {_reason(error)}") from error
    return listener


def address(listener: socket.socket) -> str:
    """Where a browser finds what LISTENER serves."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _reason(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "the port is in use; end the other program or name another with --port"
    if error.errno == errno.EACCES:
        return "you may not use this port; name one above 1023 with --port"
    return f"nothing can listen there: {error.strerror or error}"
