"""Revisions on every route: what is tagged, what a change must name, and what a read is spared."""

from kit.testing import Harness

from .calls import STRANGER
from .walk import everything, guarded, send, valid

# Tagged, and yet never 304: the revision alone does not decide the answer.
ALWAYS_ANSWERED = {
    ("partners", "GET", "/offerings/{code}"): "seats are counted by facts of referrals",
    ("referrals", "GET", "/referrals/{referral_id}"): "the next steps are the caller's own",
    ("assessments", "GET", "/assessments/{assessment_id}"): "it is told in the caller's language",
    ("metrics", "GET", "/statistics/{series}"): "it lists the other vintages, and filters",
}


async def test_every_valid_call_succeeds(service: Harness) -> None:
    for route in guarded(service):
        answer = await send(everything(service), route, await valid(service, route))
        assert answer.is_success, (route, answer.text)


async def test_a_read_is_spared_where_the_revision_alone_decides_it(service: Harness) -> None:
    me = everything(service)
    for route in guarded(service):
        if route.method != "GET":
            continue
        call = await valid(service, route)
        tag = (await send(me, route, call)).headers.get("etag")
        spares = "304" in route.about["responses"]
        assert spares == (tag is not None and route.named not in ALWAYS_ANSWERED), route
        for named in (tag, f"W/{tag}", f'"0", {tag}', "*") if tag else ():
            answer = await send(me, route, call, headers={"If-None-Match": named})
            assert answer.status_code == (304 if spares else 200), route
            assert answer.headers["etag"] == tag
            assert bool(answer.content) != spares
        answer = await send(me, route, call, headers={"If-None-Match": '"0"'})
        assert answer.status_code == 200, route


async def test_a_stranger_who_knows_the_revision_learns_nothing(service: Harness) -> None:
    for route in guarded(service):
        if "304" not in route.about["responses"]:
            continue
        call = await valid(service, route)
        stranger = everything(service, STRANGER)
        plain = await send(stranger, route, call)
        knowing = await send(stranger, route, call, headers={"If-None-Match": "*"})
        assert knowing.status_code == (304 if plain.is_success else 404), route


async def test_a_change_names_the_revision_that_it_changes(service: Harness) -> None:
    me = everything(service)
    for route in guarded(service):
        if "if-match" not in route.parameters("header"):
            continue
        call = await valid(service, route)
        for tag in ('"99"', '"0"', '"x"', "*", '"' + "9" * 400 + '"', '"-1"', '"²"'.encode()):
            answer = await send(me, route, call, headers={"If-Match": tag})
            assert answer.status_code == 412, (route, tag, answer.text)
            assert answer.json()["type"].endswith("/problems/stale")
        without = await me.request(route.method, call.path, json=call.json)
        assert without.status_code == 428, route
        assert without.json()["type"].endswith("/problems/if-match-missing")
        assert (await send(me, route, call)).is_success, route
        assert (await send(me, route, call)).status_code == 412, route
