"""Take a step of a referral's lifecycle: its rule is in the table, its effect in the domain."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from kit import clock
from kit.codes import known
from kit.database import Transaction
from kit.vault import DataKey, Vault, made_key

from referrals.commands.eligibility import eligibility_of
from referrals.commands.find import record, referral_for_step
from referrals.commands.legal_basis import Named, bases_of, kept
from referrals.commands.permission import permission_by
from referrals.commands.reroute import Destination, draft_to
from referrals.commands.seating import move_seat, seats_of
from referrals.domain.codes import REASONS, DeclinedBy, LegalBasis, Outcome
from referrals.domain.contact import must_be_in_contact
from referrals.domain.errors import FieldMissing
from referrals.domain.history import Act, Note
from referrals.domain.lifecycle import ROWS
from referrals.domain.line import join_line, must_be_first, must_not_pass
from referrals.domain.referral import Referral
from referrals.domain.rows import Row
from referrals.domain.states import Role, Step
from referrals.domain.visit import Visit

Given = dict[str, Any]
Prepare = Callable[[Transaction, Vault, Referral, "TakeStep"], Awaitable[Given]]


@dataclass(frozen=True)
class TakeStep:
    """A step, and the fields that some steps need."""

    referral_id: UUID
    organisation: str
    officer: str
    expected: int
    step: Step
    by_client: bool = False
    legal_basis: LegalBasis | None = None
    statute: str | None = None
    consent_id: UUID | None = None
    reason: str | None = None
    declined_by: DeclinedBy = DeclinedBy.PROVIDER
    outcome: Outcome | None = None
    note: str | None = None
    visit: Visit | None = None
    review_on: date | None = None
    to: Destination | None = None


async def take_step(tx: Transaction, vault: Vault, command: TakeStep) -> Referral:
    """Take a step. Raises `Missing`, `Stale`, `KeyDestroyed`, `IllegalStep`, `NotYourStep`,
    `FieldMissing`, `UnknownCode`, and what the step itself refuses.
    """
    referral = await referral_for_step(
        tx, command.referral_id, command.organisation, command.expected
    )
    row, roles = ROWS[command.step], referral.roles_of(command.organisation)
    client = command.by_client or row.by == (Role.CLIENT,)
    referral.must_allow(command.step, *roles, client=client)
    check_fields(row, command)
    given = given_by(command)
    if command.step is Step.SEND and referral.recipient != referral.sender:
        await must_be_in_contact(tx)
    if command.step in PREPARE:
        given |= await PREPARE[command.step](tx, vault, referral, command)
    fact = referral.take(command.step, *roles, client=client, **given)
    await move_seat(tx, referral, command.step)
    note = Note(command.note, await key_for(tx, vault, referral)) if command.note else None
    act = Act(
        command.step if command.step != Step.ENTERED_IN_ERROR or referral.has_ended else MARK,
        command.organisation,
        command.officer,
        Role.CLIENT if client else next(role for role in roles if role in row.by),
        command.reason,
        note,
    )
    await record(tx, referral, act, fact)
    return referral


MARK: Final = "error_marked"


def check_fields(row: Row, command: TakeStep) -> None:
    """Look for the fields that the step needs. Raises `FieldMissing`, `UnknownCode`."""
    for field in row.needs:
        if getattr(command, field) is None:
            raise FieldMissing(pointer=f"/body/{field}")
    if command.reason is not None:  # a code: what is free to write is the note, and closed
        codes = [str(code) for code in REASONS[row.why]] if row.why else []
        known(command.reason, codes, "/body/reason")


def given_by(command: TakeStep) -> Given:
    """Give what the domain may want of a command."""
    names = ("organisation", "officer", "reason", "declined_by", "outcome", "visit", "review_on")
    return {name: getattr(command, name) for name in names} | {"at": clock.now()}


async def sending(tx: Transaction, vault: Vault, referral: Referral, command: TakeStep) -> Given:
    """Find the clause and the basis that let the data go, and judge who the offering is for."""
    named = Named(command.legal_basis, command.statute, command.consent_id)
    (agreement, clause), basis, classes = await permission_by(
        tx, referral, await bases_of(tx, referral, named)
    )
    return kept(basis) | {
        "agreement": agreement,
        "clause": clause,
        "classes": sorted(classes),
        "eligibility": await eligibility_of(tx, vault, referral),
    }


async def waiting(tx: Transaction, _vault: Vault, referral: Referral, _command: TakeStep) -> Given:
    """Give it the last place in the line."""
    await join_line(tx, referral)
    return {}


async def accepting(
    tx: Transaction, _vault: Vault, referral: Referral, _command: TakeStep
) -> Given:
    """Let nobody who asks today pass those who wait."""
    await must_not_pass(tx, referral, await seats_of(tx, referral.offering))
    return {}


async def offering(tx: Transaction, _vault: Vault, referral: Referral, _command: TakeStep) -> Given:
    """Let nobody pass who waits longer."""
    await must_be_first(tx, referral)
    return {}


async def scheduling(tx: Transaction, vault: Vault, referral: Referral, command: TakeStep) -> Given:
    """Close the place of the visit."""
    if command.visit is None:
        return {}
    key = await key_for(tx, vault, referral)
    return {"place_sealed": key.close(command.visit.place, referral.place_of_visit)}


async def key_for(tx: Transaction, vault: Vault, referral: Referral) -> DataKey:
    """Give the key of the client."""
    return await made_key(tx, vault, referral.client_id, referral.sender)


async def rerouting(tx: Transaction, _vault: Vault, referral: Referral, command: TakeStep) -> Given:
    """Draft the sender's next referral."""
    return {"followed_by": await draft_to(tx, referral, command.to, command.officer)}


PREPARE: Final[Mapping[Step, Prepare]] = MappingProxyType(
    {
        Step.SEND: sending,
        Step.ACCEPT: accepting,
        Step.WAITLIST: waiting,
        Step.LEAVE: waiting,
        Step.OFFER: offering,
        Step.REROUTE: rerouting,
        Step.SCHEDULE: scheduling,
    }
)
