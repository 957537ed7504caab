"""Lists on every route, a page at a time: no row twice, none missed, no cursor but one's own."""

import base64
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

import pytest
from httpx import AsyncClient
from kit.testing import Harness

from .calls import AGREEMENT, CALLS, CONSENT, OTHER, Call, fresh, made
from .walk import Route, everything, guarded, valid

# What makes a row of each list, while it is read.
MAKERS = {
    ("partners", "/organisations"): ("POST", "/organisations"),
    ("partners", "/organisations/{code}/clients"): ("POST", "/organisations/{code}/clients"),
    ("partners", "/areas"): ("POST", "/areas/imports"),
    ("partners", "/agreements"): ("POST", "/agreements"),
    ("partners", "/offerings"): ("POST", "/offerings"),
    # An import's records are all there from the start: what comes is another import's.
    ("partners", "/catalogue/imports/{id}/records"): ("POST", "/catalogue/imports"),
    ("referrals", "/handovers"): ("POST", "/handovers"),
    # Likewise: another handover's.
    ("referrals", "/handovers/{handover_id}/items"): ("POST", "/handovers"),
    ("referrals", "/referrals"): ("POST", "/referrals"),
    ("referrals", "/accountability"): ("POST", "/referrals"),
    ("referrals", "/worklist"): ("POST", "/referrals"),
    ("referrals", "/offerings/{offering}/holds"): ("POST", "/offerings/{offering}/holds"),
    ("assessments", "/instruments"): ("POST", "/instruments"),
    ("assessments", "/assessments"): ("POST", "/assessments"),
    ("vacancies", "/vacancies"): ("PUT", "/vacancies/{business_id}/{external_id}"),
    ("vacancies", "/seekers/{seeker_id}/matches"): (
        "PUT",
        "/vacancies/{business_id}/{external_id}",
    ),
    ("metrics", "/statistics"): ("POST", "/statistics"),
}
FEED = "/events"
LOG = "/clients/{client_id}/disclosures"  # reading it is in it


def lists(service: Harness) -> Iterator[Route]:
    """Walk the lists that have pages."""
    return (r for r in guarded(service) if "after" in r.parameters("query") and r.path != FEED)


async def row(service: Harness, route: Route, call: Call) -> None:
    """Make one more row of a list."""
    name = service.service.name
    if (name, route.path) == ("metrics", "/goals"):
        await agreement(service)
    elif route.path == LOG:
        await everything(service).get(call.path.removesuffix("/disclosures"))
    elif (name, route.path) == ("metrics", "/statistics/{series}"):
        await vintage(everything(service), call)
    elif route.path == "/worklist/escalated":
        await CALLS[name, "GET", route.path](everything(service))
    elif route.path.endswith("/consents"):
        await made(everything(service), Call(call.path, CONSENT))
    elif route.path.endswith("/messages"):
        await made(everything(service), Call(call.path, {"text": "Hei"}))
    else:
        assert (name, route.path) in MAKERS, f"nothing makes a row of {route}"
        method, path = MAKERS[name, route.path]
        me = everything(service)
        await made(me, await CALLS[name, method, path](me), method)


async def agreement(service: Harness) -> None:
    """Let an agreement with a goal be heard of."""
    code = fresh("agreement")
    about = AGREEMENT | {"code": code}
    await service.hear("partners.agreement.signed.v1", f"agreements/{code}", **about)


async def vintage(me: AsyncClient, call: Call) -> None:
    """Publish a newer edition of a series, all of its figures another."""
    newer = await CALLS["metrics", "POST", "/statistics"](me)
    figure = time.monotonic_ns() % 10**9
    body = newer.json | {"value": [figure + cell for cell in range(4)]}
    series = {"series": call.path.rpartition("/")[2]}
    await made(me, Call("/statistics", body, query=series))


async def followed(
    who: AsyncClient, path: str, limit: int, between: Callable[[], Awaitable[None]] | None = None
) -> list[Any]:
    """Read a list to its end, a page at a time; between the first pages, do something else."""
    found, query = [], {"limit": limit}
    for page in count():
        answer = await who.get(path, params=query)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        if answer.json()["next"] is None:
            break
        query["after"] = answer.json()["next"]
        if between and page < 3:
            await between()
    return found


async def test_pages_hold_each_row_once_while_others_come(service: Harness) -> None:
    for route in lists(service):
        call, me = await valid(service, route), everything(service)
        for _ in range(4):
            await row(service, route, call)
        whole = await followed(me, call.path, 100)
        found = await followed(me, call.path, 3, partial(row, service, route, call))
        names = [name(item) for item in found]
        assert len(set(names)) == len(names), route
        assert {name(item) for item in whole} <= set(names), route


def name(item: dict[str, Any]) -> str:
    """Tell a row from all others; what is counted in it may change while the list is read."""
    identity = "id number code client_id vacancy_id referral_id series agreement version area"
    return str([item.get(part) for part in (*identity.split(), "period", "metric", "value")])


async def test_the_last_page_is_the_last(service: Harness) -> None:
    for route in lists(service):
        call, me = await valid(service, route), everything(service)
        for _ in range(3):
            await row(service, route, call)
        rows = len(await followed(me, call.path, 100))
        if rows <= 100 and route.path != LOG:
            exactly = await me.get(call.path, params={"limit": rows})
            assert exactly.json()["next"] is None, route
        for limit in (0, -1, 201, "x", "1e3", str(2**70)):
            answer = await me.get(call.path, params={"limit": limit})
            assert answer.status_code == 422, (route, limit)


async def cursor(service: Harness, route: Route, call: Call) -> str:
    """Get a cursor that is good."""
    for _ in range(4):
        await row(service, route, call)
    return str((await everything(service).get(call.path, params={"limit": 1})).json()["next"])


@pytest.mark.parametrize("kind", ["garbage", "cut", "changed", "longer", "empty", "others'"])
async def test_a_forged_cursor_is_refused(service: Harness, kind: str) -> None:
    for route in lists(service):
        call = await valid(service, route)
        good = await cursor(service, route, call)
        raw = bytearray(base64.urlsafe_b64decode(good + "=" * (-len(good) % 4)))
        raw[len(raw) // 2] ^= 1
        changed = base64.urlsafe_b64encode(raw).decode().rstrip("=")
        forged = {
            "garbage": "ä\x00",
            "cut": good[:-4],
            "changed": changed,
            "longer": good + "AAAA",
            "empty": "",
            "others'": service.service.seal.close_text(b'["", "1"]', f"{call.path} {OTHER}"),
        }[kind]
        answer = await everything(service).get(call.path, params={"after": forged})
        assert answer.status_code == 422, (route, answer.text)
        assert answer.json()["type"].endswith("/problems/bad-cursor")
        assert (await everything(service).get(call.path, params={"after": good})).is_success


async def test_a_cursor_is_its_readers_and_its_lists_own(service: Harness) -> None:
    for route in lists(service):
        call = await valid(service, route)
        good = await cursor(service, route, call)
        answer = await everything(service, OTHER).get(call.path, params={"after": good})
        assert answer.status_code in (404, 422), route
        for other in lists(service):
            if other.path != route.path:
                elsewhere = (await valid(service, other)).path
                answer = await everything(service).get(elsewhere, params={"after": good})
                assert answer.json()["type"].endswith("/problems/bad-cursor"), (route, other)
        answer = await everything(service).get(FEED, params={"after": good})
        assert answer.json()["type"].endswith("/problems/bad-cursor"), route
