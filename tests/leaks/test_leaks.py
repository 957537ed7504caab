"""Whether what is others' is there or not, an answer is the same to the byte.

Each wall holds alone; without both, this test fails: it is no wall itself.
"""

import pytest
from kit.embedded import Cluster
from kit.testing import Harness
from sqlalchemy import text

from ..edge.walk import routes
from .cast import FORMER, OUTSIDE, RECIPIENT
from .public import PUBLIC
from .twins import Twins, observer
from .walls import SCOPING, forget, no_policies

WHO = (RECIPIENT, FORMER, OUTSIDE)
OUTBOX = text("SELECT outbox::text FROM outbox")
LETTERS = text("SELECT dead_letter::text FROM dead_letter")
TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")

# Texts that are surely sent, and taken: a canary that nobody let fly finds nothing.
SURE = {
    "partners": {"/agreements/{code}/pilots/{pilot}/evaluation /body/summary/fi"},
    "referrals": {
        "/clients/{client_id} /body/name",
        "/clients/{client_id} /body/phone",
        "/clients/{client_id} /body/address",
        "/referrals/{referral_id}/messages /body/text",
        "/referrals/{referral_id}/messages /body/attachments/0/name",
        "/referrals/{referral_id}/messages /body/attachments/0/content",
        "/referrals/{referral_id}/steps /body/note",
        "/referrals/{referral_id}/feedback /body/text",
        "/referrals/{referral_id}/steps /body/visit/place",
    },
    "assessments": {"/assessments/{assessment_id}/decisions /body/reason"},
    "vacancies": {"/vacancies/{business_id}/{external_id} /body/employer_name"},
    "metrics": set(),
}


async def test_reading_tells_nothing_of_what_is_others(pair: Twins) -> None:
    found = await pair.differences(pair.reads)
    assert not found, "\n".join(found)


async def test_a_write_tells_nothing_of_what_is_others(pair: Twins) -> None:
    found = await pair.differences(pair.writes)
    assert not found, "\n".join(found)


async def test_what_somebody_wrote_is_nowhere_else(pair: Twins) -> None:
    sown = pair.sowing.sown
    taken = {f"{sown[bird][0].path} {sown[bird][1]}" for bird in pair.sowing.kept}
    assert taken >= SURE[pair.name], SURE[pair.name] - taken
    secret = [bird for bird, (route, _) in sown.items() if is_secret(route.named)]
    await public_reads(pair)
    told = {
        "an answer to others": "\n".join(pair.shown),
        "a fact": await rows(pair.full, OUTBOX),
    }
    kept = {
        "a line of the log": pair.log.getvalue(),
        "a number": (await pair.full.anyone().get("/-/metrics")).text,
        "a dead letter": await rows(pair.full, LETTERS),
    }
    assert pair.log.getvalue()
    assert "# HELP" in kept["a number"]
    for birds, places in ((secret, told), (list(sown), kept)):
        for place, content in places.items():
            found = [sown[bird] for bird in birds if bird in content]
            assert not found, f"{place}: {found}"


async def test_what_is_written_of_a_client_is_open_in_no_table(pair: Twins) -> None:
    if pair.name != "referrals":  # others keep no client's texts under a key
        return
    dump = "\n".join([await rows(pair.full, every(name)) for name in await names(pair.full)])
    found = [
        pair.sowing.sown[bird]
        for bird in pair.sowing.kept
        if bird in dump or bird.encode().hex() in dump
    ]
    assert not found, found
    assert len(pair.sowing.kept) > len(SURE["referrals"])


async def test_policies_hold_where_the_application_forgot_to_ask(
    pair: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    if pair.name not in SCOPING:  # nothing there is of a client
        return
    for place in SCOPING[pair.name]:
        forget(monkeypatch, place)
    found = await pair.differences([*pair.plain(pair.reads), *pair.plain(pair.writes)], *WHO)
    assert not found, "\n".join(found)


async def test_the_application_asks_where_there_are_no_policies(
    pair: Twins, cluster: Cluster
) -> None:
    if pair.name not in SCOPING:
        return
    async with no_policies(cluster, pair):
        found = await pair.differences([*pair.plain(pair.reads), *pair.plain(pair.writes)], *WHO)
    assert not found, "\n".join(found)


async def test_without_both_the_leak_is_found(pair: Twins, cluster: Cluster) -> None:
    async with no_policies(cluster, pair):
        for place in SCOPING.get(pair.name, {}):
            with pytest.MonkeyPatch.context() as patch:
                forget(patch, place)
                assert await pair.differences(pair.plain(pair.reads), OUTSIDE), place


async def names(service: Harness) -> list[str]:
    """Name all tables."""
    return (await rows(service, TABLES)).split("\n")


def every(table: str) -> object:
    """Select all rows of a table as text, bytes as hexadecimal digits."""
    return text(f'SELECT to_jsonb("{table}")::text FROM "{table}"')


def is_secret(named: tuple[str, str, str]) -> bool:
    """Say whether what is written there is not for all: partners and metrics keep no person."""
    return named[0] not in ("partners", "metrics") and named not in PUBLIC


async def public_reads(pair: Twins) -> None:
    """Read as one who has nothing to do with it what all may read."""
    who = observer(pair.full, "vaasa")
    for route in routes(pair.full):
        if route.method == "GET" and "{" not in route.path:
            pair.shown.append((await who.get(route.path)).text)


async def rows(service: Harness, query: object) -> str:
    """Read a table as text."""
    async with service.service.worker.begin() as tx:
        return "\n".join((await tx.scalars(query)).all())  # type: ignore[call-overload]
