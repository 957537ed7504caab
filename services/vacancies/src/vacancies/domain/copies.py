"""Copies of others' truth: made by reactions, read by commands."""

from typing import Any

from sqlalchemy import BigInteger, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vacancies.domain.pilots import PilotAgreement
from vacancies.domain.tables import Table


class AreaCopy(Table):
    """A municipality or a sub-region that was imported, as partners told of it."""

    __tablename__ = "area_copy"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
    area: Mapped[dict[str, Any]] = mapped_column(JSONB)


class AgreementCopy(Table):
    """An agreement, as partners told of it."""

    __tablename__ = "agreement_copy"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
    agreement: Mapped[dict[str, Any]] = mapped_column(JSONB)

    def with_pilots(self) -> PilotAgreement:
        """Give what the rule of pilots reads."""
        return PilotAgreement.model_validate(self.agreement)
