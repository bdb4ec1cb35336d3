"""Signals in child processes that tests start."""

from __future__ import annotations

import signal


def heed_interrupts() -> None:
    """Run in the child: a shell's background job ignores SIGINT and passes that on, which no test of Ctrl-C survives."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
