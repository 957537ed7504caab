"""The records of an import of areas: JSON, or CSV with a line for each."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from kit.requests import parsed
from pydantic import TypeAdapter, ValidationError

from partners.commands.import_areas import AreaRecord, Refused
from partners.domain.errors import ImportRefused

CSV: Final = "text/csv"
MOST_RECORDS = 10_000
COLUMNS = (
    "kind", "code", "municipality", "name_fi", "name_sv", "name_en", "valid_from", "valid_until",
)  # fmt: skip
RECORD = TypeAdapter(AreaRecord)
FORM = RECORD.json_schema(ref_template="#/components/schemas/{model}")

ABOUT_CSV = f"""UTF-8, a line for each record under a line that names the columns
({", ".join(COLUMNS)}; those that nothing is said in may be left out), between commas or semicolons.
Without a municipality a record is an area; with one it says that the municipality belongs to it."""

# FastAPI would describe and parse one of the two forms only.
EITHER: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["records"],
                    "properties": {
                        "records": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": MOST_RECORDS,
                            "items": {n: part for n, part in FORM.items() if n != "$defs"},
                        }
                    },
                }
            },
            CSV: {"schema": {"type": "string", "description": ABOUT_CSV}},
        },
    }
}


async def records_of(request: Request) -> list[AreaRecord]:
    """Read the records. Raises `RequestValidationError` where there are none to be read, and
    `ImportRefused`, which names each that is not of the form.
    """
    body = await request.body()
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == CSV:
        found = list(lines(body))
    else:
        found = items(body)
    if not 1 <= len(found) <= MOST_RECORDS:
        raise invalid("records_count", f"1 to {MOST_RECORDS} records are taken at once")
    records: list[AreaRecord] = []
    refused: list[Refused] = []
    for number, record in enumerate(found, 1):
        try:
            records.append(RECORD.validate_python(record))
        except ValidationError as error:
            refused.extend(reasons(number, error))
    if refused:
        raise ImportRefused(records=refused)
    return records


def items(body: bytes) -> list[Any]:
    """Give the records of a JSON body."""
    try:
        content = parsed(body)
    except json.JSONDecodeError:
        raise invalid("json_invalid", "is not JSON") from None
    records = content.get("records") if isinstance(content, dict) else None
    if not isinstance(records, list) or len(content) > 1:
        raise invalid("records_missing", "the body is an object with records, a list, alone")
    return records


def lines(body: bytes) -> Iterator[dict[str, Any]]:
    """Give the records of a CSV body."""
    try:
        text = body.decode("utf-8-sig")
        first = text.partition("\n")[0]
        rows = csv.DictReader(
            io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True
        )
        if "\0" in text or not rows.fieldnames or set(rows.fieldnames) - set(COLUMNS):
            raise invalid("csv_columns", f"the first line names columns: {', '.join(COLUMNS)}")
        yield from (record_of(row) for row in rows)
    except (UnicodeDecodeError, csv.Error):
        raise invalid("csv_invalid", "is not CSV in UTF-8") from None


def record_of(row: dict[str | None, Any]) -> dict[str, Any]:
    """Write a line as JSON would have it: what is empty is not said."""
    said = {name: value for name, value in row.items() if value and name != ""}
    names = {language: said.pop(f"name_{language}", None) for language in ("fi", "sv", "en")}
    record = {str(name): value for name, value in said.items()}
    return record | ({"name": names} if any(names.values()) else {})


def reasons(number: int, error: ValidationError) -> Iterator[Refused]:
    """Say what is wrong with a record, without its values."""
    for each in error.errors():
        place = "/".join(str(step) for step in each["loc"])
        known = place if place.split("/")[0] in AreaRecord.model_fields else None
        yield Refused(number, each["type"], known)


def invalid(code: str, message: str) -> RequestValidationError:
    """Describe what is wrong with the whole, as pydantic would."""
    return RequestValidationError([{"loc": ("body",), "type": code, "msg": message}])


Records = Annotated[list[AreaRecord], Depends(records_of)]
