"""An import of a directory: its records, and what became of each."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from kit.aggregates import Aggregate
from sqlalchemy import DateTime, ForeignKey, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.import_events import ImportBegun, ImportEnded
from partners.domain.tables import Stated, Table
from partners.hsds.reading import Reading


class Format(StrEnum):
    """The form of a directory."""

    HSDS = "hsds"
    PTV = "ptv"


class Outcome(StrEnum):
    """What became of a record."""

    TAKEN = "taken"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class CatalogueImport(Aggregate, Table):
    """A directory on its way into the catalogue, as offerings of one organisation."""

    __tablename__ = "catalogue_import"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    imported_by: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.code"))
    format: Mapped[Format] = mapped_column(Text)
    reading: Mapped[Reading] = mapped_column(Stated(Reading))
    total: Mapped[int] = mapped_column(Integer)
    begun_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), index=True)

    @property
    def subject(self) -> str:
        """The import's name on the bus."""
        return f"imports/{self.id}"

    def begun(self) -> ImportBegun:
        """Say that it begins."""
        return ImportBegun(**self._state())

    def end(self, at: datetime, counts: dict[Outcome, int]) -> ImportEnded:
        """Say what became of its records."""
        self.ended_at = at
        found = {str(each): counts.get(each, 0) for each in Outcome}
        return ImportEnded(**self._state(), ended_at=at, **found)

    def _state(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ImportBegun.model_fields}


class ImportRecord(Table):
    """A record of an import. What was sent is forgotten once its outcome is known."""

    __tablename__ = "catalogue_import_record"
    __table_args__ = (Index(None, "import_id", "number", postgresql_where=text("outcome IS NULL")),)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("catalogue_import.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    record: Mapped[Any] = mapped_column(JSONB(none_as_null=True), nullable=True)
    steps: Mapped[list[str]] = mapped_column(ARRAY(Text))
    outcome: Mapped[Outcome | None] = mapped_column(Text)
    offering: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
