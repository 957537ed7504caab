"""Problems on every route: in the caller's language, each type a page that says what to do."""

import pytest
from kit import problem_types
from kit.problem_types import ProblemType
from kit.problems import EDGE, KIT_REFUSALS
from kit.testing import Harness
from kit.texts import LANGUAGES, Language

from .walk import everything, guarded, routes

READ = {
    "fi": "fi", "sv": "sv", "en": "en", "sv-FI,fi;q=0.5": "sv", "de, fi;q=0.3, sv;q=0.8": "sv",
    "de": "en", "": "en", "*": "en", "fi;q=0": "en", ";;;,=q": "en", "FI": "fi",
}  # fmt: skip


def kinds(service: Harness) -> dict[str, ProblemType]:
    """Give every type of problem of a service and of the edge."""
    found: dict[str, ProblemType] = service.app.state.problems.types
    return found


@pytest.mark.parametrize("asked", READ)
async def test_a_problem_is_told_in_the_callers_language(service: Harness, asked: str) -> None:
    language: Language = READ[asked]  # type: ignore[assignment]
    caller = service.anyone(**{"Accept-Language": asked})
    for route in guarded(service):
        answer = await caller.request(route.method, route.somewhere)
        told = kinds(service)["unauthenticated"]
        assert answer.json()["title"] == told.title.read(language), route
        assert answer.json()["detail"] == told.advice.read(language), route
        assert answer.headers["content-language"] == language
        assert "accept-language" in answer.headers["vary"].lower()


def documented(service: Harness) -> set[str]:
    """Give the types that the document tells of, on any route."""
    answers = [answer for route in routes(service) for answer in route.about["responses"].values()]
    return {code for answer in answers for code in answer.get("x-problems", [])}


async def test_every_type_is_a_page_of_the_service_that_says_what_to_do(service: Harness) -> None:
    edges = {kind.code for kind in vars(problem_types).values() if isinstance(kind, ProblemType)}
    assert edges | documented(service) <= kinds(service).keys()
    for code, kind in kinds(service).items():
        for language in LANGUAGES:
            headers = {"Accept-Language": language}
            page = await service.anyone(**headers).get(f"/problems/{code}")
            assert page.status_code == 200
            assert page.headers["content-language"] == language
            assert f'<html lang="{language}"' in page.text
            for text in (kind.title, kind.advice):
                assert text.translation(language), (code, language)
                assert text.read(language) in page.text, (code, language)


async def test_what_a_services_domain_refuses_is_told_of_by_a_route(service: Harness) -> None:
    edges = {kind.code for kind in (*EDGE, *KIT_REFUSALS.values())}
    assert kinds(service).keys() - edges <= documented(service)


async def test_a_type_is_an_address_that_the_service_serves(service: Harness) -> None:
    answer = await service.anyone().get("/nothing/of/this/kind")
    assert answer.status_code == 404
    page = await service.anyone().get(answer.json()["type"])
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    refused = await everything(service).request("PATCH", routes(service)[0].path)
    assert refused.status_code == 405
    assert (await service.anyone().get(refused.json()["type"])).status_code == 200
