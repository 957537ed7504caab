"""Who has heard nothing of partners for a day discloses nothing more, and says so."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from kit.clock import now
from kit.edge import ServiceRoute
from kit.testing import Harness
from kit.testing.harness import Says
from kit.testing.passing import Passing
from referrals.api.logged import ClientRoute, LoggedRoute

from .builders import OULU, TE, drafted, given, offered, sent, step

HOUR = 1 / 24
CONFIRMED = "partners.register.confirmed.v1"
# Routes of the service that tell of no referral: seats, terms, how long what is kept.
OF_THE_SERVICE = ("/-/", "/problems", "/docs", "/events")  # its health, its document, its feed
TELLS_OF_NOBODY = ("/offerings/", "/agreements/", "/retention")


async def confirmed(service: Harness) -> None:
    """Let partners say that its register is as it was told."""
    await service.hear(CONFIRMED, "register/partners", code="partners")


def is_closed(answer: httpx.Response) -> bool:
    return answer.status_code == 503 and "out-of-contact" in answer.text


def reads(referral: dict[str, Any]) -> list[str]:
    path = f"/referrals/{referral['id']}"
    return [
        path, "/referrals?box=received", f"{path}/messages", "/accountability",
        "/worklist?role=recipient", f"/fhir/Task/{referral['id']}", "/fhir/Task",
        f"/fhir/ServiceRequest/{referral['id']}",
    ]  # fmt: skip


async def test_a_recipient_reads_nothing_after_a_day_and_all_after_the_next_word(
    referrals: Harness, time: Passing
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te)
    time.days(23.9 * HOUR)
    for path in reads(referral):
        assert (await oulu.get(path)).status_code == 200, path
    time.days(0.2 * HOUR)
    for path in reads(referral):
        assert is_closed(await oulu.get(path)), path
    lines = {"Accept": "application/x-ndjson"}
    assert is_closed(await oulu.get("/referrals?box=received", headers=lines))
    taken = await oulu.post(
        f"/referrals/{referral['id']}/steps",
        json={"step": "accept"},
        headers={"If-Match": '"3"'},
    )
    assert is_closed(taken)
    await confirmed(referrals)
    for path in reads(referral):
        assert (await oulu.get(path)).status_code == 200, path
    assert (await step(oulu, referral, "accept")).status_code == 200


async def test_it_says_since_when_and_when_to_come_back(referrals: Harness, time: Passing) -> None:
    await given(referrals)
    referral = await sent(referrals.caller(TE))
    time.days(25 * HOUR)
    answer = await referrals.caller(OULU, **{"Accept-Language": "fi"}).get(
        f"/referrals/{referral['id']}"
    )
    told = answer.json()
    assert answer.headers["retry-after"] == "300"
    assert (told["status"], told["hours"]) == (503, 24)
    assert told["since"] < now().isoformat()
    assert told["title"].startswith("Tietoja ei luovuteta")


async def test_nothing_is_sent_and_nothing_half_done(referrals: Harness, time: Passing) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    before = await sent(te)
    draft = await drafted(te, {"offering": "ohjaamo-oulu-guidance"})
    time.days(25 * HOUR)
    assert is_closed(await step(te, draft, "send", legal_basis="statute"))
    message = await te.post(f"/referrals/{before['id']}/messages", json={"text": "Lisätieto"})
    assert is_closed(message)
    assert (await te.get(f"/referrals/{draft['id']}")).json()["status"] == "draft"
    await confirmed(referrals)
    assert (await step(te, draft, "send", legal_basis="statute")).status_code == 200


async def test_ones_own_stays_at_hand(referrals: Harness, time: Passing) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await sent(te)
    time.days(25 * HOUR)
    draft = await drafted(te, {"offering": "ohjaamo-oulu-guidance"})
    own = (f"/clients/{draft['client_id']}", f"/referrals/{draft['id']}", "/worklist?role=sender",
           f"/referrals/{referral['id']}", "/referrals?box=sent")  # fmt: skip
    for path in own:
        assert (await te.get(path)).status_code == 200, path


async def test_an_old_fact_a_clock_that_is_ahead_and_a_repetition_prove_nothing(
    referrals: Harness, time: Passing
) -> None:
    await given(referrals)
    referral = await sent(referrals.caller(TE))
    producer = Says("partners", {})
    late = producer.record(CONFIRMED, "register/partners", code="partners")
    time.days(2)
    await referrals.receive(late)  # said two days ago, heard now
    oulu = referrals.caller(OULU)
    assert is_closed(await oulu.get(f"/referrals/{referral['id']}"))
    time.days(3)
    ahead = producer.record(CONFIRMED, "register/partners", code="partners")
    time.days(-3)
    await referrals.receive(ahead)
    await referrals.receive(ahead)
    assert (await oulu.get(f"/referrals/{referral['id']}")).status_code == 200
    time.days(25 * HOUR)
    assert is_closed(await oulu.get(f"/referrals/{referral['id']}"))
    await offered(referrals, 2)  # any fact of partners will do
    assert (await oulu.get(f"/referrals/{referral['id']}")).status_code == 200


async def test_whoever_watches_sees_how_long_it_is(referrals: Harness, time: Passing) -> None:
    await given(referrals)
    time.days(2)
    shown = (await referrals.anyone().get("/-/metrics")).text
    (line,) = [row for row in shown.splitlines() if row.startswith("kumppani_contact_seconds{")]
    assert 'source="partners"' in line
    assert float(line.rpartition(" ")[2]) == pytest.approx(2 * 86400, abs=60)


def test_no_route_can_forget_it(referrals: Harness) -> None:
    routes = [r for r in all_routes(referrals.app) if isinstance(r, ServiceRoute)]
    assert len(routes) > 20
    for route in routes:
        tells = not route.path.startswith(TELLS_OF_NOBODY)
        assert isinstance(route, LoggedRoute) == tells, route.path
        if tells and not isinstance(route, ClientRoute):
            told = referrals.app.openapi()["paths"][route.path][min(route.methods).lower()]
            assert "out-of-contact" in told["responses"]["503"]["x-problems"], route.path
    others = {r.path for r in all_routes(referrals.app) if not isinstance(r, ServiceRoute)}
    assert {path for path in others if not path.startswith(OF_THE_SERVICE)} == set()


def all_routes(app: FastAPI) -> list[APIRoute]:
    """List all routes of the application, those of its routers included."""
    found, rest = [], list(app.routes)
    while rest:
        route: Any = rest.pop()
        router = getattr(route, "original_router", None)
        if router is not None:
            rest.extend(router.routes)
        elif isinstance(route, APIRoute):
            found.append(route)
    return found
