"""Another organisation's object answers like a missing one, on every route."""

import re
from dataclasses import replace
from uuid import uuid4

from httpx import Response
from kit.testing import Harness

from .calls import ME, STRANGER, Call
from .walk import FHIR, HSDS, Route, everything, routes, send, valid

# What all partners may know: a stranger is answered, or told by name why it may not.
KNOWN_TO_ALL = {
    ("partners", "GET", "/organisations"): "partners know one another",
    ("partners", "GET", "/organisations/{code}"): "partners know one another",
    ("partners", "GET", "/areas"): "areas are official",
    ("partners", "GET", "/areas/{kind}/{code}"): "areas are official",
    ("partners", "GET", "/authorities"): "who is competent is law",
    ("partners", "GET", "/agreements"): "agreements are public among the partners",
    ("partners", "GET", "/agreements/{code}"): "agreements are public among the partners",
    ("partners", "GET", "/agreements/{code}/versions"): "as the agreement",
    ("partners", "GET", "/agreements/{code}/versions/{number}"): "as the agreement",
    ("partners", "GET", "/agreements/{code}/versions/{number}/changes/{other}"): "likewise",
    ("partners", "GET", "/agreements/{code}/resources"): "as the agreement",
    ("partners", "PUT", "/agreements/{code}/commitments/{commitment}/uses/{month}"): "likewise",
    ("partners", "PUT", "/agreements/{code}/pilots/{pilot}/evaluation"): "who owns it is told",
    ("partners", "POST", "/agreements/{code}/rehearsals"): "it changes nothing",
    ("partners", "POST", "/agreements/{code}/signatures"): "who is no party is told so",
    ("partners", "GET", "/catalogue/search"): "the catalogue is common",
    ("partners", "GET", "/offerings"): "the catalogue is common",
    ("partners", "GET", "/offerings/{code}"): "the catalogue is common",
    ("partners", "PUT", "/offerings/{code}"): "who is not the provider is told so",
    ("partners", "POST", "/offerings/{code}/eligibility/reports"): "the catalogue is common",
    ("partners", "POST", "/offerings/{code}/eligibility/checks"): "the catalogue is common",
    ("partners", "POST", "/offerings/{code}/eligibility/versions"): "as its offering",
    ("partners", "GET", "/offerings/{code}/eligibility"): "the catalogue is common",
    ("partners", "GET", "/offerings/{code}/eligibility/versions/{version}"): "as its offering",
    ("partners", "POST", "/offerings/{code}/steps"): "who is not the provider is told so",
    ("partners", "PUT", "/offerings/{code}/capacity"): "who is not the provider is told so",
    **{("partners", "GET", f"/hsds/{path}"): "an open directory" for path in HSDS},
    ("referrals", "GET", "/offerings/{offering}/seats"): "how full a service is, all may know",
    ("assessments", "GET", "/instruments"): "published instruments are everyone's",
    ("assessments", "GET", "/instruments/{code}/versions/{version}"): "as their list",
    ("vacancies", "GET", "/vacancies"): "vacancies are for all who seek",
    ("vacancies", "GET", "/vacancies/{vacancy_id}"): "vacancies are for all who seek",
    ("vacancies", "PUT", "/vacancies/{business_id}/{external_id}"): "who publishes is shown",
    ("metrics", "GET", "/indicators"): "indicators are the partnership's",
    ("metrics", "GET", "/indicators/{code}/values"): "indicators are the partnership's",
    ("metrics", "GET", "/goals"): "goals are the agreements', which are public",
    ("metrics", "GET", "/statistics"): "official statistics are public",
    ("metrics", "GET", "/statistics/{series}"): "official statistics are public",
    ("metrics", "GET", "/"): "the dashboard is public",
    ("metrics", "GET", "/dashboard/{code}"): "the dashboard is public",
    ("metrics", "GET", "/dashboard/static/{name}"): "the dashboard is public",
}
# What the coordinator does with anybody's; whoever has not its scope is told so.
COORDINATORS = {
    ("partners", "PUT", "/agreements/{code}/amendments/{number}"),
    ("partners", "PUT", "/organisations/{code}"),
    ("partners", "POST", "/organisations/{code}/ending"),
    ("partners", "POST", "/organisations/{code}/{noted}/{number}/withdrawal"),
    ("partners", "POST", "/organisations/{code}/handovers"),
    ("partners", "POST", "/organisations/{code}/mandates"),
    ("partners", "POST", "/organisations/{code}/successions"),
    ("partners", "POST", "/areas/imports"),
    ("partners", "PUT", "/agreements/{code}"),
    ("partners", "POST", "/agreements/{code}/steps"),
    ("partners", "POST", "/agreements/{code}/amendments"),
}
LINES = "application/x-ndjson"  # each line is answered for itself
FEED = "/events"  # tests of the feed say whose facts it gives

SHARED = "{business_id}"  # an employer's, whoever publishes its vacancies
AN_ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def of_nothing(route: Route, call: Call) -> Call:
    """Make the same call of objects that do not exist; a call that names none stays as it is."""
    steps = zip(route.path.split("/"), call.path.split("/"), strict=True)
    path = [
        str(uuid4()) if name.startswith("{") and name != SHARED else step for name, step in steps
    ]
    fields = call.json if isinstance(call.json, dict) else {}
    ids = {name: str(uuid4()) for name, value in fields.items() if re.fullmatch(AN_ID, str(value))}
    return replace(call, path="/".join(path), json=call.json and {**call.json, **ids})


def seen(answer: Response) -> tuple[int, list[tuple[str, str]], bytes]:
    """All that an answer shows."""
    return answer.status_code, sorted(answer.headers.items()), answer.content


async def test_anothers_object_answers_like_a_missing_one(service: Harness) -> None:
    stranger = everything(service, STRANGER)
    for route in routes(service):
        call = await valid(service, route)
        nothing = of_nothing(route, call)
        if route.named in {*KNOWN_TO_ALL, *COORDINATORS} or nothing == call:
            continue
        theirs, nothings = [await send(stranger, route, each) for each in (call, nothing)]
        status = nothings.json()["status"] if route.form == LINES else nothings.status_code
        assert status == 404, (route, nothings.text)
        assert seen(theirs) == seen(nothings), (route, theirs.text)
        assert (await send(everything(service), route, call)).is_success, route


NO_LISTS = (*FHIR, "/retention")  # periods are the same for all; whose data are due: tests/leaks


async def test_a_list_has_nothing_of_others(service: Harness) -> None:
    for route in routes(service):
        await send(everything(service), route, await valid(service, route))
    for route in routes(service):
        listed = route.method == "GET" and "{" not in route.path and route.path != FEED
        if listed and route.named not in KNOWN_TO_ALL and route.path not in NO_LISTS:
            mine = await everything(service, ME).get(route.path)
            theirs = await everything(service, STRANGER).get(route.path)
            assert mine.json()["items"], route
            assert theirs.json() == {"items": [], "next": None}, route


async def test_what_all_may_know_is_there_for_a_stranger(service: Harness) -> None:
    stranger = everything(service, STRANGER)
    for route in routes(service):
        if route.named in KNOWN_TO_ALL:
            call = await valid(service, route)
            if call.etag is None:  # an upsert makes the thing first
                await send(everything(service), route, call)
            answer = await send(stranger, route, call)
            told = 403 if route.moves or route.method == "PUT" else 200
            assert answer.status_code == told, (route, answer.text)


async def test_what_the_coordinator_does_nobody_else_may(service: Harness) -> None:
    name = service.service.name
    stranger = service.caller(STRANGER, f"{name}:read", f"{name}:write")
    for route in routes(service):
        if route.named in COORDINATORS:
            answer = await send(stranger, route, await valid(service, route))
            told = answer.status_code, answer.json().get("scope")
            assert told == (403, "partners:coordinate"), route
