"""The conformance suite: an estate on each transport, and what is done to it.

A test that takes `estate` or `running` runs on both transports, one that takes `kafka_estate`,
`running_on_kafka` or `frail` on Kafka alone:

case                                                        feed  Kafka  why not on the other
----------------------------------------------------------  ----  -----  -------------------------
order per aggregate, under writers that contend              x     x
delivered again                                              x     x
the same fact at another offset (a relay that died)                x     a feed gives places in one
                                                                         outbox: each fact has one
from zero; in the middle of a batch; late joiners            x     x
a gap: told, waited for, closed by itself                    x     x
an undeclared type                                           x     x
a bug at every index; redrive, under load, in mid batch      x     x
malformed in the outbox; over the limit                      x     x
bad JSON, headers missing or no text, a foreign name               x     a feed is written by its
                                                                         producer alone
leadership that moves in the middle of a batch               x     x
two that believe they lead: listener, ticker                 x     x
two that believe they lead: relay                                  x     only Kafka has a relay
a standby listener after SIGKILL; SIGTERM under load         x     x
a standby relay; killed before the cursor; before Kafka's          x     only Kafka has a relay
own commit                                                               and commits of its own
a consumer's, a source's database restored                   x     x
what Kafka no longer holds; lost; emptied; away; topics            x     there is nothing to lose:
                                                                         a feed reads the outbox
"""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from kit.embedded import Cluster
from kumppani.broker import Broker, BrokerError

from .estate import Estate, an_estate


@pytest.fixture(params=["feed", "kafka"])
def transport(request: pytest.FixtureRequest) -> str:
    """Run the test on each transport: give Kafka's address, or nothing for the feed."""
    return request.getfixturevalue("servers") if request.param == "kafka" else ""


@pytest.fixture
async def estate(cluster: Cluster, tmp_path: Path, transport: str) -> AsyncIterator[Estate]:
    """Make an estate on this transport."""
    async with an_estate(cluster, tmp_path, transport) as made:
        await made.prepare()
        yield made


@pytest.fixture
async def kafka_estate(cluster: Cluster, tmp_path: Path, servers: str) -> AsyncIterator[Estate]:
    """Make an estate on Kafka, for what only Kafka can do to it."""
    async with an_estate(cluster, tmp_path, servers) as made:
        await made.prepare()
        yield made


@pytest.fixture
async def feed_estate(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Estate]:
    """Make an estate on the feed, for what no transport has a part in."""
    async with an_estate(cluster, tmp_path, "") as made:
        yield made


@pytest.fixture(scope="module")
def broker() -> Iterator[Broker]:
    """Start a broker of the module's own, which may be stopped and emptied; as `servers` else."""
    folder = Path(tempfile.mkdtemp(prefix="kafka-"))
    own = Broker(folder)
    try:
        own.start()
        yield own
    except BrokerError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"NO KAFKA, its tests are skipped: {error}")
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)
