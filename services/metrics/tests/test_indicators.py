"""Indicators, folded from facts, over HTTP on a real database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kit import clock
from kit.listen import forget
from kit.testing import Harness

from .builders import OULU, TE, Story, a_dataset, imported, latest, values

SEPTEMBER, OCTOBER = datetime(2024, 9, 10, tzinfo=UTC), datetime(2024, 10, 10, tzinfo=UTC)
THIS_MONTH = f"{clock.today():%Y-%m}"


async def told(service: Harness) -> Story:
    """Tell a bit of everything."""
    story = Story(service)
    await story.agreement()
    await story.offering("ohjaamo", 10)
    await story.offering("uravalmennus", 30)
    await story.seats("ohjaamo", 4)
    await story.referral("accepted", sent=SEPTEMBER, hours=2)
    await story.referral("declined", sent=SEPTEMBER, hours=4)
    await story.referral("confirmed", sent=SEPTEMBER, hours=12, recipient=TE)
    await story.referral("accepted", sent=OCTOBER, hours=1)
    await story.referral(None, sent=OCTOBER)
    await story.need("job_search")
    await story.need("job_search")
    await story.need("skills")
    await story.vacancy("a", "published", openings=3)
    await story.vacancy("a", "filled", openings=3, filled=1)
    await story.vacancy("b", "published", municipality="139")
    await story.placement("ict-rekrytointi")
    await story.placement(None)
    return story


async def everything(service: Harness) -> dict[str, Any]:
    """Ask for all values of all indicators, whole and by dimension."""
    caller = service.caller(TE)
    found = {}
    for indicator in (await caller.get("/indicators")).json()["items"]:
        code = indicator["code"]
        found[code] = [await values(service, code), indicator["changed_at"]]
        for by in indicator["by"]:
            found[f"{code} by {by}"] = await values(service, code, by=by)
    return found


async def test_a_service_that_heard_nothing_has_no_values_and_says_so(metrics: Harness) -> None:
    answer = (await metrics.caller(TE).get("/indicators")).json()
    assert len(answer["items"]) == 15
    assert {item["latest"] for item in answer["items"]} == {None}
    assert {item["changed_at"] for item in answer["items"]} == {None}


async def test_time_to_a_decision_is_told_by_mean_and_median(metrics: Harness) -> None:
    await told(metrics)
    september, october = await values(metrics, "referral-time-to-decision")
    assert september["period"] == "2024-09"
    assert september["parts"] == {"mean": 6.0, "median": 4.0, "cases": 3}
    assert (october["value"], october["parts"]["cases"]) == (1.0, 1)


async def test_the_acceptance_rate_counts_decisions_only(metrics: Harness) -> None:
    await told(metrics)
    september, october = await values(metrics, "referral-acceptance-rate")
    assert september["parts"] == {"accepted": 2, "decided": 3}
    assert october["value"] == 100
    by = await values(metrics, "referral-acceptance-rate", by="recipient", to="2024-09")
    assert {v["category"]: v["value"] for v in by} == {OULU: 50, TE: 100}


async def test_loops_that_were_closed_are_counted_in_their_month(metrics: Harness) -> None:
    await told(metrics)
    counted = {v["period"]: v["value"] for v in await values(metrics, "loops-closed")}
    assert counted["2024-09"] == 1
    assert counted["2024-10"] == 0


async def test_capacity_is_summed_before_it_is_divided(metrics: Harness) -> None:
    await told(metrics)
    assert await latest(metrics.caller(TE), "capacity-used") == {
        "period": THIS_MONTH, "value": 10.0, "parts": {"taken": 4, "maximum": 40},
        "category": None, "status": None, "areas": [],
    }  # fmt: skip
    by = await values(metrics, "capacity-used", by="offering")
    assert {v["category"]: v["value"] for v in by} == {"ohjaamo": 40.0, "uravalmennus": 0.0}


async def test_seats_that_are_declared_anew_and_freed_change_what_is_used(metrics: Harness) -> None:
    story = Story(metrics)
    await story.seats("ohjaamo", 3, SEPTEMBER)  # heard before the offering itself
    await story.offering("ohjaamo", 4, SEPTEMBER)
    await story.seats("ohjaamo", 2, OCTOBER)
    await story.offering("ohjaamo", 8, OCTOBER)
    used = {v["period"]: v["value"] for v in await values(metrics, "capacity-used")}
    assert (used["2024-09"], used["2024-10"], used[THIS_MONTH]) == (75, 25, 25)


async def test_an_offering_that_ended_has_no_seats_any_more(metrics: Harness) -> None:
    story = await told(metrics)
    ended, subject = "partners.offering.ended.v1", "offerings/uravalmennus"
    await story.tell(ended, subject, code="uravalmennus", capacity=30)
    found = await latest(metrics.caller(TE), "capacity-used")
    assert found["parts"] == {"taken": 4, "maximum": 10}


async def test_an_offering_without_a_seat_has_no_share_rather_than_zero(metrics: Harness) -> None:
    await Story(metrics).offering("ohjaamo", 0)
    await Story(metrics).offering("uravalmennus", 0)
    assert await values(metrics, "capacity-used") == []


async def test_needs_are_counted_by_need_and_so_is_one_that_replaces_another(
    metrics: Harness,
) -> None:
    story = await told(metrics)
    kind = "assessments.assessment.need_overridden.v1"
    await story.tell(kind, "assessments/x", need="skills", replaced_by="finances")
    await story.tell(kind, "assessments/y", need="skills", replaced_by=None)
    by = await values(metrics, "needs-confirmed", by="need")
    assert {v["category"]: v["value"] for v in by} == {"job_search": 2, "skills": 1, "finances": 1}


async def test_openings_are_counted_not_advertisements(metrics: Harness) -> None:
    await told(metrics)
    caller = metrics.caller(TE)
    assert (await latest(caller, "vacancies-open") or {})["value"] == 3
    assert (await latest(caller, "vacancies-filled") or {})["value"] == 1
    by = await values(metrics, "vacancies-open", by="municipality")
    assert {v["category"]: v["value"] for v in by} == {"564": 2, "139": 1}


async def test_a_withdrawn_vacancy_waits_no_longer_and_may_come_back_elsewhere(
    metrics: Harness,
) -> None:
    story = Story(metrics)
    await story.vacancy("a", "published", SEPTEMBER, openings=5)
    await story.vacancy("a", "withdrawn", OCTOBER, openings=5, status="withdrawn")
    await story.vacancy("a", "published", openings=2, municipality="139")
    opened = {v["period"]: v["value"] for v in await values(metrics, "vacancies-open")}
    assert (opened["2024-09"], opened["2024-10"], opened[THIS_MONTH]) == (5, 0, 2)
    by = await values(metrics, "vacancies-open", by="municipality", **{"from": THIS_MONTH})
    assert {v["category"]: v["value"] for v in by} == {"564": 0, "139": 2}


async def test_a_placement_counts_for_its_pilot_even_before_the_agreement_is_heard_of(
    metrics: Harness,
) -> None:
    story = Story(metrics)
    await story.placement("ict-rekrytointi")
    await story.agreement()
    by = await values(metrics, "pilot-placements", by="pilot")
    assert [(v["category"], v["value"]) for v in by] == [("ict-rekrytointi", 1)]


async def test_a_month_is_that_of_the_fact_by_the_clock_in_finland(metrics: Harness) -> None:
    await Story(metrics).need("skills", datetime(2024, 8, 31, 21, 30, tzinfo=UTC))
    counted = await values(metrics, "needs-confirmed", by="need")
    assert [v["period"] for v in counted] == ["2024-09"]


async def test_from_and_to_choose_months_both_included(metrics: Harness) -> None:
    await told(metrics)
    only = await values(metrics, "loops-closed", **{"from": "2024-10", "to": "2024-10"})
    assert [v["period"] for v in only] == ["2024-10"]
    quarter = await values(metrics, "loops-closed", **{"from": "2024-Q3", "to": "2024-Q3"})
    assert [v["period"] for v in quarter] == ["2024-09"]
    assert await values(metrics, "loops-closed", to="2023") == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"by": "offerings"}, "unknown-code"),
        ({"by": "municipality"}, "unknown-code"),
        ({"from": "2024-13"}, "invalid-request"),
        ({"from": "2024-10", "to": "2024-09"}, "backwards"),
        ({"area": "KU564"}, "unknown-parameter"),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(
    metrics: Harness, query: dict[str, str], code: str
) -> None:
    answer = await metrics.caller(TE).get("/indicators/capacity-used/values", params=query)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (422, code)
    if code == "unknown-code":
        assert answer.json()["suggestions"] == ["offering"]


async def test_an_indicator_that_is_not_there_is_not_found(metrics: Harness) -> None:
    assert (await metrics.caller(TE).get("/indicators/happiness/values")).status_code == 404


async def test_facts_that_come_twice_change_nothing(metrics: Harness) -> None:
    story = await told(metrics)
    before = await everything(metrics)
    await metrics.receive(*story.told)
    assert await everything(metrics) == before


async def test_a_rebuild_from_zero_gives_the_same_values(metrics: Harness) -> None:
    story = await told(metrics)
    await imported(metrics, a_dataset())
    before = await everything(metrics)
    async with metrics.service.worker.begin() as tx:
        await forget(tx, metrics.service.inbox)
    assert await values(metrics, "needs-confirmed") == []
    await metrics.receive(*story.told)
    assert await everything(metrics) == before


async def test_the_order_between_subjects_does_not_matter(metrics: Harness) -> None:
    story = await told(metrics)
    before = await everything(metrics)
    async with metrics.service.worker.begin() as tx:
        await forget(tx, metrics.service.inbox)
    subjects = sorted({r.attributes["subject"] for r in story.told}, reverse=True)
    for subject in subjects:
        await metrics.receive(*(r for r in story.told if r.attributes["subject"] == subject))
    assert await everything(metrics) == before


async def test_the_time_of_the_last_change_is_that_of_the_last_fact(metrics: Harness) -> None:
    await Story(metrics).referral("accepted", sent=SEPTEMBER, hours=3)
    items = (await metrics.caller(TE).get("/indicators")).json()["items"]
    changed = {item["code"]: item["changed_at"] for item in items}
    decided = SEPTEMBER + timedelta(hours=3)
    assert datetime.fromisoformat(changed["referral-acceptance-rate"]) == decided
    assert changed["loops-closed"] is None
