"""The ledger of an offering's seats: taken here, under a lock, and never promised twice."""

from kit.aggregates import Aggregate
from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.errors import NoSeat
from referrals.domain.events import SeatsFreed, SeatsTaken
from referrals.domain.tables import Table


class Seats(Aggregate, Table):
    """How many seats of an offering are taken. At revision 0 it has said nothing yet."""

    __tablename__ = "seats"

    offering: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    taken: Mapped[int] = mapped_column(Integer)
    maximum: Mapped[int] = mapped_column(Integer)
    declaration: Mapped[int] = mapped_column(Integer)

    @property
    def subject(self) -> str:
        """The ledger's name on the bus."""
        return f"seats/{self.offering}"

    def take(self) -> SeatsTaken:
        """Take one seat. Raises `NoSeat` where all are taken."""
        if self.taken >= self.maximum:
            raise NoSeat
        self.taken += 1
        return SeatsTaken(**self._state())

    def free(self) -> SeatsFreed:
        """Give one seat back."""
        self.taken -= 1
        return SeatsFreed(**self._state())

    def _state(self) -> dict[str, str | int]:
        return {
            "offering": self.offering,
            "organisation": self.organisation,
            "taken": self.taken,
            "maximum": self.maximum,
            "declaration": self.declaration,
        }
