"""A client is erased: nothing of the person can be read, and nothing more is kept."""

import asyncio
from base64 import b64encode
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from kit import clock
from kit.embedded import SUPERUSER, Cluster
from kit.erasures import BookBroken, BookShort, Erasure
from kit.programs import run
from kit.service import Role
from kit.testing import Harness
from kit.vault import rotated

from .builders import OULU, TE, VISIT, given, sent, step, walked
from .test_clients import CODE, NEW_MASTER, PERSON, changed, rows

CANARY = "kanarialintu"


async def a_client(te: AsyncClient) -> dict[str, Any]:
    """Register somebody of whom all is known."""
    made = (await te.post("/clients", json={"identity_code": CODE})).json()
    known = {field: f"{CANARY} {field}" for field in PERSON}
    return dict((await changed(te, made, known)).json())


async def with_a_referral(service: Harness, basis: str = "consent") -> dict[str, Any]:
    """Send a client away, with all that can be written on the way, until it has ended."""
    await given(service)
    te, oulu = service.caller(TE), service.caller(OULU)
    client = await a_client(te)
    referral = await sent(te, basis, client_id=client["id"])
    file = {
        "name": f"{CANARY}.txt",
        "type": "text/plain",
        "content": b64encode(CANARY.encode()).decode(),
    }
    message = {"text": f"{CANARY} text", "attachments": [file]}
    answer = await te.post(f"/referrals/{referral['id']}/messages", json=message)
    assert answer.status_code == 201, answer.text
    visit = {"visit": VISIT | {"place": f"{CANARY} place"}, "note": f"{CANARY} note"}
    referral = await walked(te, oulu, referral, "accept", ("schedule", visit))
    outcome = {"outcome": "employed", "note": f"{CANARY} note"}
    await walked(te, oulu, referral, ("report_outcome", outcome), "confirm")
    word = {"helped": "yes", "text": f"{CANARY} word"}
    answer = await oulu.post(f"/referrals/{referral['id']}/feedback", json=word)
    assert answer.status_code == 201, answer.text
    return client | {"referral": referral["id"]}


async def erased(
    who: AsyncClient, client: dict[str, Any], ground: str = "consent_withdrawn"
) -> dict[str, Any]:
    """Erase a client."""
    answer = await who.post(f"/clients/{client['id']}/erasures", json={"ground": ground})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def dump(cluster: Cluster, service: Harness, file: Path, form: str = "--inserts") -> bytes:
    """Dump the service's database, in plain SQL unless another form is asked for."""
    name = service.service.settings.app_url.partition("@/")[2].partition("?")[0]
    where = ("-U", SUPERUSER, "-h", str(cluster.sockets))
    run("pg_dump", *where, form, "-f", str(file), name)
    return file.read_bytes()


async def test_what_was_written_of_an_erased_client_is_nowhere(
    referrals: Harness, cluster: Cluster, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    client = await with_a_referral(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    await erased(te, client)
    seen = (await te.get(f"/clients/{client['id']}")).json()
    assert {seen[field] for field in PERSON} == {None}
    assert seen["kind"] == "anonymous"
    for end in (te, oulu):
        for path in ("", "/messages"):
            shown = await end.get(f"/referrals/{client['referral']}{path}")
            assert shown.status_code == 200
            assert CANARY not in shown.text
    export = await te.get(f"/clients/{client['id']}/export")
    assert CANARY not in export.text
    assert CODE not in export.text
    whole = await asyncio.to_thread(dump, cluster, referrals, tmp_path / "dump.sql")
    for told in (CANARY, CODE, CANARY.encode().hex(), CODE.encode().hex()):
        assert told.encode() not in whole
    printed = capfd.readouterr()
    assert CANARY not in printed.out + printed.err
    assert CANARY not in str(await referrals.said())
    for table in ("message", "attachment", "content"):
        assert await rows(referrals, f"SELECT 1 FROM {table}") == []


async def test_the_key_and_the_hash_are_gone_and_no_other_key_is_made(referrals: Harness) -> None:
    client = await with_a_referral(referrals)
    te = referrals.caller(TE)
    await erased(te, client)
    keys = await rows(referrals, "SELECT subject, wrapped, master FROM data_key")
    assert keys == [{"subject": UUID(client["id"]), "wrapped": None, "master": None}]
    assert await rows(referrals, "SELECT 1 FROM client WHERE identity_hash IS NOT NULL") == []
    seen = (await te.get(f"/clients/{client['id']}")).json()
    again = await changed(te, seen, {"name": "Joku"})
    assert (again.status_code, again.json()["type"].rpartition("/")[2]) == (409, "client-erased")
    text = {"text": "Vielä yksi viesti"}
    answer = await te.post(f"/referrals/{client['referral']}/messages", json=text)
    assert answer.status_code == 409
    draft = await te.post("/referrals", json={"client_id": client["id"], "need": "skills"})
    assert draft.status_code == 404
    found = await te.post("/clients/search", json={"identity_code": CODE})
    assert found.json()["items"] == []
    assert (await te.post("/clients", json={"identity_code": CODE})).status_code == 201


async def test_who_chose_a_name_is_found_by_it_no_more(referrals: Harness) -> None:
    te, name = referrals.caller(TE), {"pseudonym": "Sinilintu"}
    client = (await te.post("/clients", json=name)).json()
    await erased(te, client)
    assert (await te.post("/clients/search", json=name)).json()["items"] == []
    [row] = await rows(referrals, "SELECT pseudonym_hash, pseudonym_sealed FROM client")
    assert set(row.values()) == {None}
    assert (await te.post("/clients", json=name)).status_code == 201


async def test_a_consent_stays_as_codes_and_none_is_recorded_any_more(referrals: Harness) -> None:
    client = await with_a_referral(referrals)
    te = referrals.caller(TE)
    [before] = (await te.get(f"/clients/{client['id']}/consents")).json()["items"]
    await erased(te, client)
    path = f"/clients/{client['id']}/consents"
    assert (await te.get(path)).json()["items"] == [before]
    names = ("classes", "recipients", "purposes", "manner", "given_at")
    again = await te.post(path, json={name: before[name] for name in names})
    assert again.status_code == 404


async def test_nothing_more_is_noted_of_who_was_erased(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    client = await a_client(te)
    referral = await sent(te, "consent", client_id=client["id"])
    outcome = ("report_outcome", {"outcome": "employed"})
    await walked(te, oulu, referral, "accept", outcome)
    await erased(te, client)  # it has ended, and its sender has yet to confirm the outcome
    refused = await step(te, referral, "confirm", note=f"{CANARY} note")
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (
        409,
        "client-erased",
    )
    assert (await step(te, referral, "confirm")).status_code == 200


async def test_that_it_happened_stays_and_is_said_by_codes(referrals: Harness) -> None:
    client = await with_a_referral(referrals)
    te = referrals.caller(TE, Officer="officer-7")
    before = len((await te.get(f"/clients/{client['id']}/disclosures")).json()["items"])
    told = await erased(te, client)
    assert told == await erased(te, client, "objection")
    assert (told["client_id"], told["ground"]) == (client["id"], "consent_withdrawn")
    [fact] = await referrals.said("referrals.client.erased.v1")
    about = {"client_id": client["id"], "organisation": TE, "ground": "consent_withdrawn"}
    assert fact["data"] == about
    [of_it] = await referrals.said("referrals.referral.erased.v1")
    assert of_it["data"]["referral_id"] == client["referral"]
    heard = await referrals.caller(OULU).get("/events", params={"limit": 1000})
    kinds = [event["type"] for event in heard.json()]
    assert "referrals.referral.erased.v1" in kinds
    assert "referrals.client.erased.v1" not in kinds
    log = (await te.get(f"/clients/{client['id']}/disclosures")).json()["items"]
    assert len(log) > before
    assert (log[before + 1]["action"], log[before + 1]["officer"]) == ("write", "officer-7")


async def test_an_answer_that_told_of_the_person_is_not_given_again(referrals: Harness) -> None:
    te = referrals.caller(TE)
    key = {"Idempotency-Key": "the-same"}
    made = await te.post("/clients", json={"identity_code": CODE}, headers=key)
    other = await te.post("/clients", json={}, headers={"Idempotency-Key": "another"})
    await erased(te, made.json())
    again = await te.post("/clients", json={"identity_code": CODE}, headers=key)
    assert (again.status_code, again.json()["type"].rpartition("/")[2]) == (410, "answer-gone")
    kept = await te.post("/clients", json={}, headers={"Idempotency-Key": "another"})
    assert kept.json() == other.json()


async def test_what_the_recipient_was_answered_is_not_given_again_either(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    client = await a_client(te)
    referral = await sent(te, "consent", client_id=client["id"])
    path, key = f"/referrals/{referral['id']}/messages", {"Idempotency-Key": "theirs"}
    text = {"text": "Tulee torstaina"}
    assert (await oulu.post(path, json=text, headers=key)).status_code == 201
    assert (await step(te, referral, "withdraw")).status_code == 200
    await erased(te, client)
    again = await oulu.post(path, json=text, headers=key)
    assert (again.status_code, again.json()["type"].rpartition("/")[2]) == (410, "answer-gone")


async def test_nobody_is_erased_while_a_referral_is_open(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    client = await a_client(te)
    referral = await sent(te, "consent", client_id=client["id"])
    path = f"/clients/{client['id']}/erasures"
    refused = await te.post(path, json={"ground": "consent_withdrawn"})
    assert (refused.status_code, refused.json()["open"]) == (409, [referral["id"]])
    assert (await step(te, referral, "withdraw")).status_code == 200
    await erased(te, client)


async def test_a_record_that_law_requires_is_refused_with_law_and_day(referrals: Harness) -> None:
    client = await with_a_referral(referrals, "statute")
    te = referrals.caller(TE)
    path = f"/clients/{client['id']}/erasures"
    refused = await te.post(path, json={"ground": "no_longer_needed"})
    problem = refused.json()
    assert (refused.status_code, problem["type"].rpartition("/")[2]) == (409, "record-required")
    assert "380/2023" in problem["law"]
    assert problem["until"] == clock.today().replace(year=clock.today().year + 5).isoformat()
    assert (await te.get(f"/clients/{client['id']}")).json()["name"] is not None
    assert (await te.post(path, json={"ground": "retention_over"})).status_code == 422
    await erased(te, client, "unlawful_processing")


async def test_a_client_of_others_is_not_there_to_be_erased(referrals: Harness) -> None:
    client = await a_client(referrals.caller(TE))
    path, body = f"/clients/{client['id']}/erasures", {"ground": "objection"}
    assert (await referrals.caller(OULU).post(path, json=body)).status_code == 404
    assert (await referrals.caller(TE, "referrals:read").post(path, json=body)).status_code == 403


async def test_keys_rotate_under_writers_and_the_erased_stay_erased(referrals: Harness) -> None:
    te = referrals.caller(TE)
    gone = await a_client(te)
    others = [(await te.post("/clients", json={})).json() for _ in range(8)]
    await erased(te, gone)
    settings = referrals.service.settings
    new = settings.model_copy(
        update={
            "master_key": type(settings.master_key)(NEW_MASTER),
            "spare_master_key": settings.master_key,
        }
    )
    referrals.service.settings = new
    del referrals.service.vault

    async def write(client: dict[str, Any]) -> None:
        for number in range(10):
            client = (await changed(te, client, {"name": f"Nimi {number}"})).json()

    async def rotate() -> list[tuple[int, int]]:
        return [at async for at in rotated(referrals.service.worker, referrals.service.vault)]

    writing = asyncio.gather(*map(write, others))
    first = await rotate()
    await writing
    last = await rotate()
    assert first[-1][0] >= first[0][0] == 0
    assert last[-1][0] == last[-1][1]
    assert await rotate() == [(0, 0)]
    for client in others:
        assert (await te.get(f"/clients/{client['id']}")).json()["name"] == "Nimi 9"
    assert (await te.get(f"/clients/{gone['id']}")).json()["name"] is None
    assert (await changed(te, {**gone, "revision": 3}, {"name": "X"})).status_code == 409


async def test_an_erasure_is_in_the_book_before_it_is_done(referrals: Harness) -> None:
    te = referrals.caller(TE)
    client = await a_client(te)
    erasures = referrals.service.erasures
    assert erasures is not None
    erasures.book.path.mkdir()  # where it cannot be written, nothing is erased
    path = f"/clients/{client['id']}/erasures"
    assert (await te.post(path, json={"ground": "objection"})).status_code >= 500
    assert (await te.get(f"/clients/{client['id']}")).json()["name"] is not None
    erasures.book.path.rmdir()
    await erased(te, client)
    [line] = erasures.book.read()
    assert (str(line.subject), line.organisation, line.ground) == (
        client["id"],
        TE,
        "consent_withdrawn",
    )


async def test_who_stands_in_the_book_is_erased_before_anybody_is_answered(
    referrals: Harness,
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    client = await a_client(te)
    await sent(te, client_id=client["id"])
    erasures = referrals.service.erasures
    assert erasures is not None
    erasures.book.add([Erasure(UUID(client["id"]), TE, "objection", clock.now())])
    erasures.replayed = False  # as after a start
    seen = (await te.get(f"/clients/{client['id']}")).json()
    assert (seen["name"], seen["erased_at"] is not None) == (None, True)
    assert len(await referrals.said("referrals.client.erased.v1")) == 1


async def test_who_stands_in_the_book_is_erased_before_the_background_does_anything(
    referrals: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = (await referrals.caller(TE).post("/clients", json={})).json()
    erasures = referrals.service.erasures
    assert erasures is not None
    erasures.book.add([Erasure(UUID(client["id"]), TE, "objection", clock.now())])
    erasures.replayed = False  # as after a start
    begun = asyncio.Event()

    async def timers() -> None:
        assert erasures.replayed
        begun.set()

    monkeypatch.setattr(referrals.service.timers, "run", timers)
    async with asyncio.timeout(30), referrals.service.working(Role.TIME):
        await begun.wait()
    assert len(await referrals.said("referrals.client.erased.v1")) == 1


@pytest.mark.parametrize("harm", ["cut", "edited", "gone"])
async def test_a_book_that_cannot_be_trusted_keeps_the_service_closed(
    referrals: Harness, harm: str
) -> None:
    te = referrals.caller(TE)
    clients = [await te.post("/clients", json={}) for _ in range(3)]
    for client in clients:
        await erased(te, client.json())
    erasures = referrals.service.erasures
    assert erasures is not None
    lines = erasures.book.path.read_bytes().splitlines(keepends=True)
    harmed = {"cut": lines[:2], "edited": [lines[0], lines[2]], "gone": []}[harm]
    erasures.book.path.write_bytes(b"".join(harmed))
    erasures.replayed = False
    with pytest.raises(BookBroken if harm == "edited" else BookShort):
        await erasures.replay()
    assert (await te.get(f"/clients/{clients[0].json()['id']}")).status_code == 503
    ready = await referrals.anyone().get("/-/ready")
    assert (ready.status_code, "erasures" in ready.text) == (503, True)
    if harm != "edited":
        assert await erasures.rewrite() == 3 - len(harmed)
        assert (await referrals.anyone().get("/-/ready")).status_code == 200


async def test_a_line_that_a_crash_cut_short_is_none(referrals: Harness) -> None:
    te = referrals.caller(TE)
    first, second = [(await te.post("/clients", json={})).json() for _ in range(2)]
    await erased(te, first)
    erasures = referrals.service.erasures
    assert erasures is not None
    with erasures.book.path.open("ab") as book:
        book.write(b'{"erasure":{"subject":"0193')
    assert len(erasures.book.read()) == 1
    await erased(te, second)
    assert [str(line.subject) for line in erasures.book.read()] == [first["id"], second["id"]]
