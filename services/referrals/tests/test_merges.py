"""Two records of one client become one, and two again, to the letter."""

import random
from collections.abc import Mapping
from typing import Any

import pytest
from httpx import AsyncClient, Response
from kit.testing import Harness
from sqlalchemy import text

from .builders import OFFERING, OULU, TE, consented, given, step
from .test_disclosures import log_of, sealed, wrong

IDENTITY, ANOTHER = "131052-9030", "010190-900P"
NAME = {"name": "Maija Mallikas"}


async def registered(te: AsyncClient, fields: Mapping[str, Any] | None = None, **body: Any) -> str:
    """Register a client, of whom something may be known."""
    client_id = str((await te.post("/clients", json=body)).json()["id"])
    if fields:
        path, seen = f"/clients/{client_id}", {"If-Match": '"1"'}
        assert (await te.patch(path, json=dict(fields), headers=seen)).status_code == 200
    return client_id


async def changed(te: AsyncClient, client_id: str, path: str, **body: Any) -> Response:
    """Post to a client at the revision that is there."""
    tag = (await te.get(f"/clients/{client_id}")).headers["etag"]
    return await te.post(
        f"/clients/{client_id}{path}", json=body or None, headers={"If-Match": tag}
    )


async def merged(te: AsyncClient, kept: str, other: str) -> dict[str, Any]:
    """Merge the other into the one that is kept."""
    answer = await changed(te, kept, "/merges", **{"with": other})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def undone(te: AsyncClient, kept: str, other: str) -> dict[str, Any]:
    """Undo it."""
    answer = await changed(te, kept, f"/merges/{other}/undoings")
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def drafted(te: AsyncClient, client_id: str, **more: Any) -> dict[str, Any]:
    """Draft a referral, and address it."""
    body = {"client_id": client_id, "need": "career_guidance", **more}
    draft = await te.post("/referrals", json=body)
    assert draft.status_code == 201, draft.text
    path, seen = f"/referrals/{draft.json()['id']}", {"If-Match": '"1"'}
    answer = await te.put(path, json={"offering": OFFERING}, headers=seen)
    return dict(answer.json())


async def test_the_kept_record_shows_both_and_the_other_points_to_it(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    kept = await registered(te, NAME, identity_code=IDENTITY)
    other = await registered(te, {"name": "M. M.", "phone": "+358 50 000 0000"}, pseudonym="Lintu")
    consents = [(await consented(te, each))["id"] for each in (kept, other)]
    draft = await drafted(te, other)
    sent = (await step(te, draft, "send")).json()
    seen = len(await log_of(referrals, other))
    answer = await merged(te, kept, other)
    assert [each["id"] for each in answer["items"]] == [kept, other]

    view = (await te.get(f"/clients/{kept}")).json()
    assert (view["name"], view["phone"], view["merged"]) == (
        "Maija Mallikas", "+358 50 000 0000", [other],
    )  # fmt: skip
    for method, path in (
        ("GET", ""), ("GET", "/consents"), ("GET", "/disclosures"),
        ("POST", "/consents"), ("PATCH", ""),
    ):  # fmt: skip
        body = {"GET": None, "PATCH": NAME, "POST": CONSENT}[method]
        seen_tag = {"If-Match": '"2"'}
        points = await te.request(method, f"/clients/{other}{path}", json=body, headers=seen_tag)
        assert (points.status_code, points.json()["kept"]) == (409, kept), (method, path)
        assert (await oulu.get(f"/clients/{other}{path}")).status_code in (404, 405)
    refused = await te.post("/referrals", json={"client_id": other})
    assert refused.json()["type"].endswith("merged-away")
    found = (await te.post("/clients/search", json={"pseudonym": "lintu"})).json()["items"]
    assert [each["id"] for each in found] == [kept]
    listed = (await te.get(f"/clients/{kept}/consents")).json()["items"]
    assert sorted(each["id"] for each in listed) == sorted(consents)
    log = await log_of(referrals, kept)
    assert {each["client_id"] for each in log} == {kept, other}
    assert len([each for each in log if each["client_id"] == other]) > seen
    double = await drafted(te, kept)
    assert (await te.get(f"/referrals/{double['id']}")).json()["duplicates"] == [sent["id"]]
    assert (await step(oulu, sent, "accept")).status_code == 200
    assert await wrong(referrals, {}) == []


CONSENT = {
    "classes": ["situation"], "recipients": [OULU], "purposes": ["client_referral"],
    "manner": "orally", "given_at": "2026-01-07T12:00:00+02:00",
}  # fmt: skip


async def test_a_log_of_two_chains_is_read_in_pages_without_a_gap(referrals: Harness) -> None:
    te = referrals.caller(TE)
    kept, other = await registered(te), await registered(te)
    for _ in range(5):
        await te.get(f"/clients/{kept}")
        await te.get(f"/clients/{other}")
    await merged(te, kept, other)
    path, after, found = f"/clients/{kept}/disclosures", None, []
    while True:
        query = {"limit": 3} if after is None else {"limit": 3, "after": after}
        page = (await te.get(path, params=query)).json()
        found += [(each["client_id"], each["number"]) for each in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(found) == len(set(found)) >= 2 * 6
    for each in (kept, other):
        numbers = [number for client_id, number in found if client_id == each]
        assert numbers == list(range(1, len(numbers) + 1))


async def test_a_consent_of_either_record_carries_what_is_sent(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    kept, other = await registered(te), await registered(te)
    consent = await consented(te, other)
    draft = await drafted(te, kept)
    assert (await step(te, draft, "send", legal_basis="consent")).status_code == 403
    await merged(te, kept, other)
    sent = await step(te, draft, "send", legal_basis="consent")
    assert sent.status_code == 200, sent.text
    parted = await undone(te, kept, other)
    assert parted["stays"]["on_others_consent"] == [draft["id"]]
    path = f"/clients/{other}/consents/{consent['id']}/withdrawals"
    assert (await te.post(path, json={"manner": "orally"})).status_code == 201
    assert (await oulu.get(f"/referrals/{draft['id']}")).json()["status"] == "cancelled"


async def test_what_came_in_between_stays_with_the_kept_one_and_is_told(
    referrals: Harness,
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    fields = {"phone": "+358 50 000 0000", "email": "maija@example.org"}
    kept, other = await registered(te, NAME), await registered(te, fields)
    await merged(te, kept, other)
    draft, consent = await drafted(te, kept), await consented(te, kept)
    tag = (await te.get(f"/clients/{kept}")).headers["etag"]
    new = {"phone": "+358 50 000 0001"}
    assert (
        await te.patch(f"/clients/{kept}", json=new, headers={"If-Match": tag})
    ).status_code == 200
    parted = await undone(te, kept, other)
    assert parted["stays"] == {
        "referrals": [draft["id"]], "consents": [consent["id"]], "changed": ["phone"],
        "on_others_consent": [],
    }  # fmt: skip
    mine, theirs = (
        (await te.get(f"/clients/{kept}")).json(),
        (await te.get(f"/clients/{other}")).json(),
    )
    assert (mine["phone"], mine["email"], mine["merged"]) == (new["phone"], None, [])
    assert {name: theirs[name] for name in fields} == fields
    assert (await te.get(f"/clients/{other}/consents")).json()["items"] == []
    again = await changed(te, kept, f"/merges/{other}/undoings")
    assert again.status_code == 404


async def test_two_identity_codes_are_two_persons_and_the_known_one_is_kept(
    referrals: Harness,
) -> None:
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    known, another = (
        await registered(te, identity_code=IDENTITY), await registered(te, identity_code=ANOTHER),
    )  # fmt: skip
    unknown, strangers = await registered(te), await registered(oulu)
    for kept, other, kind in (
        (known, another, "not-one-person"), (unknown, known, "not-one-person"),
        (known, known, "not-one-person"), (known, strangers, "not-found"),
    ):  # fmt: skip
        refused = await changed(te, kept, "/merges", **{"with": other})
        assert refused.json()["type"].rpartition("/")[2] == kind
    await merged(te, known, unknown)
    refused = await changed(te, another, "/merges", **{"with": unknown})
    assert (refused.status_code, refused.json()["kept"]) == (409, known)


async def test_records_merge_one_into_another_and_part_from_the_outside_in(
    referrals: Harness,
) -> None:
    te = referrals.caller(TE)
    first, second, third = [await registered(te) for _ in range(3)]
    await merged(te, second, first)
    await merged(te, third, second)
    assert (await te.get(f"/clients/{first}")).json()["kept"] == third
    assert (await te.get(f"/clients/{third}")).json()["merged"] == [second, first]
    path, tag = f"/clients/{second}/merges/{first}/undoings", {"If-Match": '"3"'}
    assert (await te.post(path, headers=tag)).json()["kept"] == third
    await undone(te, third, second)
    await undone(te, second, first)
    assert (await te.get(f"/clients/{first}")).json()["merged_at"] is None


async def test_all_records_of_a_person_are_given_and_erased_together(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    kept = await registered(te, NAME, identity_code=IDENTITY)
    other = await registered(te, {"name": "Toinen nimi"})
    draft = await drafted(te, other)
    await merged(te, kept, other)
    held = (await te.get(f"/clients/{kept}/export")).json()
    assert [each["name"] for each in held["merged"]] == ["Toinen nimi"]
    assert [each["id"] for each in held["referrals"]] == [draft["id"]]
    body = {"ground": "consent_withdrawn"}
    unfinished = await te.post(f"/clients/{kept}/erasures", json=body)
    assert unfinished.json()["open"] == [draft["id"]]
    await step(te, draft, "withdraw")
    erased = await te.post(f"/clients/{kept}/erasures", json=body)
    assert erased.status_code == 201, erased.text
    left = "SELECT count(*) FROM client WHERE erased_at IS NULL OR name_sealed IS NOT NULL"
    async with referrals.service.worker.begin() as tx:
        assert await tx.scalar(text(left)) == 0
        keys = "SELECT array_agg(subject::text) FROM data_key WHERE wrapped IS NOT NULL"
        assert not {kept, other} & set((await tx.scalar(text(keys))) or [])


# Everything that is somebody's, but for what a merge adds: its own rows, entries and revisions.
ROWS = {
    "client": "SELECT to_jsonb(t) - 'revision' FROM client t ORDER BY id",
    "consent": "SELECT to_jsonb(t) FROM consent t ORDER BY id",
    "referral": "SELECT to_jsonb(t) FROM referral t ORDER BY id",
    "history": "SELECT to_jsonb(t) FROM history t ORDER BY referral_id, revision",
    "message": "SELECT to_jsonb(t) FROM message t ORDER BY id",
    "deadline": "SELECT to_jsonb(t) FROM deadline t ORDER BY referral_id, timed",
    "work": "SELECT to_jsonb(t) FROM work t ORDER BY referral_id, desk",
    "data_key": "SELECT to_jsonb(t) FROM data_key t ORDER BY subject",
    "disclosure": "SELECT to_jsonb(t) FROM disclosure t ORDER BY client_id, number",
}
GROWS = ("disclosure", "data_key")


async def rows(service: Harness) -> dict[str, list[Any]]:
    """Read all rows."""
    async with service.service.worker.begin() as tx:
        return {name: list((await tx.scalars(text(query))).all()) for name, query in ROWS.items()}


FIELDS = ("name", "phone", "email", "address")


async def lived(chance: random.Random, service: Harness, clients: list[str]) -> None:
    """Let something happen to one of two records, as chance will have it."""
    te, oulu = service.caller(TE), service.caller(OULU)
    client = chance.choice(clients)
    match chance.randrange(4):
        case 0:
            tag = (await te.get(f"/clients/{client}")).headers["etag"]
            fields = {
                field: chance.choice([None, f"{field} {chance.random()}"])
                for field in chance.sample(FIELDS, 2)
            }
            await te.patch(f"/clients/{client}", json=fields, headers={"If-Match": tag})
        case 1:
            consent = await consented(te, client)
            if chance.random() < 0.3:
                path = f"/clients/{client}/consents/{consent['id']}/withdrawals"
                await te.post(path, json={"manner": "orally"})
        case 2:
            await drafted(te, client)
        case 3:
            basis = chance.choice(["statute", "consent"])
            sent = await step(te, await drafted(te, client), "send", legal_basis=basis)
            if sent.is_success:
                await te.post(f"/referrals/{sent.json()['id']}/messages", json={"text": "Hei"})
                if chance.random() < 0.5:
                    await step(oulu, sent.json(), "accept")


@pytest.mark.parametrize("seed", range(12))
async def test_a_merge_that_is_undone_leaves_all_as_it_was(referrals: Harness, seed: int) -> None:
    chance = random.Random(seed)
    await given(referrals, seats=20)
    te = referrals.caller(TE)
    body = chance.choice([{}, {"identity_code": IDENTITY}, {"pseudonym": "Lintu"}])
    clients = [await registered(te, **body), await registered(te)]
    for _ in range(chance.randint(3, 9)):
        await lived(chance, referrals, clients)
    before, witnessed = await rows(referrals), await sealed(referrals)
    before |= {name: (await rows(referrals))[name] for name in ("referral", "deadline", "work")}
    for _ in range(chance.randint(1, 2)):
        await merged(te, *clients)
        await undone(te, *clients)
    after = await rows(referrals)
    for name, there in before.items():
        kept = [row for row in after[name] if row in there] if name in GROWS else after[name]
        assert kept == there, name
    assert await wrong(referrals, witnessed) == []


async def test_a_merge_says_what_it_did_once_and_only_to_its_organisation(
    referrals: Harness,
) -> None:
    te = referrals.caller(TE)
    kept, other = await registered(te), await registered(te)
    await merged(te, kept, other)
    await undone(te, kept, other)
    said = [(f["type"].split(".")[2], f["subject"], f["data"]) for f in await referrals.said()]
    of = {"organisation": TE}
    assert said[-4:] == [
        ("joined", f"clients/{kept}", {"client_id": kept, "merged": other, **of}),
        ("merged", f"clients/{other}", {"client_id": other, "kept": kept, **of}),
        ("parted", f"clients/{kept}", {"client_id": kept, "merged": other, **of}),
        ("unmerged", f"clients/{other}", {"client_id": other, "kept": kept, **of}),
    ]
    assert (await referrals.caller(OULU).get("/events", params={"limit": 100})).json() == []
