"""Terms: within what time somebody must act, as an offering or an agreement sets them."""

from typing import Annotated

from fastapi import APIRouter
from kit.documents import refuses
from kit.edge import ServiceRoute, Transaction
from kit.problems import Missing
from pydantic import BaseModel, Field

from referrals.api.callers import Coordinator, Reader, Writer
from referrals.api.views import Sent
from referrals.commands.set_terms import must_govern, set_terms, terms_set
from referrals.domain.states import Timed
from referrals.domain.terms import TERMS, Scope

router = APIRouter(route_class=ServiceRoute, tags=["terms"])

Days = Annotated[int, Field(strict=True, ge=1, le=365)]


class TermsSet(Sent):
    """Terms in days, of the kind (working or any) that each term has."""

    terms: dict[Timed, Days] = Field(examples=[{"decide": 5}])


class TermView(BaseModel):
    """A term as it holds here."""

    timed: Timed
    days: int
    working_days: bool = Field(description="Counted in working days of Finland")
    own: bool = Field(description="Set here; else as for all")


class TermsView(BaseModel):
    """All terms as they hold for an offering or an agreement; an offering's go first."""

    terms: list[TermView]


async def shown(tx: Transaction, scope: Scope, code: str) -> TermsView:
    """Show all terms."""
    own = await terms_set(tx, scope, code)
    return TermsView(
        terms=[
            TermView(timed=t, days=own.get(t, term.days), working_days=term.working, own=t in own)
            for t, term in TERMS.items()
        ]
    )


@router.get("/offerings/{offering}/terms")
@refuses(Missing)
async def of_offering(offering: str, caller: Reader, tx: Transaction) -> TermsView:
    """Show the terms of one's own offering."""
    await must_govern(tx, Scope.OFFERING, offering, caller.organisation)
    return await shown(tx, Scope.OFFERING, offering)


@router.put("/offerings/{offering}/terms")
@refuses(Missing)
async def set_offerings(
    offering: str, body: TermsSet, caller: Writer, tx: Transaction
) -> TermsView:
    """Set the terms of one's own offering; what runs already runs on."""
    await must_govern(tx, Scope.OFFERING, offering, caller.organisation)
    await set_terms(tx, Scope.OFFERING, offering, body.terms)
    return await shown(tx, Scope.OFFERING, offering)


@router.get("/agreements/{agreement}/terms")
@refuses(Missing)
async def of_agreement(agreement: str, caller: Reader, tx: Transaction) -> TermsView:
    """Show the terms of an agreement to which one is a party."""
    await must_govern(tx, Scope.AGREEMENT, agreement, caller.organisation)
    return await shown(tx, Scope.AGREEMENT, agreement)


@router.put("/agreements/{agreement}/terms")
@refuses(Missing)
async def set_agreements(
    agreement: str, body: TermsSet, caller: Coordinator, tx: Transaction
) -> TermsView:
    """Set the terms of an agreement, as its coordinator."""
    await must_govern(tx, Scope.AGREEMENT, agreement, caller.organisation)
    await set_terms(tx, Scope.AGREEMENT, agreement, body.terms)
    return await shown(tx, Scope.AGREEMENT, agreement)
