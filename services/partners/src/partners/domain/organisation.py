"""An organisation: known by a code of its own, since a business id may be many's."""

from kit import texts
from kit.aggregates import Aggregate
from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.events import OrganisationRegistered
from partners.domain.tables import Stated, Table
from partners.domain.terms import Kind


class Organisation(Aggregate, Table):
    """A partner."""

    __tablename__ = "organisation"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[Kind] = mapped_column(Text)
    name: Mapped[texts.Text] = mapped_column(Stated(texts.Text))
    business_id: Mapped[str | None] = mapped_column(Text)
    municipality: Mapped[str | None] = mapped_column(Text)

    @property
    def subject(self) -> str:
        """The organisation's name on the bus."""
        return f"organisations/{self.code}"

    def registered(self) -> OrganisationRegistered:
        """Say that it is a partner."""
        return OrganisationRegistered(
            code=self.code,
            kind=self.kind,
            name=self.name,
            business_id=self.business_id,
            municipality=self.municipality,
        )
