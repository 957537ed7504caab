"""Seats: how full an offering is, who is next, and promises made outside."""

from datetime import datetime
from typing import Self
from uuid import UUID

from fastapi import APIRouter
from kit.documents import refuses
from kit.edge import Officer, ServiceRoute, Transaction
from kit.pages import Listing, Page
from kit.problems import Missing
from kit.texts import Text, text
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import select

from referrals.api.callers import Reader, Writer
from referrals.api.views import Sent
from referrals.commands.hold_seat import HoldSeat, hold_seat, release_hold
from referrals.domain.errors import NoSeat, NoTimeToHold
from referrals.domain.hold import Hold
from referrals.domain.seats import Seats
from referrals.queries.seats import seats_shown, waiting_for

router = APIRouter(route_class=ServiceRoute, tags=["seats"])

RULE = text(
    "Vapaa paikka tarjotaan sille, joka on jonottanut pisimpään. Joka jättää tarjotun paikan "
    "ottamatta, siirtyy jonon viimeiseksi, eikä hänelle tarjota uutta seitsemään päivään.",
    "En ledig plats erbjuds den som köat längst. Den som inte tar den erbjudna platsen flyttas "
    "sist i kön och erbjuds ingen ny på sju dagar.",
    "A free seat is offered to who has waited longest. Who does not take it stands last in the "
    "line, and is offered no other for seven days.",
)


class SeatsView(BaseModel):
    """How full an offering is, by the provider's declaration that is known here."""

    offering: str
    organisation: str
    maximum: int
    elsewhere: int = Field(description="Taken elsewhere, as the provider declares")
    taken: int
    held: int = Field(description="Offered to somebody who has not answered yet, or promised")
    free: int = Field(ge=0)
    over_full: int = Field(ge=0, description="How many more are in than there are seats")
    declaration: int
    waiting: int
    rule: Text = Field(description="Who is offered the next seat")
    revision: int

    @classmethod
    def of(cls, seats: Seats, waiting: int) -> Self:
        """Show a ledger."""
        return cls(
            offering=seats.offering,
            organisation=seats.organisation,
            maximum=seats.maximum,
            elsewhere=seats.elsewhere,
            taken=seats.taken,
            held=seats.held,
            free=max(seats.free, 0),
            over_full=max(-seats.free, 0),
            declaration=seats.declaration,
            waiting=waiting,
            rule=RULE,
            revision=seats.revision,
        )


class NewHold(Sent):
    """A promise that was made outside."""

    expires_at: AwareDatetime = Field(examples=["2026-12-01T09:00:00+02:00"])


class HoldView(BaseModel):
    """A seat that is held, or was."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    offering: str
    officer: str
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None


@router.get("/offerings/{offering}/seats")
@refuses(Missing)
async def show(offering: str, _caller: Reader, tx: Transaction) -> SeatsView:
    """Show how full an offering is, and how many wait."""
    seats = await seats_shown(tx, offering)
    return SeatsView.of(seats, await waiting_for(tx, offering))


@router.post("/offerings/{offering}/holds", status_code=201)
@refuses(Missing, NoSeat, NoTimeToHold)
async def hold(
    offering: str, body: NewHold, caller: Writer, officer: Officer, tx: Transaction
) -> HoldView:
    """Hold one of one's own seats for a promise made outside, for at most 30 days."""
    command = HoldSeat(offering, caller.organisation, officer, body.expires_at)
    return HoldView.model_validate(await hold_seat(tx, command))


@router.get("/offerings/{offering}/holds")
@refuses(Missing)
async def holds(offering: str, caller: Reader, tx: Transaction, page: Page) -> Listing[HoldView]:
    """List the holds of one's own offering."""
    seats = await seats_shown(tx, offering)
    if seats.organisation != caller.organisation:
        raise Missing
    rows, after = await page.read(tx, select(Hold).where(Hold.offering == offering), Hold.id)
    return Listing(items=[HoldView.model_validate(row[0]) for row in rows], next=after)


@router.delete("/offerings/{offering}/holds/{hold_id}")
@refuses(Missing)
async def release(offering: str, hold_id: UUID, caller: Writer, tx: Transaction) -> HoldView:
    """Let go of a held seat."""
    return HoldView.model_validate(await release_hold(tx, offering, caller.organisation, hold_id))
