"""Whoever a measured service calls but does not measure: the issuer, and feeds that say nothing.

python -m tests.bench.neighbours --folder FOLDER --port PORT
"""

import argparse
import asyncio
import threading
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Response
from kit.issuer import DevelopmentIssuer
from kit.run import stop_with_the_input

from .ground import AUDIENCE, ISSUER

SCOPES = [f"{service}:events" for service in ("partners", "referrals", "assessments", "vacancies")]


def mute(issuer: DevelopmentIssuer) -> FastAPI:
    """Make the application."""
    app = FastAPI()

    @app.get("/jwks")
    async def jwks() -> dict[str, Any]:
        return issuer.keys()

    @app.post("/token")
    async def token() -> dict[str, Any]:
        return {"access_token": issuer.token("estate", SCOPES), "expires_in": 3600}

    @app.get("/{service}/events")
    async def events(service: str, wait: float = 0) -> Response:
        await asyncio.sleep(wait)
        link = f'<http://127.0.0.1/{service}/events?after=nothing>; rel="next"'
        return Response("[]", headers={"Link": link})

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    asked = parser.parse_args()
    threading.Thread(target=stop_with_the_input, daemon=True).start()
    issuer = DevelopmentIssuer.at(asked.folder / "issuer.json", ISSUER, AUDIENCE)
    uvicorn.run(mute(issuer), port=asked.port, log_level="critical", timeout_graceful_shutdown=1)
