"""Referrals as far as a test needs them."""

from datetime import timedelta
from typing import Any

from httpx import AsyncClient, Response
from kit import clock
from kit.testing import Harness

TE, OULU, OTHER = "te-pohjois-pohjanmaa", "oulu", "some-ngo"
OFFERING = "ohjaamo-oulu-guidance"


async def given(
    service: Harness, *, signed_by: tuple[str, ...] = (TE, OULU), seats: int = 1
) -> None:
    """Let the service hear of three organisations, an agreement of two, and an offering."""
    today = clock.today()
    for code in (TE, OULU, OTHER):
        await service.hear(
            "partners.organisation.registered.v1", f"organisations/{code}", code=code
        )
    await service.hear(
        "partners.agreement.signed.v1",
        "agreements/oulu",
        code="oulu",
        parties=[TE, OULU],
        signed_by=list(signed_by),
        valid_from=today.isoformat(),
        valid_until=(today + timedelta(days=30)).isoformat(),
        sharing=[
            {
                "code": "client-referral",
                "purpose": "client_referral",
                "data_classes": ["situation"],
                "from": "all",
                "to": "all",
            }
        ],
    )
    await service.hear(
        "partners.offering.published.v1",
        f"offerings/{OFFERING}",
        code=OFFERING,
        organisation=OULU,
        capacity=seats,
    )


async def drafted(te: AsyncClient, to: dict[str, str]) -> dict[str, Any]:
    """Draft a referral of a new anonymous client, and address it."""
    client = (await te.post("/clients", json={})).json()["id"]
    draft = await te.post("/referrals", json={"client_id": client, "need": "career_guidance"})
    assert draft.status_code == 201, draft.text
    answer = await te.put(f"/referrals/{draft.json()['id']}", json=to, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def step(who: AsyncClient, referral: dict[str, Any], name: str, **more: str) -> Response:
    """Take a step at the revision that is there."""
    path = f"/referrals/{referral['id']}"
    seen = await who.get(path)
    return await who.post(
        f"{path}/steps",
        json={"step": name, **more},
        headers={"If-Match": seen.headers.get("etag", '"1"')},
    )


async def sent(te: AsyncClient) -> dict[str, Any]:
    """Send a referral to the offering."""
    referral = await drafted(te, {"offering": OFFERING})
    answer = await step(te, referral, "send", legal_basis="statute")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
