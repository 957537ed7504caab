"""Parameters on every route: one that is unknown, hostile, or a code that nobody has."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import reduce
from operator import getitem
from typing import Any
from urllib.parse import quote

import pytest
from httpx import Response
from kit.testing import Harness
from vacancies.domain.codes import ESCO

from .calls import Call
from .walk import Route, everything, ours, send, valid

CANARY = "CANARY-93f1"

OCCUPATION, SKILL = ESCO.occupations[0].uri, ESCO.skills[0].uri

# Parameters that are codes: what must be suggested for one that is all but right.
CODES = {
    ("partners", "/areas", "municipality"): "564",
    ("partners", "/authorities", "municipality"): "564",
    ("partners", "/authorities", "task"): "transport",
    ("partners", "/offerings", "need"): "career_guidance",
    ("partners", "/offerings", "municipality"): "564",
    ("partners", "/offerings", "organisation"): "oulu",
    ("partners", "/catalogue/search", "need"): "career_guidance",
    ("partners", "/catalogue/search", "municipality"): "564",
    ("partners", "/catalogue/search", "language"): "fr",
    ("vacancies", "/vacancies", "municipality"): "564",
    ("vacancies", "/vacancies", "occupation"): OCCUPATION,
    ("vacancies", "/vacancies", "skill"): SKILL,
    ("metrics", "/goals", "agreement"): "oulu",
    ("metrics", "/statistics/{series}", "area"): "KU564",
    ("metrics", "/statistics/{series}", "metric"): "TYOVOIMATK",
    ("metrics", "/indicators/{code}/values", "by"): "recipient",
}
# Those that are no codes, and why any text will do, or none but what the document says.
FREE = {
    "q": "words to look for",
    "search": "words to look for",
    "after": "a cursor, which is sealed",
    "series": "the name that the caller gives",
}

# The same for bodies: where the code stands.
SERVICE: list[tuple[str | int, ...]] = [
    ("needs", 0), ("audience", "municipalities", 0), ("audience", "situations", 0),
    ("channels", 0, "kind"), ("places", 0, "municipality"),
]  # fmt: skip
BODY_CODES = {
    ("partners", "POST", "/organisations"): [("municipality",), ("units", 0, "municipality")],
    ("partners", "PUT", "/organisations/{code}"): [
        ("municipality",), ("units", 0, "municipality"),
    ],
    ("partners", "POST", "/organisations/{code}/clients"): [("scopes", 0)],
    ("partners", "PUT", "/organisations/{code}/clients/{client_id}"): [("scopes", 0)],
    ("partners", "POST", "/organisations/{code}/handovers"): [
        ("offerings", 0, "code"), ("offerings", 0, "to"),
    ],
    ("partners", "POST", "/organisations/{code}/mandates"): [("tasks", 0), ("areas", 1, "code")],
    ("partners", "POST", "/organisations/{code}/successions"): [
        ("tasks", 0), ("areas", 1, "code"), ("successor",),
    ],
    ("partners", "POST", "/agreements"): [
        ("parties", 0), ("themes", 0, "lead"), ("pilots", 0, "owner"), ("pilots", 0, "theme"),
    ],
    ("partners", "POST", "/catalogue/imports"): [
        ("organisation",), ("needs", "theirs"), ("otherwise", 0),
    ],
    ("partners", "POST", "/offerings"): [*SERVICE, ("capacity_unit",)],
    ("partners", "PUT", "/offerings/{code}"): SERVICE,
    ("partners", "PUT", "/offerings/{code}/capacity"): [("capacity_unit",)],
    ("referrals", "POST", "/clients"): [("statute",)],
    ("referrals", "POST", "/clients/{client_id}/consents"): [("recipients", 0)],
    ("referrals", "POST", "/referrals"): [("need",)],
    ("referrals", "PUT", "/referrals/{referral_id}"): [("offering",)],
    ("assessments", "POST", "/assessments"): [("instrument",)],
    ("assessments", "POST", "/assessments/{assessment_id}/decisions"): [("need",)],
    ("vacancies", "PUT", "/vacancies/{business_id}/{external_id}"): [
        ("municipality",), ("occupations", 0), ("skills", 0, "uri"), ("languages", 0, "code"),
    ],
    ("vacancies", "POST", "/seekers"): [("municipality",), ("occupations", 0), ("skills", 0)],
    ("vacancies", "POST", "/placements"): [("pilot",)],
}  # fmt: skip


async def test_an_unknown_parameter_is_refused_with_the_nearest(service: Harness) -> None:
    me = everything(service)
    for route in ours(service):
        call = await valid(service, route)
        answer = await send(me, route, call, params={CANARY: CANARY})
        assert answer.status_code == 422, route
        assert answer.json()["type"].endswith("/problems/unknown-parameter")
        assert CANARY not in answer.text
        for name in route.parameters("query"):
            answer = await send(me, route, call, params={f"{name}x": "1"})
            assert name in answer.json()["suggestions"], (route, name)


async def test_an_unknown_code_in_a_parameter_is_refused_with_the_nearest(
    service: Harness,
) -> None:
    me = everything(service)
    for route in ours(service):
        call = await valid(service, route)
        for name, about in route.parameters("query").items():
            if name in FREE or not is_text(about["schema"]):
                continue
            right = CODES[route.service, route.path, name]
            answer = await send(me, route, call, params=call.query | {name: misspelt(right)})
            must_suggest(answer, right, f"/query/{name}")


async def test_an_unknown_code_in_a_body_is_refused_with_the_nearest(service: Harness) -> None:
    me = everything(service)
    for route in ours(service):
        for place in BODY_CODES.get(route.named, ()):
            call = await valid(service, route)
            body = deepcopy(call.json)
            *way, last = place
            inner = reduce(getitem, way, body)
            right, inner[last] = inner[last], misspelt(inner[last])
            answer = await send(me, route, call, json=body)
            must_suggest(answer, right, "/body/" + "/".join(map(str, place)))


def is_text(schema: dict[str, Any]) -> bool:
    """Whether a parameter takes any text: no set of words, no pattern, no format."""
    kinds = [kind for kind in schema.get("anyOf", [schema]) if kind.get("type") != "null"]
    closed = {"enum", "const", "pattern", "format", "$ref"}
    return any(kind.get("type") == "string" and not closed & kind.keys() for kind in kinds)


def misspelt(code: str) -> str:
    """Write a code all but right."""
    return code[:-1] + ("5" if code[-1] != "5" else "6")


def must_suggest(answer: Response, right: str, pointer: str) -> None:
    """The answer says where the unknown code stands, and which one may be meant."""
    assert answer.status_code == 422, (pointer, answer.text)
    problem = answer.json()
    assert problem["type"].endswith("/problems/unknown-code"), (pointer, answer.text)
    assert problem["pointer"] == pointer
    assert right in problem["suggestions"], (pointer, answer.text)


HOSTILE = ["\x00", "a\x00b", "%ff", "..%2f", "\U0001f600", "a" * 5000, "-1", str(2**63), str(2**70)]
HOSTILE += ["1e400", "NaN", "' OR 1=1 --", "{}", "\r\nX: y", "null", CANARY]


def elsewhere(route: Route, call: Call, value: str) -> Iterator[str]:
    """Give a call's address with one parameter of its query or its path replaced, each in turn."""
    yield from (f"{call.path}?{name}={value}" for name in route.parameters("query"))
    steps = call.path.split("/")
    for i, name in enumerate(route.path.split("/")):
        if name.startswith("{"):
            yield "/".join([*steps[:i], value, *steps[i + 1 :]])


@pytest.mark.parametrize("value", HOSTILE)
async def test_a_hostile_value_is_no_fault(service: Harness, value: str) -> None:
    me = everything(service)
    raw = value if value.startswith("%") else quote(value, safe="")
    for route in ours(service):
        call = await valid(service, route)
        for url in elsewhere(route, call, raw):
            answer = await send(me, route, replace(call, path=url), params=None)
            assert answer.status_code < 500, (route, url, answer.text)
            if not answer.is_success and not route.public:
                assert answer.headers["content-type"] == "application/problem+json", (route, url)
                assert CANARY not in answer.text, (route, url)
