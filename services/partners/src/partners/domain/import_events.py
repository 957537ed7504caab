"""What imports of directories say: that one begins, and what became of its records."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from kit.facts import Fact
from pydantic import Field

Moment = Annotated[datetime, Field(examples=["2026-11-24T09:00:00Z"])]
Count = Annotated[int, Field(ge=0, examples=[3])]


class ImportFact(Fact):
    """An import of a directory; the offerings that it makes say their own facts."""

    id: Annotated[UUID, Field(examples=["01930000-0000-7000-8000-000000000001"])]
    imported_by: Annotated[str, Field(examples=["oulu"])]
    organisation: Annotated[str, Field(examples=["oulu"])]
    format: Annotated[str, Field(examples=["hsds"])]
    total: Count
    begun_at: Moment


class ImportBegun(
    ImportFact, type="partners.import.begun.v1", concerns=("imported_by", "organisation")
):
    """A directory is being imported."""


class ImportEnded(
    ImportFact, type="partners.import.ended.v1", concerns=("imported_by", "organisation")
):
    """Every record of the directory has its outcome."""

    ended_at: Moment
    taken: Count
    changed: Count
    unchanged: Count
    refused: Count


IMPORT_FACTS: tuple[type[Fact], ...] = (ImportBegun, ImportEnded)
