"""One valid call of each route that needs an object or a body, and what it stands on.

All belongs to the employment office; a route that is missing here fails the tests by its name.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from httpx import AsyncClient
from kit import clock
from kit.testing import Harness
from sqlalchemy import text
from vacancies.domain.codes import ESCO

ME, OTHER, STRANGER = "te-pohjois-pohjanmaa", "oulu", "kela-pohjoinen"
EMPLOYER = "0187690-1"
TERM = {
    "valid_from": clock.today().isoformat(),
    "valid_until": (clock.today() + timedelta(days=30)).isoformat(),
}
CLAUSE = {
    "code": "referral", "purpose": "client_referral", "data_classes": ["situation"],
    "from": "all", "to": "all",
}  # fmt: skip
FIGURE = {"value": 12.0, "period": "2019-12", "source": "Tilastokeskus"}
GOAL = {
    "code": "goal", "indicator": "unemployment-rate", "name": {"fi": "Tavoite"}, "area": "KU564",
    "baseline": FIGURE, "target": FIGURE,
}  # fmt: skip
AGREEMENT = {
    "code": "oulu", "name": {"fi": "Oulu"}, "vision": None, "parties": [ME, OTHER],
    "signed_by": [ME, OTHER], "sharing": [CLAUSE], "goals": [GOAL], **TERM,
    "pilots": [{"code": "ict", "name": {"fi": "ICT"}, "owner": ME}],
}  # fmt: skip
SUCCESSION = {
    "tasks": ["employment_services"], "areas": [{"kind": "employment_area", "code": "oulu"}],
    "successor": OTHER, "on": "2025-01-01",
}  # fmt: skip
CLIENT = str(UUID(int=1))  # whom the assessments know


@dataclass(frozen=True)
class Call:
    """A call that succeeds."""

    path: str
    json: Any = None
    etag: str | None = None
    query: dict[str, str] = field(default_factory=dict)


Make = Callable[[AsyncClient], Awaitable[Call]]
OTHERS: list[AsyncClient] = []  # who signs beside the caller
CALLS: dict[tuple[str, str, str], Make] = {}


def call_of(service: str, method: str, path: str) -> Callable[[Make], Make]:
    """Enter a row into the table."""

    def enter(make: Make) -> Make:
        CALLS[service, method, path] = make
        return make

    return enter


async def made(who: AsyncClient, call: Call, method: str = "POST") -> dict[str, Any]:
    """Make what a call makes."""
    headers = {"If-Match": call.etag} if call.etag else {}
    answer = await who.request(
        method, call.path, json=call.json, params=call.query, headers=headers
    )
    assert answer.is_success, answer.text
    return dict(answer.json())


def fresh(name: str) -> str:
    """Give a code that nothing has yet."""
    return f"{name}-{uuid4().hex[:8]}"


async def prepare(service: Harness) -> None:
    """Give a service what all of its calls stand on."""
    name = service.service.name
    if name == "partners":
        OTHERS[:] = [service.caller(OTHER)]
        coordinator = service.caller(ME, "partners:coordinate")
        for code in (ME, OTHER, STRANGER):
            body = {"code": code, "kind": "te_office", "name": {"fi": code}}
            await made(coordinator, Call("/organisations", body))
    else:
        await hear(service)


async def hear(service: Harness) -> None:
    """Let a service hear what partners and referrals say."""
    for code in (ME, OTHER, STRANGER):
        kind, subject = "partners.organisation.registered.v1", f"organisations/{code}"
        passed = [SUCCESSION] if code == ME else []
        await service.hear(kind, subject, code=code, name={"fi": code}, successions=passed)
    await service.hear("partners.agreement.signed.v1", "agreements/oulu", **AGREEMENT)
    kind, offering = (
        "partners.offering.published.v1",
        {"code": "ohjaamo", "name": {"fi": "Ohjaamo"}},
    )
    about = {**offering, "organisation": OTHER, "capacity": 50}
    await service.hear(kind, "offerings/ohjaamo", **about)
    own = {"code": "own", "name": {"fi": "Oma"}, "organisation": ME, "capacity": 900}
    await service.hear(kind, "offerings/own", **own)
    kind, client = "referrals.client.registered.v1", {"client_id": CLIENT, "organisation": ME}
    await service.hear(kind, f"clients/{CLIENT}", **client, kind="anonymous")


# partners


@call_of("partners", "POST", "/organisations")
async def register_organisation(_: AsyncClient) -> Call:
    body = {"code": fresh("ngo"), "kind": "ngo", "name": {"fi": "Yhdistys"}, "municipality": "564"}
    units = [{"code": "unit", "name": {"fi": "Yksikkö"}, "municipality": "564"}]
    return Call("/organisations", body | {"business_id": EMPLOYER, "units": units})


@call_of("partners", "GET", "/organisations/{code}")
async def organisation(who: AsyncClient) -> Call:
    code = (await made(who, await register_organisation(who)))["code"]
    return Call(f"/organisations/{code}")


@call_of("partners", "PUT", "/organisations/{code}")
async def change_organisation(who: AsyncClient) -> Call:
    units = [{"code": "other", "name": {"fi": "Toinen"}, "municipality": "564"}]
    body = {"name": {"fi": "Säätiö"}, "municipality": "564", "units": units}
    return Call((await organisation(who)).path, body | {"business_id": EMPLOYER}, '"1"')


@call_of("partners", "POST", "/organisations/{code}/ending")
async def end_organisation(who: AsyncClient) -> Call:
    return Call(f"{(await organisation(who)).path}/ending", {"on": "2030-12-31"}, '"1"')


@call_of("partners", "POST", "/organisations/{code}/clients")
async def register_machine(_: AsyncClient) -> Call:
    body = {"client_id": fresh("system"), "scopes": ["partners:read"]}
    return Call(f"/organisations/{ME}/clients", body)


@call_of("partners", "GET", "/organisations/{code}/clients")
async def machines(who: AsyncClient) -> Call:
    call = await register_machine(who)
    await made(who, call)
    return Call(call.path)


@call_of("partners", "GET", "/organisations/{code}/clients/{client_id}")
async def machine(who: AsyncClient) -> Call:
    call = await register_machine(who)
    await made(who, call)
    return Call(f"{call.path}/{call.json['client_id']}")


@call_of("partners", "PUT", "/organisations/{code}/clients/{client_id}")
async def let_machine(who: AsyncClient) -> Call:
    return Call((await machine(who)).path, {"scopes": ["partners:read", "metrics:read"]}, '"1"')


@call_of("partners", "POST", "/organisations/{code}/handovers")
async def hand_over(who: AsyncClient) -> Call:
    tag = (await who.get(f"/organisations/{ME}")).headers["ETag"]
    await made(who, Call(f"/organisations/{ME}/ending", {"on": "2099-12-31"}, tag))
    code = (await made(who, await publish_offering(who)))["code"]
    body = {"offerings": [{"code": code, "to": OTHER}], "agreements": []}
    return Call(f"/organisations/{ME}/handovers", body)


@call_of("partners", "POST", "/organisations/{code}/mandates")
async def give_tasks(who: AsyncClient) -> Call:
    areas = [{"kind": "region", "code": "17"}, {"kind": "municipality", "code": "564"}]
    body = {"tasks": ["transport"], "areas": areas, "since": "2010-01-01"}
    return Call(f"{(await organisation(who)).path}/mandates", body, '"1"')


@call_of("partners", "POST", "/organisations/{code}/successions")
async def pass_tasks(who: AsyncClient) -> Call:
    areas = [{"kind": "region", "code": "17"}, {"kind": "municipality", "code": "564"}]
    body = {"tasks": ["environment"], "areas": areas, "successor": OTHER, "on": "2026-01-01"}
    return Call(f"{(await organisation(who)).path}/successions", body, '"1"')


@call_of("partners", "POST", "/organisations/{code}/{noted}/{number}/withdrawal")
async def withdraw_tasks(who: AsyncClient) -> Call:
    noted = await give_tasks(who)
    await made(who, noted)
    return Call(f"{noted.path}/1/withdrawal", {"reason": {"fi": "Virhe", "sv": "Fel"}}, '"2"')


@call_of("partners", "GET", "/authorities")
async def authorities(_: AsyncClient) -> Call:
    asked = {"task": "transport", "municipality": "564", "on": "2025-06-01"}
    return Call("/authorities", query=asked)


@call_of("partners", "POST", "/areas/imports")
async def import_areas(_: AsyncClient) -> Call:
    name, days = {"fi": "Alue", "sv": "Område", "en": "Area"}, {"valid_from": "2031-01-01"}
    area = {"kind": "employment_area", "code": fresh("area"), "name": name, **days}
    return Call("/areas/imports", {"records": [area | {"valid_until": "2040-12-31"}]})


@call_of("partners", "GET", "/areas/{kind}/{code}")
async def area(who: AsyncClient) -> Call:
    call = await import_areas(who)
    await made(who, call)
    return Call(f"/areas/employment_area/{call.json['records'][0]['code']}")


@call_of("partners", "POST", "/agreements")
async def draft_agreement(_: AsyncClient) -> Call:
    name = {"fi": "Sopimus", "sv": "Avtal", "en": "Agreement"}
    body = {
        "code": fresh("agreement"), "name": name, "parties": [ME, OTHER], "sharing": [CLAUSE],
        "themes": [{"code": "theme", "name": name, "lead": ME}],
        "pilots": [{"code": "pilot", "name": name, "theme": "theme", "owner": ME}],
        "goals": [GOAL], **TERM,
        "commitments": [{
            "code": "coaches", "party": ME, "theme": "theme", "kind": "euros", "amount": 9.5,
            "first_day": TERM["valid_from"], "last_day": TERM["valid_until"],
        }],
    }  # fmt: skip
    return Call("/agreements", body)


@call_of("partners", "GET", "/agreements/{code}")
async def agreement(who: AsyncClient) -> Call:
    code = (await made(who, await draft_agreement(who)))["code"]
    return Call(f"/agreements/{code}")


@call_of("partners", "PUT", "/agreements/{code}")
async def revise_draft(who: AsyncClient) -> Call:
    body = {k: v for k, v in (await draft_agreement(who)).json.items() if k != "code"}
    body["vision"] = {"fi": "Edelläkävijä"}
    return Call((await agreement(who)).path, body, '"1"')


@call_of("partners", "POST", "/agreements/{code}/steps")
async def propose(who: AsyncClient) -> Call:
    return Call(f"{(await agreement(who)).path}/steps", {"step": "propose"}, '"1"')


@call_of("partners", "POST", "/agreements/{code}/signatures")
async def sign(who: AsyncClient) -> Call:
    proposed = await propose(who)
    await made(who, proposed)
    return Call(proposed.path.replace("steps", "signatures"), {}, '"2"')


PLACE = {
    "code": "torikatu", "name": {"fi": "Torikatu"}, "municipality": "564",
    "latitude": 65.01, "longitude": 25.47,
    "hours": [{"days": ["MO", "FR"], "opens": "09:00", "closes": "16:00"}],
}  # fmt: skip
SERVICE = {
    "name": {"fi": "Ohjaus"}, "description": {"fi": "Ohjausta"},
    "needs": ["career_guidance"], "intensity": "guidance", "places": [PLACE],
    "channels": [{"kind": "phone", "address": "+358 44 000 0000"}],
    "audience": {
        "age_from": 15, "age_to": 29, "municipalities": ["564"], "situations": ["student"],
        "languages": ["fi"],
    },
}  # fmt: skip
SEATS = {"capacity": 7, "capacity_unit": "family"}


@call_of("partners", "POST", "/agreements/{code}/amendments")
async def amend(who: AsyncClient) -> Call:
    first = await sign(who)
    await made(who, first)
    await made(OTHERS[0], replace(first, etag='"3"'))
    body = {
        "effective_on": TERM["valid_until"], "goals": [], "vision": {"fi": "Edelläkävijä"},
        "parties": [ME, OTHER], "valid_until": TERM["valid_until"],
    }  # fmt: skip
    return Call(first.path.replace("signatures", "amendments"), body, '"4"')


@call_of("partners", "PUT", "/agreements/{code}/amendments/{number}")
async def revise_amendment(who: AsyncClient) -> Call:
    drafted = await amend(who)
    await made(who, drafted)
    return Call(
        f"{drafted.path}/2", {**(drafted.json or {}), "goals": None, "name": {"fi": "Uusi"}}, '"5"'
    )


@call_of("partners", "GET", "/agreements/{code}/versions")
async def versions(who: AsyncClient) -> Call:
    return Call(f"{(await agreement(who)).path}/versions")


@call_of("partners", "GET", "/agreements/{code}/versions/{number}")
async def version(who: AsyncClient) -> Call:
    return Call(f"{(await versions(who)).path}/1")


@call_of("partners", "GET", "/agreements/{code}/versions/{number}/changes/{other}")
async def changes(who: AsyncClient) -> Call:
    return Call(f"{(await version(who)).path}/changes/1")


@call_of("partners", "GET", "/agreements/{code}/resources")
async def resources(who: AsyncClient) -> Call:
    return Call(f"{(await agreement(who)).path}/resources")


@call_of("partners", "PUT", "/agreements/{code}/commitments/{commitment}/uses/{month}")
async def report_use(who: AsyncClient) -> Call:
    path = (await agreement(who)).path
    return Call(f"{path}/commitments/coaches/uses/{TERM['valid_from'][:7]}", {"amount": 2.5})


@call_of("partners", "PUT", "/agreements/{code}/pilots/{pilot}/evaluation")
async def evaluate_pilot(who: AsyncClient) -> Call:
    body = {"conclusion": "spread", "summary": {"fi": "Toimii"}, "evidence": []}
    return Call(f"{(await agreement(who)).path}/pilots/pilot/evaluation", body, '"1"')


@call_of("partners", "POST", "/sharing/decisions")
async def decide(_: AsyncClient) -> Call:
    asked = {"from": ME, "to": OTHER, "purpose": "client_referral", "data_class": "situation"}
    return Call("/sharing/decisions", asked)


@call_of("partners", "POST", "/agreements/{code}/rehearsals")
async def rehearse(who: AsyncClient) -> Call:
    body = {"exchanges": [(await decide(who)).json]}
    return Call(f"{(await agreement(who)).path}/rehearsals", body)


@call_of("partners", "POST", "/offerings")
async def publish_offering(_: AsyncClient) -> Call:
    return Call("/offerings", {"code": fresh("offering"), **SERVICE, **SEATS})


@call_of("partners", "GET", "/offerings/{code}")
async def offering(who: AsyncClient) -> Call:
    code = (await made(who, await publish_offering(who)))["code"]
    return Call(f"/offerings/{code}")


@call_of("partners", "PUT", "/offerings/{code}/capacity")
async def declare_capacity(who: AsyncClient) -> Call:
    return Call(f"{(await offering(who)).path}/capacity", SEATS, '"1"')


@call_of("partners", "PUT", "/offerings/{code}")
async def change_offering(who: AsyncClient) -> Call:
    return Call((await offering(who)).path, SERVICE, '"1"')


def decision_table() -> dict[str, Any]:
    """Write a table that takes all whom the offering is for."""
    because = {f"because.{code}": '"Oulu"' for code in ("fi", "sv", "en")}
    columns = ["municipality", "eligible", *because]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": "municipality", "field": "municipality"}],
        "outputs": [{"id": name, "field": name} for name in columns[1:]],
        "rules": [{"_id": "oulu", "municipality": '"564"', "eligible": "true", **because}],
    }
    return {
        "nodes": [
            {"id": "in", "type": "inputNode"},
            {"id": "table", "type": "decisionTableNode", "content": content},
            {"id": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "table"},
            {"id": "b", "sourceId": "table", "targetId": "out"},
        ],
    }


@call_of("partners", "POST", "/offerings/{code}/eligibility/reports")
async def report_on_table(who: AsyncClient) -> Call:
    path = f"{(await offering(who)).path}/eligibility/reports"
    return Call(path, {"table": decision_table()})


@call_of("partners", "POST", "/offerings/{code}/eligibility/versions")
async def publish_table(who: AsyncClient) -> Call:
    path = f"{(await offering(who)).path}/eligibility/versions"
    return Call(path, {"table": decision_table()}, '"1"')


@call_of("partners", "GET", "/offerings/{code}/eligibility")
async def eligibility(who: AsyncClient) -> Call:
    code = (await made(who, await publish_table(who)))["code"]
    return Call(f"/offerings/{code}/eligibility")


@call_of("partners", "GET", "/offerings/{code}/eligibility/versions/{version}")
async def eligibility_version(who: AsyncClient) -> Call:
    return Call(f"{(await eligibility(who)).path}/versions/1")


@call_of("partners", "POST", "/offerings/{code}/eligibility/checks")
async def check_eligibility(who: AsyncClient) -> Call:
    path = f"{(await offering(who)).path}/eligibility/checks"
    return Call(path, {"given": {"age": 20, "municipality": "564"}})


@call_of("partners", "POST", "/offerings/{code}/steps")
async def step_offering(who: AsyncClient) -> Call:
    return Call(f"{(await offering(who)).path}/steps", {"step": "pause"}, '"1"')


async def of_list(who: AsyncClient, name: str) -> Call:
    """Show the first of a list of the open directory."""
    first = (await made(who, Call(f"/hsds/{name}"), "GET"))["contents"][0]
    return Call(f"/hsds/{name}/{first['id']}")


@call_of("partners", "GET", "/hsds/services/{id}")
async def hsds_service(who: AsyncClient) -> Call:
    await offering(who)
    return await of_list(who, "services")


@call_of("partners", "GET", "/hsds/service_at_locations/{id}")
async def hsds_service_at_location(who: AsyncClient) -> Call:
    await offering(who)
    return await of_list(who, "service_at_locations")


@call_of("partners", "GET", "/hsds/organizations/{id}")
async def hsds_organization(who: AsyncClient) -> Call:
    return await of_list(who, "organizations")


@call_of("partners", "GET", "/hsds/taxonomies/{id}")
async def hsds_taxonomy(who: AsyncClient) -> Call:
    return await of_list(who, "taxonomies")


@call_of("partners", "GET", "/hsds/taxonomy_terms/{id}")
async def hsds_taxonomy_term(who: AsyncClient) -> Call:
    return await of_list(who, "taxonomy_terms")


def directory(services: int) -> dict[str, Any]:
    """Write a directory of services that say no more than they must."""
    contents = [{"id": str(uuid4()), "name": "Neuvonta"} for _ in range(services)]
    return {
        "format": "hsds", "organisation": ME, "directory": {"contents": contents},
        "needs": {"theirs": "housing"}, "otherwise": ["housing"], "intensity": "advice",
    }  # fmt: skip


@call_of("partners", "POST", "/catalogue/imports")
async def import_directory(_: AsyncClient) -> Call:
    return Call("/catalogue/imports", directory(1))


@call_of("partners", "GET", "/catalogue/imports/{id}")
async def imported(who: AsyncClient) -> Call:
    begun = await made(who, Call("/catalogue/imports", directory(5)))
    return Call(f"/catalogue/imports/{begun['id']}")


@call_of("partners", "GET", "/catalogue/imports/{id}/records")
async def imported_records(who: AsyncClient) -> Call:
    return Call(f"{(await imported(who)).path}/records")


# referrals


@call_of("referrals", "POST", "/clients")
async def register_client(_: AsyncClient) -> Call:
    return Call("/clients", {"statute": "youth"})


@call_of("referrals", "POST", "/clients/search")
async def search_client(_: AsyncClient) -> Call:
    return Call("/clients/search", {"identity_code": "131052-9030"})


@call_of("referrals", "GET", "/clients/{client_id}")
async def client(who: AsyncClient) -> Call:
    found = await made(who, await register_client(who))
    return Call(f"/clients/{found['id']}")


@call_of("referrals", "GET", "/clients/{client_id}/export")
async def export(who: AsyncClient) -> Call:
    return Call(f"{(await client(who)).path}/export")


@call_of("referrals", "POST", "/clients/{client_id}/erasures")
async def erase(who: AsyncClient) -> Call:
    return Call(f"{(await client(who)).path}/erasures", {"ground": "objection"})


@call_of("referrals", "GET", "/clients/{client_id}/disclosures")
async def disclosures(who: AsyncClient) -> Call:
    return Call(f"{(await client(who)).path}/disclosures")


CONSENT = {
    "classes": ["situation"], "recipients": [ME], "purposes": ["client_referral"],
    "manner": "in_writing", "given_at": "2026-01-07T09:00:00+02:00",
}  # fmt: skip


@call_of("referrals", "POST", "/clients/{client_id}/consents")
async def give_consent(who: AsyncClient) -> Call:
    return Call(f"{(await client(who)).path}/consents", CONSENT)


@call_of("referrals", "GET", "/clients/{client_id}/consents")
async def consents(who: AsyncClient) -> Call:
    given = await give_consent(who)
    await made(who, given)
    return Call(given.path)


@call_of("referrals", "POST", "/clients/{client_id}/consents/{consent_id}/withdrawals")
async def withdraw_consent(who: AsyncClient) -> Call:
    given = await give_consent(who)
    consent = await made(who, given)
    return Call(f"{given.path}/{consent['id']}/withdrawals", {"manner": "orally"})


@call_of("referrals", "PATCH", "/clients/{client_id}")
async def change_client(who: AsyncClient) -> Call:
    return Call((await client(who)).path, {"name": "Maija", "email": "maija@example.org"}, '"1"')


@call_of("referrals", "GET", "/fhir/ServiceRequest/{id}")
async def fhir_request(who: AsyncClient) -> Call:
    return Call(f"/fhir/ServiceRequest/{(await made(who, await draft_referral(who)))['id']}")


@call_of("referrals", "GET", "/fhir/Task/{id}")
async def fhir_task(who: AsyncClient) -> Call:
    return Call(f"/fhir/Task/{(await made(who, await draft_referral(who)))['id']}")


@call_of("referrals", "POST", "/referrals/batches")
async def refer_in_batch(who: AsyncClient) -> Call:
    return Call("/referrals/batches", (await draft_referral(who)).json)


@call_of("referrals", "POST", "/referrals")
async def draft_referral(who: AsyncClient) -> Call:
    client_id = (await made(who, await register_client(who)))["id"]
    body = {"client_id": client_id, "need": "career_guidance", "purpose": "client_referral"}
    return Call("/referrals", body)


@call_of("referrals", "GET", "/referrals/{referral_id}")
async def referral(who: AsyncClient) -> Call:
    found = await made(who, await draft_referral(who))
    return Call(f"/referrals/{found['id']}")


@call_of("referrals", "GET", "/referrals/{referral_id}/client")
async def shown_client(who: AsyncClient) -> Call:
    return Call(f"{(await referral(who)).path}/client")


@call_of("referrals", "POST", "/referrals/{referral_id}/feedback")
async def give_feedback(who: AsyncClient) -> Call:
    """Of a referral to a unit of one's own, so that one can accept it."""
    path = (await referral(who)).path
    await made(who, Call(path, {"recipient": ME}, '"1"'), "PUT")
    for number, step in ((2, {"step": "send", "legal_basis": "statute"}), (3, {"step": "accept"})):
        await made(who, Call(f"{path}/steps", step, f'"{number}"'))
    return Call(f"{path}/feedback", {"helped": "yes", "text": "Kiitos"})


@call_of("referrals", "GET", "/referrals/{referral_id}/feedback")
async def feedback(who: AsyncClient) -> Call:
    given = await give_feedback(who)
    await made(who, given)
    return Call(given.path)


@call_of("referrals", "GET", "/accountability")
async def accountability(who: AsyncClient) -> Call:
    await made(who, await draft_referral(who))
    return Call("/accountability")


@call_of("referrals", "GET", "/worklist")
async def worklist(who: AsyncClient) -> Call:
    await made(who, await draft_referral(who))
    return Call("/worklist")


@call_of("referrals", "DELETE", "/worklist/{referral_id}")
async def take_off(who: AsyncClient) -> Call:
    found = await reworked(who, "why = 'declined'")  # only a recipient can decline
    return Call(f"/worklist/{found}")


@call_of("referrals", "GET", "/worklist/escalated")
async def escalated(who: AsyncClient) -> Call:
    await reworked(who, "desk = 'coordinator', owner = 'oulu', why = 'escalated'")
    return Call("/worklist/escalated")


async def reworked(who: AsyncClient, change: str) -> str:
    """Draft a referral, and put it elsewhere in the worklists than a draft alone can come."""
    found = (await referral(who)).path.rpartition("/")[2]
    app = who._transport.app  # type: ignore[attr-defined]
    async with app.state.service.worker.begin() as tx:
        change = f"UPDATE work SET {change} WHERE referral_id = :id"
        await tx.execute(text(change), {"id": found})
    return found


@call_of("referrals", "POST", "/referrals/{referral_id}/messages")
async def write_message(who: AsyncClient) -> Call:
    step = await take_step(who)
    await made(who, step)
    path = step.path.replace("/steps", "/messages")
    file = {"name": "a.txt", "type": "text/plain", "content": "VGVydmV0dWxvYQ=="}
    return Call(path, {"text": "Hei", "attachments": [file]})


@call_of("referrals", "GET", "/referrals/{referral_id}/messages")
async def messages(who: AsyncClient) -> Call:
    written = await write_message(who)
    await made(who, written)
    return Call(written.path)


@call_of("referrals", "PUT", "/referrals/{referral_id}/messages/read")
async def mark_read(who: AsyncClient) -> Call:
    written = await write_message(who)
    message = await made(who, written)
    return Call(f"{written.path}/read", {"up_to": message["id"]})


@call_of("referrals", "GET", "/referrals/{referral_id}/attachments/{attachment_id}")
async def attachment(who: AsyncClient) -> Call:
    written = await write_message(who)
    found = (await made(who, written))["attachments"][0]["id"]
    return Call(f"{written.path.removesuffix('/messages')}/attachments/{found}")


@call_of("referrals", "GET", "/offerings/{offering}/seats")
async def seats(_: AsyncClient) -> Call:
    return Call("/offerings/ohjaamo/seats")


@call_of("referrals", "POST", "/offerings/{offering}/holds")
async def hold_seat(_: AsyncClient) -> Call:
    expires = (clock.now() + timedelta(days=1)).isoformat()
    return Call("/offerings/own/holds", {"expires_at": expires})


@call_of("referrals", "GET", "/offerings/{offering}/holds")
async def holds(who: AsyncClient) -> Call:
    await made(who, await hold_seat(who))
    return Call("/offerings/own/holds")


@call_of("referrals", "DELETE", "/offerings/{offering}/holds/{hold_id}")
async def release_hold(who: AsyncClient) -> Call:
    held = await made(who, await hold_seat(who))
    return Call(f"/offerings/own/holds/{held['id']}")


@call_of("referrals", "GET", "/offerings/{offering}/terms")
async def offerings_terms(_: AsyncClient) -> Call:
    return Call("/offerings/own/terms")


@call_of("referrals", "PUT", "/offerings/{offering}/terms")
async def set_offerings_terms(_: AsyncClient) -> Call:
    return Call("/offerings/own/terms", {"terms": {"decide": 3}})


@call_of("referrals", "GET", "/agreements/{agreement}/terms")
async def agreements_terms(_: AsyncClient) -> Call:
    return Call("/agreements/oulu/terms")


@call_of("referrals", "PUT", "/agreements/{agreement}/terms")
async def set_agreements_terms(_: AsyncClient) -> Call:
    return Call("/agreements/oulu/terms", {"terms": {"decide": 3}})


@call_of("referrals", "PUT", "/referrals/{referral_id}")
async def address_referral(who: AsyncClient) -> Call:
    return Call((await referral(who)).path, {"offering": "ohjaamo"}, '"1"')


@call_of("referrals", "POST", "/referrals/{referral_id}/steps")
async def take_step(who: AsyncClient) -> Call:
    addressed = await address_referral(who)
    await made(who, addressed, "PUT")
    body = {"step": "send", "legal_basis": "statute"}
    return Call(f"{addressed.path}/steps", body, '"2"')


@call_of("referrals", "POST", "/referrals/{referral_id}/receipts")
async def receive_withdrawal(who: AsyncClient) -> Call:
    """Of a referral to a unit of one's own, so that one is its recipient."""
    begun = await draft_referral(who)
    found = await made(who, begun)
    await made(who, Call(f"/clients/{found['client_id']}/consents", CONSENT))
    path = f"/referrals/{found['id']}"
    await made(who, Call(path, {"recipient": ME}, '"1"'), "PUT")
    for number, step in ((2, {"step": "send", "legal_basis": "consent"}), (3, WITHDRAWN)):
        await made(who, Call(f"{path}/steps", step, f'"{number}"'))
    return Call(f"{path}/receipts")


WITHDRAWN = {"step": "withdraw_consent"}


@call_of("referrals", "POST", "/clients/{client_id}/merges")
async def merge_clients(who: AsyncClient) -> Call:
    other = (await made(who, await register_client(who)))["id"]
    return Call(f"{(await client(who)).path}/merges", {"with": other}, '"1"')


@call_of("referrals", "POST", "/clients/{client_id}/merges/{merged_id}/undoings")
async def undo_merge(who: AsyncClient) -> Call:
    merge = await merge_clients(who)
    merged = (await made(who, merge))["merged"]
    return Call(f"{merge.path}/{merged}/undoings", etag='"2"')


@call_of("referrals", "POST", "/handovers")
async def plan_handover(who: AsyncClient) -> Call:
    named = [(await made(who, await register_client(who)))["id"] for _ in range(5)]
    body = {"giver": ME, "receiver": OTHER, "task": "employment_services", "clients": named}
    return Call("/handovers", body)


@call_of("referrals", "GET", "/handovers/{handover_id}")
async def handover(who: AsyncClient) -> Call:
    return Call(f"/handovers/{(await made(who, await plan_handover(who)))['id']}")


@call_of("referrals", "GET", "/handovers/{handover_id}/items")
async def handover_items(who: AsyncClient) -> Call:
    return Call(f"{(await handover(who)).path}/items")


@call_of("referrals", "POST", "/handovers/{handover_id}/beginning")
async def begin_handover(who: AsyncClient) -> Call:
    return Call(f"{(await handover(who)).path}/beginning", etag='"1"')


# assessments


@call_of("assessments", "POST", "/instruments")
async def publish_instrument(_: AsyncClient) -> Call:
    body = {
        "code": fresh("uni"), "version": 1, "name": {"fi": "Uni"}, "licence": "CC-BY-4.0",
        "instructions": {"fi": "Arvioi."}, "age_from": 16, "age_to": 64,
        "items": [{"code": "sleep", "name": {"fi": "Uni"}, "text": {"fi": "Miten nukut?"}}],
        "bands": [{"code": "all", "least": 0, "most": 10, "name": {"fi": "Kaikki"}}],
    }  # fmt: skip
    return Call("/instruments", body)


@call_of("assessments", "GET", "/instruments/{code}/versions/{version}")
async def instrument(who: AsyncClient) -> Call:
    code = (await made(who, await publish_instrument(who)))["code"]
    return Call(f"/instruments/{code}/versions/1")


@call_of("assessments", "POST", "/assessments")
async def start_assessment(_: AsyncClient) -> Call:
    return Call("/assessments", {"client_id": CLIENT, "instrument": "elamantilanne", "version": 1})


@call_of("assessments", "GET", "/assessments/{assessment_id}")
async def assessment(who: AsyncClient) -> Call:
    found = await made(who, await start_assessment(who))
    return Call(f"/assessments/{found['id']}")


@call_of("assessments", "PUT", "/assessments/{assessment_id}/answers")
async def record_answers(who: AsyncClient) -> Call:
    path = (await assessment(who)).path
    return Call(f"{path}/answers", {"answers": {"work": 2, "health": 8}}, '"1"')


@call_of("assessments", "POST", "/assessments/{assessment_id}/completion")
async def complete_assessment(who: AsyncClient) -> Call:
    answered = await record_answers(who)
    await made(who, answered, "PUT")
    return Call(answered.path.replace("answers", "completion"), etag='"2"')


@call_of("assessments", "POST", "/assessments/{assessment_id}/decisions")
async def decide_need(who: AsyncClient) -> Call:
    completed = await complete_assessment(who)
    await made(who, completed)
    body = {"need": "job_search", "decision": "confirm", "reason": "Sovittu"}
    return Call(completed.path.replace("completion", "decisions"), body)


# vacancies


@call_of("vacancies", "PUT", "/vacancies/{business_id}/{external_id}")
async def publish_vacancy(_: AsyncClient) -> Call:
    body = {
        "title": {"fi": "Kehittäjä"}, "description": {"fi": "Rakennat palveluja."},
        "employer_name": "Oulun kaupunki", "municipality": "564", "openings": 2,
        "occupations": [ESCO.occupations[0].uri],
        "skills": [{"uri": ESCO.skills[0].uri, "required": True}],
        "languages": [{"code": "fi", "level": "B2"}], "expires": TERM["valid_until"],
    }  # fmt: skip
    return Call(f"/vacancies/{EMPLOYER}/{uuid4().hex[:8]}", body)


@call_of("vacancies", "DELETE", "/vacancies/{business_id}/{external_id}")
async def withdraw_vacancy(who: AsyncClient) -> Call:
    published = await publish_vacancy(who)
    await made(who, published, "PUT")
    return Call(published.path)


@call_of("vacancies", "GET", "/vacancies/{vacancy_id}")
async def vacancy(who: AsyncClient) -> Call:
    found = await made(who, await publish_vacancy(who), "PUT")
    return Call(f"/vacancies/{found['id']}")


@call_of("vacancies", "POST", "/seekers")
async def profile_seeker(_: AsyncClient) -> Call:
    body = {"occupations": [ESCO.occupations[0].uri], "skills": [ESCO.skills[0].uri]}
    return Call("/seekers", body | {"municipality": "564"})


@call_of("vacancies", "GET", "/seekers/{seeker_id}")
async def seeker(who: AsyncClient) -> Call:
    found = await made(who, await profile_seeker(who))
    return Call(f"/seekers/{found['id']}")


@call_of("vacancies", "GET", "/seekers/{seeker_id}/matches")
async def matches(who: AsyncClient) -> Call:
    return Call(f"{(await seeker(who)).path}/matches")


@call_of("vacancies", "POST", "/placements")
async def record_placement(who: AsyncClient) -> Call:
    found = await made(who, await publish_vacancy(who), "PUT")
    mine = await made(who, await profile_seeker(who))
    return Call("/placements", {"vacancy_id": found["id"], "seeker_id": mine["id"], "pilot": "ict"})


# metrics


@call_of("metrics", "GET", "/dashboard/{code}")
async def indicator_page(_: AsyncClient) -> Call:
    return Call("/dashboard/loops-closed")


@call_of("metrics", "GET", "/dashboard/static/{name}")
async def style_sheet(who: AsyncClient) -> Call:
    page = (await who.get("/")).text
    return Call(page.partition('<link rel="stylesheet" href="')[2].partition('"')[0])


@call_of("metrics", "GET", "/indicators/{code}/values")
async def values(_: AsyncClient) -> Call:
    return Call("/indicators/loops-closed/values")


@call_of("metrics", "POST", "/statistics")
async def import_figures(_: AsyncClient) -> Call:
    dimensions = {
        "area": {"KU564": "Oulu"}, "month": {"2023M09": "2023M09", "2023M10": "2023M10"},
        "metric": {"TYOTTOMATLOPUSSA": "Unemployed", "TYOVOIMATK": "Labour force"},
    }  # fmt: skip
    body = {
        "version": "2.0", "class": "dataset", "label": "Jobseekers", "source": "Tilastokeskus",
        "id": list(dimensions), "size": [1, 2, 2], "value": [11, 100, 12, 100],
        "role": {"time": ["month"], "geo": ["area"], "metric": ["metric"]},
        "dimension": {
            name: {"category": {"index": list(labels), "label": labels}}
            for name, labels in dimensions.items()
        },
    }  # fmt: skip
    return Call("/statistics", body, query={"series": fresh("series")})


@call_of("metrics", "GET", "/statistics/{series}")
async def figures(who: AsyncClient) -> Call:
    series = (await made(who, await import_figures(who)))["series"]
    return Call(f"/statistics/{series}")


@call_of("assessments", "GET", "/clients/{client_id}/export")
async def assessments_export(_me: AsyncClient) -> Call:
    return Call(f"/clients/{CLIENT}/export")
