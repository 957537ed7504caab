"""What parties give, how it is used, and what they conclude of pilots; over HTTP."""

from datetime import date, timedelta
from typing import Any

import pytest
from httpx import Response
from kit import clock
from kit.testing import Harness
from partners.domain.agreement_terms import Commitment
from partners.domain.resources import By, Line, Pace, sums

PATH = "/agreements/sopimus"
OULU, KELA = "oulu", "kela-pohjoinen"
TODAY = clock.today()
YEAR = {"first_day": f"{TODAY.year}-01-01", "last_day": f"{TODAY.year}-12-31"}
MONTH = f"{TODAY:%Y-%m}"
FIGURE = {"value": 12.0, "period": "2019-12", "source": "12r5"}
GOAL = {
    "code": "rate", "indicator": "unemployment-rate", "name": {"fi": "Laskee"},
    "baseline": FIGURE, "target": FIGURE | {"value": 9.0, "period": "2025-12"},
}  # fmt: skip
PILOT = {
    "code": "ict", "name": {"fi": "ICT"}, "theme": "ohjaamo", "owner": OULU, **YEAR,
    "cohort": {"rule": {"fi": "Alle 30-vuotiaat oululaiset"}, "age_to": 29,
               "municipalities": ["564"]},
    "indicators": ["pilot-placements"],
}  # fmt: skip


def commitment(code: str, party: str = OULU, **changes: Any) -> dict[str, Any]:
    return {
        "code": code, "party": party, "theme": "ohjaamo", "kind": "person_months",
        "amount": 12.0, **YEAR, **changes,
    }  # fmt: skip


COACHES, EUROS = commitment("coaches"), commitment("money", KELA, kind="euros", amount=5000.0)
SEATS = commitment("seats", kind="seats", amount=20.0, offering="ohjaamo-oulu")


async def drafted(service: Harness, **changes: Any) -> Response:
    body = {
        "code": "sopimus", "name": {"fi": "Sopimus"}, "parties": [OULU, KELA], "goals": [GOAL],
        "themes": [{"code": "ohjaamo", "name": {"fi": "Ohjaamo"}, "lead": OULU}],
        "pilots": [PILOT], "commitments": [COACHES, EUROS, SEATS],
        "valid_from": TODAY.isoformat(), "valid_until": (TODAY + timedelta(days=400)).isoformat(),
        **changes,
    }  # fmt: skip
    return await service.caller(OULU, "partners:coordinate").post("/agreements", json=body)


async def report(
    service: Harness, amount: Any, by: str = OULU, code: str = "coaches", month: str = MONTH
) -> Response:
    path = f"{PATH}/commitments/{code}/uses/{month}"
    return await service.caller(by).put(path, json={"amount": amount})


async def resources(service: Harness, by: str = "theme") -> dict[tuple[str, str], dict[str, Any]]:
    answer = await service.caller(KELA).get(f"{PATH}/resources", params={"by": by})
    assert answer.status_code == 200, answer.text
    return {(row["key"], row["kind"]): row for row in answer.json()["resources"]}


async def test_what_is_reported_is_told_and_the_last_word_on_a_month_holds(
    partners: Harness,
) -> None:
    await drafted(partners)
    assert (await report(partners, 2.0)).json()["revision"] == 1
    assert (await report(partners, 3.5)).json() == {
        "agreement": "sopimus", "commitment": "coaches", "month": MONTH, "party": OULU,
        "amount": 3.5, "revision": 2,
    }  # fmt: skip
    assert (await report(partners, 3.5)).json()["revision"] == 2
    told = await partners.said("partners.use.reported.v1")
    assert [(f["data"]["amount"], f["sequence"]) for f in told] == [(2.0, "1"), (3.5, "2")]
    row = (await resources(partners))["ohjaamo", "person_months"]
    assert (row["planned"], row["used"], row["left"]) == (12.0, 3.5, 8.5)


@pytest.mark.parametrize(
    ("changes", "status", "problem"),
    [
        ({"by": KELA}, 403, "not-the-committer"),
        ({"code": "seats"}, 409, "use-is-counted"),
        ({"code": "nothing"}, 404, "not-found"),
        ({"month": f"{TODAY.year - 1}-12"}, 422, "outside-period"),
        ({"month": f"{TODAY.year + 1}-01"}, 422, "outside-period"),
        ({"month": "2026-13"}, 422, "invalid-request"),
        ({"amount": -1}, 422, "invalid-request"),
    ],
)
async def test_a_report_that_cannot_be_is_refused_and_nothing_is_kept(
    partners: Harness, changes: dict[str, Any], status: int, problem: str
) -> None:
    await drafted(partners)
    refused = await report(partners, changes.pop("amount", 1.0), **changes)
    assert refused.status_code == status, refused.text
    assert refused.json()["type"].rpartition("/")[2] in {problem, "missing"}
    assert await partners.said("partners.use.reported.v1") == []


async def test_the_seats_of_an_offering_are_counted_from_facts_by_month(
    partners: Harness,
) -> None:
    await drafted(partners)
    for kind, taken in (("taken", 1), ("taken", 2), ("freed", 1), ("taken", 2)):
        await partners.hear(
            f"referrals.seats.{kind}.v1", "seats/ohjaamo-oulu", offering="ohjaamo-oulu",
            taken=taken,
        )  # fmt: skip
    row = (await resources(partners))["ohjaamo", "seats"]
    assert (row["planned"], row["used"]) == (20.0, 3.0)


async def test_resources_are_added_up_by_theme_party_and_period_and_never_across_kinds(
    partners: Harness,
) -> None:
    more = commitment("more", KELA, amount=6.0)
    await drafted(partners, commitments=[COACHES, EUROS, SEATS, more])
    period = f"{YEAR['first_day']}/{YEAR['last_day']}"
    assert {k: r["planned"] for k, r in (await resources(partners, "theme")).items()} == {
        ("ohjaamo", "person_months"): 18.0,
        ("ohjaamo", "euros"): 5000.0,
        ("ohjaamo", "seats"): 20.0,
    }
    by_party = await resources(partners, "party")
    assert by_party[KELA, "person_months"]["commitments"] == ["more"]
    by_period = await resources(partners, "period")
    assert by_period[period, "person_months"]["planned"] == 18.0
    misspelt = await partners.caller(KELA).get(f"{PATH}/resources", params={"by": "themes"})
    assert misspelt.status_code == 422


def a_line(used: float, known_until: date | None) -> Line:
    words = commitment("coaches", first_day="2027-01-01", last_day="2027-12-31")
    return Line(Commitment.model_validate(words), used, known_until)


@pytest.mark.parametrize(
    ("used", "known_until", "forecast", "pace"),
    [
        (0.0, None, None, Pace.UNKNOWN),
        (0.0, date(2026, 12, 31), None, Pace.UNKNOWN),
        (1.0, date(2027, 1, 31), 365 / 31, Pace.ON_TRACK),
        (3.0, date(2027, 1, 31), 3 * 365 / 31, Pace.OVER),
        (3.0, date(2027, 6, 30), 3 * 365 / 181, Pace.UNDER),
        (13.0, date(2027, 12, 31), 13.0, Pace.ON_TRACK),
        (14.0, date(2028, 3, 1), 14.0, Pace.OVER),
    ],
)
def test_the_forecast_goes_on_at_the_present_pace(
    used: float, known_until: date | None, forecast: float | None, pace: Pace
) -> None:
    line = a_line(used, known_until)
    assert line.forecast == (None if forecast is None else pytest.approx(forecast))
    assert line.pace is pace
    (row,) = sums([line], By.PARTY)
    assert row.named(pace) == ["coaches"]
    assert row.forecast == line.forecast


async def test_a_goal_goes_by_steps_within_a_tolerance_and_is_told_so(partners: Harness) -> None:
    step = FIGURE | {"value": 11.0, "period": "2022"}
    goal = GOAL | {"path": "steps", "steps": [step], "tolerance": 0.5}
    made = await drafted(partners, goals=[goal])
    assert made.status_code == 201, made.text
    (fact,) = await partners.said("partners.agreement.drafted.v1")
    for seen in (made.json()["goals"][0], fact["data"]["goals"][0]):
        assert (seen["path"], seen["steps"], seen["tolerance"]) == ("steps", [step], 0.5)


@pytest.mark.parametrize(
    "words",
    [
        {"goals": [GOAL | {"path": "steps"}]},
        {"goals": [GOAL | {"steps": [FIGURE]}]},
        {"goals": [GOAL | {"path": "steps", "steps": [FIGURE, FIGURE]}]},
        {"goals": [GOAL | {"tolerance": -1.0}]},
        {"pilots": [PILOT | {"last_day": "2000-01-01"}]},
        {"commitments": [COACHES | {"offering": "ohjaamo-oulu"}]},
        {"commitments": [COACHES | {"amount": 0.0}]},
        {"commitments": [COACHES, COACHES]},
        {"commitments": [COACHES | {"theme": "ohjaaamo"}]},
        {"commitments": [COACHES | {"party": "te-pohjois-pohjanmaa"}]},
        {"pilots": [PILOT | {"cohort": {"rule": {"fi": "Muut"}, "municipalities": ["565"]}}]},
    ],
)
async def test_words_that_say_nothing_or_name_what_is_not_there_are_refused(
    partners: Harness, words: dict[str, Any]
) -> None:
    assert (await drafted(partners, **words)).status_code == 422
    assert await partners.said("partners.agreement.drafted.v1") == []


async def test_a_pilot_is_concluded_by_its_owner_with_evidence(partners: Harness) -> None:
    await drafted(partners)
    body = {
        "conclusion": "spread", "summary": {"fi": "Toimii muuallakin"},
        "evidence": [{"title": {"fi": "Loppuraportti"}, "url": "https://www.ouka.fi/raportti"}],
    }  # fmt: skip

    async def conclude(by: str, revision: int = 1, pilot: str = "ict") -> Response:
        headers = {"If-Match": f'"{revision}"'}
        path = f"{PATH}/pilots/{pilot}/evaluation"
        return await partners.caller(by).put(path, json=body, headers=headers)

    refused = await conclude(KELA)
    assert (refused.status_code, refused.json()["owner"]) == (403, OULU)
    assert (await conclude(OULU, pilot="none")).status_code == 404
    done = await conclude(OULU)
    expected = {"pilot": "ict", "on": TODAY.isoformat(), **body}
    expected["summary"] = {"fi": "Toimii muuallakin", "sv": None, "en": None}
    (evaluation,) = done.json()["evaluations"]
    assert {k: v for k, v in evaluation.items() if k != "evidence"} == {
        k: v for k, v in expected.items() if k != "evidence"
    }
    (fact,) = await partners.said("partners.agreement.pilot_evaluated.v1")
    assert fact["data"]["evaluations"] == [evaluation]
    assert (await conclude(OULU, 2)).headers["etag"] == '"2"'  # the same again says nothing
