"""What is written in the standard's words is valid there, and read back to the same."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from partners.hsds import left_out, reading, records, writing
from partners.hsds.links import Note
from partners.hsds.reading import Read, Reading, Refused
from partners.hsds.taxonomies import FIXED, IDS, Taxonomies
from partners.hsds.writing import Listed

from .directories import UK, UK_IN_PRACTICE
from .hsds_schemas import STANDARD, must_be_valid
from .hsds_services import OULU, REGION, listings

PLAIN = Reading()
often = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(record: Any, how: Reading) -> Read:
    """Read a record, where the municipalities are those of the region."""
    return reading.read(record, how, REGION)


def sent(value: Any) -> Any:
    """Carry it as JSON."""
    return json.loads(json.dumps(value))


@often
@given(listings())
def test_every_service_is_valid_in_the_standard(listed: Listed) -> None:
    must_be_valid(sent(writing.service(listed)), "service")
    for each in writing.spots(listed):
        must_be_valid(sent(each), "service_at_location")
    must_be_valid(sent(writing.full_organization(OULU, [listed])), "organization")


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
    must_be_valid(sent(writing.full_organization(partner, [])), "organization")
    sets = Taxonomies(REGION)
    for whole in sets.all:
        must_be_valid(whole.written(), "taxonomy")
        assert sets.by_id(IDS[whole.code]) == whole
    for whole, code in sets.terms():
        must_be_valid(whole.term(code), "taxonomy_term")
        assert sets.term_by_id(whole.term_id(code)) == (whole, code)


def test_the_schemas_refuse_what_the_standard_does_not_have() -> None:
    whole = FIXED["needs"].written()
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
        Note("/assured_date", "not-taken"),
        Note("/fees_description", "not-taken"),
        Note("/service_areas/0", "not-understood"),
        Note("/languages/1", "unknown-language"),
        Note("/cost_options/0/amount", "not-euros"),
        Note("/service_at_locations/0/location/schedules/1", "not-understood"),
    }


# What no reader needs: when it was changed, and by whom.
ASIDE = {"id", "last_modified", "metadata", "attributes"}
LINKS = {"service_id", "location_id", "organization_id"}


@pytest.mark.parametrize(
    ("entity", "reads", "tells"),
    [
        ("service", records.ServiceRecord, {*left_out.OF_A_SERVICE, *left_out.FEES}),
        ("service_at_location", records.AtLocation, {*left_out.AT_A_LOCATION}),
        ("location", records.Location, {*left_out.OF_A_LOCATION}),
    ],
)
def test_every_name_of_the_standard_is_read_or_told_of(
    entity: str, reads: type[records.Record], tells: set[str]
) -> None:
    names = set(STANDARD["entities"][entity]["properties"]) - ASIDE - LINKS
    read_or_told = (set(reads.model_fields) | tells) - ASIDE - LINKS
    assert names == read_or_told


def test_a_directory_as_the_uk_profile_writes_it_in_practice_is_read_with_notes() -> None:
    found = read(UK_IN_PRACTICE, Reading(needs={"Employment support": "job_search"}))
    service = found.service
    assert service.needs == ("job_search",)
    assert service.audience.municipalities == ("564", "244")
    assert service.price.cents is None
    assert service.price.note is not None
    assert service.price.note.fi == "Five a session."
    first, second = service.places
    assert (first.street, first.latitude) == ("Asemakatu 1", None)
    [own] = first.hours
    assert (own.days, own.opens) == (("TH", "FR"), "10:00")
    assert str(own.valid_until) == "2027-01-01"
    assert [hours.days for hours in second.hours] == [("SA",)]
    assert [(c.kind, c.address) for c in service.channels] == [
        ("phone", "+358 8 1234567;ext=12"),
        ("email", "tyo@example.org"),
        ("web", "https://example.org/tyo"),
    ]
    assert set(found.notes) == {
        *(Note(f"/{name}", "not-taken") for name in (
            "accreditations", "alert", "assured_date", "assurer_email", "contacts", "funding",
        )),
        Note("/description", "cut"),
        Note("/languages/0", "unknown-language"),
        Note("/service_areas/1", "not-understood"),
        Note("/service_at_locations/0/location/accessibility", "not-taken"),
        Note("/service_at_locations/0/location/latitude", "no-point"),
        Note("/service_at_locations/2/location", "not-taken"),
        Note("/service_at_locations/3/location", "unknown-municipality"),
        Note("/service_at_locations/3/location/description", "not-taken"),
    }  # fmt: skip


def test_hours_of_the_service_are_its_channels_where_it_has_no_place() -> None:
    nowhere = {n: v for n, v in UK_IN_PRACTICE.items() if n != "service_at_locations"}
    found = read(nowhere, Reading(otherwise=("job_search",)))
    assert [[h.days for h in c.hours] for c in found.service.channels] == [[("TH", "FR")]] * 3
    unreachable = {n: v for n, v in nowhere.items() if n not in ("phones", "email", "url")}
    assert (
        Note("/schedules", "not-taken")
        in read(unreachable, Reading(otherwise=("job_search",))).notes
    )


@pytest.mark.parametrize(
    ("cost", "cents", "note"),
    [
        ({"amount": 12.5, "currency": "EUR"}, 1250, None),
        ({"amount": 12.5}, None, Note("/cost_options/0/amount", "not-euros")),
        ({"amount": 0, "currency": "eur", "option": "kaikki"}, 0, None),
        ({"option": "kysy"}, None, None),
    ],
)
def test_an_amount_is_taken_if_it_is_said_to_be_euros(
    cost: dict[str, Any], cents: int | None, note: Note | None
) -> None:
    found = read(UK | {"cost_options": [cost]}, HOW)
    assert found.service.price.cents == cents
    assert {n for n in found.notes if "cost_options" in n.pointer} == ({note} if note else set())


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
