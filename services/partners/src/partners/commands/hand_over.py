"""Pass what an ending organisation owns to its successors: seats in agreements, and offerings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kit import clock
from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from sqlalchemy import select

from partners.commands.draft_agreement import must_fit
from partners.commands.find import found
from partners.domain.agreement import Agreement
from partners.domain.errors import NotEnding, OwnSuccessor
from partners.domain.lifecycle import Status
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStatus
from partners.domain.organisation import Organisation


@dataclass(frozen=True)
class Move:
    """One thing, and who has it from now on."""

    code: str
    to: str


@dataclass(frozen=True)
class HandOver:
    """All that moves is named; nothing else does."""

    organisation: str
    agreements: Sequence[Move]
    offerings: Sequence[Move]


@dataclass(frozen=True)
class HandedOver:
    """What moved, with what the organisation still has."""

    agreements: list[Agreement]
    offerings: list[Offering]
    agreements_left: list[str]
    offerings_left: list[str]


async def hand_over(tx: Transaction, command: HandOver) -> HandedOver:
    """Pass on all that is named, or nothing. Raises `Missing`, `NotEnding`, `OwnSuccessor`,
    `UnknownCode`, `AmendmentOpen`, `LoneParty`, `AgreementTooLong`.
    """
    organisation = await found(tx, Organisation, command.organisation)
    if organisation.ends_on is None:
        raise NotEnding
    rows = await tx.execute(select(Organisation.code, Organisation.kind))
    kinds = {row.code: str(row.kind) for row in rows}
    seats = await seats_of(tx, command.organisation)
    services = await offerings_of(tx, command.organisation)
    must_be_its_own(command.agreements, seats, "agreements")
    must_be_its_own(command.offerings, services, "offerings")
    must_be_others(command, set(kinds))
    for move in sorted(command.agreements, key=lambda move: move.code):
        agreement = seats[move.code]
        fact = agreement.pass_seat(command.organisation, move.to, kinds, on=clock.today())
        must_fit(fact)
        await publish(tx, agreement, fact)
    for move in sorted(command.offerings, key=lambda move: move.code):
        await publish(tx, services[move.code], services[move.code].pass_to(move.to, clock.now()))
    moved = {move.code for move in command.agreements}, {move.code for move in command.offerings}
    return HandedOver(
        [seats[code] for code in sorted(moved[0])],
        [services[code] for code in sorted(moved[1])],
        sorted(seats.keys() - moved[0]),
        sorted(services.keys() - moved[1]),
    )


async def seats_of(tx: Transaction, organisation: str) -> dict[str, Agreement]:
    """Lock the agreements in force in which an organisation has a seat."""
    query = select(Agreement).where(Agreement.status == Status.IN_FORCE).order_by(Agreement.code)
    rows = await tx.scalars(query.with_for_update())
    return {a.code: a for a in rows if organisation in a.ruling.terms.parties}


async def offerings_of(tx: Transaction, organisation: str) -> dict[str, Offering]:
    """Lock the offerings of an organisation that have not ended."""
    query = select(Offering).where(
        Offering.organisation == organisation, Offering.status != OfferingStatus.ENDED
    )
    rows = await tx.scalars(query.order_by(Offering.code).with_for_update())
    return {offering.code: offering for offering in rows}


def must_be_its_own(moves: Sequence[Move], owned: Mapping[str, object], name: str) -> None:
    """Raise `UnknownCode` at what the organisation has not."""
    for i, move in enumerate(moves):
        known(move.code, owned, f"/body/{name}/{i}/code")


def must_be_others(command: HandOver, registered: set[str]) -> None:
    """Raise `UnknownCode` where a successor is not registered, `OwnSuccessor` at itself."""
    for name, moves in (("agreements", command.agreements), ("offerings", command.offerings)):
        for i, move in enumerate(moves):
            known(move.to, registered, f"/body/{name}/{i}/to")
            if move.to == command.organisation:
                raise OwnSuccessor
