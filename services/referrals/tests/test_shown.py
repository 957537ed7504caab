"""A recipient is shown what step, clause and basis let, all three; the log says what it was."""

from itertools import chain, combinations
from typing import Any

import orjson
import pytest
from httpx import AsyncClient
from hypothesis import given as over
from hypothesis import strategies as st
from kit.testing import Harness
from referrals.domain.rows import State
from referrals.domain.shown import ALL, LIVE, OWN, TABLE, Stage, shown, stage_of
from referrals.domain.states import Phase, Status
from referrals.domain.statutes import STATUTES
from sharing.codes import DataClass
from sqlalchemy import text

from .builders import OULU, TE, VISIT, agreed, consented, drafted, given, step, walked

IDENTITY, CONTACT, SITUATION = DataClass.IDENTITY, DataClass.CONTACT, DataClass.SITUATION
CLASSES = st.frozensets(st.sampled_from(DataClass))
PERSON = {"name": "Maija Mallikas", "phone": "+358 50 000 0000", "email": "m@example.org"}
OUTCOME = ("report_outcome", {"outcome": "need_met"})
ALLOWS = [set(each) for each in chain(*(combinations((IDENTITY, CONTACT), n) for n in range(3)))]

# How a referral comes to a stage from the time that it was sent.
WAYS: list[tuple[list[Any], Stage]] = [
    ([], Stage.ASKED),
    (["waitlist"], Stage.ASKED),
    (["waitlist", "request_cancel"], Stage.ASKED),
    (["accept"], Stage.TAKEN_ON),
    (["accept", ("schedule", {"visit": VISIT})], Stage.TAKEN_ON),
    (["accept", "request_cancel"], Stage.TAKEN_ON),
    (["accept", ("schedule", {"visit": VISIT}), OUTCOME], Stage.REPORTED),
    (["accept", OUTCOME, "dispute"], Stage.REPORTED),
    ([("decline", {"reason": "no_capacity"})], Stage.OVER),
    (["withdraw"], Stage.OVER),
    (["accept", ("give_up", {"reason": "client_moved"})], Stage.OVER),
]


@over(stage=st.sampled_from(Stage), clause=CLASSES, basis=CLASSES, less=CLASSES)
def test_only_what_all_three_let_is_shown_and_less_of_one_never_shows_more(
    stage: Stage,
    clause: frozenset[DataClass],
    basis: frozenset[DataClass],
    less: frozenset[DataClass],
) -> None:
    seen = shown(stage, clause, basis)
    for each in (TABLE[stage], clause, basis):
        assert seen <= each
    assert shown(stage, clause - less, basis) <= seen
    assert shown(stage, clause, basis - less) <= seen
    for other in Stage:
        if TABLE[other] <= TABLE[stage]:
            assert shown(other, clause, basis) <= seen


def test_who_it_is_is_shown_between_accept_and_outcome_alone() -> None:
    served = {
        (status, phase)
        for status in Status
        for phase in (None, *Phase)
        if TABLE[stage_of(State(status, phase))] & LIVE
    }
    assert {status for status, _ in served} == {
        Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD
    }  # fmt: skip
    assert not {Phase.CONSENT_WITHDRAWN, Phase.FROZEN} & {phase for _, phase in served}
    assert all((Status.ON_HOLD, p) not in served for p in (Phase.WAITLISTED, Phase.OFFERED))


async def person(te: AsyncClient) -> str:
    """Register a client of whom all is known; give the id."""
    made = (await te.post("/clients", json={"pseudonym": "Sinilintu"})).json()
    path = f"/clients/{made['id']}"
    assert (await te.patch(path, json=PERSON, headers={"If-Match": '"1"'})).status_code == 200
    return str(made["id"])


async def sent_for(
    te: AsyncClient, clause: set[DataClass], basis: set[DataClass] | None, referrals: Harness
) -> dict[str, Any]:
    """Send a referral under a clause, and by a consent to some classes or by the law (null)."""
    await given(referrals, seats=9)
    sharing = [
        {"code": "client-referral", "purpose": "client_referral",
         "data_classes": sorted({SITUATION, *clause}), "from": "all", "to": "all"}
    ]  # fmt: skip
    await agreed(referrals, sharing=sharing)
    client = await person(te)
    referral = await drafted(te, {"offering": "ohjaamo-oulu-guidance"}, client_id=client)
    how = {"legal_basis": "statute"}
    if basis is not None:
        await consented(te, client, classes=sorted({SITUATION, *basis}))
        how = {"legal_basis": "consent"}
    answer = await step(te, referral, "send", **how)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def reads(who: AsyncClient, referral: dict[str, Any]) -> dict[str, Any]:
    """Read all that there is to read of a referral, by each way; what each tells."""
    path = f"/referrals/{referral['id']}"
    ways = {
        "referral": path, "client": f"{path}/client", "messages": f"{path}/messages",
        "list": "/referrals?box=received", "worklist": "/worklist?role=recipient",
        "task": f"/fhir/Task/{referral['id']}",
        "request": f"/fhir/ServiceRequest/{referral['id']}",
    }  # fmt: skip
    found = {name: await who.get(way) for name, way in ways.items()}
    lines = await who.get("/referrals?box=received", headers={"Accept": "application/x-ndjson"})
    told = {name: answer.json() for name, answer in found.items() if answer.status_code == 200}
    return told | {"lines": [orjson.loads(line) for line in lines.text.splitlines()]}


def of_class(told: dict[str, Any]) -> set[DataClass]:
    """Give the classes that were told beyond that the referral is."""
    whole = orjson.dumps(told).decode()
    marks = {
        IDENTITY: (PERSON["name"], "Sinilintu"),
        CONTACT: (PERSON["phone"], PERSON["email"]),
        SITUATION: ("career_guidance", "kanaria-viesti", "kanaria-saate", '"judgement":{'),
        DataClass.PLAN: (VISIT["place"],),
    }
    return {each for each, seen in marks.items() if any(str(mark) in whole for mark in seen)}


@pytest.mark.parametrize(("way", "stage"), WAYS)
async def test_each_read_shows_the_classes_of_the_stage(
    referrals: Harness, way: list[Any], stage: Stage
) -> None:
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent_for(te, {IDENTITY, CONTACT}, None, referrals)
    await te.post(f"/referrals/{referral['id']}/messages", json={"text": "kanaria-viesti"})
    await walked(te, oulu, referral, *way)
    told = await reads(oulu, referral)
    visits = {DataClass.PLAN} & TABLE[stage] if "schedule" in str(way) else set()
    assert of_class(told) == (TABLE[stage] - OWN) | visits
    assert ("messages" in told) == (SITUATION in TABLE[stage])
    assert of_class(await reads(te, referral)) >= {IDENTITY, CONTACT, SITUATION}


@pytest.mark.parametrize("clause", ALLOWS)
@pytest.mark.parametrize("basis", [{IDENTITY}, {IDENTITY, CONTACT}, None])
async def test_who_it_is_is_shown_where_clause_and_basis_both_let_it(
    referrals: Harness, clause: set[DataClass], basis: set[DataClass] | None
) -> None:
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent_for(te, clause, basis, referrals)
    await walked(te, oulu, referral, "accept")
    law = STATUTES["employment_services"].classes
    let = clause & ({*law} if basis is None else basis)
    answer = (await oulu.get(f"/referrals/{referral['id']}/client")).json()
    assert set(answer["classes"]) == let
    assert of_class(answer) == let
    logged = await log_of(referrals)
    assert set(logged["classes"]) == {SITUATION, *let}
    assert (logged["organisation"], logged["action"]) == (OULU, "read")


async def log_of(service: Harness) -> dict[str, Any]:
    """Read the last entry of the log."""
    async with service.service.worker.begin() as tx:
        query = text("SELECT entry FROM disclosure ORDER BY number DESC LIMIT 1")
        return dict(orjson.loads((await tx.execute(query)).scalar_one()))


async def test_a_clause_that_lets_less_today_shows_less_today(referrals: Harness) -> None:
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent_for(te, {IDENTITY, CONTACT}, None, referrals)
    await walked(te, oulu, referral, "accept")
    path = f"/referrals/{referral['id']}/client"
    assert (await oulu.get(path)).json()["name"] == PERSON["name"]
    await agreed(referrals)
    assert (await oulu.get(path)).json()["classes"] == []
    seen = (await oulu.get(f"/referrals/{referral['id']}")).json()
    assert seen["need"] == "career_guidance"  # it has this already, and goes on by it


async def test_a_clause_that_lets_more_today_shows_what_was_sent_before_no_wider(
    referrals: Harness,
) -> None:
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent_for(te, set(), None, referrals)
    await walked(te, oulu, referral, "accept")
    sharing = [{"code": "client-referral", "purpose": "client_referral",
                "data_classes": sorted(ALL), "from": "all", "to": "all"}]  # fmt: skip
    await agreed(referrals, sharing=sharing)
    assert (await oulu.get(f"/referrals/{referral['id']}/client")).json()["classes"] == []


async def test_what_is_over_takes_no_messages(referrals: Harness) -> None:
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent_for(te, set(), None, referrals)
    await walked(te, oulu, referral, ("decline", {"reason": "no_capacity"}))
    path = f"/referrals/{referral['id']}/messages"
    for who in (te, oulu):
        assert (await who.post(path, json={"text": "?"})).status_code == 409
    assert (await te.get(path)).status_code == 200
    assert (await oulu.get(path)).status_code == 404
