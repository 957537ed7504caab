"""A version as a document for people, over HTTP on a real database."""

import re
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from httpx import Response
from kit import clock
from kit.testing import Harness

PATH = "/agreements/sopimus"
OULU, KELA = "oulu", "kela-pohjoinen"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


async def drafted(service: Harness, **changes: Any) -> None:
    today = clock.today()
    figure = {"value": 12.5, "period": "2019-12", "source": "12r5"}
    body = {
        "code": "sopimus", "name": {"fi": "Sopimus <1>", "sv": "Avtal <1>"},
        "vision": {"fi": "Edelläkävijä"}, "parties": [OULU, KELA],
        "themes": [{"code": "ohjaamo", "name": {"fi": "Ohjaamo"}, "lead": OULU}],
        "goals": [{
            "code": "rate", "indicator": "unemployment-rate", "name": {"fi": "Laskee"},
            "baseline": figure, "target": figure | {"value": 9.0, "period": "2025"},
        }],
        "sharing": [{
            "code": "referral", "purpose": "client_referral", "from": "all",
            "data_classes": ["situation", "contact"], "to": [OULU, "kind:ngo"],
        }],
        "valid_from": today.isoformat(), "valid_until": (today + timedelta(days=9)).isoformat(),
        **changes,
    }  # fmt: skip
    coordinator = service.caller(OULU, "partners:coordinate")
    made = await coordinator.post("/agreements", json=body)
    assert made.status_code == 201, made.text


async def read(service: Harness, accept: str, language: str = "fi", number: int = 1) -> Response:
    reader = service.caller(KELA, **{"Accept": accept, "Accept-Language": language})
    return await reader.get(f"{PATH}/versions/{number}")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html", "text/html; charset=utf-8"),
        (BROWSER, "text/html; charset=utf-8"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("text/html;q=0.5, application/json", "application/json"),
    ],
)
async def test_who_would_rather_have_html_gets_it(
    partners: Harness, accept: str, kind: str
) -> None:
    await drafted(partners)
    assert (await read(partners, accept)).headers["content-type"] == kind


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ["Versio", "Osapuolet", "Oulun kaupunki", "luonnos", "elämäntilanne"]),
        ("sv", ["Version", "Parter", "utkast", "livssituation", '<span lang="fi">Ohjaamo</span>']),
        ("en", ["Parties", "draft", "contact details, situation", "parties of the kind ngo"]),
    ],
)
async def test_it_speaks_the_reader_s_language_and_marks_what_is_not_translated(
    partners: Harness, language: str, words: list[str]
) -> None:
    await drafted(partners)
    answer = await read(partners, "text/html", language)
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
    for word in words:
        assert word in answer.text


async def test_what_parties_wrote_is_text_and_never_markup(partners: Harness) -> None:
    await drafted(partners, vision={"fi": "<script>alert(1)</script>"})
    page = (await read(partners, "text/html")).text
    assert "<script" not in page
    assert "Sopimus &lt;1&gt;" in page


async def test_the_policy_allows_the_page_its_own_style_and_nothing_else(
    partners: Harness,
) -> None:
    await drafted(partners)
    answer = await read(partners, "text/html")
    style = re.search("<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in policy
    assert "@media print" in style[1]


async def test_it_shows_the_fingerprint_and_who_signed_and_who_is_waited_for(
    partners: Harness,
) -> None:
    await drafted(partners)
    coordinator = partners.caller(OULU, "partners:coordinate")
    await coordinator.post(f"{PATH}/steps", json={"step": "propose"}, headers={"If-Match": '"1"'})
    await partners.caller(OULU).post(f"{PATH}/signatures", headers={"If-Match": '"2"'})
    page = (await read(partners, "text/html")).text
    assert (await read(partners, "application/json")).json()["sha256"] in page
    assert page.count("odottaa allekirjoitusta") == 1
    today = clock.today()
    assert f"{today.day}.{today.month}.{today.year}" in page.partition("Allekirjoitukset")[2]


PILOT = {
    "code": "ict", "name": {"fi": "ICT-rekrytointi"}, "theme": "ohjaamo", "owner": KELA,
    "first_day": "2020-01-01", "last_day": "2021-06-30", "indicators": ["pilot-placements"],
    "cohort": {
        "rule": {"fi": "Alle 30-vuotiaat", "sv": "Under 30", "en": "Under 30"},
        "age_from": 18, "age_to": 29, "municipalities": ["564"],
    },
}  # fmt: skip
COMMITMENT = {
    "code": "coaches", "party": OULU, "theme": "ohjaamo", "kind": "person_months",
    "amount": 1234.5, "first_day": "2020-01-01", "last_day": "2020-12-31",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ["Panokset", "1\u00a0234,5 henkilötyökuukautta", "1.1.2020 – 31.12.2020", "Oulu",
                "Alle 30-vuotiaat (ikä 18–29, Oulu)", "pilot-placements", "portaittain",
                "11,5 (2022)", "± 0,5"]),
        ("sv", ["Insatser", "1\u00a0234,5 personmånader", "Under 30 (ålder 18–29, Uleåborg)",
                "stegvis: 11,5 (2022)", "Tillåten avvikelse"]),
        ("en", ["Commitments", "1,234.5 person-months", "Under 30 (aged 18–29, ",
                "01 January 2020 – 30 June 2021", "by steps: 11.5 (2022)"]),
    ],
)  # fmt: skip
async def test_it_shows_what_parties_give_whom_pilots_are_for_and_how_goals_go(
    partners: Harness, language: str, words: list[str]
) -> None:
    figure = {"value": 12.5, "period": "2019-12", "source": "12r5"}
    goal = {
        "code": "rate", "indicator": "unemployment-rate", "area": "KU564", "path": "steps",
        "name": {"fi": "Laskee"}, "baseline": figure, "tolerance": 0.5,
        "steps": [figure | {"value": 11.5, "period": "2022"}],
        "target": figure | {"value": 9.0, "period": "2025"},
    }  # fmt: skip
    await drafted(partners, pilots=[PILOT], commitments=[COMMITMENT], goals=[goal])
    page = (await read(partners, "text/html", language)).text
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize(
    ("language", "heading", "conclusion"),
    [
        ("fi", "Pilottien arvioinnit", "levitetään"),
        ("sv", "Utvärdering av piloterna", "sprids"),
        ("en", "Evaluation of the pilots", "spreads"),
    ],
)
async def test_a_concluded_pilot_shows_its_conclusion_and_evidence_and_the_hash_stays(
    partners: Harness, language: str, heading: str, conclusion: str
) -> None:
    await drafted(partners, pilots=[PILOT])
    coordinator = partners.caller(OULU, "partners:coordinate")
    await coordinator.post(f"{PATH}/steps", json={"step": "propose"}, headers={"If-Match": '"1"'})
    before = (await read(partners, "application/json")).json()["sha256"]
    assert heading not in (await read(partners, "text/html", language)).text
    body = {
        "conclusion": "spread", "summary": {"fi": "Toimii"},
        "evidence": [{"title": {"fi": "Raportti"}, "url": "https://www.ouka.fi/raportti"}],
    }  # fmt: skip
    made = await partners.caller(KELA).put(
        f"{PATH}/pilots/ict/evaluation", json=body, headers={"If-Match": '"2"'}
    )
    assert made.status_code in (200, 201), made.text
    page = (await read(partners, "text/html", language)).text
    shown = page.partition(heading)[2]
    for word in (conclusion, "Toimii", "Raportti", "https://www.ouka.fi/raportti"):
        assert word in shown
    document = (await read(partners, "application/json")).json()
    assert document["sha256"] == before
    assert before in page
    assert "evaluations" not in document["document"]


async def test_a_version_that_is_not_there_is_a_problem_whatever_is_asked_for(
    partners: Harness,
) -> None:
    await drafted(partners)
    missing = await read(partners, "text/html", number=2)
    assert (missing.status_code, missing.headers["content-type"]) == (
        404, "application/problem+json",
    )  # fmt: skip
