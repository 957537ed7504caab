"""Indicators are folded from facts, and come out the same when folded again."""

import json
from importlib.resources import files
from typing import Any
from uuid import uuid4

from kit.events import Record
from kit.listen import forget
from kit.testing import Harness

TE, OULU = "te-pohjois-pohjanmaa", "oulu"


async def a_referral(metrics: Harness, *steps: str) -> list[Record]:
    """Let metrics hear a referral take some steps."""
    referral = str(uuid4())
    common = {
        "referral_id": referral,
        "client_id": str(uuid4()),
        "sender": TE,
        "recipient": OULU,
        "offering": "ohjaamo-oulu-guidance",
        "need": "job_search",
        "purpose": "client_referral",
        "agreement": "oulu",
        "clause": "client-referral",
        "reason": "no_capacity",
        "declined_by": "provider",
        "outcome": "need_met",
        "assessment_id": None,
    }
    subject = f"referrals/{referral}"
    return [
        await metrics.hear(f"referrals.referral.{step}.v1", subject, **common) for step in steps
    ]


async def latest(metrics: Harness) -> dict[str, Any]:
    """Read the newest value of each indicator."""
    page = (await metrics.caller(OULU).get("/indicators")).json()
    return {i["code"]: i["latest"] for i in page["items"]}


CLOSED = ("drafted", "addressed", "sent", "accepted", "started", "outcome_reported", "confirmed")
DECLINED = ("drafted", "addressed", "sent", "declined")


async def test_referrals_are_counted_and_a_rebuild_from_zero_gives_the_same(
    metrics: Harness,
) -> None:
    records = await a_referral(metrics, *CLOSED) + await a_referral(metrics, *DECLINED)
    first = await latest(metrics)
    assert first["loops-closed"]["value"] == 1
    assert first["referral-acceptance-rate"]["value"] == 50
    assert first["referral-time-to-decision"]["parts"]["cases"] == 2
    async with metrics.service.worker.begin() as tx:
        await forget(tx, metrics.service.inbox)
    assert (await latest(metrics))["loops-closed"] != first["loops-closed"]
    await metrics.receive(*records)
    assert await latest(metrics) == first
    await metrics.receive(*records)
    assert await latest(metrics) == first


async def test_official_figures_make_the_unemployment_rate(metrics: Harness) -> None:
    council = metrics.caller("pohjois-pohjanmaa")
    figures = json.loads((files("metrics") / "figures" / "tyonv_12r5_oulu.json").read_text())
    made = await council.post("/statistics", json=figures)
    assert made.status_code == 201, made.text
    rate = (await latest(metrics))["unemployment-rate"]
    assert rate["period"] == "2023-10"
    assert abs(rate["value"] - 100 * 12444 / 102841) < 1e-9
    await council.post("/statistics", json=figures)
    assert len(await metrics.said("metrics.figures.imported.v1")) == 1


async def test_a_broken_file_is_a_problem_that_says_where(metrics: Harness) -> None:
    council = metrics.caller("pohjois-pohjanmaa")
    refused = await council.post("/statistics", json={"version": "2.0", "class": "dataset"})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"


async def test_the_dashboard_is_for_everyone_in_three_languages(metrics: Harness) -> None:
    anyone = metrics.anyone()
    for language in ("fi", "sv", "en"):
        page = await anyone.get("/", params={"lang": language})
        assert page.status_code == 200
        assert f'lang="{language}"' in page.text
