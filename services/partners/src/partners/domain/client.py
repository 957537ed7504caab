"""A machine client: a program that acts for an organisation, known by its OAuth client id."""

from datetime import date
from typing import Annotated, Any

from kit.aggregates import Aggregate
from pydantic import Field
from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.register_events import ClientChanged, ClientRegistered
from partners.domain.tables import Table

ClientId = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$", examples=["kela-asiakastieto"])
]

# What an organisation may register. Coordinating, operating and reading everybody's facts are the
# estate's own, for clients that stand in the services' settings.
SERVICES = ("partners", "referrals", "assessments", "vacancies", "metrics")
SCOPES = frozenset(f"{service}:{kind}" for service in SERVICES for kind in ("read", "write"))


class Client(Aggregate, Table):
    """What one organisation lets one program do. It is never deleted: it may do nothing more."""

    __tablename__ = "client"

    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.code"), primary_key=True)
    client_id: Mapped[str] = mapped_column(Text, primary_key=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    valid_until: Mapped[date | None] = mapped_column(Date)

    @property
    def subject(self) -> str:
        """The client's name on the bus; the same id of another organisation is another."""
        return f"clients/{self.organisation}:{self.client_id}"

    def registered(self) -> ClientRegistered:
        """Say that it acts for the organisation."""
        return ClientRegistered(**self.state())

    def let(self, scopes: list[str]) -> ClientChanged:
        """Let it do this and no more."""
        self.scopes = scopes
        return ClientChanged(**self.state())

    def end(self, on: date) -> ClientChanged:
        """Let it do nothing after a day."""
        self.valid_until = on
        return ClientChanged(**self.state())

    def state(self) -> dict[str, Any]:
        """Give all that others are told of it."""
        names = ("organisation", "client_id", "scopes", "valid_until")
        return {name: getattr(self, name) for name in names}
