"""Publishing instruments, over HTTP on a real database."""

import asyncio
from typing import Any

import pytest
from assessments.instruments import delivered
from httpx import Response
from kit.testing import Harness

TE, OULU = "te-pohjois-pohjanmaa", "oulu"

SLEEP: dict[str, Any] = {
    "code": "uni",
    "version": 1,
    "name": {"fi": "Uni"},
    "instructions": {"fi": "Arvioi asteikolla 0–10."},
    "items": [{"code": "sleep", "name": {"fi": "Uni"}, "text": {"fi": "Miten nukut?"}}],
    "bands": [
        {"code": "poor", "least": 0, "most": 5, "name": {"fi": "Huono"}},
        {"code": "good", "least": 6, "most": 10, "name": {"fi": "Hyvä", "sv": "God"}},
    ],
    "licence": "CC-BY-4.0",
}


def problem(answer: Response) -> tuple[int, str]:
    """Give an answer's status, and the kind of problem that it tells."""
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


async def test_the_instrument_of_our_own_is_there_from_the_start(assessments: Harness) -> None:
    (instrument,) = (await assessments.caller(TE).get("/instruments")).json()["items"]
    (elamantilanne,) = delivered()
    assert instrument.items() >= elamantilanne.model_dump(mode="json").items()
    assert instrument["publisher"] is None
    (fact,) = await assessments.said("assessments.instrument.published.v1")
    assert fact["subject"] == "instruments/elamantilanne@1"
    assert fact["data"] == {"code": "elamantilanne", "version": 1}


async def test_a_published_version_can_be_read_and_used_by_everyone(assessments: Harness) -> None:
    made = await assessments.caller(TE).post("/instruments", json=SLEEP)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    seen = await assessments.caller(OULU).get("/instruments/uni/versions/1")
    assert seen.json() == made.json()
    assert seen.json()["publisher"] == TE
    facts = await assessments.said("assessments.instrument.published.v1")
    assert [fact["data"]["code"] for fact in facts] == ["elamantilanne", "uni"]


async def test_a_published_version_is_never_changed(assessments: Harness) -> None:
    te = assessments.caller(TE)
    await te.post("/instruments", json=SLEEP)
    again = await te.post("/instruments", json=SLEEP | {"licence": "CC0-1.0"})
    assert problem(again) == (409, "already-published")
    assert (await te.get("/instruments/uni/versions/1")).json()["licence"] == "CC-BY-4.0"
    assert (await te.post("/instruments", json=SLEEP | {"version": 2})).status_code == 201


async def test_of_two_that_publish_the_same_version_at_once_one_is_told_so(
    assessments: Harness,
) -> None:
    callers = [assessments.caller(TE), assessments.caller(OULU)]
    answers = await asyncio.gather(*(c.post("/instruments", json=SLEEP) for c in callers))
    assert sorted(answer.status_code for answer in answers) == [201, 409]


async def test_an_instrument_that_does_not_exist_is_missing(assessments: Harness) -> None:
    te = assessments.caller(TE)
    for path in ("elamantilanne/versions/2", "mittari/versions/1"):
        assert problem(await te.get(f"/instruments/{path}")) == (404, "not-found")


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0},
        {"items": []},
        {"items": SLEEP["items"] * 2},
        {"bands": SLEEP["bands"][:1]},
        {"total": "sum"},
        {"age_from": 30, "age_to": 15},
        {"name": {"sv": "Sömn"}},
        {"owner": "te"},
    ],
)
async def test_an_instrument_that_contradicts_itself_is_refused(
    assessments: Harness, change: dict[str, Any]
) -> None:
    refused = await assessments.caller(TE).post("/instruments", json=SLEEP | change)
    assert problem(refused) == (422, "invalid-request")


async def test_rules_must_be_there_and_fit_the_instrument(assessments: Harness) -> None:
    te = assessments.caller(TE)
    unknown = await te.post("/instruments", json=SLEEP | {"rules": "need"})
    assert problem(unknown) == (422, "unknown-code")
    assert unknown.json()["suggestions"] == ["needs"]
    unfit = await te.post("/instruments", json=SLEEP | {"rules": "needs"})
    assert problem(unfit) == (422, "rules-do-not-fit")
    assert "home-low" in unfit.json()["misfits"]


async def test_reading_does_not_let_publish(assessments: Harness) -> None:
    reader = assessments.caller(TE, "assessments:read")
    assert (await reader.post("/instruments", json=SLEEP)).status_code == 403


async def test_the_newest_version_is_used_but_never_anothers_unasked(
    te: Any, assessments: Harness
) -> None:
    elamantilanne = delivered()[0].model_dump(mode="json")
    for organisation, version in ((TE, 2), (OULU, 3)):
        body = elamantilanne | {"version": version}
        made = await assessments.caller(organisation).post("/instruments", json=body)
        assert made.status_code == 201, made.text
    assert (await te.begins()).json()["version"] == 2
    assert (await te.begins(version=1)).json()["version"] == 1
    assert (await te.begins(version=3)).json()["version"] == 3


async def test_an_unknown_instrument_or_version_is_refused(te: Any) -> None:
    refused = await te.begins(instrument="elamantilane")
    assert problem(refused) == (422, "unknown-code")
    assert refused.json()["suggestions"] == ["elamantilanne"]
    refused = await te.begins(version=7)
    assert refused.json()["pointer"] == "/body/version"


async def test_an_instrument_without_rules_suggests_nothing_and_falls_back_to_finnish(
    te: Any,
) -> None:
    await te.calls().post("/instruments", json=SLEEP)
    path = f"/assessments/{(await te.begins(instrument='uni')).json()['id']}"
    await te.answers(path, sleep=9)
    done = (await te.completes(path, **{"Accept-Language": "sv"})).json()
    (answer,) = done["answers"]
    assert answer["name"] == {"text": "Uni", "language": "fi"}
    assert answer["band_name"] == {"text": "God", "language": "sv"}
    assert (done["rules"], done["suggestions"]) == (None, [])
