"""A dump from before an erasure is restored: it brings nobody back."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from kit.embedded import SUPERUSER, Cluster
from kit.programs import run
from kit.testing import Harness
from kit.testing.harness import harness

from .builders import OULU, TE
from .test_clients import CODE, rows
from .test_erasure import CANARY, dump, erased, with_a_referral

HELD = """
    SELECT (SELECT count(*) FROM data_key WHERE wrapped IS NOT NULL) AS keys,
        (SELECT count(*) FROM client WHERE identity_hash IS NOT NULL) AS hashes,
        (SELECT count(*) FROM message) AS messages, (SELECT count(*) FROM content) AS contents,
        (SELECT count(*) FROM feedback WHERE text_sealed IS NOT NULL) AS words,
        (SELECT count(*) FROM history WHERE note_sealed IS NOT NULL) AS notes,
        (SELECT count(*) FROM referral WHERE visit_place_sealed IS NOT NULL) AS places
"""


@contextmanager
def loaded(cluster: Cluster, dumped: Path) -> Iterator[str]:
    """Load a dump into a database of its own, as an operator does."""
    name = f"old{uuid4().hex[:8]}"
    cluster.clone("template0", name, family="referrals")
    where = ("-U", SUPERUSER, "-h", str(cluster.sockets))
    run("pg_restore", *where, "-d", name, str(dumped))
    try:
        yield name
    finally:
        cluster.drop(name)


async def test_whom_a_dump_brings_back_is_erased_before_anybody_is_answered(
    referrals: Harness, cluster: Cluster, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    client = await with_a_referral(referrals)
    dumped = tmp_path / "before.dump"
    await asyncio.to_thread(dump, cluster, referrals, dumped, "-Fc")
    await erased(referrals.caller(TE), client)
    with loaded(cluster, dumped) as name:
        async with harness(cluster, tmp_path, "referrals", of=name) as restored:
            [held] = await rows(restored, HELD)
            assert all(count > 0 for count in held.values())  # the dump did bring it back
            book = referrals.service.erasures
            erasures = restored.service.erasures
            assert book is not None
            assert erasures is not None
            erasures.book.path = book.book.path  # which stands outside what was restored
            capfd.readouterr()
            answers = [
                await restored.caller(organisation).get(path)
                for organisation in (OULU, TE)
                for path in (f"/referrals/{client['referral']}", f"/clients/{client['id']}")
            ]
            assert answers[-1].json()["erased_at"] is not None
            assert set((await rows(restored, HELD))[0].values()) == {0}
            assert len(await restored.said("referrals.client.erased.v1")) == 1
            whole = await asyncio.to_thread(dump, cluster, restored, tmp_path / "after.sql")
    printed = capfd.readouterr()
    assert "erasures replayed" in printed.out + printed.err
    said = "".join(answer.text for answer in answers) + printed.out + printed.err
    for told in (CANARY, CODE, CANARY.encode().hex(), CODE.encode().hex()):
        assert told not in said
        assert told.encode() not in whole
