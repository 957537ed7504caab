"""How much of a commitment was used in a month, as its party reports it; the last word holds."""

from kit.aggregates import Aggregate
from sqlalchemy import Double, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.agreement_events import UseReported
from partners.domain.tables import Table


class Use(Aggregate, Table):
    """A month's use, in the commitment's own unit."""

    __tablename__ = "resource_use"

    agreement: Mapped[str] = mapped_column(ForeignKey("agreement.code"), primary_key=True)
    commitment: Mapped[str] = mapped_column(Text, primary_key=True)
    month: Mapped[str] = mapped_column(Text, primary_key=True)
    party: Mapped[str] = mapped_column(Text)
    amount: Mapped[float] = mapped_column(Double)

    @property
    def subject(self) -> str:
        """The report's name on the bus."""
        return f"uses/{self.agreement}.{self.commitment}.{self.month}"

    def reported(self) -> UseReported:
        """Say what was used."""
        return UseReported(
            agreement=self.agreement,
            commitment=self.commitment,
            party=self.party,
            month=self.month,
            amount=self.amount,
        )
