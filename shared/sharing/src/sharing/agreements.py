"""What of an agreement the sharing policy reads."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_serializer

from sharing.codes import DataClass, Purpose

Everyone = Literal["all"]
Organisations = Annotated[frozenset[str], Field(min_length=1)]
OrganisationList = Annotated[list[str], Field(min_length=1)]
ClassList = Annotated[list[DataClass], Field(min_length=1)]


class Clause(BaseModel):
    """Permits data of some classes to move, for one purpose, from some parties to some others."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    code: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$", examples=["client-referral"])
    purpose: Purpose
    data_classes: frozenset[DataClass] = Field(min_length=1)
    giver: Organisations | Everyone = Field(alias="from", examples=["all"])
    receiver: Organisations | Everyone = Field(alias="to", examples=["all"])

    @field_serializer("data_classes", when_used="json")
    def classes_in_order(self, classes: frozenset[DataClass]) -> ClassList:
        """Write a set in one order, so that the same clause is always the same text."""
        return sorted(classes)

    @field_serializer("giver", "receiver", when_used="json")
    def side_in_order(self, side: frozenset[str] | Everyone) -> OrganisationList | Everyone:
        """Write a side in one order, likewise."""
        return "all" if side == "all" else sorted(side)

    def names(self, giver: str, receiver: str) -> bool:
        """Say whether the clause speaks of this giver and this receiver."""
        return includes(self.giver, giver) and includes(self.receiver, receiver)


class Agreement(BaseModel):
    """An agreement as a service's copy holds it; other fields of the copy are ignored."""

    model_config = ConfigDict(frozen=True)

    code: str
    parties: frozenset[str]
    signed_by: frozenset[str]
    valid_from: date
    valid_until: date
    sharing: tuple[Clause, ...] = ()

    @property
    def concluded(self) -> bool:
        """Every party has signed."""
        return self.parties <= self.signed_by

    def in_force(self, on: date) -> bool:
        """Say whether the agreement binds on a day; both ends of its term are included."""
        return self.concluded and self.valid_from <= on <= self.valid_until


def includes(side: frozenset[str] | Everyone, organisation: str) -> bool:
    """Say whether one side of a clause includes an organisation; `all` means every party."""
    return side == "all" or organisation in side
