"""Machine clients, registered by their organisation's own administrators."""

from typing import Any

import pytest
from httpx import AsyncClient
from kit import clock
from kit.testing import Harness

PATH = "/organisations/kela-pohjoinen/clients"
CLIENT = {"client_id": "kela-asiakastieto", "scopes": ["partners:write", "partners:read"]}


@pytest.fixture
def administrator(partners: Harness) -> AsyncClient:
    """Call as Kela's administrator, by a client that is not registered itself."""
    return partners.caller("kela-pohjoinen", "partners:administer", client="console")


def acting(partners: Harness, organisation: str = "kela-pohjoinen") -> AsyncClient:
    """Call by the program."""
    return partners.caller(organisation, client="kela-asiakastieto")


async def test_an_administrator_lets_a_program_act_and_it_may_at_once(
    partners: Harness, administrator: AsyncClient
) -> None:
    program = acting(partners)
    assert (await program.get("/organisations")).status_code == 403
    made = await administrator.post(PATH, json=CLIENT)
    assert made.status_code == 201, made.text
    shown = {**CLIENT, "organisation": "kela-pohjoinen", "valid_until": None}
    shown["scopes"] = ["partners:read", "partners:write"]
    assert made.json() == {**shown, "revision": 1}
    assert (await program.get("/organisations")).status_code == 200
    (fact,) = await partners.said("partners.client.registered.v1")
    assert (fact["subject"], fact["data"]) == ("clients/kela-pohjoinen:kela-asiakastieto", shown)
    assert (await administrator.get(PATH)).json()["items"] == [made.json()]


async def test_what_it_may_is_said_anew_and_taken_away(
    partners: Harness, administrator: AsyncClient
) -> None:
    program, own = acting(partners), f"{PATH}/kela-asiakastieto"
    await administrator.post(PATH, json=CLIENT)
    less = {"scopes": ["partners:read"]}
    changed = await administrator.put(own, json=less, headers={"If-Match": '"1"'})
    assert changed.json()["scopes"] == less["scopes"]
    assert (await program.get("/organisations")).status_code == 200
    refused = await program.post("/offerings", json={})
    assert (refused.status_code, refused.json()["scope"]) == (403, "partners:write")
    assert refused.json()["type"].endswith("/problems/client-not-registered")
    await administrator.put(own, json={"scopes": []}, headers={"If-Match": '"2"'})
    assert (await program.get("/organisations")).status_code == 403
    again = await administrator.put(own, json={"scopes": []}, headers={"If-Match": '"3"'})
    assert again.json()["revision"] == 3
    assert len(await partners.said("partners.client.changed.v1")) == 2


async def test_only_its_own_administrators_register_for_an_organisation(
    partners: Harness,
) -> None:
    for who, status in (
        (partners.caller("oulu", "partners:administer"), 404),
        (partners.caller("kela-pohjoinen"), 403),
        (partners.caller("oulu", "partners:coordinate"), 403),
    ):
        assert (await who.post(PATH, json=CLIENT)).status_code == status
        assert (await who.get(PATH)).status_code == status
    stranger = partners.caller("nobody", "partners:administer")
    refused = await stranger.post("/organisations/nobody/clients", json=CLIENT)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (
        403, "not-registered",
    )  # fmt: skip


async def test_an_id_is_taken_once_by_an_organisation_and_kept_from_nobody_else(
    partners: Harness, administrator: AsyncClient
) -> None:
    other = partners.caller("oulu", "partners:administer")
    path = "/organisations/oulu/clients"
    assert (await other.post(path, json=CLIENT)).status_code == 201
    assert (await acting(partners).get("/organisations")).status_code == 403
    assert (await administrator.post(PATH, json=CLIENT)).status_code == 201
    assert (await administrator.post(PATH, json=CLIENT)).status_code == 409


@pytest.mark.parametrize("reserved", ["coordinate", "operate", "events", "administer"])
async def test_what_is_the_estates_own_cannot_be_registered(
    administrator: AsyncClient, reserved: str
) -> None:
    refused = await administrator.post(PATH, json=CLIENT | {"scopes": [f"partners:{reserved}"]})
    assert refused.status_code == 422
    assert refused.json()["pointer"] == "/body/scopes/0"


@pytest.mark.parametrize(
    "wrong", [{"client_id": "a b"}, {"client_id": ""}, {"scopes": ["partners:read"] * 2}, {"x": 1}]
)
async def test_what_is_no_client_is_refused(
    administrator: AsyncClient, wrong: dict[str, Any]
) -> None:
    assert (await administrator.post(PATH, json=CLIENT | wrong)).status_code == 422


async def test_when_an_organisation_has_ended_its_programs_may_do_nothing(
    partners: Harness, administrator: AsyncClient
) -> None:
    await administrator.post(PATH, json=CLIENT)
    coordinator = partners.caller("oulu", "partners:coordinate")
    path, today = "/organisations/kela-pohjoinen/ending", clock.today().isoformat()
    for revision, day, lets in ((1, today, 200), (2, "2020-01-01", 403), (3, today, 200)):
        tag = {"If-Match": f'"{revision}"'}
        await coordinator.post(path, json={"on": day}, headers=tag)
        assert (await acting(partners).get("/organisations")).status_code == lets
    told = await partners.said("partners.client.changed.v1")
    assert [fact["data"]["valid_until"] for fact in told] == [today, "2020-01-01", today]
    later = {"client_id": "later", "scopes": ["partners:read"]}
    assert (await administrator.post(PATH, json=later)).json()["valid_until"] == today


async def test_a_program_reads_on_its_organisations_feed_of_its_own_registration(
    partners: Harness, administrator: AsyncClient
) -> None:
    await administrator.post(PATH, json=CLIENT)
    heard = [fact["type"] for fact in (await acting(partners).get("/events")).json()]
    assert "partners.client.registered.v1" in heard
    others = [fact["type"] for fact in (await partners.caller("oulu").get("/events")).json()]
    assert "partners.client.registered.v1" not in others
