"""`python -m tests.faults.soak --minutes 10 --seed 7`: see `make soak`."""

import argparse
import asyncio
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from random import randrange

from kit.embedded import Cluster
from kumppani.broker import Broker, BrokerError
from rich.console import Console

from .soak import Soak

console = Console(highlight=False, soft_wrap=True)
MOST_FINDINGS = 30


def main() -> None:
    """Run a soak; exit with 1 where it finds something, and keep what there is to look at."""
    parser = argparse.ArgumentParser(prog="make soak")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=randrange(1_000_000))
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("SIGTERM"))  # so that all is stopped
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    console.print(f"soak of {asked.minutes:g} min, seed {asked.seed}, data in {folder}")
    try:
        found = soak(folder, asked.minutes * 60, asked.seed)
    except BaseException:
        console.print(f"SOAK BROKEN OFF, seed {asked.seed}: data and logs stay in {folder}")
        raise
    if found:
        for finding in found[:MOST_FINDINGS]:
            console.print(f"  {finding}", markup=False)
        console.print(
            f"SOAK FAILED with {len(found)} findings, seed {asked.seed}: "
            f"data and logs stay in {folder}"
        )
        sys.exit(1)
    shutil.rmtree(folder)
    console.print("the books are right")


def soak(folder: Path, seconds: float, seed: int) -> list[str]:
    """Run it on a PostgreSQL and a Kafka of its own."""
    broker = Broker(folder / "kafka")
    try:
        broker.start()
    except BrokerError as error:
        console.print(f"NO KAFKA, the soak is skipped: {error}")
        return [] if os.environ.get("CI") != "true" else ["no Kafka"]
    cluster = Cluster.start(folder / "postgres", durable=False)
    try:
        tell = lambda line: console.print(line, markup=False)  # noqa: E731
        return asyncio.run(Soak(seconds, seed, folder, cluster, broker.servers, broker, tell).run())
    finally:
        cluster.stop()
        broker.kill()


if __name__ == "__main__":
    main()
