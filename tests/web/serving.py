"""`dragoman serve` as a user starts it, in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.signals import heed_interrupts

START_S = 60


class Served:
    """A running server; `base` is its address without the last slash."""

    def __init__(self, process: subprocess.Popen[str], base: str) -> None:
        self.process = process
        self.base = base

    @property
    def port(self) -> int:
        return int(self.base.rsplit(":", 1)[1])

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def end(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Exit code and what was printed since the start."""
        self.process.send_signal(how)
        out, _ = self.process.communicate(timeout=20)
        return self.process.returncode, out


@contextmanager
def served(record: Path, *options: str, **environment: str) -> Iterator[Served]:
    command = [sys.executable, "-c", "from dragoman.cli import main; main()"]
    process = subprocess.Popen(
        [*command, "serve", "--port", "0", "--record", str(record), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        preexec_fn=heed_interrupts,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://" in line, line + process.stdout.read()
        found = Served(process, "http://" + line.split("http://")[1].split("/")[0])
        _wait(found.base)
        yield found
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _wait(base: str) -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=START_S):
                return
        except OSError:
            assert time.monotonic() < until, "the server did not answer in time"
            time.sleep(0.05)
