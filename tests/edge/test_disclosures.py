"""Whatever a route of the referrals service tells of a client, the client can read of it."""

from kit.testing import Harness
from sqlalchemy import text

from .test_strangers import FEED
from .walk import everything, routes, send, valid

COUNT = text("SELECT count(*) FROM disclosure")
SUBJECTS = text("SELECT id::text FROM client UNION SELECT id::text FROM referral")
LOGGED_BY_THE_FACT = {FEED}  # what is said is logged when it is said


async def test_no_route_tells_of_a_client_without_an_entry_in_the_log(service: Harness) -> None:
    if service.service.name != "referrals":
        return
    for route in routes(service):
        call = await valid(service, route)
        before = await number(service)
        answer = await send(everything(service), route, call)
        async with service.service.worker.begin() as tx:
            subjects = (await tx.scalars(SUBJECTS)).all()
        tells = any(subject in answer.text for subject in subjects)
        if tells and route.path not in LOGGED_BY_THE_FACT:
            assert await number(service) > before, route


async def number(service: Harness) -> int:
    """Count the log's entries."""
    async with service.service.worker.begin() as tx:
        return int((await tx.execute(COUNT)).scalar_one())
