"""The ledger of an offering's seats: taken here, under a lock, and never promised twice."""

from kit.aggregates import Aggregate
from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.errors import NoSeat
from referrals.domain.events import SeatsFreed, SeatsHeld, SeatsReleased, SeatsTaken
from referrals.domain.tables import Table


class Seats(Aggregate, Table):
    """How many seats of an offering are taken, and how many are held for an answer or a promise.

    A maximum lowered below what is taken makes it over-full: nobody loses a seat, and nobody
    gets one. At revision 0 it has said nothing yet.
    """

    __tablename__ = "seats"

    offering: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    taken: Mapped[int] = mapped_column(Integer)
    held: Mapped[int] = mapped_column(Integer)
    elsewhere: Mapped[int] = mapped_column(Integer)
    maximum: Mapped[int] = mapped_column(Integer)
    declaration: Mapped[int] = mapped_column(Integer)

    @property
    def subject(self) -> str:
        """The ledger's name on the bus."""
        return f"seats/{self.offering}"

    @property
    def free(self) -> int:
        """How many more can be promised; less than nothing where it is over-full."""
        return self.maximum - self.elsewhere - self.taken - self.held

    def take(self) -> SeatsTaken:
        """Take one seat. Raises `NoSeat` where none is free."""
        self._must_have_room()
        self.taken += 1
        return SeatsTaken(**self._state())

    def hold(self) -> SeatsHeld:
        """Hold one seat. Raises `NoSeat` where none is free."""
        self._must_have_room()
        self.held += 1
        return SeatsHeld(**self._state())

    def take_held(self) -> SeatsTaken:
        """Take the seat that was held."""
        self.held -= 1
        self.taken += 1
        return SeatsTaken(**self._state())

    def let_go(self) -> SeatsReleased:
        """Hold one seat no more."""
        self.held -= 1
        return SeatsReleased(**self._state())

    def give_back(self) -> SeatsFreed:
        """Give one taken seat back."""
        self.taken -= 1
        return SeatsFreed(**self._state())

    def _must_have_room(self) -> None:
        if self.free <= 0:
            raise NoSeat

    def _state(self) -> dict[str, str | int]:
        return {
            "offering": self.offering,
            "organisation": self.organisation,
            "taken": self.taken,
            "held": self.held,
            "elsewhere": self.elsewhere,
            "maximum": self.maximum,
            "declaration": self.declaration,
        }
