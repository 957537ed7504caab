"""Who reads what on the feed."""

from typing import Any

import httpx
from kit.streams import after
from kit.testing import Harness

from .builders import OULU, TE, drafted, given, sent, step


async def facts(caller: httpx.AsyncClient, **query: Any) -> list[str]:
    """List the types of facts on a caller's whole feed."""
    answer = await caller.get("/events", params={"limit": 1000, **query})
    assert answer.status_code == 200, answer.text
    return [event["type"].removesuffix(".v1") for event in answer.json()]


async def test_a_partner_reads_what_concerns_it_and_what_is_public(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    await drafted(te, {"offering": "ohjaamo-oulu-guidance"})
    assert await facts(oulu) == []
    referral = await sent(te)
    assert await facts(oulu) == ["referrals.referral.sent"]
    await step(oulu, referral, "accept")
    stranger = referrals.caller("kela-pohjoinen")
    assert await facts(stranger) == ["referrals.seats.taken"]
    assert await facts(oulu) == [
        "referrals.referral.sent", "referrals.seats.taken", "referrals.referral.accepted",
    ]  # fmt: skip
    assert len(await facts(te)) == 2 + 5 + 2  # two clients; five of drafts and sending; two


async def test_a_service_of_the_estate_reads_all(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    await drafted(te, {"offering": "ohjaamo-oulu-guidance"})
    assert len(await facts(referrals.caller(OULU, "referrals:events"))) == 3


async def test_a_cursor_goes_on_where_it_was_and_serves_its_reader_only(
    referrals: Harness,
) -> None:
    te = referrals.caller(TE)
    for _ in range(5):
        await te.post("/clients", json={})
    first = await te.get("/events", params={"limit": 3})
    rest = await te.get("/events", params={"after": after(first)})
    ids = [event["id"] for event in first.json() + rest.json()]
    assert (len(first.json()), len(ids), len(set(ids))) == (3, 5, 5)
    assert (await te.get("/events", params={"after": after(rest)})).json() == []
    for cursor in ("forged", after(first)):
        other = await referrals.caller(OULU).get("/events", params={"after": cursor})
        assert (other.status_code, other.json()["type"].rpartition("/")[2]) == (422, "bad-cursor")


async def test_a_list_goes_page_by_page_without_a_row_twice(referrals: Harness) -> None:
    te = referrals.caller(TE)
    client = (await te.post("/clients", json={})).json()["id"]
    made = [(await te.post("/referrals", json={"client_id": client})).json()["id"] for _ in "12345"]
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = (await te.get("/referrals", params=query)).json()
        seen += [row["id"] for row in page["items"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]
    assert seen == made
