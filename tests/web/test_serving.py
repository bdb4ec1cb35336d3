"""The real program: it ends well with streams open, and waits for no slow sender."""

from __future__ import annotations

import json
import signal
import socket
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.web.serving import served


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_open_streams_are_drained_when_the_server_ends(tmp_path: Path, how: signal.Signals) -> None:
    with served(tmp_path / "r.db", "--access-log", "--log-format", "json") as server, server.connect() as stream:
        stream.sendall(b"GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        began = b""
        while b": from 0" not in began:
            began += stream.recv(4096)
        code, out = server.end(how)
        rest = b""
        while chunk := stream.recv(4096):
            rest += chunk
        assert code == 0 and "Traceback" not in out, out
        assert rest.endswith(b"0\r\n\r\n"), "the stream was cut and not ended"
        lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        assert [line["path"] for line in lines] == ["/healthz", "/stream"]


def answer(connection: socket.socket) -> bytes:
    """A whole answer of /healthz."""
    found = b""
    while not found.endswith(b"}\n"):
        chunk = connection.recv(4096)
        assert chunk, found
        found += chunk
    return found


def test_a_head_that_comes_too_slowly_is_not_waited_for(tmp_path: Path) -> None:
    with (
        served(tmp_path / "r.db", DRAGOMAN_HEADER_TIMEOUT_S="0.6") as server,
        server.connect() as silent,
        server.connect() as slow,
        server.connect() as kept,
    ):
        kept.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert answer(kept).startswith(b"HTTP/1.1 200")
        began = time.monotonic()
        slow.sendall(b"GET / HT")
        time.sleep(0.3)
        slow.sendall(b"TP/1.1\r\nX:")
        assert slow.recv(4096) == b"" and silent.recv(4096) == b""
        assert time.monotonic() - began < 5
        time.sleep(0.7)
        kept.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert answer(kept).startswith(b"HTTP/1.1 200"), "a connection that is kept alive has a time of its own"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--host", "0.0.0.0"], "add --public if anybody may read, or --closed"),
        (["--public", "--closed"], "name one"),
        (["--public", "--trusted-proxy", "everybody"], "is no address nor network"),
        (["--public-url", "record.example.org"], "write https://record.example.org/"),
        (["--log-format", "xml"], "log_format"),
    ],
)
def test_what_would_open_more_than_was_meant_is_refused(run: Run, options: list[str], words: str) -> None:
    ran = run("serve", "--port", "0", *options)
    assert ran.code == 2 and words in ran.err and ran.out == ""
