"""The estate in one process: an embedded PostgreSQL, an issuer, and each service behind a path."""

import asyncio
import json
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import httpx
from fastapi import Depends, FastAPI, Form, HTTPException
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from kit.embedded import Cluster, Urls
from kit.issuer import DevelopmentIssuer
from kit.migrate import upgrade
from kit.settings import ServiceSettings

SERVICES = ("partners", "referrals", "assessments", "vacancies", "metrics")
OWNERS = {
    "partners": "oulu",
    "referrals": "oulu",
    "assessments": "te-pohjois-pohjanmaa",
    "vacancies": "oulu",
    "metrics": "pohjois-pohjanmaa",
}
AUDIENCE = "kumppani"
STANDING = (*SERVICES, "coordinator", "operator")  # clients that no organisation registers
SECRETS = "secrets.json"
MASTER, SPARE = "referrals.master", "referrals.spare"  # of the only service that keeps keys


@dataclass(frozen=True)
class Place:
    """Where the estate keeps its data, where it is found, and by which Kafka facts travel."""

    folder: Path
    port: int
    kafka: str = ""

    @property
    def url(self) -> str:
        """Give the estate's address."""
        return f"http://127.0.0.1:{self.port}"

    def issuer(self) -> DevelopmentIssuer:
        """Open the development issuer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return DevelopmentIssuer.at(
            self.folder / "issuer.json", "https://issuer.kumppani.invalid", AUDIENCE
        )

    def secrets(self) -> dict[str, str]:
        """Read the services' secrets, made at the first start."""
        file = self.folder / SECRETS
        kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        wanted = {f"{s}.{kind}" for s in SERVICES for kind in ("seal", "client")}
        wanted.add(MASTER)
        made = {name: secrets.token_urlsafe(32) for name in wanted - kept.keys()}
        if made:
            file.touch(mode=0o600)
            file.write_text(json.dumps(kept | made))
        return kept | made


def settings_of(service: str, place: Place, urls: Urls) -> ServiceSettings:
    """Write a service's settings for this machine."""
    kept = place.secrets()
    module = import_module(f"{service}.settings")
    settings: ServiceSettings = module.Settings(
        app_url=urls.app,
        worker_url=urls.worker,
        public_url=f"{place.url}/{service}",
        secret=kept[f"{service}.seal"],
        master_key=kept[MASTER],
        spare_master_key=kept.get(SPARE, ""),
        erasures=place.folder / "erasures" / service,
        issuer=place.issuer().issuer,
        audience=AUDIENCE,
        jwks_url=f"{place.url}/issuer/jwks",
        token_url=f"{place.url}/issuer/token",
        client_id=service,
        client_secret=kept[f"{service}.client"],
        standing=STANDING,
        feeds={name: f"{place.url}/{name}" for name in SERVICES},
        kafka=place.kafka,
        access_log=os.environ.get(f"{service.upper()}_ACCESS_LOG", "false"),
    )
    return settings


@contextmanager
def postgresql(place: Place) -> Iterator[Cluster]:
    """Run PostgreSQL while the body runs; one that others started goes on after it."""
    cluster = Cluster.start(place.folder / "postgresql")
    try:
        yield cluster
    finally:
        if cluster.began:
            cluster.stop()


async def prepare(cluster: Cluster) -> dict[str, Urls]:
    """Bring each service's database up to date."""
    found = {}
    for service in SERVICES:
        found[service] = await asyncio.to_thread(cluster.provision, service)
        await upgrade(service, found[service].owner)
    return found


def issuer_app(place: Place) -> FastAPI:
    """Serve the development issuer: its keys, and tokens for the estate's own services."""
    app = FastAPI(title="Development issuer")
    issuer, kept = place.issuer(), place.secrets()

    @app.get("/jwks")
    async def jwks() -> dict[str, Any]:
        """Give the public keys."""
        return issuer.keys()

    @app.post("/token")
    async def token(
        client: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())],
        grant_type: Annotated[str, Form()],
    ) -> dict[str, Any]:
        """Grant a service its token (OAuth 2, client credentials)."""
        secret = kept.get(f"{client.username}.client", "")
        right = secrets.compare_digest(secret.encode(), client.password.encode())
        if grant_type != "client_credentials" or not (secret and right):
            raise HTTPException(401, "invalid_client")
        scopes = [f"{service}:events" for service in SERVICES]
        granted = issuer.token(
            OWNERS[client.username], scopes, client.username, 600, client.username
        )
        return {"access_token": granted, "token_type": "Bearer", "expires_in": 600}

    return app


def gateway(place: Place, databases: dict[str, Urls]) -> FastAPI:
    """Put the services behind one port; among themselves they call over ASGI."""
    app = FastAPI(title="Kumppani", docs_url=None, redoc_url=None, openapi_url=None)

    def inside() -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app))

    mounted = []
    for service in SERVICES:
        make_app = import_module(f"{service}.app").make_app
        part: FastAPI = make_app(settings_of(service, place, databases[service]), inside())
        app.mount(f"/{service}", part)
        mounted.append(part)
    app.mount("/issuer", issuer_app(place))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for part in mounted:
                await stack.enter_async_context(part.router.lifespan_context(part))
            yield

    def leave() -> None:
        for part in mounted:
            part.state.leave()

    app.router.lifespan_context = lifespan
    app.state.leave = leave
    return app
