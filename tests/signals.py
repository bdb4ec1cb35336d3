"""Signals in child processes that tests start."""

from __future__ import annotations

import signal


def heed_interrupts() -> None:
    """Run in the child: background jobs of a shell ignore SIGINT and pass that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
