"""Connections that end or are changed for others in the middle of things."""

import asyncio
from pathlib import Path

from kit.embedded import Cluster
from kit.issuer import DevelopmentIssuer
from kit.kafka import Connection
from kit.testing import Harness
from kit.testing.harness import AUDIENCE, ISSUER
from kit.topics import Topics, prepare

from .counting import new_name
from .estate import an_estate

END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}';"


async def test_a_command_whose_connection_ends_is_answered_503_and_counts_when_asked_again(
    cluster: Cluster, tmp_path: Path
) -> None:
    async with an_estate(cluster, tmp_path, "") as estate:
        issuer = DevelopmentIssuer.at(tmp_path / "key.json", ISSUER, AUDIENCE)
        service = Harness(estate.apps[0], issuer)
        caller = service.caller("writer", "write", **{"Idempotency-Key": "one"})
        first = await caller.post("/counters/a/counts")
        assert first.json() == {"value": 0}
        role = str(estate.producer.database.engine.url.username)
        await asyncio.to_thread(cluster.sql, END_ALL.format(role=role))
        caller.headers["Idempotency-Key"] = "two"
        away = await caller.post("/counters/a/counts")
        assert (away.status_code, "Retry-After" in away.headers) == (503, True)
        again = await caller.post("/counters/a/counts")
        assert again.json() == {"value": 1}
        await service.close()


async def test_when_partitions_appear_the_consumer_that_reads_them_has_started(
    servers: str,
) -> None:
    topics = Topics(new_name("counting"), ("counters",))
    await prepare(servers, topics)
    connection = Connection(servers, new_name("group"))
    await connection.follow(topics.partitions[:1])
    before = connection.log
    following = asyncio.create_task(connection.follow(topics.partitions))
    while connection.log is before:
        await asyncio.sleep(0)
    assert await connection.log.first(topics.partitions[1]) == 0
    await following
    await connection.close()
