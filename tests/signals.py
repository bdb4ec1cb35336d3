"""Signals in child processes that tests start."""

from __future__ import annotations

import signal


def heed_interrupts() -> None:
    """Run in the child: a shell's background job ignores SIGINT and passes that on, which a test of Ctrl-C can't have."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
