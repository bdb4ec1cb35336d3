"""Readers of a stream that come back with the last id they saw, as a browser does; and a server that may be killed."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.signals import heed_interrupts

START_S = 60.0
BACK_S = 0.05
"""A browser waits for two seconds; the test doesn't."""


@dataclass
class Reader:
    """One reader; `ids` are those of the facts that it was sent, `connections` how often it had to connect."""

    port: int
    path: str = "/stream"
    last: int = 0
    ids: list[int] = field(default_factory=list)
    connections: int = 0

    async def read(self, until: int) -> None:
        """Read until the fact UNTIL has come, over as many connections as it takes."""
        while not self.ids or self.ids[-1] < until:
            with suppress(OSError, EOFError):
                await self._connection(until)
            await asyncio.sleep(BACK_S)

    async def _connection(self, until: int) -> None:
        incoming, outgoing = await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        try:
            request = f"GET {self.path} HTTP/1.0\r\nHost: 127.0.0.1\r\nLast-Event-ID: {self.last}\r\n\r\n"
            outgoing.write(request.encode())
            head = await incoming.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            self.connections += 1
            while not self.ids or self.ids[-1] < until:
                self._take(await incoming.readuntil(b"\n\n"))
        finally:
            outgoing.close()

    def _take(self, block: bytes) -> None:
        """A block that was cut off never gets here: it doesn't count, as the standard has it."""
        fields = dict(line.split(b": ", 1) for line in block.split(b"\n") if line and not line.startswith(b":"))
        self.last = int(fields.get(b"id", self.last))
        if fields.get(b"event") == b"fact":
            self.ids.append(self.last)


@dataclass
class Server:
    """`dragoman serve` as a process of its own."""

    record: Path
    port: int
    process: subprocess.Popen[bytes]

    def kill(self) -> None:
        """SIGKILL: nothing is finished."""
        self.process.kill()
        self.process.wait(START_S)

    def again(self) -> None:
        """Start it anew on the same port."""
        self.process = _start(self.record, self.port)

    def end(self) -> int:
        """SIGTERM: streams are drained; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(START_S)


@contextmanager
def server(record: Path) -> Iterator[Server]:
    """A server of RECORD."""
    port = _free_port()
    made = Server(record, port, _start(record, port))
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(record: Path, port: int) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-c", "from dragoman.cli import main; main()"]
    command = [*program, "serve", "--port", str(port), "--record", str(record)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment, preexec_fn=heed_interrupts)
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return process
        time.sleep(0.05)
    raise AssertionError("the server did not start")
