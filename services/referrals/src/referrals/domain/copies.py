"""Copies of others' truth: made by reactions, read by commands."""

from datetime import date
from typing import Any

from sharing import Agreement
from sqlalchemy import BigInteger, Date, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.tables import Table


class OrganisationCopy(Table):
    """An organisation, as partners told of it."""

    __tablename__ = "organisation_copy"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
    ends_on: Mapped[date | None] = mapped_column(Date)  # its last day
    successions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class OfferingCopy(Table):
    """An offering, as partners told of it: what it answers, and for whom it is."""

    __tablename__ = "offering_copy"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
    offering: Mapped[dict[str, Any]] = mapped_column(JSONB)


class AgreementCopy(Table):
    """An agreement, as partners told of it."""

    __tablename__ = "agreement_copy"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)
    agreement: Mapped[dict[str, Any]] = mapped_column(JSONB)

    def policy(self) -> Agreement:
        """Give what the sharing policy reads."""
        return Agreement.model_validate(self.agreement)
