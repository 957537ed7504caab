"""Capacity is believed while its provider confirms it."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from kit import clock
from kit.testing import Harness
from partners.domain.catalogue import Capacity, Period, Service
from partners.domain.offering import Offering

from .catalogue import CODE, PATH, a_service, declare, offer, put, step

TOLD = "partners.offering.capacity_went_stale.v1"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


async def pass_days(service: Harness, days: float) -> int:
    """Let the timers look at the clock as it will be."""
    return await service.look_at_the_clock(clock.now() + days * DAY)


async def told(service: Harness) -> list[str]:
    return [event["subject"] for event in await service.said(TOLD)]


def an_offering(**capacity: Any) -> Offering:
    service = Service.model_validate(a_service(stale_after_days=10))
    return Offering.of("ohjaus", "oulu", service, Capacity(capacity=2, **capacity), NOW)


def test_capacity_is_stale_when_its_own_rule_says_so_and_not_before() -> None:
    offering = an_offering()
    assert not offering.stale(NOW + 10 * DAY - timedelta(seconds=1))
    assert offering.stale(NOW + 10 * DAY)
    offering.status = offering.status.PUBLISHED
    offering.declare(Capacity(capacity=2), NOW + 10 * DAY)
    assert not offering.stale(NOW + 19 * DAY)


def test_capacity_is_not_believed_after_the_period_that_it_is_for() -> None:
    period = Period(starts=date(2026, 11, 1), ends=date(2026, 11, 30))
    offering = an_offering(capacity_period=period)
    over = datetime(2026, 11, 30, 22, tzinfo=UTC)  # midnight in Finland
    assert not offering.stale(over - timedelta(seconds=1))
    assert offering.stale(over)


def test_a_shorter_rule_counts_from_the_last_confirmation() -> None:
    offering = an_offering()
    offering.change(Service.model_validate(a_service(stale_after_days=3)), NOW + 2 * DAY)
    assert offering.stale(NOW + 3 * DAY)
    offering.change(Service.model_validate(a_service(stale_after_days=30)), NOW + 4 * DAY)
    assert not offering.stale(NOW + 5 * DAY)


async def test_stale_capacity_is_told_once_and_shown(partners: Harness) -> None:
    await offer(partners)
    assert await pass_days(partners, 29.9) == 0
    assert await pass_days(partners, 30.1) == 1
    assert await pass_days(partners, 90) == 0
    assert await told(partners) == [f"offerings/{CODE}"]
    confirmed = await declare(partners, "oulu", 12, revision=2)
    assert (confirmed.status_code, confirmed.json()["stale"]) == (200, False)
    assert await pass_days(partners, 31) == 1
    assert len(await told(partners)) == 2


async def test_of_many_that_look_at_once_each_offering_is_told_of_by_one(
    partners: Harness,
) -> None:
    for i in range(4):
        await offer(partners, code=f"offering-{i}")
    await asyncio.gather(*(pass_days(partners, 40) for _ in range(5)))
    assert sorted(await told(partners)) == [f"offerings/offering-{i}" for i in range(4)]


@pytest.mark.parametrize("steps", [["pause"], ["end"]])
async def test_nobody_is_asked_to_confirm_what_takes_nobody(
    partners: Harness, steps: list[str]
) -> None:
    await offer(partners)
    for revision, name in enumerate(steps, start=1):
        await step(partners, name, revision)
    assert await pass_days(partners, 40) == 0
    await offer(partners, code="draft", status="draft")
    assert await pass_days(partners, 40) == 0


async def test_what_is_paused_is_told_of_when_it_resumes(partners: Harness) -> None:
    await offer(partners, stale_after_days=1)
    await step(partners, "pause", 1)
    assert await pass_days(partners, 2) == 0
    await step(partners, "resume", 2)
    assert await pass_days(partners, 2) == 1


async def test_a_change_of_words_confirms_nothing(partners: Harness) -> None:
    made = (await offer(partners)).json()
    changed = (await put(partners, PATH, a_service())).json()
    assert changed["confirmed_at"] == made["confirmed_at"]
    assert await pass_days(partners, 30.01) == 1
