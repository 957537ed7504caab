"""What holds on every route of every service, found by walking its OpenAPI document."""

import re
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from kit.embedded import Cluster
from kit.issuer import DevelopmentIssuer
from kit.testing import Harness
from kit.testing.harness import harness
from kumppani.estate import SERVICES

# Routes for everyone; a route that is not here needs a token.
PUBLIC: frozenset[tuple[str, str]] = frozenset(
    {("GET", "/"), ("GET", "/dashboard/{code}"), ("GET", "/dashboard/static/{name}")}
)

CANARY = "CANARY-93f1"


@pytest.fixture(params=SERVICES)
async def service(
    request: pytest.FixtureRequest, cluster: Cluster, tmp_path: Path
) -> AsyncIterator[Harness]:
    """Run each service in turn."""
    async with harness(cluster, tmp_path, request.param) as running:
        yield running


def routes(service: Harness) -> list[tuple[str, str, dict[str, Any]]]:
    """List the routes that need a token: method, path with made-up ids, description."""
    found = []
    for path, methods in service.app.openapi()["paths"].items():
        for method, about in methods.items():
            if (method.upper(), path) not in PUBLIC:
                found.append((method.upper(), re.sub(r"\{[^}]+\}", str(uuid4()), path), about))
    assert found
    return found


def claims(issuer: DevelopmentIssuer, **changes: Any) -> dict[str, Any]:
    """Give the claims of a good token, but for some changes; None takes a claim away."""
    good = {
        "iss": issuer.issuer,
        "aud": issuer.audience,
        "sub": "officer",
        "organisation": "oulu",
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
    "an organisation that is no string": lambda i: signed(i, organisation=["oulu"]),
}


@pytest.mark.parametrize("kind", BAD_TOKENS)
async def test_a_bad_token_is_refused_on_every_route(service: Harness, kind: str) -> None:
    token = BAD_TOKENS[kind](service.issuer)
    caller = service.anyone(Authorization=f"Bearer {token}") if token else service.anyone()
    for method, path, _ in routes(service):
        answer = await caller.request(method, path, json={"text": CANARY})
        assert answer.status_code == 401, (method, path)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert CANARY not in answer.text


async def test_a_token_without_the_scope_is_refused_on_every_route(service: Harness) -> None:
    caller = service.caller("oulu", "others:read")
    for method, path, _ in routes(service):
        answer = await caller.request(method, path, json={"text": CANARY})
        assert answer.status_code == 403, (method, path, answer.text)
        assert answer.json()["scope"].startswith(service.service.name)


async def test_an_unknown_parameter_is_refused_on_every_route(service: Harness) -> None:
    caller = service.caller("oulu")
    for method, path, _ in routes(service):
        answer = await caller.request(method, path, params={CANARY: CANARY}, json={})
        assert answer.status_code == 422, (method, path)
        assert answer.json()["type"].endswith("/problems/unknown-parameter")
        assert CANARY not in answer.text


HOSTILE = {
    "not JSON": b"{",
    "NaN": b'{"a": NaN}',
    "NUL": b'{"a": "\\u0000"}',
    "a lone surrogate": b'{"a": "\\ud800"}',
    "deep nesting": b"[" * 40 + b"]" * 40,
    "not UTF-8": b'{"a": "\xff"}',
    "a huge number": b'{"a": 1' + b"0" * 400 + b"}",
    "too large": b'"' + b"a" * (1024 * 1024 + 1) + b'"',
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_body_is_a_problem_on_every_route(service: Harness, kind: str) -> None:
    caller = service.caller("oulu")
    for method, path, about in routes(service):
        if "requestBody" not in about:
            continue
        headers = {"Content-Type": "application/json", "If-Match": '"1"'}
        answer = await caller.request(method, path, content=HOSTILE[kind], headers=headers)
        assert 400 <= answer.status_code < 500, (method, path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code == 413) == (kind == "too large")
        assert answer.json()["type"].startswith(service.service.settings.public_url)


async def test_every_type_of_problem_is_a_page_that_says_what_to_do(service: Harness) -> None:
    anyone = service.anyone()
    for code, kind in service.app.state.problems.types.items():
        for language in ("fi", "sv", "en"):
            page = await anyone.get(f"/problems/{code}", headers={"Accept-Language": language})
            assert page.status_code == 200
            assert kind.advice.read(language) in page.text  # type: ignore[arg-type]
