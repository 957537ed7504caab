"""A published version of an instrument."""

from datetime import datetime
from typing import Any

from kit.aggregates import Aggregate
from sqlalchemy import DateTime, Integer, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from assessments.domain.events import InstrumentPublished
from assessments.domain.instruments import Instrument
from assessments.domain.tables import Table


class Publication(Aggregate, Table):
    """An instrument, fixed for ever. One that came with the service has no publisher."""

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)  # like elamantilanne@1
    code: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    publisher: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @classmethod
    def of(cls, instrument: Instrument, *, publisher: str, at: datetime) -> "Publication":
        """Publish an instrument."""
        return cls(
            id=name_of(instrument.code, instrument.version),
            code=instrument.code,
            version=instrument.version,
            document=instrument.model_dump(mode="json"),
            publisher=publisher,
            published_at=at,
        )

    @property
    def subject(self) -> str:
        """The instrument's name on the bus."""
        return f"instruments/{self.id}"

    @property
    def instrument(self) -> Instrument:
        """What was published."""
        return Instrument.model_validate(self.document)

    def published(self) -> InstrumentPublished:
        """Say that it can be used."""
        return InstrumentPublished(code=self.code, version=self.version)


def name_of(code: str, version: int) -> str:
    """Name a version of an instrument."""
    return f"{code}@{version}"
