"""A service of the Finnish Service Catalogue is read, with notes of what was not taken."""

from copy import deepcopy
from typing import Any

import pytest
from partners.domain.offering_lifecycle import OfferingStatus
from partners.hsds import ptv
from partners.hsds.coordinates import from_tm35fin
from partners.hsds.links import Note
from partners.hsds.ptv import joined
from partners.hsds.reading import Read, Reading, Refused

from .directories import PTV_CHANNELS, PTV_SERVICE, PTV_YOUTH, PTV_YOUTH_CHANNELS
from .hsds_services import REGION

HOW = Reading(needs={"uraohjaus": "career_guidance"})


def read(record: Any, how: Reading) -> Read:
    """Read a record, where the municipalities are those of the region."""
    return ptv.read(record, how, REGION)


def joint(**changes: Any) -> Any:
    """Give the service, with some changes, and its channels."""
    return joined([PTV_SERVICE | changes], PTV_CHANNELS)[0]


def test_a_service_is_read_with_its_channels() -> None:
    found = read(joint(), HOW)
    service = found.service
    assert (found.id, found.status) == (PTV_SERVICE["id"], OfferingStatus.PUBLISHED)
    assert (service.name.fi, service.name.sv) == ("Nuorten ohjaus", "Handledning för unga")
    assert service.description.fi == "Ohjausta alle 30-vuotiaille."
    assert service.needs == ("career_guidance",)
    assert service.audience.municipalities == ("564", "244")
    assert service.audience.languages == ("fi", "sv")
    assert service.price.cents == 0
    assert service.price.note is not None
    [place] = service.places
    assert (place.street, place.postal_code, place.municipality) == (
        "Torikatu 34", "90100", "564",
    )  # fmt: skip
    assert (place.latitude, place.longitude) == (65.032971, 25.471173)
    assert [(hours.days, hours.opens, hours.closes) for hours in place.hours] == [
        (("MO", "TU", "WE", "TH"), "08:00", "16:00"),
        (("FR",), "08:00", "15:00"),
    ]
    assert [(c.kind, c.address) for c in service.channels] == [
        ("phone", "+358 440000000"),
        ("web", "https://example.org/ohjaus"),
    ]
    assert set(found.notes) == {
        Note("/areas", "not-all-known"),
        Note("/languages/2", "unknown-language"),
        Note("/requirements", "not-taken"),
        Note("/serviceChannels/0/serviceHours/1", "not-of-every-week"),
    }


def test_a_link_has_hours_and_ways_of_its_own_and_all_kinds_of_channels_are_read() -> None:
    how = Reading(needs={"http://urn.fi/URN:NBN:fi:au:ptvl:v3014": "job_search"})
    found = read(joined([PTV_YOUTH], PTV_YOUTH_CHANNELS)[0], how)
    service = found.service
    assert service.needs == ("job_search",)
    assert service.audience.municipalities == ("564", "425")
    assert service.price.cents is None
    assert found.provider == "0a1b2c3d-0000-4000-8000-00000000000a"
    [place] = service.places
    assert (place.name.fi, place.name.sv, place.street) == ("Huset", "Huset", None)
    assert (place.municipality, place.postal_code) == ("425", "91900")
    assert place.latitude == pytest.approx(64.825, abs=0.01)
    [hours] = place.hours
    assert (hours.days, hours.opens) == (("MO",), "09:00")
    assert (str(hours.valid_from), str(hours.valid_until)) == ("2027-01-01", "2027-06-30")
    assert [(c.kind, c.address) for c in service.channels] == [
        ("phone", "0800 000000"),
        ("email", "tyo@example.org"),
        ("phone", "+358 440000001"),
        ("phone", "+358 440000003"),
        ("email", "tuki@example.org"),
        ("form", "https://example.org/asiointi"),
        ("form", "https://example.org/l.pdf"),
    ]
    [form] = service.channels[6].hours  # as the link has it
    assert (form.days, form.opens, form.closes) == (("TU",), "10:00", "12:00")
    always, *night = service.channels[3].hours
    assert (len(always.days), always.opens, always.closes) == (7, "00:00", "23:59")
    assert [(part.days, part.opens, part.closes) for part in night] == [
        (("FR",), "22:00", "23:59"),
        (("SA",), "00:00", "04:00"),
    ]
    assert set(found.notes) == {
        Note("/generalDescriptionId", "texts-not-sent"),
        Note("/keywords", "not-taken"),
        Note("/serviceDescriptions/1", "not-taken"),
        Note("/languages/1", "unknown-language"),
        Note("/serviceChannels/0/addresses", "one-taken"),
        Note("/serviceChannels/1/serviceHours/1", "by-reservation"),
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"publishingStatus": "Draft"}, Note("/publishingStatus", "not-published")),
        ({"serviceNames": []}, Note("/serviceNames", "missing")),
        ({"ontologyTerms": []}, Note("/needs", "too_short")),
        ({"areas": []}, Note("/areas", "nobody-here")),
        ({"id": "1"}, Note("/id", "uuid_parsing")),
        ({"languages": [5]}, Note("/service/languages/0", "string_type")),
    ],
)
def test_a_service_that_cannot_be_taken_is_refused(change: dict[str, Any], reason: Note) -> None:
    with pytest.raises(Refused) as refused:
        read(joint(**change), HOW)
    assert reason in refused.value.reasons


@pytest.mark.parametrize("service", [None, 5, [], {}, {"serviceChannels": [5, {}]}])
def test_what_is_no_service_is_refused(service: Any) -> None:
    with pytest.raises(Refused):
        read(joined([service], [5, {"id": 5}, *PTV_CHANNELS])[0], HOW)


def of_a_night(day_from: str, day_to: str | None, to: str) -> tuple[list[Any], tuple[Note, ...]]:
    """Read hours over midnight of the telephone; give them, with the notes of hours."""
    record = deepcopy(joint())
    line = {"dayFrom": day_from, "dayTo": day_to, "from": "22:00:00", "to": to}
    table = {"serviceHourType": "OverMidnight", "openingHour": [line]}
    record["channels"][1]["serviceHours"] = [table]
    found = read(record, HOW)
    hours = [(part.days, part.opens, part.closes) for part in found.service.channels[0].hours]
    return hours, tuple(n for n in found.notes if n.pointer == "/serviceChannels/1/serviceHours/0")


def test_what_is_open_over_midnight_is_open_on_each_of_its_days_and_nothing_is_lost() -> None:
    assert of_a_night("Sunday", "Monday", "04:00:00") == (
        [(("SU",), "22:00", "23:59"), (("MO",), "00:00", "04:00")], (),
    )  # fmt: skip
    assert of_a_night("Friday", "Monday", "00:00:00") == (
        [(("FR",), "22:00", "23:59"), (("SA", "SU"), "00:00", "23:59")], (),
    )  # fmt: skip
    told = (Note("/serviceChannels/1/serviceHours/0", "not-understood"),)
    assert of_a_night("Friday", None, "04:00:00") == ([], told)
    assert of_a_night("Friday", "Saturday", "nine") == ([], told)


def test_a_general_description_is_taken_before_the_services_own_if_its_texts_are_sent() -> None:
    general = {"language": "fi", "value": "Yleinen.", "type": "GD_Description"}
    own = PTV_SERVICE["serviceDescriptions"]
    sent = joint(generalDescriptionId="g", serviceDescriptions=[*own, general])
    found = read(sent, HOW)
    assert found.service.description.fi == "Yleinen.\n\nOhjausta alle 30-vuotiaille."
    assert Note("/generalDescriptionId", "texts-taken") in found.notes
    alone = {"language": "fi", "value": "Lyhyesti.", "type": "GD_Summary"}
    found = read(joint(generalDescriptionId="g", serviceDescriptions=[alone]), HOW)
    assert found.service.description.fi == "Lyhyesti."
    found = read(joint(generalDescriptionId="g"), HOW)
    assert Note("/generalDescriptionId", "texts-not-sent") in found.notes


def test_a_text_in_a_language_that_is_not_kept_is_told() -> None:
    names = [*PTV_SERVICE["serviceNames"], {"language": "se", "value": "Bálvalus", "type": "Name"}]
    found = read(joint(serviceNames=names), HOW)
    assert found.service.name.fi == "Nuorten ohjaus"
    assert Note("/serviceNames", "other-language") in found.notes
    assert Note("/languages/2", "unknown-language") in found.notes


def test_a_place_elsewhere_and_a_point_off_the_plane_are_noted() -> None:
    record = deepcopy(joint())
    street = record["channels"][0]["addresses"][1]["streetAddress"]
    street["latitude"] = "65.01"
    found = read(record, HOW)
    assert found.service.places[0].latitude is None
    assert Note("/serviceChannels/0/addresses", "no-point") in found.notes
    street["municipality"] = {"code": "091"}
    found = read(record, HOW)
    assert not found.service.places
    assert Note("/serviceChannels/0", "unknown-municipality") in found.notes


def test_points_of_the_plane_are_those_of_the_recommendation() -> None:
    # JHS 197 and the calculators of the National Land Survey give this pair.
    latitude, longitude = from_tm35fin(6715706.37708, 106256.35961)
    assert latitude == pytest.approx(60.3851068722, abs=1e-9)
    assert longitude == pytest.approx(19.84813676944, abs=1e-9)
