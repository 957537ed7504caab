"""A service's process that dies when a good answer to a POST is on its way: all is committed."""

import os
import sys
from importlib import import_module
from pathlib import Path

import uvicorn
from kit.embedded import Urls
from kit.issuer import DevelopmentIssuer
from kit.testing.harness import AUDIENCE, ISSUER, keys_only, make_settings
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def dying(app: ASGIApp) -> ASGIApp:
    """Let the process die where it would send the answer."""

    async def until_answered(scope: Scope, receive: Receive, send: Send) -> None:
        async def last(message: Message) -> None:
            if scope["method"] == "POST" and message.get("status") in (200, 201):
                os._exit(9)
            await send(message)

        await app(scope, receive, last)

    return until_answered


def main(package: str, folder: str, port: str, *urls: str) -> None:
    """Serve a service that is there, with the keys of a test's issuer."""
    issuer = DevelopmentIssuer.at(Path(folder) / "key.json", ISSUER, AUDIENCE)
    kind = import_module(f"{package}.settings").Settings
    settings = make_settings(kind, package, Urls(*urls), erasures=Path(folder) / "erasures")
    app = import_module(f"{package}.app").make_app(settings, http=keys_only(issuer), work=False)
    uvicorn.run(dying(app), port=int(port), lifespan="off", log_level="critical")


if __name__ == "__main__":
    main(*sys.argv[1:])
