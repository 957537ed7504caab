"""Referrals as far as a test needs them."""

from datetime import timedelta
from typing import Any

from httpx import AsyncClient, Response
from kit import clock
from kit.testing import Harness

TE, OULU, OTHER = "te-pohjois-pohjanmaa", "oulu", "some-ngo"
OFFERING = "ohjaamo-oulu-guidance"


async def given(
    service: Harness, *, signed_by: tuple[str, ...] = (TE, OULU), seats: int = 1, days: int = 300
) -> None:
    """Let the service hear of three organisations, an agreement of two, and an offering."""
    for code in (TE, OULU, OTHER):
        await service.hear(
            "partners.organisation.registered.v1", f"organisations/{code}", code=code
        )
    await agreed(service, signed_by=list(signed_by), days=days)
    await offered(service, seats)


async def agreed(service: Harness, code: str = "oulu", *, days: int = 300, **changes: Any) -> None:
    """Let the service hear of an agreement of two that ends in some days."""
    today = clock.today()
    agreement = {
        "code": code,
        "parties": [TE, OULU],
        "signed_by": [TE, OULU],
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=days)).isoformat(),
        "sharing": [
            {
                "code": "client-referral",
                "purpose": "client_referral",
                "data_classes": ["situation"],
                "from": "all",
                "to": "all",
            }
        ],
    }
    await service.hear("partners.agreement.signed.v1", f"agreements/{code}", **agreement | changes)


async def offered(service: Harness, seats: int, code: str = OFFERING, **more: Any) -> None:
    """Let the service hear how many seats an offering has."""
    about = {"code": code, "organisation": OULU, "capacity": seats, **more}
    await service.hear("partners.offering.published.v1", f"offerings/{code}", **about)


async def drafted(te: AsyncClient, to: dict[str, str], **more: Any) -> dict[str, Any]:
    """Draft a referral of a new anonymous client, and address it."""
    client = (await te.post("/clients", json={})).json()["id"]
    body = {"client_id": client, "need": "career_guidance", **more}
    draft = await te.post("/referrals", json=body)
    assert draft.status_code == 201, draft.text
    answer = await te.put(f"/referrals/{draft.json()['id']}", json=to, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def step(who: AsyncClient, referral: dict[str, Any], name: str, **more: Any) -> Response:
    """Take a step at the revision that is there."""
    path = f"/referrals/{referral['id']}"
    seen = await who.get(path)
    return await who.post(
        f"{path}/steps",
        json={"step": name, **more},
        headers={"If-Match": seen.headers.get("etag", '"1"')},
    )


async def sent(
    te: AsyncClient, basis: str = "statute", offering: str = OFFERING, **more: Any
) -> dict[str, Any]:
    """Send a referral to the offering."""
    referral = await drafted(te, {"offering": offering}, **more)
    if basis == "consent":
        await consented(te, referral["client_id"])
    answer = await step(te, referral, "send", legal_basis=basis)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def consented(te: AsyncClient, client_id: str, **changes: Any) -> dict[str, Any]:
    """Record a client's consent to tell one recipient of the situation."""
    body = {
        "classes": ["situation"], "recipients": [OULU], "purposes": ["client_referral"],
        "manner": "orally", "given_at": (clock.now() - timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    answer = await te.post(f"/clients/{client_id}/consents", json=body | changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


VISIT = {"at": "2026-12-01T09:00:00+02:00", "place": "Ohjaamo", "accompanied": True}


async def walked(
    te: AsyncClient, oulu: AsyncClient, referral: dict[str, Any], *steps: Any
) -> dict[str, Any]:
    """Take steps one after another: a name, or a name with what it comes with.

    Each is taken by the end whose step it is now.
    """
    for each in steps:
        name, more = (each, {}) if isinstance(each, str) else each
        seen = (await te.get(f"/referrals/{referral['id']}")).json()
        who = te if name in seen["next_steps"] else oulu
        answer = await step(who, referral, name, **more)
        assert answer.status_code == 200, (name, answer.text)
        referral = answer.json()
    return referral
