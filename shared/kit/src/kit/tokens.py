"""Who calls: OAuth 2 access tokens (JWT, RFC 9068), verified by the issuer's published keys."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from kit.problem_types import UNAUTHENTICATED, UNAVAILABLE
from kit.problems import Problem

ALGORITHMS = ["ES256", "RS256", "PS256"]
KEYS_SECONDS = 30  # an unknown key makes us look again, no oftener than this
CACHED_TOKENS = 10_000


@dataclass(frozen=True)
class Caller:
    """An organisation, acting through a person or a machine client.

    `granted` are the scopes of the token, as its issuer gave them; `scopes` what the caller may
    do: what is registered for its OAuth client may be less.
    """

    organisation: str
    client: str
    granted: frozenset[str]
    scopes: frozenset[str]
    subject: str
    expires: float


class Tokens:
    """Verifies access tokens, and remembers those it verified until they expire."""

    def __init__(
        self, issuer: str, audience: str, fetch_keys: Callable[[], Awaitable[dict[str, Any]]]
    ) -> None:
        self._fetch_keys = fetch_keys
        self._keys = KeySet([])
        self._looked = -float("inf")
        self._looking = asyncio.Lock()
        self._verified: dict[str, Caller] = {}
        self._claims = jwt.JWTClaimsRegistry(
            leeway=5,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
            organisation={"essential": True, "allow_blank": False},
        )

    async def caller(self, authorization: str | None) -> Caller:
        """Say who presents this `Authorization` header.

        Raises a 401 problem; 503 where the key is not known and the issuer does not answer.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise unauthenticated("Bearer")
        known = self._verified.get(token)
        if known and known.expires > time.time():
            return known
        caller = await self._verify(token)
        if len(self._verified) >= CACHED_TOKENS:
            self._verified.clear()
        self._verified[token] = caller
        return caller

    async def _verify(self, token: str) -> Caller:
        try:
            try:
                decoded = jwt.decode(token, self._keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                await self._look_again()
                decoded = jwt.decode(token, self._keys, algorithms=ALGORITHMS)
            self._claims.validate(decoded.claims)
            return read(decoded.claims)
        except (JoseError, ValueError, TypeError) as error:
            raise unauthenticated('Bearer error="invalid_token"') from error

    async def _look_again(self) -> None:
        asked = time.monotonic()
        async with self._looking:  # who asks while another looks has the keys that are found
            if asked - self._looked > KEYS_SECONDS:
                keys = await self._published()
                self._keys = KeySet.import_key_set(keys)  # type: ignore[arg-type]
                self._looked = time.monotonic()

    async def _published(self) -> dict[str, Any]:
        try:
            return await self._fetch_keys()
        except httpx.HTTPError as error:
            raise Problem(UNAVAILABLE, headers={"Retry-After": "2"}) from error


def read(claims: dict[str, Any]) -> Caller:
    """Read the claims that were validated. Raises `ValueError` on one of the wrong kind."""
    organisation, subject = claims["organisation"], claims["sub"]
    client = claims.get("client_id") or claims.get("azp")  # RFC 9068; OpenID Connect
    scope = claims.get("scope", "")
    if not all(isinstance(claim, str) for claim in (organisation, client, subject, scope)):
        raise ValueError("a claim is not a string")
    granted = frozenset(scope.split())
    return Caller(organisation, str(client), granted, granted, subject, float(claims["exp"]))


def unauthenticated(challenge: str) -> Problem:
    """Make the problem of a caller that shows no usable token."""
    return Problem(UNAUTHENTICATED, headers={"WWW-Authenticate": challenge})
