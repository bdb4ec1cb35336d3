"""Many readers of the live stream on one server: is anything lost or doubled, how late is it, does memory grow?

python -m benchmarks.streams --minutes 5      1,000 readers, 20 facts a second
python -m benchmarks.streams --readers 200 --slow 20

The server is a process of its own on a new record; another process writes to it, a third one reads. Some readers are
slow: they take one event a second. Figures are printed as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dragoman.facts import Actor, Answer, Date, Event, Evidence, Report, fact_id
from dragoman.store.query import facts
from dragoman.store.record import Record, open_record
from dragoman.store.writing import Stamp, add

TEXT: Final = "Envoys of France and Germany met in Paris on Monday, a spokesman said. They will meet again in Bonn. "
STAMP: Final = Stamp("benchmark", "benchmark")
EVENTS: Final = 4
"""Facts of a report."""

CATCH_UP_S: Final = 60.0
START_S: Final = 60.0


@dataclass
class Reader:
    """One reader: ids of the facts that it was sent, and when each came."""

    slow: bool = False
    ids: list[int] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    connections: int = 0

    async def read(self, port: int) -> None:
        """Read until cancelled; come back with the last id where the connection ends."""
        while True:
            with suppress(OSError, EOFError):
                await self._connection(port)
            await asyncio.sleep(0.5)

    async def _connection(self, port: int) -> None:
        incoming, outgoing = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        try:
            last = f"Last-Event-ID: {self.ids[-1] if self.ids else 0}\r\n"
            outgoing.write(f"GET /stream HTTP/1.0\r\nHost: 127.0.0.1\r\n{last}\r\n".encode())
            await incoming.readuntil(b"\r\n\r\n")
            self.connections += 1
            while True:
                if self.slow:
                    await asyncio.sleep(1)
                self._take(await incoming.readuntil(b"\n\n"))
        finally:
            outgoing.close()

    def _take(self, block: bytes) -> None:
        if block.startswith(b"event: fact\nid: "):
            self.ids.append(int(block[16 : block.index(b"\n", 16)]))
            self.at.append(time.time())


def answer(number: int) -> Answer:
    """A report with EVENTS events, unlike all others."""
    text = f"Report {number}. " + TEXT * EVENTS
    events = []
    for which in range(EVENTS):
        start = text.index("met", len(f"Report {number}. ") + which * len(TEXT))
        evidence = (Evidence(start, start + 3, text),)
        source = (Actor("France", "FRA", "GOV"), Actor("Germany", "DEU", "GOV"))
        ident = fact_id(str(number), "event", evidence[0].span)
        events.append(
            Event(
                id=ident, act="CONSULT", type="CONSULT", status="happened", source=source, target=(), reciprocal=True,
                evidence=evidence, date=Date.on("1994-03-07"),
            )
        )  # fmt: skip
    return Answer(
        Report(id=f"b{number}", text=text, published=Date.on("1994-03-08"), title="Envoys meet"), tuple(events)
    )


def write(record: Record, per_s: float, until: float, written: dict[int, float]) -> None:
    """Add reports evenly, so many facts a second; WRITTEN gets the time at which each fact was there."""
    number, begun = 0, time.time()
    while time.time() < until:
        added = add(record, answer(number), STAMP)
        assert added.first_seq is not None and added.last_seq is not None
        written.update(dict.fromkeys(range(added.first_seq, added.last_seq + 1), time.time()))
        number += 1
        time.sleep(max(0.0, begun + number * EVENTS / per_s - time.time()))


def resident_kb(process: int) -> int:
    """Resident memory of PROCESS in kB, 0 where the system doesn't say."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])
    return 0


def start(record: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The server and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    program = [sys.executable, "-c", "from dragoman.cli import main; main()", "serve"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [*program, "--port", str(port), "--record", str(record)], stdout=subprocess.DEVNULL, env=environment
    )
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return process, port
        time.sleep(0.05)
    raise RuntimeError("the server did not start")


async def measure(record: Record, process: int, port: int, options: argparse.Namespace) -> dict[str, Any]:
    """Let readers read while facts are written; the figures."""
    readers = [Reader(slow=number < options.slow) for number in range(options.readers)]
    reading = [asyncio.create_task(reader.read(port)) for reader in readers]
    async with asyncio.timeout(START_S):
        while any(not reader.connections for reader in readers):
            await asyncio.sleep(0.1)
    written: dict[int, float] = {}
    until = time.time() + options.minutes * 60
    writer = threading.Thread(target=write, args=(record, options.facts_per_s, until, written))
    writer.start()
    memory = [(time.time(), resident_kb(process))]
    while writer.is_alive():
        await asyncio.sleep(1)
        memory.append((time.time(), resident_kb(process)))
    quick = [reader for reader in readers if not reader.slow]
    await _caught_up(quick, max(written, default=0))
    for task in reading:
        task.cancel()
    await asyncio.gather(*reading, return_exceptions=True)
    return figures(readers, [fact.seq for fact in facts(record)], written, [kb for _, kb in memory])


async def _caught_up(readers: list[Reader], last: int) -> None:
    until = time.monotonic() + CATCH_UP_S
    while time.monotonic() < until and any(not reader.ids or reader.ids[-1] < last for reader in readers):
        await asyncio.sleep(0.2)


def figures(readers: list[Reader], seqs: list[int], written: dict[int, float], memory: list[int]) -> dict[str, Any]:
    """What is printed. A slow reader has lost something only where its ids have a gap."""
    quick = [reader for reader in readers if not reader.slow]
    late = [at - written[seq] for reader in quick for seq, at in zip(reader.ids, reader.at, strict=True)]
    gaps = sum(reader.ids != seqs[: len(reader.ids)] for reader in readers)
    third = max(1, len(memory) // 3)
    return {
        "readers": len(readers),
        "slow_readers": len(readers) - len(quick),
        "facts": len(seqs),
        "events_sent": sum(len(reader.ids) for reader in readers),
        "lost": sum(len(seqs) - len(set(reader.ids)) for reader in quick),
        "doubled": sum(len(reader.ids) - len(set(reader.ids)) for reader in readers),
        "readers_out_of_order_or_with_gaps": gaps,
        "connections": sum(reader.connections for reader in readers),
        "delay_s_median": round(statistics.median(late), 3) if late else None,
        "delay_s_95th": round(statistics.quantiles(late, n=20)[-1], 3) if len(late) > 1 else None,
        "delay_s_worst": round(max(late), 3) if late else None,
        "memory_mb_with_all_readers": round(memory[0] / 1024, 1),
        "memory_mb_first_third": round(statistics.median(memory[:third]) / 1024, 1),
        "memory_mb_last_third": round(statistics.median(memory[-third:]) / 1024, 1),
    }


def main(arguments: list[str] | None = None, show: Callable[[str], None] = print) -> int:
    """Measure and print; 1 where anything was lost or doubled."""
    parser = argparse.ArgumentParser(prog="benchmarks.streams", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--readers", type=int, default=1000)
    parser.add_argument("--slow", type=int, default=10, help="of them, readers that take one event a second")
    parser.add_argument("--facts-per-s", type=float, default=20.0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        with open_record(str(path), write=True) as record:
            server, port = start(path)
            try:
                found = asyncio.run(measure(record, server.pid, port, options))
            finally:
                server.terminate()
                server.wait(START_S)
    show(json.dumps(found, indent=1))
    return 1 if found["lost"] or found["doubled"] or found["readers_out_of_order_or_with_gaps"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
