"""Whether what is others' is there or not, an answer is the same to the byte."""

from kit.testing import Harness
from sqlalchemy import text

from ..edge.walk import routes
from .public import PUBLIC
from .twins import Twins, observer

OUTBOX = text("SELECT outbox::text FROM outbox")
LETTERS = text("SELECT dead_letter::text FROM dead_letter")

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
