"""Tokens on every route: a bad one of each kind, and one without the scope."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from kit.issuer import DevelopmentIssuer
from kit.testing import Harness
from kit.testing.harness import STANDING

from .calls import Call
from .walk import guarded, send

CANARY = "CANARY-93f1"


def claims(issuer: DevelopmentIssuer, **changes: Any) -> dict[str, Any]:
    """Give the claims of a good token, but for some changes; None takes a claim away."""
    good = {
        "iss": issuer.issuer,
        "aud": issuer.audience,
        "sub": "officer",
        "organisation": "oulu",
        "client_id": STANDING,
        "scope": "referrals:read referrals:write",
        "exp": int(time.time()) + 600,
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def signed(issuer: DevelopmentIssuer, **changes: Any) -> str:
    """Sign claims with the issuer's key."""
    key = issuer._key
    return jwt.encode({"alg": "ES256", "kid": key.kid}, claims(issuer, **changes), key)


def by_unknown_key(issuer: DevelopmentIssuer) -> str:
    """Sign good claims with a key that the issuer does not publish."""
    key = ECKey.generate_key("P-256", {"kid": "unknown"})
    return jwt.encode({"alg": "ES256", "kid": "unknown"}, claims(issuer), key)


def by_shared_secret(issuer: DevelopmentIssuer) -> str:
    """Sign good claims with an algorithm that is not allowed."""
    return jwt.encode({"alg": "HS256"}, claims(issuer), OctKey.generate_key(256))


def unsigned(issuer: DevelopmentIssuer) -> str:
    """Give good claims without a signature (`alg` none)."""
    token = signed(issuer).split(".")
    return f"eyJhbGciOiJub25lIn0.{token[1]}."


BAD_TOKENS: dict[str, Callable[[DevelopmentIssuer], str]] = {
    "none": lambda _: "",
    "not a token": lambda _: CANARY,
    "expired": lambda i: signed(i, exp=int(time.time()) - 60),
    "wrong audience": lambda i: signed(i, aud="others"),
    "wrong issuer": lambda i: signed(i, iss="https://others.invalid"),
    "wrong algorithm": by_shared_secret,
    "unsigned": unsigned,
    "unknown key": by_unknown_key,
    "no organisation": lambda i: signed(i, organisation=None),
    "no client": lambda i: signed(i, client_id=None),
    "a client that is no string": lambda i: signed(i, client_id=["tests"]),
    "an organisation that is no string": lambda i: signed(i, organisation=["oulu"]),
}


@pytest.mark.parametrize("kind", BAD_TOKENS)
async def test_a_bad_token_is_refused_on_every_route(service: Harness, kind: str) -> None:
    token = BAD_TOKENS[kind](service.issuer)
    caller = service.anyone(Authorization=f"Bearer {token}") if token else service.anyone()
    for route in guarded(service):
        answer = await caller.request(route.method, route.somewhere, json={"text": CANARY})
        assert answer.status_code == 401, route
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert CANARY not in answer.text


async def test_a_token_without_the_scope_is_refused_on_every_route(service: Harness) -> None:
    caller = service.caller("oulu", "others:read")
    for route in guarded(service):
        answer = await send(caller, route, Call(route.somewhere, {"text": CANARY}))
        assert answer.status_code == 403, (route, answer.text)
        assert answer.json()["scope"].startswith((service.service.name, "partners:coordinate"))
