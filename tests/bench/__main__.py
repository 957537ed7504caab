"""make bench: all measurements, or those that ONLY names, and one table of them."""

import argparse
import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from kit.embedded import Cluster
from kit.issuer import DevelopmentIssuer

from . import a_request, b_relay, c_listen, d_visible, e_outbox
from .ground import AUDIENCE, ISSUER, Ground
from .rounds import tell
from .table import Line, circumstances, markdown

BENCHES = {
    "a": a_request.measure,
    "b": b_relay.measure,
    "c": c_listen.measure,
    "d": d_visible.measure,
    "e": e_outbox.measure,
}


async def measured(which: str, rounds: int) -> list[Line]:
    """Measure, each on the same fresh ground."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    cluster = tracking(folder / "postgresql")
    try:
        ground = Ground(folder, cluster, DevelopmentIssuer.at(folder / "issuer.json", ISSUER, AUDIENCE))
        return [line for name in which for line in await BENCHES[name](ground, rounds)]
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def tracking(folder: Path) -> Cluster:
    """Start a durable PostgreSQL that remembers when each transaction was committed."""
    Cluster.start(folder).sql("ALTER SYSTEM SET track_commit_timestamp = on")
    Cluster.start(folder).stop()
    return Cluster.start(folder)


def main() -> None:
    """Measure what is asked for, and print the table."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--only", default="".join(BENCHES))
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    lines = asyncio.run(measured(asked.only, asked.rounds))
    tell("")
    sys.stdout.write(f"{markdown(lines)}\n\n{circumstances(asked.rounds)}\n")


if __name__ == "__main__":
    main()
