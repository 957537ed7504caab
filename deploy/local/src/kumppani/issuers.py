"""Who gives tokens to those who act: this machine's own issuer, or an estate's Keycloak."""

from collections.abc import Mapping
from typing import Protocol

import httpx
from kit.issuer import DevelopmentIssuer

from kumppani.estate import SERVICES

COORDINATOR, OPERATOR = "coordinator", "operator"
CITY = "oulu"  # for whom both act
DAY_SECONDS = 24 * 3600
TOKEN_PATH = "/issuer/realms/kumppani/protocol/openid-connect/token"  # noqa: S105 (a path)


class NoToken(Exception):
    """A client gets no token; one line says why, and what to do."""


class Issuer(Protocol):
    """The port: a client's access token, by the client's name."""

    async def token(self, client: str) -> str:
        """Give a token of an organisation's client, the coordinator's or the operator's."""
        ...


class Development:
    """The issuer of an estate on this machine."""

    def __init__(self, issuer: DevelopmentIssuer) -> None:
        self._issuer = issuer

    async def token(self, client: str) -> str:
        """Sign a token that lasts for a day."""
        organisation = CITY if client in (COORDINATOR, OPERATOR) else client
        scopes = scopes_of(client)
        return self._issuer.token(organisation, scopes, client, DAY_SECONDS, client)


def scopes_of(client: str) -> list[str]:
    """List what a client may do, as Keycloak's realm grants it."""
    kinds = ("operate", "events") if client == OPERATOR else ("read", "write")
    more = {COORDINATOR: ["partners:coordinate"], OPERATOR: []}
    common = [f"{service}:{kind}" for service in SERVICES for kind in kinds]
    return common + more.get(client, ["partners:administer"])


class Keycloak:
    """The issuer of an estate in docker compose, asked by client credentials (RFC 6749, 4.4)."""

    def __init__(self, http: httpx.AsyncClient, secrets: Mapping[str, str | None]) -> None:
        self._http = http
        self._secrets = secrets

    async def token(self, client: str) -> str:
        """Ask for a token, valid for ten minutes. Raises `NoToken`, and httpx's errors."""
        name = f"{client.upper().replace('-', '_')}_CLIENT_SECRET"
        secret = self._secrets.get(name)
        if not secret:
            raise NoToken(f"{name} is neither in the environment nor in .env: copy it there")
        asked = {"grant_type": "client_credentials"}
        answer = await self._http.post(TOKEN_PATH, data=asked, auth=(client, secret))
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            raise NoToken(f"{name} is not what Keycloak knows: is .env that of this estate?")
        if not answer.is_success:
            raise NoToken(f"Keycloak gave {client} no token: {answer.status_code}")
        return str(answer.json()["access_token"])


async def token_at(url: str, secrets: Mapping[str, str | None], client: str) -> str:
    """Ask the Keycloak of an estate for a client's token."""
    async with httpx.AsyncClient(base_url=url) as http:
        return await Keycloak(http, secrets).token(client)
