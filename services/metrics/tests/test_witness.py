"""What is witnessed of another's log: the first word holds, and a replay takes nothing away."""

from uuid import uuid4

from kit.listen import forget
from kit.testing import Harness
from sqlalchemy import text

SEALED = "referrals.disclosures.sealed.v1"
KEPT = text("SELECT number, hash FROM witnessed_head ORDER BY number")


async def test_the_first_word_holds_through_later_ones_and_a_replay(metrics: Harness) -> None:
    client = str(uuid4())
    for number, letter in ((3, "a"), (5, "b"), (3, "c")):
        head = {"client_id": client, "number": number, "hash": letter * 64}
        sealing = str(uuid4())
        await metrics.hear(SEALED, f"disclosures/{sealing}", sealing_id=sealing, heads=[head])
    async with metrics.service.worker.begin() as tx:
        await forget(tx, metrics.service.inbox)
        kept = [tuple(row) for row in await tx.execute(KEPT)]
    assert kept == [(3, "a" * 64), (5, "b" * 64)]
