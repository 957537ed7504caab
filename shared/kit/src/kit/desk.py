"""What an operator does about the facts that a service heard, in that service's own database."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import text

from kit.database import Transaction, dumps
from kit.inbox import Inbox
from kit.letters import discard
from kit.listen import forget, redrive
from kit.service import Service
from kit.vault import rotated

PROGRAMS = ("letters", "redrive", "discard", "replay", "rotate", "book")

LETTERS = text("""
    SELECT id, reason, source, subject, sequence, error, arrived_at
    FROM dead_letter ORDER BY id
""")
LETTER = text("SELECT * FROM dead_letter WHERE id = :id")


class NoLetter(Exception):
    """There is no letter of that number."""


async def letters(tx: Transaction) -> list[dict[str, Any]]:
    """List what was put aside."""
    return [dict(row) for row in (await tx.execute(LETTERS)).mappings()]


async def letter(tx: Transaction, letter_id: int) -> dict[str, Any]:
    """Show one whole. Raises `NoLetter`."""
    found = (await tx.execute(LETTER, {"id": letter_id})).mappings().one_or_none()
    if found is None:
        raise NoLetter(f"There is no letter {letter_id}")
    return {**found, "data": found["data"].decode(errors="replace")}


async def drive(tx: Transaction, inbox: Inbox, letter_id: int, *, again: bool) -> int:
    """Try an aggregate's letters again, or go on without this one; say how many stay aside.

    Raises `NoLetter`.
    """
    found = await letter(tx, letter_id)
    if not again:
        await discard(tx, letter_id)
    if found["subject"] is not None:
        await redrive(tx, inbox, found["source"], found["subject"])
    return len(await letters(tx))


async def work(service: Service, program: str, letter_id: int | None) -> AsyncIterator[str]:
    """Do what one of the `PROGRAMS` says, and give what there is to say on the way.

    Raises `NoLetter`, `NoVault`, `UnknownMaster`, `BookBroken`.
    """
    if program == "book":
        written = await service.erasures.rewrite() if service.erasures else 0
        yield f"{written} erasures are written into the book"
        return
    if program == "rotate":
        async for done, of in rotated(service.worker, service.vault):
            yield f"{done} of {of} keys are wrapped anew"
        return
    for line in await handled(service, program, letter_id):
        yield line


async def handled(service: Service, program: str, letter_id: int | None) -> list[str]:
    """Do what is to be done about letters. Raises `NoLetter`."""
    async with service.worker.begin() as tx:
        match program, letter_id:
            case "replay", None:
                await forget(tx, service.inbox)
                return [f"{service.name} begins from zero"]
            case "letters", None:
                return [dumps(row) for row in await letters(tx)]
            case "letters", int(number):
                return [dumps(await letter(tx, number))]
            case (("redrive" | "discard"), int(number)):
                left = await drive(tx, service.inbox, number, again=program == "redrive")
                return [f"{left} still put aside"]
    raise NoLetter(f"Which letter? {program} NUMBER; letters lists them")
