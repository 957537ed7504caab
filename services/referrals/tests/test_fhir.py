"""The FHIR view: valid R4, nothing more than the row tells, its own manners."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from fhir.resources.R4B import get_fhir_model_class
from httpx import AsyncClient, Response
from kit.testing import Harness
from referrals.domain.lifecycle import TABLE
from referrals.domain.states import Status
from referrals.fhir.resources import ASKED

from .builders import OULU, TE, VISIT, drafted, given, sent, step, walked
from .test_disclosures import did, log_of

NAME, NOTE = "Testi Nimetön", "Vain osapuolille"


def valid(answer: Response, status: int = 200) -> dict[str, Any]:
    """Read a resource, as a reader of R4 does."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/fhir+json"
    resource: dict[str, Any] = answer.json()
    read = get_fhir_model_class(resource["resourceType"]).model_validate_json(answer.content)
    assert json.loads(read.model_dump_json()).keys() == resource.keys()
    return resource


async def walks(te: AsyncClient, oulu: AsyncClient) -> list[dict[str, Any]]:
    """Let referrals stand in every status."""
    one = await drafted(te, {"recipient": OULU}, urgent=True)
    outcome = ("report_outcome", {"outcome": "employed"})
    failed = ("report_outcome", {"outcome": "discontinued"})
    courses: list[list[Any]] = [
        [],
        ["accept"],
        ["waitlist"],
        [("decline", {"reason": "no_capacity"})],
        ["accept", ("schedule", {"visit": VISIT})],
        ["accept", outcome, "confirm"],
        ["accept", failed],
        ["withdraw"],
    ]
    return [one, *[await walked(te, oulu, await sent(te), *course) for course in courses]]


async def test_both_resources_are_valid_in_every_status(referrals: Harness) -> None:
    await given(referrals, seats=9)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    for referral in await walks(te, oulu):
        task = valid(await te.get(f"/fhir/Task/{referral['id']}"))
        asked = valid(await te.get(f"/fhir/ServiceRequest/{referral['id']}"))
        assert task["status"] == referral["status"]
        assert task["focus"] == {"reference": f"ServiceRequest/{asked['id']}"}
        assert task["owner"]["identifier"]["value"] == OULU
        assert task["for"] == asked["subject"]
        assert asked["priority"] == ("urgent" if referral["urgent"] else "routine")
        assert task["meta"]["versionId"] == str(referral["revision"])
        if referral["phase"]:
            assert task["businessStatus"]["coding"][0]["code"] == referral["phase"]
        if referral["outcome"]:
            coded = task["output"][0]["valueCodeableConcept"]["coding"][0]["code"]
            assert coded == referral["outcome"]


async def test_a_search_is_a_bundle_of_pages_each_of_which_leads_to_the_next(
    referrals: Harness,
) -> None:
    await given(referrals, seats=9)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    every = [each["id"] for each in await walks(te, oulu)]
    page, found = "/fhir/Task?owner=oulu&_count=4", []
    while page:
        bundle = valid(await te.get(page))
        links = {link["relation"]: link["url"] for link in bundle["link"]}
        assert links["self"].endswith(page)
        found += [entry["resource"]["id"] for entry in bundle["entry"]]
        page = links.get("next", "").removeprefix(referrals.service.settings.public_url)
    assert found == every
    received = valid(await oulu.get("/fhir/Task?owner=Organization/oulu"))
    assert [entry["resource"]["id"] for entry in received["entry"]] == every[1:]  # not the draft
    some = valid(await oulu.get("/fhir/Task?status=accepted,on-hold"))
    assert {entry["resource"]["status"] for entry in some["entry"]} == {"accepted", "on-hold"}
    assert "entry" not in valid(await te.get("/fhir/Task?owner=te-pohjois-pohjanmaa"))
    assert "entry" not in valid(await referrals.caller("some-ngo").get("/fhir/Task"))


async def test_it_tells_of_the_person_only_what_the_row_tells(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te)
    about = f"/clients/{referral['client_id']}"
    assert (await te.patch(about, json={"name": NAME}, headers={"If-Match": '"1"'})).is_success
    await step(oulu, referral, "ask_information", note=NOTE)
    for path in (f"Task/{referral['id']}", f"ServiceRequest/{referral['id']}", "Task"):
        answer = await oulu.get(f"/fhir/{path}")
        valid(answer)
        assert NAME not in answer.text
        assert NOTE not in answer.text
    reads = [e for e in await log_of(referrals, referral["client_id"]) if e["organisation"] == OULU]
    assert [e["classes"] for e in reads if e["action"] == "read"][-3:] == [["situation"]] * 3
    await did(referrals, "REVOKE INSERT ON disclosure FROM referrals_app")
    for path in (f"Task/{referral['id']}", "Task"):
        assert (await oulu.get(f"/fhir/{path}")).status_code == 500  # no log, no data


@pytest.mark.parametrize(
    ("path", "headers", "status", "code"),
    [
        (f"Task/{UUID(int=7)}", {}, 404, "not-found"),
        ("Task/x", {}, 400, "invalid"),
        ("Task?status=done", {}, 400, "invalid"),
        ("Task?colour=red", {}, 400, "invalid"),
        ("Task?_count=0", {}, 400, "invalid"),
        ("Task?_page=x", {}, 400, "invalid"),
        ("Task", {"Accept": "application/fhir+xml"}, 406, "not-supported"),
        ("Task", {"Authorization": ""}, 401, "login"),
    ],
)
async def test_what_is_refused_is_an_operation_outcome(
    referrals: Harness, path: str, headers: dict[str, str], status: int, code: str
) -> None:
    answer = await referrals.caller(TE).get(f"/fhir/{path}", headers=headers)
    assert valid(answer, status)["issue"][0]["code"] == code


async def test_anothers_referral_is_as_one_that_is_not_there(referrals: Harness) -> None:
    await given(referrals)
    referral = await sent(referrals.caller(TE))
    other = referrals.caller("some-ngo")
    theirs = await other.get(f"/fhir/Task/{referral['id']}")
    nothing = await other.get(f"/fhir/Task/{uuid4()}")
    assert (theirs.status_code, theirs.content) == (404, nothing.content)


# The state machine of https://hl7.org/fhir/R4/task.html#statemachine, as far as we use it: what
# is asked is taken on or not, what is taken on is worked at, may rest, and ends.
D, R, A, J, P, H, C, F, X = (
    Status.DRAFT, Status.REQUESTED, Status.ACCEPTED, Status.REJECTED, Status.IN_PROGRESS,
    Status.ON_HOLD, Status.COMPLETED, Status.FAILED, Status.CANCELLED,
)  # fmt: skip
MACHINE = {
    (D, R), (R, A), (R, J), (A, P), (P, H), (H, P), (P, C), (P, F),
    *((open_, X) for open_ in (D, R, A, P, H)),
}  # fmt: skip
# Where ours goes further, and why a reader of FHIR still reads it rightly.
FURTHER = {
    (A, C): "an outcome without a separate start", (A, F): "likewise",
    (H, C): "an outcome while it rests", (H, F): "likewise",
    (A, H): "rests before it began",
    (R, H): "waits in the line", (H, A): "takes the offered seat", (H, J): "declined in the line",
    (C, F): "a disputed outcome is told anew", (F, C): "likewise",
}  # fmt: skip


def moves() -> set[tuple[Status, Status]]:
    """Give every move from one status to another that the table allows."""
    ends = {"report_outcome": (C, F), "withdraw_consent": (X,)}
    found = {
        (place.status, to)
        for row in TABLE
        for place in row.at
        for to in ends.get(row.step, (row.to or place.status,))
    }
    ended = {C, F, X, J}  # frozen there, where consent is withdrawn
    return {
        (start, to)
        for start, to in found
        if start != to and to is not Status.ENTERED_IN_ERROR and not (start in ended and to is X)
    }


def test_every_step_moves_along_the_graph_of_fhirs_task() -> None:
    assert moves() - MACHINE == set(FURTHER)


def test_every_status_has_one_of_a_request() -> None:
    assert set(ASKED) == set(Status)
    codes = {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"}
    assert set(ASKED.values()) <= codes
