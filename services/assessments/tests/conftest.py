"""The service on a database of its own, and an office that assesses its clients with it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import harness

TE = "te-pohjois-pohjanmaa"


@pytest.fixture
async def assessments(cluster: Cluster, tmp_path: Path) -> AsyncIterator[Harness]:
    """Run the service."""
    async with harness(cluster, tmp_path, "assessments") as running:
        yield running


class Office:
    """An organisation that assesses its clients."""

    def __init__(self, service: Harness, organisation: str = TE) -> None:
        self.service = service
        self.organisation = organisation

    def calls(self, **headers: str) -> AsyncClient:
        """Call the service as this office."""
        return self.service.caller(self.organisation, **headers)

    async def client(self) -> str:
        """Let the service hear of a client of this office."""
        client = str(uuid4())
        await self.service.hear(
            "referrals.client.registered.v1",
            f"clients/{client}",
            client_id=client,
            organisation=self.organisation,
            kind="anonymous",
        )
        return client

    async def begins(self, **asked: Any) -> Response:
        """Begin an assessment of a new client."""
        body = {"client_id": await self.client(), "instrument": "elamantilanne", **asked}
        return await self.calls().post("/assessments", json=body)

    async def started(self) -> str:
        """Begin an assessment; give its path."""
        answer = await self.begins()
        assert answer.status_code == 201, answer.text
        return f"/assessments/{answer.json()['id']}"

    async def answers(self, path: str, **marks: Any) -> Response:
        """Take answers down at the revision that is there."""
        tag = (await self.calls().get(path)).headers["etag"]
        body = {"answers": marks}
        return await self.calls().put(f"{path}/answers", json=body, headers={"If-Match": tag})

    async def completes(self, path: str, **headers: str) -> Response:
        """Complete an assessment at the revision that is there."""
        tag = (await self.calls().get(path)).headers["etag"]
        return await self.calls(**headers).post(f"{path}/completion", headers={"If-Match": tag})

    async def completed(self, **marks: int) -> str:
        """Complete an assessment with some answers; give its path."""
        path = await self.started()
        await self.answers(path, **marks)
        answer = await self.completes(path)
        assert answer.status_code == 200, answer.text
        return path

    async def decides(self, path: str, need: str, **word: str) -> Response:
        """Decide on a need."""
        return await self.calls().post(f"{path}/decisions", json={"need": need, **word})

    async def sees(self, path: str, **headers: str) -> dict[str, Any]:
        """Read an assessment."""
        return dict((await self.calls(**headers).get(path)).raise_for_status().json())


@pytest.fixture
def te(assessments: Harness) -> Office:
    """Open the employment office."""
    return Office(assessments)
