"""Published decision tables: versions that never change."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.tables import Stated, Table
from partners.eligibility.jdm import Document


class EligibilityTable(Table):
    """One version of an offering's table."""

    __tablename__ = "eligibility_table"

    offering: Mapped[str] = mapped_column(ForeignKey("offering.code"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    document: Mapped[Document] = mapped_column(Stated(Document))
    published_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
