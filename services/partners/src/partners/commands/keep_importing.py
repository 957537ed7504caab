"""Take the records of imports into the catalogue, a step at a time.

Each step is a transaction of its own, since it says a fact of its own. What is left to do is seen
from the offering as it stands: a process that dies in between is followed by one that goes on, and
what was taken before changes nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from kit.database import Transaction
from kit.outbox import FactTooLarge, publish
from kit.problems import Refusal, Stale
from sqlalchemy import Row, Select, select, update

from partners.commands.find import municipality_names
from partners.commands.find_import import outcomes
from partners.commands.import_steps import steps_left
from partners.domain.catalogue_import import CatalogueImport, Format, ImportRecord, Outcome
from partners.hsds import ptv, reading
from partners.hsds.links import Note
from partners.hsds.reading import Refused
from partners.hsds.taxonomies import municipalities

READ = {Format.HSDS: reading.read, Format.PTV: ptv.read}

OLDEST = (
    select(CatalogueImport)
    .where(CatalogueImport.ended_at.is_(None))
    .order_by(CatalogueImport.begun_at, CatalogueImport.id)
    .limit(1)
    .with_for_update()
)


async def keep_importing(tx: Transaction, moment: datetime) -> bool:
    """Do the next step of the oldest import; say whether there was one."""
    about = (await tx.scalars(OLDEST)).first()
    if about is None:
        return False
    record = (await tx.execute(next_of(about))).first()
    if record is None:
        of = {Outcome(each): n for each, n in (await outcomes(tx, about.id)).items() if each}
        await publish(tx, about, about.end(moment, of))
        return True
    try:
        await go_on(tx, about, record)
    except Refused as refused:
        await settle(tx, record, Outcome.REFUSED, refused.reasons)
    except Stale:
        return True  # somebody changed it just now: the next look sees how it stands
    except Refusal as refusal:
        await settle(tx, record, Outcome.REFUSED, [reason(refusal)])
    except FactTooLarge:
        await settle(tx, record, Outcome.REFUSED, [Note("", "too-large")])
    return True


def next_of(about: CatalogueImport) -> Select[Any]:
    """Ask for the first of its records whose outcome is not known."""
    return (
        select(ImportRecord.import_id, ImportRecord.number, ImportRecord.record, ImportRecord.steps)
        .where(ImportRecord.import_id == about.id, ImportRecord.outcome.is_(None))
        .order_by(ImportRecord.number)
        .limit(1)
    )


async def go_on(tx: Transaction, about: CatalogueImport, record: Row[Any]) -> None:
    """Do a record's next step, or note that none is left. Raises `Refused`, or as the step does."""
    there = municipalities(await municipality_names(tx))
    found = READ[Format(about.format)](record.record, about.reading, there)
    plan = await steps_left(tx, about.organisation, found)
    todo = next((name for name in plan.steps if name not in record.steps), None)
    if todo is None:
        await settle(tx, record, outcome(record.steps), plan.notes, offering=plan.code)
        return
    async with tx.begin_nested():
        await plan.steps[todo]()
    await change(tx, record, steps=[*record.steps, todo], offering=plan.code)


def outcome(steps: list[str]) -> Outcome:
    """Say what became of a record by the steps that were done."""
    if "take" in steps:
        return Outcome.TAKEN
    return Outcome.CHANGED if steps else Outcome.UNCHANGED


def reason(refusal: Refusal) -> Note:
    """Say where a rule refuses a record, and which."""
    code = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(refusal).__name__).lower()
    return Note(refusal.extra.get("pointer", "").removeprefix("/body"), code)


async def settle(
    tx: Transaction, record: Row[Any], found: Outcome, notes: Iterable[Note], **more: Any
) -> None:
    """Write a record's outcome, and forget what was sent."""
    told = [asdict(note) for note in notes]
    await change(tx, record, outcome=found, notes=told, record=None, **more)


async def change(tx: Transaction, of: Row[Any], **values: Any) -> None:
    """Write of a record."""
    this = (ImportRecord.import_id == of.import_id) & (ImportRecord.number == of.number)
    await tx.execute(update(ImportRecord).where(this).values(**values))
