"""An agreement: what its parties put their names to, and who has done so."""

from datetime import date, datetime
from typing import Any

from kit import texts
from kit.aggregates import Aggregate
from sharing import Clause
from sqlalchemy import Date, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.errors import AlreadySigned, NotAParty, TermOver
from partners.domain.events import AgreementDrafted, AgreementSigned
from partners.domain.lifecycle import Status, status_on
from partners.domain.tables import Stated, Table
from partners.domain.terms import Goal, Pilot, Signature, Terms, Theme


class Agreement(Aggregate, Table):
    """Its words never change after the draft; only signatures come to it."""

    __tablename__ = "agreement"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[texts.Text] = mapped_column(Stated(texts.Text))
    vision: Mapped[texts.Text | None] = mapped_column(Stated(texts.Text))
    text: Mapped[texts.Text | None] = mapped_column(Stated(texts.Text))
    parties: Mapped[list[str]] = mapped_column(ARRAY(Text))
    themes: Mapped[tuple[Theme, ...]] = mapped_column(Stated(tuple[Theme, ...]))
    pilots: Mapped[tuple[Pilot, ...]] = mapped_column(Stated(tuple[Pilot, ...]))
    goals: Mapped[tuple[Goal, ...]] = mapped_column(Stated(tuple[Goal, ...]))
    sharing: Mapped[tuple[Clause, ...]] = mapped_column(Stated(tuple[Clause, ...]))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date)
    signatures: Mapped[tuple[Signature, ...]] = mapped_column(Stated(tuple[Signature, ...]))

    @classmethod
    def of(cls, code: str, terms: Terms) -> "Agreement":
        """Write a draft that nobody has signed."""
        return cls(code=code, signatures=(), **dict(terms))

    @property
    def subject(self) -> str:
        """The agreement's name on the bus."""
        return f"agreements/{self.code}"

    @property
    def signed_by(self) -> list[str]:
        """The parties that have signed, in the order in which they did."""
        return [signature.organisation for signature in self.signatures]

    @property
    def waits_for(self) -> list[str]:
        """The parties that have not signed yet, as the agreement lists them."""
        return [party for party in self.parties if party not in self.signed_by]

    def status(self, on: date) -> Status:
        """Say where it stands on a day in Finland."""
        return status_on(
            on,
            signed_by_all=not self.waits_for,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )

    def drafted(self) -> AgreementDrafted:
        """Say that it lies before its parties."""
        return AgreementDrafted(**self._state())

    def sign(self, by: str, *, officer: str, at: datetime, on: date) -> AgreementSigned:
        """Give a party's word. Raises `NotAParty`, `AlreadySigned`, `TermOver`."""
        if by not in self.parties:
            raise NotAParty(parties=self.parties)
        if by in self.signed_by:
            raise AlreadySigned
        if self.status(on) is Status.EXPIRED:
            raise TermOver(valid_until=self.valid_until)
        self.signatures = (*self.signatures, Signature(organisation=by, officer=officer, at=at))
        return AgreementSigned(**self._state(), signatory=by)

    def _state(self) -> dict[str, Any]:
        words = {name: getattr(self, name) for name in Terms.model_fields}
        return {"code": self.code, **words, "signed_by": self.signed_by}
