"""make bench: all measurements, or those that ONLY names, and one table of them."""

import argparse
import asyncio
import sys
import tempfile
import traceback
from contextlib import ExitStack
from pathlib import Path

from kumppani.broker import BrokerError, kafka

from . import (
    a_request,
    b_relay,
    c_listen,
    d_visible,
    e_outbox,
    f_search,
    g_seat,
    h_worklist,
    i_timers,
    j_log,
    k_rows,
)
from .ground import ROOT, ground
from .rounds import tell
from .table import Line, circumstances, markdown

BENCHES = {
    "a": a_request.measure,
    "b": b_relay.measure,
    "c": c_listen.measure,
    "d": d_visible.measure,
    "e": e_outbox.measure,
    "f": f_search.measure,
    "g": g_seat.measure,
    "h": h_worklist.measure,
    "i": i_timers.measure,
    "j": j_log.measure,
    "k": k_rows.measure,
}
ON_KAFKA = frozenset("bcd")
KEPT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- from here: make bench WRITE=1 -->\n", "<!-- to here -->\n"


def measured(which: str, rounds: int) -> tuple[list[Line], str]:
    """Measure one after the other, on the same ground; give the lines, and what failed."""
    lines: list[Line] = []
    failed = ""
    with ExitStack() as stack:
        servers = ""
        if ON_KAFKA.intersection(which):
            tell("Kafka starts …")
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-kafka-"))
            servers = stack.enter_context(kafka(Path(folder) / "kafka"))
        on = stack.enter_context(ground(servers))
        for name in which:
            try:
                lines += asyncio.run(BENCHES[name](on, rounds))
            except (Exception, asyncio.CancelledError):  # noqa: BLE001 - it is told, and the run fails
                failed += name
                tell(f"{name} failed\n{traceback.format_exc()}")
    return lines, failed


def write(table: str) -> None:
    """Put the table where it is kept, in place of the last one."""
    before, _, rest = KEPT.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    KEPT.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")


def main() -> None:
    """Measure what is asked for, and print the table."""
    everything = "".join(BENCHES)
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--only", default=everything, help=f"some of {everything}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"keep the table in {KEPT.name}")
    asked = parser.parse_args()
    if unknown := set(asked.only) - set(BENCHES):
        parser.error(f"ONLY takes some of {everything}, not {''.join(sorted(unknown))}")
    if asked.write and (set(asked.only) != set(BENCHES) or asked.rounds < 3):
        parser.error("WRITE=1 keeps the whole table, of three rounds or more")
    try:
        lines, failed = measured(asked.only, asked.rounds)
    except BrokerError as error:
        sys.exit(str(error))
    table = f"{markdown(lines)}\n\n{circumstances(asked.rounds)}\n"
    sys.stdout.write(f"\n{table}")
    if failed:
        sys.exit(f"failed, and not in the table: {', '.join(failed)}")
    if asked.write:
        write(table)


if __name__ == "__main__":
    main()
