"""Postings, and who posts them."""

from datetime import timedelta
from typing import Any

from httpx import AsyncClient
from kit import clock
from vacancies.domain.codes import ESCO

TE, OULU, KELA = "te-pohjois-pohjanmaa", "oulu", "kela-pohjoinen"
EMPLOYER = "0187690-1"

URI = {concept.label.en: concept.uri for concept in (*ESCO.occupations, *ESCO.skills)}
SOFTWARE, WEB = URI["software developer"], URI["web developer"]
PYTHON, SQL = URI["Python (computer programming)"], URI["SQL"]


def a_posting(**more: Any) -> dict[str, Any]:
    """Write a posting that employers could send."""
    wanted = {
        "title": {"fi": "Ohjelmistokehittäjä", "sv": "Programutvecklare", "en": "Developer"},
        "description": {"fi": "Rakennat kaupungin palveluja.", "en": "You build city services."},
        "employer_name": "Oulun kaupunki",
        "occupations": [SOFTWARE],
        "municipality": "564",
        "expires": (clock.today() + timedelta(days=30)).isoformat(),
    }
    return wanted | more


async def posted(who: AsyncClient, external_id: str = "1", **more: Any) -> dict[str, Any]:
    """Publish a vacancy."""
    answer = await who.put(f"/vacancies/{EMPLOYER}/{external_id}", json=a_posting(**more))
    assert answer.status_code in (200, 201), answer.text
    return dict(answer.json())


async def profiled(who: AsyncClient, **told: Any) -> str:
    """Keep a seeker's profile, and give its id."""
    answer = await who.post("/seekers", json=told)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
