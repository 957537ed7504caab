"""What is written in the standard's words is valid there, and read back to the same."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from partners.hsds import taxonomies, writing
from partners.hsds.links import Note
from partners.hsds.reading import Reading, Refused, read
from partners.hsds.writing import Listed

from .hsds_schemas import must_be_valid
from .hsds_services import OULU, listings

PLAIN = Reading()
often = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def sent(value: Any) -> Any:
    """Carry it as JSON."""
    return json.loads(json.dumps(value))


@often
@given(listings())
def test_every_service_is_valid_in_the_standard(listed: Listed) -> None:
    must_be_valid(sent(writing.service(listed)), "service")
    for each in writing.service(listed)["service_at_locations"]:
        must_be_valid(sent(each), "service_at_location")


@often
@given(listings())
def test_what_is_written_is_read_to_the_same(listed: Listed) -> None:
    found = read(sent(writing.service(listed)), PLAIN)
    assert found.service == listed.service
    assert found.status == listed.status
    assert (found.id, found.provider) == (str(listed.id), OULU.id)
    assert (found.capacity, found.available) == (listed.capacity, listed.available)
    assert found.notes == ()


@often
@given(listings())
def test_export_import_export_is_the_identity(listed: Listed) -> None:
    written = writing.service(listed)
    found = read(sent(written), PLAIN)
    assert found.capacity is not None
    assert found.available is not None
    again = replace(
        listed, service=found.service, capacity=found.capacity,
        available=found.available, status=found.status,
    )  # fmt: skip
    assert writing.service(again) == written


def test_partners_taxonomies_and_terms_are_valid() -> None:
    partner = replace(OULU, business_id="0187690-1")
    must_be_valid(sent(writing.full_organization(partner)), "organization")
    for code, whole in taxonomies.TAXONOMIES.items():
        must_be_valid(taxonomies.taxonomy(whole), "taxonomy")
        for each in whole.terms:
            must_be_valid(taxonomies.term(code, each), "taxonomy_term")
    assert len(taxonomies.BY_ID) == sum(1 for _ in taxonomies.terms())


def test_the_schemas_refuse_what_the_standard_does_not_have() -> None:
    whole = taxonomies.taxonomy(taxonomies.TAXONOMIES["needs"])
    for wrong in ({"id": "5"}, {"naem": "x"}, {"name": 1}, {"uri": "no uri"}):
        with pytest.raises(AssertionError):
            must_be_valid(whole | wrong, "taxonomy")
    del whole["description"]
    with pytest.raises(AssertionError):
        must_be_valid(whole, "taxonomy")


# A record as the Open Referral UK profile writes it.
UK = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Community Counselling",
    "description": "Counselling by trained people.",
    "status": "active",
    "url": "http://example.com/counselling",
    "email": "email@example.com",
    "fees_description": "Free for residents.",
    "minimum_age": 12,
    "maximum_age": None,
    "assured_date": "2025-01-01",
    "organization": {
        "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Org", "description": "An org",
    },
    "contacts": [{"id": "1e7efce3-639b-4880-940c-b95cd30cdb50", "name": "Ann Persona"}],
    "phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "+44 1234 234567"}],
    "languages": [
        {"id": "2989d3ed-c547-48f8-8f9d-432d81c7892e", "code": "ur", "name": "Urdu"},
        {"id": "2989d3ed-c547-48f8-8f9d-432d81c7892f", "code": "qqq", "name": "Klingon"},
    ],
    "service_areas": [{"id": "381c64f1-a724-4884-9c21-ac96c21cca3e", "name": "MyCity"}],
    "cost_options": [
        {"id": "1fdf4d39-3d80-484d-9f92-a8ffa08621e7", "currency": "gbp", "amount": 35,
         "option": "per hour"}
    ],
    "service_at_locations": [
        {
            "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
            "location": {
                "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "physical",
                "name": "Keskus", "latitude": 65.01, "longitude": 25.47,
                "addresses": [
                    {"id": "74706e55-df26-4b84-80fe-ecc30b5befb4", "address_1": "Torikatu 34",
                     "city": "Oulu", "state_province": "", "postal_code": "90100",
                     "country": "FI", "address_type": "physical"}
                ],
                "schedules": [
                    {"id": "48102e86-bb50-41c4-8f1e-e269368c41d1", "freq": "WEEKLY",
                     "byday": "MO,TU", "opens_at": "09:00:00", "closes_at": "17:00Z"},
                    {"id": "48102e86-bb50-41c4-8f1e-e269368c41d2", "freq": "MONTHLY",
                     "byday": "2MO", "opens_at": "09:00", "closes_at": "17:00"},
                ],
            },
        }
    ],
    "attributes": [
        {
            "id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e",
            "taxonomy_term": {
                "id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "code": "mh", "name": "Mental health",
                "description": "", "taxonomy": "esdServiceTypes",
            },
        }
    ],
}  # fmt: skip
HOW = Reading(needs={"mh": "mental_wellbeing"})


def test_a_service_of_the_uk_profile_is_read_with_notes_of_what_was_not_taken() -> None:
    must_be_valid({k: v for k, v in UK.items() if v is not None}, "service")
    found = read(UK, HOW)
    service = found.service
    assert service.needs == ("mental_wellbeing",)
    assert (service.audience.age_from, service.audience.age_to) == (12, None)
    assert service.audience.languages == ("ur",)
    [place] = service.places
    assert (place.municipality, place.postal_code, place.latitude) == ("564", "90100", 65.01)
    assert [(h.days, h.opens, h.closes) for h in place.hours] == [(("MO", "TU"), "09:00", "17:00")]
    assert [(c.kind, c.address) for c in service.channels] == [
        ("phone", "+44 1234 234567"),
        ("email", "email@example.com"),
        ("web", "http://example.com/counselling"),
    ]
    assert service.price.cents is None
    assert found.capacity is None
    assert set(found.notes) == {
        Note("/contacts", "not-taken"),
        Note("/fees_description", "not-taken"),
        Note("/service_areas/0", "not-understood"),
        Note("/languages/1", "unknown-language"),
        Note("/cost_options/0/amount", "not-euros"),
        Note("/service_at_locations/0/location/schedules/1", "not-understood"),
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": None}, Note("/name", "missing")),
        ({"name": 5}, Note("/name", "string_type")),
        ({"status": "asleep"}, Note("/status", "unknown-status")),
        ({"attributes": []}, Note("/needs", "too_short")),
        ({"minimum_age": 130}, Note("/audience/age_from", "less_than_equal")),
        ({"phones": [{"number": "+44"}, {}]}, Note("/phones/1/number", "missing")),
    ],
)
def test_a_record_that_cannot_be_taken_is_refused_with_its_place(
    change: dict[str, Any], reason: Note
) -> None:
    with pytest.raises(Refused) as refused:
        read(UK | change, HOW)
    assert reason in refused.value.reasons


@pytest.mark.parametrize("record", [None, [], "service", 5, {"id": []}])
def test_what_is_no_service_is_refused(record: Any) -> None:
    with pytest.raises(Refused):
        read(record, HOW)


def test_needs_that_no_term_names_are_those_that_the_importer_gives() -> None:
    found = read(UK, Reading(otherwise=("housing",)))
    assert found.service.needs == ("housing",)
    assert Note("/attributes", "needs-assumed") in found.notes
