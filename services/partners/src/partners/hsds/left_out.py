"""What the standard says and the catalogue has no place for: it is told, field by field."""

from collections.abc import Iterator
from typing import Any

from partners.hsds.links import Note

OF_A_SERVICE = (
    "accreditations", "alert", "alternate_name", "application_process", "assured_date",
    "assurer_email", "contacts", "eligibility_description", "funding", "interpretation_services",
    "licenses", "program", "program_id", "required_documents", "wait_time",
)  # fmt: skip
FEES = ("fees_description", "fees")  # words for the price; the latter is what the UK profile has
AT_A_LOCATION = ("contacts", "description", "service_areas")
OF_A_LOCATION = (
    "accessibility", "alternate_name", "contacts", "description", "languages", "transportation",
)  # fmt: skip


def left_out(record: dict[str, Any]) -> Iterator[Note]:
    """Walk what is not taken of a record that can be read. Contacts never are: they are people."""
    yield from named(record, "", OF_A_SERVICE)
    for number, spot in enumerate(record.get("service_at_locations") or ()):
        here = f"/service_at_locations/{number}"
        yield from named(spot, here, AT_A_LOCATION)
        yield from named(spot.get("location") or {}, f"{here}/location", OF_A_LOCATION)


def named(part: dict[str, Any], pointer: str, names: tuple[str, ...]) -> Iterator[Note]:
    """Tell of those names that a part has."""
    return (Note(f"{pointer}/{name}", "not-taken") for name in names if part.get(name))
