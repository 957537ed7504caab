"""Who looks at what is others', and what all of them have of their own before there is any."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from httpx import AsyncClient
from kit import clock
from kit.testing import Harness

from ..edge.calls import AGREEMENT, ME, Call, made, prepare
from ..edge.walk import everything

SENDER, RECIPIENT, FORMER = "hameenlinna", "kajaani", "kuopio"
PARTY, OUTSIDE, ENDED = "raahe", "vaasa", "kemi"

# How each stands to the employment office, whose all the rest is.
OBSERVERS: Mapping[str, str] = MappingProxyType(
    {
        SENDER: "sent it a client, whom it accepted",
        RECIPIENT: "was sent a client by it, and accepted",
        FORMER: "was sent a client by it, and declined",
        PARTY: "has signed the same agreement, and nothing else",
        OUTSIDE: "has signed no agreement with it",
        ENDED: "was sent a client by it, accepted, and has ended",
    }
)
PARTIES = [ME, SENDER, RECIPIENT, FORMER, PARTY, ENDED]
TARGETS = {RECIPIENT: "accept", FORMER: "decline", ENDED: "accept"}
IDENTITY = "131052-9030"


def observer(service: Harness, organisation: str) -> AsyncClient:
    """Call as an organisation with what any of them may."""
    name = service.service.name
    return service.caller(organisation, f"{name}:read", f"{name}:write")


async def set_out(service: Harness) -> None:
    """Give a service the organisations, and each what it has to do with the office."""
    await prepare(service)
    name = service.service.name
    if name == "partners":
        return await registered(service)
    await heard(service)
    if name == "referrals":
        await referred(service)
    ended = {"code": ENDED, "name": {"fi": ENDED}, "kind": "ngo", "ends_on": yesterday()}
    await service.hear("partners.organisation.ended.v1", f"organisations/{ENDED}", **ended)
    for code in OBSERVERS:
        await own(service, code)
    return None


def yesterday() -> str:
    """Give the day before today, in Finland."""
    return (clock.today() - timedelta(days=1)).isoformat()


async def registered(service: Harness) -> None:
    """Register the organisations, and let one of them have ended."""
    coordinator = everything(service)
    for code in OBSERVERS:
        body = {"code": code, "kind": "ngo", "name": {"fi": code}}
        await made(coordinator, Call("/organisations", body))
    await made(coordinator, Call(f"/organisations/{ENDED}/ending", {"on": yesterday()}, '"1"'))


async def heard(service: Harness) -> None:
    """Let a service hear of the organisations, of their agreement and of what they offer."""
    for code in OBSERVERS:
        about = {"code": code, "name": {"fi": code}}
        await service.hear("partners.organisation.registered.v1", f"organisations/{code}", **about)
    terms = {**AGREEMENT, "code": "cast", "parties": PARTIES, "signed_by": PARTIES, "goals": []}
    await service.hear("partners.agreement.signed.v1", "agreements/cast", **terms)
    for code in (*TARGETS, SENDER):
        about = {"code": f"at-{code}", "organisation": code, "name": {"fi": code}}
        await service.hear(
            "partners.offering.published.v1", f"offerings/at-{code}", capacity=9, **about
        )
    kind = "referrals.client.registered.v1"
    for number, code in enumerate(OBSERVERS, 2):
        about = {"client_id": client_of(number), "organisation": code, "kind": "anonymous"}
        await service.hear(kind, f"clients/{client_of(number)}", **about)


def client_of(number: int) -> str:
    """Name a client whom assessments hear of."""
    return f"00000000-0000-0000-0000-{number:012}"


async def referred(service: Harness) -> None:
    """Let the office send clients to those who stand so to it, and be sent one."""
    office = everything(service)
    for code, answer in TARGETS.items():
        found = await sent(office, f"at-{code}")
        why = {"reason": "no_capacity"} if answer == "decline" else {}
        await step(everything(service, code), found, answer, **why)
    found = await sent(everything(service, SENDER), "own")
    await step(office, found, "accept")


async def drafted(who: AsyncClient, offering: str, client_id: str | None = None) -> dict[str, Any]:
    """Draft a referral to an offering, of a new client unless one is named."""
    client_id = client_id or (await made(who, Call("/clients", {})))["id"]
    body = {"client_id": client_id, "need": "career_guidance"}
    draft = await made(who, Call("/referrals", body))
    address = Call(f"/referrals/{draft['id']}", {"offering": offering}, '"1"')
    return await made(who, address, "PUT")


async def sent(who: AsyncClient, offering: str) -> dict[str, Any]:
    """Send a referral to an offering."""
    return await step(who, await drafted(who, offering), "send", legal_basis="statute")


async def step(
    who: AsyncClient, referral: dict[str, Any], name: str, **more: Any
) -> dict[str, Any]:
    """Take a step at the revision that is there."""
    path, tag = f"/referrals/{referral['id']}/steps", f'"{referral["revision"]}"'
    return await made(who, Call(path, {"step": name, **more}, tag))


async def own(service: Harness, organisation: str) -> None:
    """Let an organisation have something of its own in each list."""
    who, name = everything(service, organisation), service.service.name
    if name == "referrals":
        client_id = (await made(who, Call("/clients", {})))["id"]
        await made(who, Call("/referrals", {"client_id": client_id}))
    elif name == "assessments":
        client_id = client_of([*OBSERVERS].index(organisation) + 2)
        body = {"client_id": client_id, "instrument": "elamantilanne"}
        await made(who, Call("/assessments", body))


async def beside(service: Harness) -> None:
    """Let the office do more with the clients whom others know, and have one whose name is known.

    Drafts to those who were sent the client before are in no answer to them, and neither is what
    became of the client after it was declined.
    """
    if service.service.name != "referrals":
        return
    office = everything(service)
    await made(office, Call("/clients", {"identity_code": IDENTITY}))
    for row in (await made(office, Call("/referrals?box=sent"), "GET"))["items"]:
        if row["recipient"] in TARGETS:
            await drafted(office, row["offering"], row["client_id"])
    await sent(office, "ohjaamo")
    visit = {"at": f"{clock.today() + timedelta(days=1)}T09:00:00+02:00", "place": "Torikatu"}
    within = await step(office, await sent(office, "own"), "accept")
    within = await step(office, within, "schedule", visit=visit)
    await step(office, within, "report_outcome", outcome="employed")
