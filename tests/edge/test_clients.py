"""Machine clients on every route: a token's scopes count as far as they are registered."""

from datetime import timedelta
from typing import Any

from httpx import AsyncClient, Response
from kit import clock
from kit.testing import Harness

from .calls import ME, OTHER, fresh
from .walk import Route, guarded, scopes_of, send, valid

# What comes before registration: the issuer's word, that one administers, is enough.
ADMINISTRATORS = "/organisations/{code}/clients"
REGISTRABLE = ("read", "write")


async def registered(
    service: Harness, *scopes: str, organisation: str = ME, **more: Any
) -> AsyncClient:
    """Let a client be registered, as the service hears of it, and call by it with all scopes."""
    client, name = fresh("system"), service.service.name
    if name == "partners":
        body = {"client_id": client, "scopes": scopes}
        administrator = service.caller(organisation, "partners:administer")
        path = f"/organisations/{organisation}/clients"
        (await administrator.post(path, json=body)).raise_for_status()
    else:
        about = {"organisation": organisation, "client_id": client, "scopes": scopes, **more}
        kind, subject = "partners.client.registered.v1", f"clients/{organisation}:{client}"
        await service.hear(kind, subject, **about)
    return calling(service, client)


def calling(service: Harness, client: str) -> AsyncClient:
    """Call by a client whose token says all."""
    return service.caller(ME, *scopes_of(service.service.name), client=client)


def exempt(route: Route) -> bool:
    """Whether the issuer's word is enough on a route."""
    return route.path.startswith(ADMINISTRATORS)


def must_be_refused(answer: Response, route: Route) -> None:
    """The answer says which scope is not registered."""
    assert answer.status_code == 403, (route, answer.text)
    assert answer.json()["type"].endswith("/problems/client-not-registered"), (route, answer.text)
    assert answer.json()["scope"] in scopes_of(route.service), route


async def test_a_client_that_nobody_registered_may_do_nothing(service: Harness) -> None:
    stranger = calling(service, "nobody")
    for route in guarded(service):
        answer = await send(stranger, route, await valid(service, route))
        if exempt(route):
            assert answer.is_success, (route, answer.text)
        else:
            must_be_refused(answer, route)


async def test_a_client_may_do_what_is_registered_and_no_more(service: Harness) -> None:
    name = service.service.name
    for kind in REGISTRABLE:
        client = await registered(service, f"{name}:{kind}")
        for route in guarded(service):
            answer = await send(client, route, await valid(service, route))
            if answer.is_success:
                assert exempt(route) or kind == needed(route), route
            else:
                must_be_refused(answer, route)
                assert answer.json()["scope"] != f"{name}:{kind}", route


def needed(route: Route) -> str:
    """Tell the kind of scope by what a route does; one that searches reads, whatever its method."""
    return "read" if route.method == "GET" or route.about.get("x-reads") else "write"


async def test_what_is_registered_for_anothers_client_counts_for_nobody_else(
    service: Harness,
) -> None:
    name = service.service.name
    client = await registered(service, f"{name}:read", f"{name}:write", organisation=OTHER)
    for route in guarded(service):
        if not exempt(route):
            must_be_refused(await send(client, route, await valid(service, route)), route)


async def test_a_registration_gives_nothing_that_the_token_does_not(service: Harness) -> None:
    name, client = service.service.name, fresh("system")
    if name == "partners":
        body = {"client_id": client, "scopes": [f"{name}:read", f"{name}:write"]}
        administrator = service.caller(ME, "partners:administer")
        await administrator.post(f"/organisations/{ME}/clients", json=body)
    else:
        about = {"organisation": ME, "client_id": client, "scopes": [f"{name}:read"]}
        await service.hear("partners.client.registered.v1", f"clients/{ME}:{client}", **about)
    other = service.caller(ME, "others:read", client=client)
    for route in guarded(service):
        answer = await send(other, route, await valid(service, route))
        assert answer.json()["type"].endswith("/problems/insufficient-scope"), route


async def test_after_its_last_day_a_client_may_do_nothing(service: Harness) -> None:
    name, today = service.service.name, clock.today()
    if name == "partners":
        return  # an organisation's end sets the day: services/partners tests it
    for day, lets in ((today, True), (today - timedelta(days=1), False)):
        client = await registered(service, f"{name}:read", valid_until=day.isoformat())
        assert (await client.get("/events")).is_success is lets


async def test_what_is_heard_last_of_a_client_counts(service: Harness) -> None:
    name = service.service.name
    if name == "partners":
        return
    client = fresh("system")
    me = calling(service, client)
    subject = f"clients/{ME}:{client}"
    about = {"organisation": ME, "client_id": client}
    for scopes, lets in (([f"{name}:read"], True), ([], False), ([f"{name}:read"], True)):
        await service.hear("partners.client.changed.v1", subject, **about, scopes=scopes)
        assert (await me.get("/events")).is_success is lets
