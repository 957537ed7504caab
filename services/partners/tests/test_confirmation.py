"""Partners says every hour that it is there, and no more often."""

from datetime import timedelta

from kit import clock
from kit.testing import Harness

SAID = "partners.register.confirmed.v1"


async def test_the_register_is_confirmed_every_hour_once(service: Harness) -> None:
    start = clock.now()
    for minutes in (0, 0, 59, 60, 61, 119, 600):  # after a pause of hours once, not for each
        await service.look_at_the_clock(start + timedelta(minutes=minutes))
    said = await service.said(SAID)
    assert [(e["subject"], e["sequence"]) for e in said] == [
        ("register/partners", str(n)) for n in (1, 2, 3)
    ]
    assert set(said[0]["data"]) == {"code", "confirmed_at"}
