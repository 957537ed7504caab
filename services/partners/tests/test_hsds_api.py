"""The open directory: every answer is valid in HSDS 3.1, and every filter holds."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from kit.testing import Harness
from partners.hsds.identity import organization_id, service_id
from partners.hsds.taxonomies import IDS, Taxonomies
from sqlalchemy import text

from .catalogue import a_place, an_offering, fi, hours, seats
from .hsds_schemas import STANDARD, must_be_valid
from .hsds_services import REGION

LISTS = {
    "services": "service",
    "service_at_locations": "service_at_location",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
HOUSING = {
    "code": "asumisneuvonta", "name": fi("Asumisneuvonta"), "needs": ["housing"],
    "description": {"fi": "Apua vuokra-asioissa", "sv": None, "en": "Help with 100 % of rents"},
    "audience": {"age_from": None, "age_to": None, "municipalities": [], "situations": [],
                 "languages": []},
    "access": "self", "channels": [], "places": [], "price": {"cents": None, "note": None},
    "intensity": "advice", "capacity_unit": "family", "capacity_period": None,
}  # fmt: skip


@pytest.fixture
async def listed(partners: Harness) -> Harness:
    """Offer three services: Oulu's with all there is to say, the ELY Centre's, Kela's draft."""
    for by, changes in (
        ("oulu", {"places": [a_place(), a_place(code="toinen", street=None, hours=[hours()])]}),
        ("ely-pohjois-pohjanmaa", HOUSING),
        ("kela-pohjoinen", {"code": "luonnos", "status": "draft"}),
    ):
        answer = await partners.caller(by).post("/offerings", json=an_offering(**changes))
        assert answer.status_code == 201, answer.text
    return partners


def a_term(taxonomy: str, code: str) -> str:
    """Give the id of a term."""
    found = Taxonomies(REGION).by_id(IDS[taxonomy])
    assert found is not None
    return found.term_id(code)


async def got(service: Harness, path: str, **query: Any) -> Any:
    """Read as anybody would, without a token."""
    address = httpx.ASGITransport(service.app)
    async with httpx.AsyncClient(transport=address, base_url="http://open") as anybody:
        answer = await anybody.get(f"/hsds/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def names(service: Harness, path: str = "services", **query: Any) -> list[str]:
    """Give the names of what a list finds."""
    return [each["name"] for each in (await got(service, path, **query))["contents"]]


async def test_every_answer_is_valid_in_the_standard(listed: Harness) -> None:
    for path, entity in LISTS.items():
        page = await got(listed, path)
        must_be_valid(page, entity, "page")
        assert page["contents"], path
        for each in page["contents"][:20]:
            one = await got(listed, f"{path}/{each['id']}")
            must_be_valid(one, entity)
            assert one.items() >= {n: v for n, v in each.items() if n not in NESTED}.items()
        for query in ({"full": True}, {"full": True, "per_page": 1, "page": 2}):
            if not path.startswith("taxonom"):
                must_be_valid(await got(listed, path, **query), entity, "full")
        must_be_valid(await got(listed, path, page=900), entity, "page")
    must_be_valid(await got(listed, "services", minimal=True), "service", "page")


NESTED = {"organization", "location", "service"}


async def test_a_service_at_a_location_holds_its_service(listed: Harness) -> None:
    guidance = str(service_id("ohjaamo-oulu-guidance"))
    [spot, *_] = (await got(listed, "service_at_locations"))["contents"]
    assert (spot["service"]["id"], spot["service"]["name"]) == (guidance, "Ohjaamo Oulu, ohjaus")
    whole = await got(listed, f"services/{guidance}")
    one = await got(listed, f"service_at_locations/{spot['id']}")
    there = whole.pop("service_at_locations")
    assert one["service"] == whole
    assert {n: v for n, v in one.items() if n != "service"} == there[0]


async def test_a_partner_has_what_it_offers_in_short(listed: Harness) -> None:
    oulu = await got(listed, f"organizations/{organization_id('oulu')}")
    assert [each["name"] for each in oulu["services"]] == ["Ohjaamo Oulu, ohjaus"]
    offers = {
        each["name"]: [service["name"] for service in each["services"]]
        for each in (await got(listed, "organizations", full=True))["contents"]
    }
    assert offers["Pohjois-Pohjanmaan ELY-keskus"] == ["Asumisneuvonta"]
    assert offers["Kela, Pohjoinen vakuutuspiiri"] == []  # its draft is nobody's business


# What the standard has besides and this API does not: see the service's README.
NOT_HERE = {"postcode", "proximity", "full_service"}


def test_each_list_takes_the_parameters_of_the_standard(service: Harness) -> None:
    paths = service.app.openapi()["paths"]
    for path, named in STANDARD["parameters"].items():
        taken = {each["name"] for each in paths[f"/hsds/{path}"]["get"]["parameters"]}
        assert taken == set(named) - NOT_HERE, path


async def test_pages_are_of_json_and_of_no_other_format(listed: Harness) -> None:
    assert await got(listed, "services", format="json") == await got(listed, "services")
    answer = await listed.caller("oulu").get("/hsds/services", params={"format": "ndjson"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/query/format"


async def test_all_terms_are_at_the_top(listed: Harness) -> None:
    every = await got(listed, "taxonomy_terms", per_page=500)
    assert await got(listed, "taxonomy_terms", per_page=500, top_only=True) == every
    some = every["contents"][0]["id"]
    assert (await got(listed, "taxonomy_terms", parent_id=some))["empty"]


async def test_imported_municipalities_are_known(listed: Harness) -> None:
    name = {"fi": "Helsinki", "sv": "Helsingfors", "en": "Helsinki"}
    records = [{"kind": "municipality", "code": "091", "name": name}]
    coordinator = listed.caller("oulu", "partners:coordinate")
    before = await got(listed, "taxonomy_terms", search="helsing")
    imported = await coordinator.post("/areas/imports", json={"records": records})
    assert (before["empty"], imported.status_code) == (True, 200), imported.text
    audience = {"age_from": None, "age_to": None, "municipalities": ["091"], "situations": [],
                "languages": []}  # fmt: skip
    places = [a_place(municipality="091", postal_code="00100")]
    offering = an_offering(code="helsinki", name=fi("Neuvonta"), audience=audience, places=places)
    assert (await listed.caller("oulu").post("/offerings", json=offering)).status_code == 201
    [term] = (await got(listed, "taxonomy_terms", search="helsinki"))["contents"]
    assert (term["code"], term["name"]) == ("091", "Helsinki")
    assert await got(listed, f"taxonomy_terms/{term['id']}") == term
    assert await names(listed, taxonomy_term_id=term["id"]) == ["Neuvonta"]
    service = await got(listed, f"services/{service_id('helsinki')}")
    must_be_valid(service, "service")
    assert [area["name"] for area in service["service_areas"]] == ["Helsinki"]
    [address] = service["service_at_locations"][0]["location"]["addresses"]
    assert address["city"] == "Helsinki"
    # by search, and by eligibility
    caller = listed.caller("oulu")
    found = await caller.get("/catalogue/search", params={"q": "neuvonta", "municipality": "091"})
    assert "helsinki" in [item["offering"]["code"] for item in found.json()["items"]]
    for code, outcome in (("091", "eligible"), ("564", "not_eligible")):
        given = {"given": {"municipality": code}}
        answer = await caller.post("/offerings/helsinki/eligibility/checks", json=given)
        assert answer.json()["outcome"] == outcome, answer.text
    unknown = {"given": {"municipality": "092"}}
    answer = await caller.post("/offerings/helsinki/eligibility/checks", json=unknown)
    assert answer.status_code == 422


async def test_the_root_tells_what_the_api_is(listed: Harness) -> None:
    about = await got(listed, "")
    assert about["version"] == "3.1"
    assert about["openapi_url"].endswith("/openapi.json")


async def test_a_draft_is_in_no_list_and_what_ended_is_defunct(listed: Harness) -> None:
    assert await names(listed) == ["Asumisneuvonta", "Ohjaamo Oulu, ohjaus"]
    caller = listed.caller("ely-pohjois-pohjanmaa")
    await caller.post(
        "/offerings/asumisneuvonta/steps", json={"step": "end"}, headers={"If-Match": '"1"'}
    )
    [found, _] = (await got(listed, "services"))["contents"]
    assert found["status"] == "defunct"
    address = f"services/{service_id('luonnos')}"
    answer = await listed.caller("kela-pohjoinen").get(f"/hsds/{address}")
    assert answer.status_code == 404


async def test_filters_hold_each_and_all_together(listed: Harness) -> None:
    housing, guidance = "Asumisneuvonta", "Ohjaamo Oulu, ohjaus"

    def terms(taxonomy: str, code: str) -> str:
        return a_term(taxonomy, code)

    ely, oulu = (str(organization_id(c)) for c in ("ely-pohjois-pohjanmaa", "oulu"))
    for query, found in (
        ({"search": "ASUMIS"}, [housing]),
        ({"search": "rents help"}, [housing]),
        ({"search": "help ohjaus"}, []),
        ({"search": "100 %"}, [housing]),
        ({"search": "1_0"}, []),
        ({"taxonomy_term_id": terms("needs", "housing")}, [housing]),
        ({"taxonomy_term_id": terms("needs", "career_guidance")}, [guidance]),
        ({"taxonomy_term_id": terms("municipalities", "244")}, [guidance]),
        ({"taxonomy_term_id": terms("situations", "unemployed")}, [guidance]),
        ({"taxonomy_term_id": terms("languages", "sv")}, [guidance]),
        ({"taxonomy_term_id": terms("access", "self")}, [housing]),
        ({"taxonomy_term_id": terms("intensity", "advice")}, [housing]),
        ({"taxonomy_term_id": terms("channels", "phone")}, [guidance]),
        ({"taxonomy_term_id": terms("channels", "chat")}, []),
        ({"taxonomy_term_id": str(UUID(int=1))}, []),
        ({"taxonomy_id": IDS["needs"]}, [housing, guidance]),
        ({"taxonomy_id": IDS["channels"]}, [guidance]),
        ({"taxonomy_id": IDS["situations"]}, [guidance]),
        ({"taxonomy_id": str(UUID(int=1))}, []),
        ({"organization_id": ely}, [housing]),
        ({"organization_id": str(UUID(int=1))}, []),
        ({"organization_id": oulu, "search": "asumis"}, []),
        ({"organization_id": oulu, "search": "ohjaus",
          "taxonomy_term_id": terms("needs", "career_guidance")}, [guidance]),
    ):  # fmt: skip
        assert await names(listed, **query) == found, query


async def test_a_term_of_a_service_finds_it(listed: Harness) -> None:
    for service in (await got(listed, "services", full=True))["contents"]:
        parts = [service, *service["service_areas"]]
        parts += [spot["location"] for spot in service["service_at_locations"][2:]]  # channels
        for attribute in (each for part in parts for each in part["attributes"]):
            if attribute["link_type"] == "translation" or "taxonomy_term" not in attribute:
                continue
            found = await names(listed, taxonomy_term_id=attribute["taxonomy_term_id"])
            assert service["name"] in found, attribute


async def test_what_changed_since_a_moment_is_found_by_it(listed: Harness) -> None:
    services = (await got(listed, "services"))["contents"]
    [housing] = [s for s in services if s["name"] == "Asumisneuvonta"]
    async with listed.service.worker.begin() as tx:
        long_ago = "UPDATE offering SET changed_at = '2020-02-03T04:05:06Z' WHERE code = :code"
        await tx.execute(text(long_ago), {"code": "ohjaamo-oulu-guidance"})
    assert await names(listed, modified_after="2026-01-01") == ["Asumisneuvonta"]
    assert len(await names(listed, modified_after="2020-02-03T04:05:06Z")) == 2
    assert len(await names(listed, modified_after="2020-02-03T06:05:06+02:00")) == 2
    assert await names(listed, modified_after="2020-02-03T04:05:06.1Z") == ["Asumisneuvonta"]
    minimal = await got(listed, "services", minimal=True)
    assert minimal["contents"][0] == {
        n: housing[n] for n in ("id", "name", "status", "last_modified")
    }
    for wrong in ("5", "yesterday", "2026-13-01", "1e9"):
        answer = await listed.caller("oulu").get("/hsds/services", params={"modified_after": wrong})
        assert answer.status_code == 422, wrong


async def test_seats_that_are_taken_or_held_are_not_available(listed: Harness) -> None:
    await seats(listed, "taken", 3)
    [_, guidance] = (await got(listed, "services", full=True))["contents"]
    [capacity] = guidance["capacities"]
    assert (capacity["maximum"], capacity["available"]) == (12, 12 - 2 - 3)
    await seats(listed, "held", 3, held=1)
    [_, guidance] = (await got(listed, "services", full=True))["contents"]
    assert guidance["capacities"][0]["available"] == 12 - 2 - 3 - 1


async def test_pages_hold_all_once(listed: Harness) -> None:
    for path in LISTS:
        whole = await got(listed, path, per_page=500)
        ids = [each["id"] for each in whole["contents"]]
        assert len(set(ids)) == len(ids) == whole["total_items"]
        turned = [await got(listed, path, per_page=2, page=n) for n in (1, 2, 3)]
        assert [e["id"] for page in turned for e in page["contents"]] == ids[:6]
        assert [page["first_page"] for page in turned] == [True, False, False]
        last = await got(listed, path, per_page=2, page=turned[0]["total_pages"])
        assert (last["last_page"], last["empty"]) == (True, False)
    nothing = await got(listed, "services", search="qqq")
    assert (nothing["empty"], nothing["total_pages"], nothing["last_page"]) == (True, 0, True)


async def test_organizations_are_found_by_what_they_offer(listed: Harness) -> None:
    term = a_term("needs", "housing")
    assert await names(listed, "organizations", taxonomy_term_id=term) == [
        "Pohjois-Pohjanmaan ELY-keskus"
    ]
    assert await names(listed, "organizations", search="kela") == ["Kela, Pohjoinen vakuutuspiiri"]


async def test_ids_stay_while_the_offering_changes(listed: Harness) -> None:
    before = await got(listed, "services", full=True)
    ids = sorted(found(before, "id"))
    caller = listed.caller("oulu")
    body = {n: v for n, v in an_offering(
        name=fi("Uusi nimi"),
        places=[a_place(), a_place(code="toinen", street=None, hours=[hours()])],
    ).items() if n not in SEATS}  # fmt: skip
    answer = await caller.put(
        "/offerings/ohjaamo-oulu-guidance", json=body, headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 200, answer.text
    after = await got(listed, "services", full=True)
    assert after != before
    assert sorted(found(after, "id")) == ids


SEATS = {
    "code", "status", "capacity", "taken_elsewhere", "capacity_unit", "capacity_period",
}  # fmt: skip


def found(whole: Any, name: str) -> list[str]:
    """Give all values under a name, wherever."""
    if isinstance(whole, dict):
        own = [whole[name]] if name in whole else []
        return own + [each for part in whole.values() for each in found(part, name)]
    if isinstance(whole, list):
        return [each for part in whole for each in found(part, name)]
    return []
