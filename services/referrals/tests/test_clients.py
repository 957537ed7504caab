"""What is kept of a person: closed under the client's own key, and open to its organisation."""

from collections.abc import Mapping
from typing import Any

import pytest
from httpx import AsyncClient, Response
from kit.database import Database
from kit.seals import BrokenSeal
from kit.testing import Harness
from kit.vault import UnknownMaster, Vault, rotated
from referrals.domain.client import FIELDS, Client, open_fields
from sqlalchemy import text

from .builders import OULU, TE

CODE = "131052-9030"
PERSON = {
    "name": "Maija Mallikas",
    "phone": "+358 50 000 0000",
    "email": "maija@example.org",
    "address": "Torikatu 1, 90100 Oulu",
}
NEW_MASTER = "another master key that only tests may know"


async def registered(te: AsyncClient) -> dict[str, Any]:
    """Register a client of whom all is known."""
    made = (await te.post("/clients", json={"identity_code": CODE})).json()
    return dict((await changed(te, made, PERSON)).json())


async def changed(
    who: AsyncClient, client: Mapping[str, Any], fields: Mapping[str, str | None]
) -> Response:
    """Change a client at the revision that was seen."""
    return await who.patch(
        f"/clients/{client['id']}", json=fields, headers={"If-Match": f'"{client["revision"]}"'}
    )


async def rows(service: Harness, statement: str, **values: Any) -> list[dict[str, Any]]:
    """Do something in the database, past all of the service's rules."""
    async with service.service.worker.begin() as tx:
        done = await tx.execute(text(statement), values)
        return [dict(row) for row in done.mappings()] if done.returns_rows else []  # type: ignore[attr-defined]


async def opened(service: Harness, client_id: str, vault: Vault | None = None) -> dict[str, str]:
    """Open a client's fields."""
    async with service.service.worker.begin() as tx:
        client = await tx.get_one(Client, client_id)
        return await open_fields(tx, vault or service.service.vault, client)


async def test_what_is_known_of_a_person_is_shown_to_its_organisation_only(
    referrals: Harness,
) -> None:
    te = referrals.caller(TE)
    client = await registered(te)
    seen = await te.get(f"/clients/{client['id']}")
    assert {field: seen.json()[field] for field in PERSON} == PERSON
    assert CODE not in seen.text
    assert (await referrals.caller(OULU).get(f"/clients/{client['id']}")).status_code == 404
    assert (await changed(referrals.caller(OULU), client, {"name": "X"})).status_code == 404


async def test_a_change_names_what_is_new_and_null_forgets(referrals: Harness) -> None:
    te = referrals.caller(TE)
    client = await registered(te)
    new = (await changed(te, client, {"phone": None, "email": "m@example.org"})).json()
    assert (new["name"], new["phone"], new["email"]) == (PERSON["name"], None, "m@example.org")
    facts = await referrals.said("referrals.client.changed.v1")
    assert facts[-1]["data"]["classes"] == ["contact"]
    assert "example.org" not in str(facts)


async def test_a_change_of_nothing_is_none(referrals: Harness) -> None:
    te = referrals.caller(TE)
    client = await registered(te)
    assert (await changed(te, client, {"name": PERSON["name"]})).json() == client
    assert (await changed(te, client, {})).status_code == 422
    assert (await changed(te, {**client, "revision": 1}, {"name": "Y"})).status_code == 412


async def test_no_field_lies_open_in_the_database(referrals: Harness) -> None:
    client = await registered(referrals.caller(TE))
    for table in ("client", "outbox", "data_key", "idempotency"):
        lying = str(await rows(referrals, f"SELECT to_jsonb(t)::text AS all FROM {table} AS t"))
        for secret in (CODE, *PERSON.values()):
            assert secret not in lying
            assert secret.encode().hex() not in lying
    assert await opened(referrals, client["id"]) == {"identity_code": CODE, **PERSON}


async def test_a_ciphertext_that_was_edited_does_not_open(referrals: Harness) -> None:
    te = referrals.caller(TE)
    client = await registered(te)
    await rows(
        referrals,
        "UPDATE client SET name_sealed = set_byte(name_sealed, 20, 1 # get_byte(name_sealed, 20))",
    )
    with pytest.raises(BrokenSeal):
        await opened(referrals, client["id"])
    assert (await te.get(f"/clients/{client['id']}")).status_code == 500


@pytest.mark.parametrize("field", sorted(FIELDS.keys() - {"pseudonym"}))
async def test_a_ciphertext_that_was_moved_to_another_column_does_not_open(
    referrals: Harness, field: str
) -> None:
    client = await registered(referrals.caller(TE))
    other = "name" if field != "name" else "email"
    await rows(referrals, f"UPDATE client SET {other}_sealed = {field}_sealed")
    with pytest.raises(BrokenSeal):
        await opened(referrals, client["id"])


async def test_a_ciphertext_or_a_key_of_another_client_does_not_open(referrals: Harness) -> None:
    te = referrals.caller(TE)
    first = await registered(te)
    other = (await te.post("/clients", json={})).json()
    await changed(te, other, {"name": "Matti"})
    await rows(
        referrals,
        """UPDATE client SET name_sealed = (SELECT name_sealed FROM client WHERE id = :from)
           WHERE id = :to""",
        **{"from": first["id"], "to": other["id"]},
    )
    with pytest.raises(BrokenSeal):
        await opened(referrals, other["id"])
    await rows(
        referrals,
        """UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE subject = :from)
           WHERE subject = :to""",
        **{"from": first["id"], "to": other["id"]},
    )
    with pytest.raises(BrokenSeal):
        await opened(referrals, other["id"])


async def test_keys_are_wrapped_anew_while_both_masters_are_known(referrals: Harness) -> None:
    te = referrals.caller(TE)
    clients = []
    for number in range(3):
        made = (await te.post("/clients", json={})).json()
        clients.append((await changed(te, made, {"name": f"Maija {number}"})).json())
    old = referrals.service.settings.master_key.get_secret_value()  # type: ignore[attr-defined]
    both, new_alone = Vault(NEW_MASTER, old), Vault(NEW_MASTER)
    with pytest.raises(UnknownMaster):
        await opened(referrals, clients[0]["id"], new_alone)
    progress = [step async for step in rotated(referrals.service.worker, both)]
    assert progress == [(0, 3), (3, 3)]
    for number, client in enumerate(clients):
        assert await opened(referrals, client["id"], new_alone) == {"name": f"Maija {number}"}
    assert [step async for step in rotated(referrals.service.worker, both)] == [(0, 0)]


async def test_a_rotation_that_was_cut_off_goes_on(
    referrals: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    te = referrals.caller(TE)
    for _ in range(3):
        made = (await te.post("/clients", json={})).json()
        await changed(te, made, {"name": "Maija"})
    monkeypatch.setattr("kit.vault.AT_ONCE", 1)
    database: Database = referrals.service.worker
    old = referrals.service.settings.master_key.get_secret_value()  # type: ignore[attr-defined]
    both = Vault(NEW_MASTER, old)
    async for done, _ in rotated(database, both):
        if done == 2:
            break
    assert [step async for step in rotated(database, both)] == [(0, 1), (1, 1)]
