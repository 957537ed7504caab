"""An organisation: known by a code of its own, since a business id may be many's."""

from datetime import date
from typing import Any, Literal

from kit import texts
from kit.aggregates import Aggregate
from kit.problems import Missing
from sqlalchemy import Date, Text
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.errors import AlreadyWithdrawn
from partners.domain.register import Kind, Unit
from partners.domain.register_events import (
    MandateTold,
    OrganisationChanged,
    OrganisationEnded,
    OrganisationRegistered,
    SuccessionTold,
    TasksGiven,
    TasksPassed,
    TasksWithdrawn,
)
from partners.domain.succession import NotedMandate, NotedSuccession, Withdrawal
from partners.domain.tables import Stated, Table

Noted = Literal["mandates", "successions"]

TOLD = ("code", "kind", "name", "business_id", "municipality", "units", "ends_on")


class Organisation(Aggregate, Table):
    """A partner. It is never deleted: it ends."""

    __tablename__ = "organisation"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[Kind] = mapped_column(Text)
    name: Mapped[texts.Text] = mapped_column(Stated(texts.Text))
    business_id: Mapped[str | None] = mapped_column(Text)
    municipality: Mapped[str | None] = mapped_column(Text)
    units: Mapped[tuple[Unit, ...]] = mapped_column(Stated(tuple[Unit, ...]))
    ends_on: Mapped[date | None] = mapped_column(Date)
    mandates: Mapped[tuple[NotedMandate, ...]] = mapped_column(Stated(tuple[NotedMandate, ...]))
    successions: Mapped[tuple[NotedSuccession, ...]] = mapped_column(
        Stated(tuple[NotedSuccession, ...])
    )

    @property
    def subject(self) -> str:
        """The organisation's name on the bus."""
        return f"organisations/{self.code}"

    def registered(self) -> OrganisationRegistered:
        """Say that it is a partner."""
        return OrganisationRegistered(**self._state())

    def change(self, **stated: Any) -> OrganisationChanged:
        """State its names, its business id, its municipality, its units anew."""
        for name, value in stated.items():
            setattr(self, name, value)
        return OrganisationChanged(**self._state())

    def end(self, on: date) -> OrganisationEnded:
        """Set its last day; a day that was set may be mended."""
        self.ends_on = on
        return OrganisationEnded(**self._state())

    def give(self, mandate: NotedMandate) -> TasksGiven:
        """Note tasks that law gave it."""
        self.mandates = (*self.mandates, mandate)
        return TasksGiven(**self._state())

    def pass_on(self, succession: NotedSuccession) -> TasksPassed:
        """Note tasks that are another's from a day on."""
        self.successions = (*self.successions, succession)
        return TasksPassed(**self._state())

    def withdraw(self, noted: Noted, number: int, withdrawal: Withdrawal) -> TasksWithdrawn:
        """Say of a mandate or a succession, counted from 1, that it was noted by mistake.

        Raises `Missing`, `AlreadyWithdrawn`.
        """
        all_noted = list(getattr(self, noted))
        if not 1 <= number <= len(all_noted):
            raise Missing
        if all_noted[number - 1].withdrawn:
            raise AlreadyWithdrawn
        mistaken = all_noted[number - 1].model_copy(update={"withdrawn": withdrawal})
        all_noted[number - 1] = mistaken
        setattr(self, noted, tuple(all_noted))
        return TasksWithdrawn(**self._state(), noted=noted, number=number)

    def _state(self) -> dict[str, Any]:
        tasks = {
            "mandates": [MandateTold.model_validate(mandate) for mandate in self.mandates],
            "successions": [SuccessionTold.model_validate(each) for each in self.successions],
        }
        return {name: getattr(self, name) for name in TOLD} | tasks
