"""A series of official figures, its vintages, and their rows."""

from datetime import datetime

from kit.aggregates import Aggregate
from sqlalchemy import BigInteger, DateTime, Float, ForeignKey, ForeignKeyConstraint, Integer, Text
from sqlalchemy.dialects.postgresql import BYTEA, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from metrics.domain.events import FiguresImported
from metrics.domain.figures import Figures
from metrics.domain.tables import Table


class Series(Aggregate, Table):
    """Figures that are published again and again; the revision is the newest vintage's number."""

    __tablename__ = "series"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(BYTEA)

    @property
    def subject(self) -> str:
        """The series's name on the bus."""
        return f"series/{self.code}"

    def says(self, figures: Figures) -> bool:
        """Whether the newest vintage says the same already."""
        return self.fingerprint == figures.fingerprint

    def revise(self, figures: Figures) -> FiguresImported:
        """Take newer figures in."""
        self.fingerprint = figures.fingerprint
        return FiguresImported(
            series=self.code,
            source=figures.source,
            first_period=figures.periods[0],
            last_period=figures.periods[-1],
            observations=len(figures.rows),
        )


class Vintage(Table):
    """What was published at one time; it never changes."""

    __tablename__ = "vintage"

    series: Mapped[str] = mapped_column(ForeignKey("series.code"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    label: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    updated: Mapped[str | None] = mapped_column(Text)
    areas: Mapped[dict[str, str]] = mapped_column(JSONB)
    metrics: Mapped[dict[str, str]] = mapped_column(JSONB)
    first_period: Mapped[str] = mapped_column(Text)
    last_period: Mapped[str] = mapped_column(Text)
    observations: Mapped[int] = mapped_column(Integer)
    imported_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    imported_by: Mapped[str] = mapped_column(Text)


class Observation(Table):
    """One cell of a vintage: a value, or the mark in its place; a value may have a remark."""

    __tablename__ = "observation"
    __table_args__ = (
        ForeignKeyConstraint(["series", "vintage"], [Vintage.series, Vintage.number]),
    )

    series: Mapped[str] = mapped_column(Text, primary_key=True)
    vintage: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    area: Mapped[str] = mapped_column(Text)
    period: Mapped[str] = mapped_column(Text)
    metric: Mapped[str] = mapped_column(Text)
    others: Mapped[dict[str, str]] = mapped_column(JSONB)
    value: Mapped[float | None] = mapped_column(Float)
    status: Mapped[str | None] = mapped_column(Text)
