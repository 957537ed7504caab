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

from .directories import UK
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
    for part in (listed.service, listed.service.audience, *listed.service.places):
        assert part.model_fields_set == set(type(part).model_fields)  # nothing is left undrawn
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
