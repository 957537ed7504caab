"""The closed loop's own indicators: whom nobody answered for, who waits, what went another way."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from kit import clock
from kit.listen import forget
from kit.testing import Harness

from .builders import OULU, TE, Story, values

SEPTEMBER = datetime(2024, 9, 10, 12, tzinfo=UTC)
MINUTES_A_DAY = 24 * 60


async def tell(
    story: Story, referral: str, what: str, at: datetime | None = None, **more: Any
) -> None:
    """Tell a fact of a referral from the employment office to Oulu."""
    about = {
        "referral_id": referral, "client_id": str(uuid4()), "sender": TE, "recipient": OULU,
        "offering": "ohjaamo", "need": None, "purpose": "client_referral", "mode": "transfer",
    }  # fmt: skip
    kind = what if "." in what else f"referral.{what}"
    await story.tell(f"referrals.{kind}.v1", f"referrals/{referral}", at, **about | more)


async def organisation(story: Story, code: str, ends_on: str | None) -> None:
    """Tell of an organisation, and of its last day."""
    about = {"code": code, "name": {"fi": code}, "ends_on": ends_on}
    await story.tell("partners.organisation.ended.v1", f"organisations/{code}", **about)


async def counted(service: Harness, code: str, by: str | None = None) -> dict[str, float]:
    """Read an indicator's values that are not 0, by month, or by category."""
    found = await values(service, code, **({"by": by} if by else {}))
    return {v["category"] if by else v["period"]: v["value"] for v in found if v["value"]}


async def test_nobody_is_an_orphan_while_the_responsible_organisations_are_there(
    metrics: Harness,
) -> None:
    story, referral = Story(metrics), str(uuid4())
    await organisation(story, TE, "2030-12-31")
    await tell(story, referral, "drafted", SEPTEMBER, assessment_id=None)
    assert await counted(metrics, "orphan-minutes") == {}
    assert (await values(metrics, "orphan-minutes"))[0] == {
        "period": "2024-09", "value": 0, "parts": {}, "category": None, "status": None,
        "areas": [],
    }  # fmt: skip


async def test_a_referral_is_an_orphan_from_its_responsible_organisations_end_to_its_own(
    metrics: Harness,
) -> None:
    story, referral = Story(metrics), str(uuid4())
    await organisation(story, TE, "2024-09-28")
    await tell(story, referral, "drafted", SEPTEMBER, assessment_id=None)
    await tell(story, referral, "withdrawn", datetime(2024, 10, 1, 21, tzinfo=UTC))  # 24:00 there
    assert await counted(metrics, "orphan-minutes") == {
        "2024-09": 2 * MINUTES_A_DAY, "2024-10": MINUTES_A_DAY,
    }  # fmt: skip
    assert await counted(metrics, "orphan-minutes", "responsible") != {}


async def test_a_transfer_that_was_accepted_is_no_orphan_of_its_senders_end(
    metrics: Harness,
) -> None:
    story, moved, shared = Story(metrics), str(uuid4()), str(uuid4())
    await organisation(story, TE, "2024-09-28")
    for referral, mode in ((moved, "transfer"), (shared, "referral")):
        await tell(story, referral, "drafted", SEPTEMBER, assessment_id=None, mode=mode)
        await tell(story, referral, "accepted", SEPTEMBER + timedelta(days=1), mode=mode)
        await tell(story, referral, "given_up", datetime(2024, 9, 29, 21, tzinfo=UTC), mode=mode)
    assert await counted(metrics, "orphan-minutes") == {"2024-09": MINUTES_A_DAY}


async def test_what_passed_to_a_successor_is_no_orphan_and_what_was_closed_stays_closed(
    metrics: Harness,
) -> None:
    story, running, closed = Story(metrics), str(uuid4()), str(uuid4())
    await organisation(story, TE, "2024-09-28")
    ending = datetime(2024, 9, 28, 12, tzinfo=UTC)
    for referral in (running, closed):
        await tell(story, referral, "drafted", SEPTEMBER, assessment_id=None)
    await tell(story, closed, "withdrawn", SEPTEMBER + timedelta(days=1))
    for referral in (running, closed):
        about = {"sender": OULU, "giver": TE, "responsible": OULU, "handover_id": str(uuid4())}
        await tell(story, referral, "passed", ending, **about)
    assert await counted(metrics, "orphan-minutes") == {}
    await organisation(story, OULU, "2024-09-28")
    assert set(await counted(metrics, "orphan-minutes", "responsible")) == {OULU}
    minutes = sum((await counted(metrics, "orphan-minutes")).values())
    since = datetime(2024, 9, 28, 21, tzinfo=UTC)  # the end of its last day there
    assert minutes == pytest.approx((clock.now() - since).total_seconds() / 60, abs=5)


async def test_declines_are_counted_by_reason_and_by_whose_no_it_was(metrics: Harness) -> None:
    story = Story(metrics)
    for reason, by in (("no_capacity", "provider"), ("client_does_not_want", "person")):
        await tell(story, str(uuid4()), "declined", reason=reason, declined_by=by)
    assert await counted(metrics, "referral-declines", "decline") == {
        "no_capacity.provider": 1, "client_does_not_want.person": 1,
    }  # fmt: skip


async def test_missed_visits_and_disputes_are_counted_by_recipient(metrics: Harness) -> None:
    story, referral = Story(metrics), str(uuid4())
    await tell(story, referral, "visit_missed", accompanied=False)
    await tell(story, referral, "disputed")
    assert await counted(metrics, "visits-missed", "recipient") == {OULU: 1}
    assert await counted(metrics, "loops-disputed", "recipient") == {OULU: 1}


async def test_feedback_is_counted_by_the_clients_word(metrics: Harness) -> None:
    story = Story(metrics)
    for helped in ("yes", "yes", "no"):
        await tell(story, str(uuid4()), "feedback_given", helped=helped)
    assert await counted(metrics, "client-feedback", "helped") == {"yes": 2, "no": 1}


async def test_who_waits_is_counted_until_it_is_decided_and_a_replay_counts_alike(
    metrics: Harness,
) -> None:
    story, first, second = Story(metrics), str(uuid4()), str(uuid4())
    await tell(story, first, "waitlisted", SEPTEMBER)
    await tell(story, second, "waitlisted", SEPTEMBER)
    await tell(story, first, "accepted", clock.now())
    this_month = f"{clock.today():%Y-%m}"
    waiting = await counted(metrics, "referrals-waiting")
    assert (waiting["2024-09"], waiting[this_month]) == (2, 1)
    async with metrics.service.worker.begin() as tx:
        await forget(tx, metrics.service.inbox)
    await metrics.receive(*story.told)
    assert await counted(metrics, "referrals-waiting") == waiting
