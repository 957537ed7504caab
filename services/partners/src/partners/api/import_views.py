"""What callers send and see of an import of a directory."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from partners.domain.catalogue_import import CatalogueImport, Format, ImportRecord, Outcome
from partners.domain.terms import Code
from partners.hsds import ptv
from partners.hsds.reading import Reading

MOST_RECORDS = 20_000
MOST_WRITTEN = 64 * 1024 * 1024  # bytes of channels, each as often as a service names it
HSDS_LISTS = ("contents", "services")  # a page of the standard's API, or a file


class Directory(Reading):
    """A directory, whose services become offerings, and how its terms are read."""

    format: Format
    organisation: Code | None = Field(
        None, description="Whose offerings they become; only the coordinator names another's"
    )
    directory: dict[str, Any] = Field(
        description="HSDS 3.x: `contents` (a page of its API) or `services`, whole services; "
        "PTV v11: `services` and `serviceChannels`, lists or pages of its API",
        examples=[{"contents": []}],
    )

    @model_validator(mode="after")
    def must_be_of_its_format(self) -> Self:
        """Refuse what has no list of services."""
        records = self.records()
        if len(records) > MOST_RECORDS:
            raise ValueError(f"at most {MOST_RECORDS} services are taken at once")
        if self.format == Format.PTV and ptv.bytes_of_channels(records) > MOST_WRITTEN:
            raise ValueError("so many services name large channels that they must come in parts")
        return self

    def records(self) -> list[Any]:
        """Give the records, one for each service. Raises `ValueError`."""
        names = HSDS_LISTS if self.format == Format.HSDS else ("services",)
        found = next(
            (items(self.directory[name]) for name in names if name in self.directory), None
        )
        if found is None:
            raise ValueError("the directory has no list of services")
        if self.format == Format.HSDS:
            return found
        channels = items(self.directory.get("serviceChannels", []))
        if channels is None:
            raise ValueError("serviceChannels is no list")
        return ptv.joined(found, channels)

    def reading(self) -> Reading:
        """Give how its terms are read."""
        return Reading.model_construct(**{n: getattr(self, n) for n in Reading.model_fields})


def items(listed: Any) -> list[Any] | None:
    """Give a list, or that of a page of the PTV's API; none where there is none."""
    found = listed.get("itemList") if isinstance(listed, dict) else listed
    return found if isinstance(found, list) else None


class Stage(StrEnum):
    """How far an import is."""

    RUNNING = "running"
    ENDED = "ended"


class Progress(BaseModel):
    """How many records have which outcome so far."""

    total: int
    done: int
    taken: int = Field(description="New offerings")
    changed: int = Field(description="Offerings that say otherwise now")
    unchanged: int = Field(description="Offerings that said the same before")
    refused: int = Field(description="Records of which nothing was taken; their notes say why")


class CatalogueImportView(BaseModel):
    """An import of a directory, and how far it is."""

    id: UUID
    imported_by: str
    organisation: str
    format: Format
    status: Stage
    progress: Progress
    begun_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, begun: CatalogueImport, counts: Mapping[str | None, int]) -> Self:
        """Show an import with what became of its records so far."""
        outcomes = {str(each): counts.get(each, 0) for each in Outcome}
        done = sum(outcomes.values())
        own = {n: getattr(begun, n) for n in cls.model_fields if hasattr(begun, n)}
        return cls(
            **own,
            status=Stage.RUNNING if begun.ended_at is None else Stage.ENDED,
            progress=Progress(total=begun.total, done=done, **outcomes),
        )


class NoteView(BaseModel):
    """What was not taken, or not as it was written."""

    pointer: str = Field(description="Where in the record, or in the offering it would make")
    code: str = Field(examples=["not-taken"])


class RecordView(BaseModel):
    """What became of a record."""

    number: int = Field(description="Its place in the directory, from 0 on")
    outcome: Outcome | Literal["waiting"]
    offering: str | None
    notes: list[NoteView]

    @classmethod
    def of(cls, record: ImportRecord) -> Self:
        """Show a record."""
        notes = [NoteView(**note) for note in record.notes]
        return cls(
            number=record.number,
            outcome=record.outcome or "waiting",
            offering=record.offering,
            notes=notes,
        )
