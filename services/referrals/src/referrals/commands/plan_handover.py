"""Plan a handover to the successor in a task: nothing passes before it is begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from kit import clock, ids
from kit.database import Transaction, hot, on_behalf_of
from kit.outbox import publish
from kit.problems import Missing
from sqlalchemy import select

from referrals.domain.copies import OrganisationCopy
from referrals.domain.errors import NotYourHandover
from referrals.domain.handover import Handover, HandoverStatus, ItemKind
from referrals.domain.succession import LAWS, Succession, chain_to


@dataclass(frozen=True)
class PlanHandover:
    """`clients` are those that pass; none: all whose relationship is of the task."""

    giver: str
    receiver: str
    task: str
    organisation: str
    officer: str
    clients: Sequence[UUID] | None = None


# A second record of a client goes with the first.
CLIENTS: Final = """
    SELECT id AS item, 'client' AS kind, NULL AS remark,
           CASE WHEN statute <> ALL ($2) THEN 'another_law' END AS why
    FROM client
    WHERE organisation = $1 AND same_as IS NULL AND ($3::uuid[] IS NULL OR id = ANY ($3))
"""
RECEIVED: Final = """
    SELECT r.id AS item, 'referral' AS kind,
           CASE WHEN r.legal_basis = 'consent' THEN 'consent_to_ask_anew' END AS remark,
           CASE WHEN r.offering IS NULL AND $3 THEN 'several_successors'
                WHEN r.offering IS NOT NULL AND s.organisation IS DISTINCT FROM $2
                THEN 'offering_not_passed' END AS why
    FROM referral r LEFT JOIN seats s ON s.offering = r.offering
    WHERE r.recipient = $1 AND r.sender <> $1 AND r.clause IS NOT NULL
"""
LIST: Final = """
    INSERT INTO handover_item (handover_id, item, kind, remark, why)
    SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[])
"""
COLUMNS: Final = ("item", "kind", "remark", "why")


async def plan_handover(tx: Transaction, command: PlanHandover) -> Handover:
    """List what would pass, and what stays, and why.

    Raises `NotYourHandover`, `NotSucceeded`, `ClientsNotNamed`, `Missing` where one that is named
    is no client of the giver's.
    """
    named = command.clients is not None
    await must_be_succession(
        tx, command.giver, command.receiver, command.task, command.organisation, named=named
    )
    async with on_behalf_of(tx, command.giver):
        items = await items_of(tx, command)
    passing = [item["kind"] for item in items if item["why"] is None]
    handover = Handover(
        id=ids.new_id(),
        giver=command.giver,
        receiver=command.receiver,
        task=command.task,
        status=HandoverStatus.PLANNED,
        organisation=command.organisation,
        officer=command.officer,
        clients=passing.count(ItemKind.CLIENT),
        referrals=passing.count(ItemKind.REFERRAL),
        planned_at=clock.now(),
    )
    tx.add(handover)
    await publish(tx, handover, handover.planned())
    await hot(tx, LIST, handover.id, *([item[name] for item in items] for name in COLUMNS))
    return handover


async def items_of(tx: Transaction, command: PlanHandover) -> list[Mapping[str, Any]]:
    """Find what is the giver's, as the giver sees it. Raises `Missing`."""
    laws, clients = list(LAWS.get(command.task, ())), command.clients
    wanted = None if clients is None else sorted(set(clients))
    found = list(await hot(tx, CLIENTS, command.giver, laws, wanted))
    if wanted is not None and len(found) < len(wanted):
        raise Missing
    return [*found, *await hot(tx, RECEIVED, command.giver, command.receiver, wanted is not None)]


async def must_be_succession(
    tx: Transaction, giver: str, receiver: str, task: str, organisation: str, *, named: bool
) -> None:
    """Let the one hand over whose it is, once the task has passed by partners' word.

    The giver's administrator may, as in partners an ending organisation's tasks are passed on
    while it is there to do so; once its last day is over, the receiver's may. Raises
    `NotYourHandover`, `NotSucceeded`, `ClientsNotNamed`.
    """
    today = clock.today()
    rows = {each.code: each for each in await tx.scalars(select(OrganisationCopy))}
    last_day = rows[giver].ends_on if giver in rows else None
    ended = last_day is not None and last_day < today
    if organisation != (receiver if ended else giver):
        raise NotYourHandover
    told = {
        code: [Succession.model_validate(each) for each in copy.successions]
        for code, copy in rows.items()
    }
    chain_to(receiver, giver, task, told, today, ended=ended, named=named)
