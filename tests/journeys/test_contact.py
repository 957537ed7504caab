"""The log of partners is cut off, and comes back: disclosure closes, and opens by itself."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from kit import clock
from kit.embedded import Cluster
from kit.listen import Listener
from kit.streams import Feed, Feeds
from kit.testing import Harness
from kit.testing.harness import harness
from kit.testing.passing import Passing
from referrals.domain.contact import Contact
from sqlalchemy import select

TE, OULU = "te-pohjois-pohjanmaa", "oulu"


class Line(httpx.AsyncBaseTransport):
    """The way to partners' feed, which can be cut."""

    def __init__(self, partners: Harness) -> None:
        self._inner = httpx.ASGITransport(partners.app)
        self.cut = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request, or fail as a network does."""
        if self.cut:
            raise httpx.ConnectError("cut", request=request)
        return await self._inner.handle_async_request(request)


class Token:
    """The estate's own token, as its issuer would grant it."""

    def __init__(self, partners: Harness) -> None:
        self._token = partners.issuer.token(
            "estate", ["partners:events"], "referrals", client="tests"
        )

    async def headers(self) -> dict[str, str]:
        """Give the header to call with."""
        return {"Authorization": f"Bearer {self._token}"}


@pytest.fixture
async def two(cluster: Cluster, tmp_path: Path) -> AsyncIterator[tuple[Harness, Harness, Line]]:
    """Run partners, and referrals that listens to it."""
    async with (
        harness(cluster, tmp_path, "partners") as partners,
        harness(cluster, tmp_path, "referrals") as referrals,
    ):
        line = Line(partners)
        http = httpx.AsyncClient(transport=line)
        feed = Feed("partners", "http://partners.test", http, Token(partners))  # type: ignore[arg-type]
        service = referrals.service
        tasks = [
            asyncio.create_task(Listener(service.worker, service.inbox, Feeds([feed])).run()),
            asyncio.create_task(partners.service.ticker.run()),
        ]
        yield partners, referrals, line
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await http.aclose()


async def heard(referrals: Harness, since: float) -> bool:
    """Wait, for at most 20 s, until something that was said later than that was heard."""
    for _ in range(200):
        async with referrals.service.worker.begin() as tx:
            at = (await tx.scalars(select(Contact.heard_at))).one()
        if at.timestamp() >= since:
            return True
        await asyncio.sleep(0.1)
    return False


async def test_it_closes_while_the_log_is_cut_and_opens_by_itself(
    two: tuple[Harness, Harness, Line], time: Passing
) -> None:
    partners, referrals, line = two
    coordinator = partners.caller(OULU, "partners:coordinate")
    for code, kind, municipality in ((TE, "te_office", None), (OULU, "city", "564")):
        about = {"code": code, "kind": kind, "name": {"fi": code}, "municipality": municipality}
        answer = await coordinator.post("/organisations", json=about)
        assert answer.status_code == 201, answer.text
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    begun = clock.now().timestamp()
    await partners.look_at_the_clock(clock.now())
    assert await heard(referrals, begun)
    client = (await te.post("/clients", json={})).json()["id"]
    draft = (await te.post("/referrals", json={"client_id": client})).json()
    path = f"/referrals/{draft['id']}"

    async def send(revision: int) -> httpx.Response:
        return await te.post(
            f"{path}/steps",
            json={"step": "send", "legal_basis": "statute"},
            headers={"If-Match": f'"{revision}"'},
        )

    answer = await te.put(path, json={"recipient": OULU}, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    assert (await send(2)).status_code == 403  # no agreement: asked, since there is contact

    line.cut = True
    time.days(25 / 24)
    await partners.look_at_the_clock(clock.now())  # it speaks, and nobody hears
    closed = await send(2)
    assert (closed.status_code, closed.json()["type"].rpartition("/")[2]) == (503, "out-of-contact")
    assert (await te.get(path)).status_code == 200

    line.cut = False
    assert await heard(referrals, (clock.now().timestamp()) - 3600)
    assert (await send(2)).status_code == 403
    assert (await oulu.get(path)).status_code == 404
