"""A task passes to a successor: its clients and referrals with it, each once, with a history."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from kit import clock
from kit.testing import Harness
from referrals.commands import carry_over as work
from referrals.domain.errors import ClientsNotNamed, NotSucceeded
from referrals.domain.succession import Succession, chain_to
from sqlalchemy import text

from .builders import OTHER, OULU, TE, agreed, consented, given, offered, sent, step, walked
from .test_disclosures import sealed, wrong

TASK, NGO, DESK = "employment_services", "ngo-workshop", "te-desk"
IDENTITY = "131052-9030"
NAMED = {"name": "Maija Mallikas", "phone": "+358 50 000 0000"}


def yesterday() -> str:
    return (clock.today() - timedelta(days=1)).isoformat()


async def told(service: Harness, said: str, code: str, *to: str, **more: Any) -> None:
    """Let the service hear of an organisation's end, or of its task's successors."""
    successions = [{"tasks": [TASK], "areas": [], "successor": s, "on": yesterday()} for s in to]
    about = {"code": code, "successions": successions, "ends_on": yesterday(), **more}
    await service.hear(f"partners.organisation.{said}.v1", f"organisations/{code}", **about)


async def town(service: Harness) -> None:
    """An employment office among three parties, with a desk of its own."""
    await given(service)
    parties = [TE, OULU, OTHER]
    await agreed(service, parties=parties, signed_by=parties)
    await offered(service, 3, NGO, organisation=OTHER)
    await offered(service, 3, DESK, organisation=TE)


async def succeeded(service: Harness, *to: str) -> None:
    """The office ends; its task, its desk and its seat pass to the employment area."""
    await told(service, "tasks_passed", TE, *(to or (OULU,)))
    about = {"code": DESK, "organisation": OULU, "capacity": 3}
    await service.hear("partners.offering.passed.v1", f"offerings/{DESK}", **about)


def administrator(service: Harness, organisation: str) -> AsyncClient:
    scopes = ("referrals:read", "referrals:write", "partners:administer")
    return service.caller(organisation, *scopes, Officer="paakayttaja")


async def planned(
    service: Harness, by: str = OULU, *, giver: str = TE, receiver: str = OULU, **more: Any
) -> Any:
    body = {"giver": giver, "receiver": receiver, "task": TASK, **more}
    return await administrator(service, by).post("/handovers", json=body)


async def begun(service: Harness, plan: Mapping[str, Any], by: str = OULU) -> None:
    path = f"/handovers/{plan['id']}/beginning"
    answer = await administrator(service, by).post(path, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text


async def handed_over(service: Harness, **more: Any) -> dict[str, Any]:
    """Plan a handover, begin it, and let the worker do all of it."""
    plan = await planned(service, **more)
    assert plan.status_code == 201, plan.text
    await begun(service, plan.json())
    await service.look_at_the_clock(clock.now())
    return dict((await administrator(service, OULU).get(f"/handovers/{plan.json()['id']}")).json())


def counts(handover: Mapping[str, Any]) -> set[tuple[Any, ...]]:
    names = ("kind", "why", "remark", "count", "moved")
    return {tuple(each[name] for name in names) for each in handover["counts"]}


async def known_client(te: AsyncClient, **body: Any) -> dict[str, Any]:
    """Register a client whose name and telephone number are kept."""
    client = (await te.post("/clients", json=body)).json()
    path = f"/clients/{client['id']}"
    answer = await te.patch(path, json=NAMED, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def referred(service: Harness, client: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Send the client to the workshop of the association."""
    te = service.caller(TE)
    draft = await te.post("/referrals", json={"client_id": client["id"], **more})
    to = {"offering": NGO}
    addressed = await te.put(
        f"/referrals/{draft.json()['id']}", json=to, headers={"If-Match": '"1"'}
    )
    answer = await step(te, addressed.json(), "send")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def answers_now(who: AsyncClient, referral_id: str, on: str | None = None) -> Any:
    """Ask who answers for the client, and since when."""
    query = {} if on is None else {"on": on}
    items = (await who.get("/accountability", params=query)).json()["items"]
    return next((i for i in items if i["referral_id"] == referral_id), None)


async def test_clients_pass_with_all_that_is_theirs_and_the_giver_sees_nothing(
    referrals: Harness,
) -> None:
    await town(referrals)
    te, oulu, ngo = (referrals.caller(code) for code in (TE, OULU, OTHER))
    client = await known_client(te, identity_code=IDENTITY)
    consent = await consented(te, client["id"], recipients=[OTHER])
    running = await walked(te, ngo, await referred(referrals, client), "accept", "start")
    written = await te.post(f"/referrals/{running['id']}/messages", json={"text": "Terve"})
    ended = await referred(referrals, client)
    await step(ngo, ended, "decline", reason="no_capacity", declined_by="provider")
    draft = (await te.post("/referrals", json={"client_id": client["id"]})).json()
    received = await sent(ngo, offering=DESK, mode="transfer")
    accepted = await step(te, received, "accept")
    assert accepted.json()["responsible"] == TE
    work_before = (await te.get("/worklist")).json()["items"]
    deadlines = accepted.json()["deadlines"]
    witnessed = await sealed(referrals)
    await succeeded(referrals)
    plan = (await planned(referrals)).json()
    assert counts(plan) == {("client", None, None, 1, 0), ("referral", None, None, 1, 0)}
    assert (await te.get(f"/clients/{client['id']}")).status_code == 200  # nothing has passed yet
    before = clock.now().isoformat()
    await begun(referrals, plan)
    await referrals.look_at_the_clock(clock.now())
    shown = (await administrator(referrals, OULU).get(f"/handovers/{plan['id']}")).json()
    assert (shown["stage"], counts(shown)) == (
        "finished",
        {("client", None, None, 1, 1), ("referral", None, None, 1, 1)},
    )

    mine = (await oulu.get(f"/clients/{client['id']}")).json()
    assert {name: mine[name] for name in NAMED} == NAMED
    found = (await oulu.post("/clients/search", json={"identity_code": IDENTITY})).json()["items"]
    assert [each["id"] for each in found] == [client["id"]]
    assert consent["id"] in (await oulu.get(f"/clients/{client['id']}/consents")).text
    for each in (running, ended, draft):
        view = (await oulu.get(f"/referrals/{each['id']}")).json()
        assert (view["sender"], view["responsible"]) == (OULU, OULU)
        assert view["history"][0]["organisation"] == TE
        assert view["history"][-1]["step"] == "pass_on"
    view = (await oulu.get(f"/referrals/{received['id']}")).json()
    assert (view["sender"], view["recipient"], view["responsible"]) == (OTHER, OULU, OULU)
    assert view["deadlines"] == deadlines
    assert written.json()["id"] in (await ngo.get(f"/referrals/{running['id']}/messages")).text
    work_after = (await oulu.get("/worklist")).json()["items"]
    assert [(w["referral_id"], w["why"]) for w in work_after] == [
        (w["referral_id"], w["why"]) for w in work_before
    ]

    now = await answers_now(ngo, received["id"])
    then = await answers_now(ngo, received["id"], before)
    assert (then["organisation"], now["organisation"]) == (TE, OULU)
    assert now["since"] >= before
    for path in (f"/clients/{client['id']}", f"/clients/{client['id']}/disclosures"):
        assert (await te.get(path)).status_code == 404
    for each in (running, ended, draft, received):
        assert (await te.get(f"/referrals/{each['id']}")).status_code == 404
    for path in ("/referrals", "/referrals?box=received", "/worklist", "/accountability"):
        assert (await te.get(path)).json()["items"] == [], path
    log = (await oulu.get(f"/clients/{client['id']}/disclosures", params={"limit": 200})).json()
    assert (log["items"][0]["organisation"], log["items"][-1]["officer"]) == (TE, "officer")
    passed = [e for e in log["items"] if (e["organisation"], e["action"]) == (OULU, "write")]
    assert [(e["officer"], e["classes"]) for e in passed] == [
        ("paakayttaja", ["contact", "identity", "situation"])
    ]
    assert await wrong(referrals, witnessed) == []


async def test_a_second_look_passes_nothing_twice(referrals: Harness) -> None:
    await town(referrals)
    te = referrals.caller(TE)
    clients = [await known_client(te) for _ in range(3)]
    sent_on = [await referred(referrals, each) for each in clients]
    await succeeded(referrals)
    await handed_over(referrals)
    first = await passed_facts(referrals)
    again = await handed_over(referrals)
    assert counts(again) == set()
    async with referrals.service.worker.begin() as tx:  # as if a crash had lost the word of it
        await tx.execute(text("UPDATE handover SET status = 'begun'"))
        await tx.execute(text("UPDATE handover_item SET moved_at = NULL"))
    await referrals.look_at_the_clock(clock.now())
    assert await passed_facts(referrals) == first
    listed = (await administrator(referrals, OULU).get("/handovers")).json()["items"]
    assert {each["stage"] for each in listed} == {"finished"}
    assert len(first) == 2 * len(clients)
    oulu = referrals.caller(OULU)
    for each in sent_on:
        view = (await oulu.get(f"/referrals/{each['id']}")).json()
        assert view["revision"] == each["revision"] + 1


async def passed_facts(service: Harness) -> list[str]:
    """List what was said to have passed, each subject as often as it was said."""
    said = await service.said()
    names = ("referrals.client.passed.v1", "referrals.referral.passed.v1")
    return sorted(fact["subject"] for fact in said if fact["type"] in names)


async def test_a_crash_in_the_middle_leaves_no_half_and_the_rest_follows(
    referrals: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    clients = [await known_client(te) for _ in range(4)]
    for each in clients:
        await referred(referrals, each)
    await succeeded(referrals)
    plan = (await planned(referrals)).json()
    await begun(referrals, plan)
    carried, times = work.pass_client, []

    async def dies(*given: Any) -> Any:
        done = await carried(*given)
        times.append(done)
        if len(times) == 3:
            raise RuntimeError("the machine is gone")
        return done

    monkeypatch.setattr(work, "pass_client", dies)
    await referrals.look_at_the_clock(clock.now())
    path = f"/handovers/{plan['id']}"
    shown = (await administrator(referrals, OULU).get(path)).json()
    assert (shown["stage"], counts(shown)) == ("begun", {("client", None, None, 4, 2)})
    seen = [
        (await who.get(f"/clients/{c['id']}")).status_code for c in clients for who in (te, oulu)
    ]
    assert sorted(seen) == [200] * 4 + [404] * 4  # each is exactly one's
    await referrals.look_at_the_clock(clock.now())
    shown = (await administrator(referrals, OULU).get(path)).json()
    assert (shown["stage"], counts(shown)) == ("finished", {("client", None, None, 4, 4)})
    assert len(set(await passed_facts(referrals))) == len(await passed_facts(referrals)) == 8
    assert await wrong(referrals, {}) == []


async def test_what_rests_on_another_law_or_is_offered_elsewhere_stays(
    referrals: Harness,
) -> None:
    await town(referrals)
    te, ngo = referrals.caller(TE), referrals.caller(OTHER)
    young = await known_client(te, statute="youth")
    received = await sent(ngo, offering=DESK)
    await told(referrals, "tasks_passed", TE, OULU)  # the desk is the office's still
    done = await handed_over(referrals)
    assert counts(done) == {
        ("client", "another_law", None, 1, 0),
        ("referral", "offering_not_passed", None, 1, 0),
    }
    assert (await te.get(f"/clients/{young['id']}")).status_code == 200
    assert (await te.get(f"/referrals/{received['id']}")).status_code == 200
    items = await administrator(referrals, TE).get(f"/handovers/{done['id']}/items")
    named = {each["client_id"] or each["referral_id"] for each in items.json()["items"]}
    assert named == {young["id"], received["id"]}


async def test_whom_the_successor_knows_already_stands_beside_to_be_merged(
    referrals: Harness,
) -> None:
    await town(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    known = await known_client(oulu, identity_code=IDENTITY)
    client = await known_client(te, identity_code=IDENTITY)
    await succeeded(referrals)
    done = await handed_over(referrals)
    assert counts(done) == {("client", None, "to_be_merged", 1, 1)}
    path = f"/handovers/{done['id']}"
    (item,) = (await administrator(referrals, OULU).get(f"{path}/items")).json()["items"]
    assert (item["client_id"], item["remark"]) == (client["id"], "to_be_merged")
    (item,) = (await administrator(referrals, TE).get(f"{path}/items")).json()["items"]
    assert (item["client_id"], item["remark"]) == (client["id"], None)
    assert "to_be_merged" not in (await administrator(referrals, TE).get(path)).text
    found = (await oulu.post("/clients/search", json={"identity_code": IDENTITY})).json()["items"]
    assert {each["id"] for each in found} == {known["id"], client["id"]}
    assert await wrong(referrals, {}) == []


async def test_a_consent_that_names_the_giver_holds_for_what_runs_and_is_asked_anew(
    referrals: Harness,
) -> None:
    await town(referrals)
    te, oulu, ngo = (referrals.caller(code) for code in (TE, OULU, OTHER))
    draft = await ngo.post("/clients", json={})
    consent = await consented(ngo, draft.json()["id"], recipients=[TE])
    referral = await ngo.post("/referrals", json={"client_id": draft.json()["id"]})
    path = f"/referrals/{referral.json()['id']}"
    await ngo.put(path, json={"offering": DESK}, headers={"If-Match": '"1"'})
    await step(ngo, referral.json(), "send", consent_id=consent["id"])
    await step(te, referral.json(), "accept")
    await succeeded(referrals)
    done = await handed_over(referrals)
    assert counts(done) == {("referral", None, "consent_to_ask_anew", 1, 1)}
    assert (await step(oulu, referral.json(), "start")).status_code == 200
    another = await ngo.post("/referrals", json={"client_id": draft.json()["id"]})
    path = f"/referrals/{another.json()['id']}"
    await ngo.put(path, json={"offering": DESK}, headers={"If-Match": '"1"'})
    refused = await step(ngo, another.json(), "send", consent_id=consent["id"])
    assert (refused.status_code, refused.json()["reasons"]) == (403, ["recipient"])
    taken_back = await ngo.post(
        f"/clients/{draft.json()['id']}/consents/{consent['id']}/withdrawals",
        json={"manner": "orally"},
    )
    assert taken_back.status_code < 300, taken_back.text
    kept = (await oulu.get(f"/referrals/{referral.json()['id']}")).json()
    assert kept["status"] == "cancelled"


async def test_who_commands_it(referrals: Harness) -> None:
    await town(referrals)
    await told(referrals, "tasks_passed", TE, OULU, ends_on=None)
    for other, status in ((OTHER, 403), (OULU, 403), (TE, 201)):
        answer = await planned(referrals, other)
        assert answer.status_code == status, answer.text
    plan = answer.json()
    for other in (OTHER,):
        who = administrator(referrals, other)
        assert (await who.get(f"/handovers/{plan['id']}")).status_code == 404
        assert (await who.get("/handovers")).json()["items"] == []
    await told(referrals, "ended", TE, OULU)
    path, seen = f"/handovers/{plan['id']}/beginning", {"If-Match": '"1"'}
    answer = await administrator(referrals, TE).post(path, headers=seen)
    assert answer.json()["type"].endswith("not-your-handover")
    await begun(referrals, plan)
    answer = await administrator(referrals, OULU).post(path, headers={"If-Match": '"2"'})
    assert answer.json()["type"].endswith("already-begun")
    officer = referrals.caller(OULU, "referrals:read", "referrals:write")
    assert (await officer.get("/handovers")).status_code == 403


async def test_nothing_passes_by_a_succession_that_partners_withdrew(referrals: Harness) -> None:
    await town(referrals)
    assert (await planned(referrals, TE)).json()["type"].endswith("not-succeeded")
    await succeeded(referrals)
    plan = (await planned(referrals)).json()
    noted = {"tasks": [TASK], "areas": [], "successor": OULU, "on": yesterday()}
    mistaken = {**noted, "withdrawn": {"on": yesterday(), "reason": {"fi": "Virhe"}}}
    await told(referrals, "tasks_withdrawn", TE, successions=[mistaken])
    answer = await administrator(referrals, OULU).post(
        f"/handovers/{plan['id']}/beginning", headers={"If-Match": '"1"'}
    )
    assert answer.json()["type"].endswith("not-succeeded")


async def test_where_several_have_the_task_each_client_is_named(referrals: Harness) -> None:
    await town(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    mine, theirs = await known_client(te), await known_client(te)
    strangers = await known_client(oulu)
    await succeeded(referrals, OULU, OTHER)
    answer = await planned(referrals)
    assert (answer.status_code, answer.json()["successors"]) == (422, sorted([OULU, OTHER]))
    assert (await planned(referrals, clients=[strangers["id"]])).status_code == 404
    await handed_over(referrals, clients=[mine["id"]])
    assert (await oulu.get(f"/clients/{mine['id']}")).status_code == 200
    assert (await te.get(f"/clients/{theirs['id']}")).status_code == 200


async def test_an_answer_that_is_given_again_tells_the_giver_nothing(referrals: Harness) -> None:
    await town(referrals)
    te = referrals.caller(TE)
    key = {"Idempotency-Key": "once-more"}
    client = (await te.post("/clients", json={"identity_code": IDENTITY}, headers=key)).json()
    await succeeded(referrals)
    await handed_over(referrals)
    again = await te.post("/clients", json={"identity_code": IDENTITY}, headers=key)
    assert client["id"] not in again.text


def succession(successor: str, on: str, **more: Any) -> Succession:
    return Succession(tasks=(TASK,), successor=successor, on=date.fromisoformat(on), **more)


AREA = ({"kind": "employment_area", "code": "oulu"},)
TODAY = date(2025, 6, 1)
CHAIN = {"te": [succession("trial", "2021-03-01")], "trial": [succession("area", "2025-01-01")]}
CHAINS: Mapping[str, tuple[Mapping[str, list[Succession]], bool, bool, Any]] = {
    "by two links": (CHAIN, True, False, ["trial", "area"]),
    "its day has not come": ({"te": [succession("area", "2026-01-01")]}, True, False, NotSucceeded),
    "a link that came before the one that it needs": (
        {"te": CHAIN["te"], "trial": [succession("area", "2020-01-01")]}, True, False, NotSucceeded,
    ),
    "one that passed nothing on": (
        {"te": [succession("area", "2025-01-01", withdrawn={"on": "2025-02-01"})]},
        True, False, NotSucceeded,
    ),
    "two have it": (
        {"te": [succession("area", "2025-01-01"), succession("kemi", "2025-01-01")]},
        True, False, ClientsNotNamed,
    ),
    "two have it, and the client is named": (
        {"te": [succession("area", "2025-01-01"), succession("kemi", "2025-01-01")]},
        True, True, ["area"],
    ),
    "the giver keeps the rest": (
        {"te": [succession("area", "2025-01-01", areas=AREA)]}, False, False, ClientsNotNamed,
    ),
    "the giver is no more": (
        {"te": [succession("area", "2025-01-01", areas=AREA)]}, True, False, ["area"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_of_successions(name: str) -> None:
    told, ended, named, expected = CHAINS[name]
    if isinstance(expected, list):
        links = chain_to("area", "te", TASK, told, TODAY, ended=ended, named=named)
        assert [link.organisation for link in links] == expected
        return
    with pytest.raises(expected):
        chain_to("area", "te", TASK, told, TODAY, ended=ended, named=named)


async def test_no_row_of_a_client_is_left_with_the_giver(referrals: Harness) -> None:
    await town(referrals)
    te = referrals.caller(TE)
    client = await known_client(te)
    await consented(te, client["id"], recipients=[OTHER])
    await referred(referrals, client)
    await succeeded(referrals)
    await handed_over(referrals)
    ours = "SELECT array_agg(DISTINCT organisation::text) FROM {} WHERE {} = :id"
    async with referrals.service.worker.begin() as tx:
        for table, column in (
            ("client", "id"), ("consent", "client_id"), ("data_key", "subject"),
            ("disclosure_head", "client_id"),
        ):  # fmt: skip
            asked = text(ours.format(table, column)), {"id": UUID(client["id"])}
            assert await tx.scalar(*asked) == [OULU], table
    async with referrals.service.database.begin(caller=TE) as tx:
        for table in ("client", "referral", "history", "consent", "disclosure", "work", "data_key"):
            assert (await tx.execute(text(f"SELECT 1 FROM {table}"))).first() is None, table
