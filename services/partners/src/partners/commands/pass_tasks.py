"""Say what tasks law gave to an organisation, and what passed from it to another."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from sqlalchemy import select

from partners.commands.find import found, must_be_at, organisation_codes
from partners.domain.area import Area, AreaKind
from partners.domain.errors import OwnSuccessor
from partners.domain.organisation import Organisation
from partners.domain.succession import (
    AreaName,
    Mandate,
    NotedMandate,
    NotedSuccession,
    Succession,
    Tasks,
)
from partners.domain.tasks import TASKS


@dataclass(frozen=True)
class GiveTasks:
    """An organisation's chain begins here."""

    code: str
    expected: int
    mandate: Mandate


@dataclass(frozen=True)
class PassTasks:
    """Another organisation takes tasks over."""

    code: str
    expected: int
    succession: Succession


async def give_tasks(tx: Transaction, command: GiveTasks) -> Organisation:
    """Note a mandate; the same again says nothing. Raises `Missing`, `Stale`, `UnknownCode`."""
    organisation = await found(tx, Organisation, command.code)
    must_be_at(organisation, command.expected)
    await must_be_known(tx, command.mandate)
    noted = NotedMandate(**dict(command.mandate))
    if noted not in organisation.mandates:
        await publish(tx, organisation, organisation.give(noted))
    return organisation


async def pass_tasks(tx: Transaction, command: PassTasks) -> Organisation:
    """Note a succession; the same again says nothing. Raises `Missing`, `Stale`, `UnknownCode`,
    `OwnSuccessor`.
    """
    organisation = await found(tx, Organisation, command.code)
    must_be_at(organisation, command.expected)
    await must_be_known(tx, command.succession)
    known(command.succession.successor, await organisation_codes(tx), "/body/successor")
    if command.succession.successor == command.code:
        raise OwnSuccessor
    noted = NotedSuccession(**dict(command.succession))
    if noted not in organisation.successions:
        await publish(tx, organisation, organisation.pass_on(noted))
    return organisation


async def must_be_known(tx: Transaction, tasks: Tasks) -> None:
    """Raise `UnknownCode` at a task or an area that is not in its set."""
    for i, task in enumerate(tasks.tasks):
        known(task, TASKS, f"/body/tasks/{i}")
    there = await area_codes(tx, tasks.areas)
    for i, area in enumerate(tasks.areas):
        known(area.code, there[area.kind], f"/body/areas/{i}/code")


async def area_codes(tx: Transaction, areas: Sequence[AreaName]) -> dict[AreaKind, list[str]]:
    """Give the codes of all areas of the kinds that are named."""
    kinds = {area.kind for area in areas}
    rows = await tx.execute(select(Area.kind, Area.code).where(Area.kind.in_(kinds)))
    codes: dict[AreaKind, list[str]] = {kind: [] for kind in kinds}
    for kind, code in rows:
        codes[AreaKind(kind)].append(code)
    return codes
