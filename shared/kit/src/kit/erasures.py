"""Erasures are kept outside the databases too: a restored backup holds who was erased since.

Each stands as a line in a file, the book, before it is committed: without the line nothing is
erased. When a service opens it holds its database against the book, and erases anew whom a
restored backup brought back; until then it answers nobody.
"""

import asyncio
import fcntl
import os
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import orjson
import structlog

from kit.database import Database, Transaction, hot
from kit.seals import Seal

log = structlog.get_logger()

LONGEST_LINE = 4096  # bytes


class BookBroken(Exception):
    """A line of the book was edited, or lines are missing in the middle of it."""


class BookShort(Exception):
    """The database knows of an erasure that the book does not: it is not this database's book."""


@dataclass(frozen=True)
class Erasure:
    """Somebody was erased: whose client it was, on what ground, when. Ids and codes only."""

    subject: UUID
    organisation: str
    ground: str
    at: datetime


@dataclass(frozen=True)
class Erasing:
    """How a service erases somebody, once or again, and whom its database knows as erased."""

    erase: Callable[[Transaction, Erasure], Awaitable[None]]
    erased: Callable[[Transaction], Awaitable[Sequence[Erasure]]]


class Book:
    """The file: a line of JSON for each erasure, sealed (HMAC-SHA-256) over the one before."""

    def __init__(self, path: Path, seal: Seal) -> None:
        self.path = path
        self._seal = seal

    def add(self, erasures: Iterable[Erasure]) -> None:
        """Write lines down, and wait until they are on the disk; one process at a time."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            before = last_seal(file)
            for erasure in erasures:
                before = self._sealed(before, erasure)
                file.write(written(erasure, before))
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> list[Erasure]:
        """Read all lines; of one that a crash cut short nothing was done. Raises `BookBroken`."""
        if not self.path.exists():
            return []
        kept, before = [], ""
        whole, _, _cut_short = self.path.read_bytes().rpartition(b"\n")
        for number, line in enumerate(whole.splitlines(), 1):
            erasure, seal = parsed(line, number)
            before = self._sealed(before, erasure)
            if seal != before:
                raise BookBroken(f"{self.path}, line {number}")
            kept.append(erasure)
        return kept

    def _sealed(self, before: str, erasure: Erasure) -> str:
        return self._seal.fingerprint(before.encode() + orjson.dumps(plain(erasure))).hex()


def written(erasure: Erasure, seal: str) -> bytes:
    """Write a line."""
    return orjson.dumps({"erasure": plain(erasure), "seal": seal}) + b"\n"


def plain(erasure: Erasure) -> dict[str, str]:
    """Write an erasure in plain words, always the same."""
    return {
        "subject": str(erasure.subject),
        "organisation": erasure.organisation,
        "ground": str(erasure.ground),
        "at": erasure.at.astimezone(UTC).isoformat(),
    }


def parsed(line: bytes, number: int) -> tuple[Erasure, str]:
    """Read a line. Raises `BookBroken`."""
    try:
        read = orjson.loads(line)
        told = read["erasure"]
        at = datetime.fromisoformat(told["at"])
        subject = UUID(told["subject"])
        return Erasure(subject, told["organisation"], told["ground"], at), read["seal"]
    except (ValueError, KeyError, TypeError) as error:
        raise BookBroken(f"line {number}") from error


def last_seal(file: BinaryIO) -> str:
    """Give the seal of the last whole line; what a crash left behind it is cut off."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - LONGEST_LINE))
    whole, newline, cut_short = file.read().rpartition(b"\n")
    if cut_short:
        file.truncate(size - len(cut_short))
    return parsed(whole.splitlines()[-1], 0)[1] if newline else ""


class Erasures:
    """The erasures of one service: its book, its database, and whether they agree."""

    def __init__(self, database: Database, book: Book, erasing: Erasing) -> None:
        self.book = book
        self.replayed = False
        self._database = database
        self._erasing = erasing
        self._one = asyncio.Lock()

    async def replay(self) -> None:
        """Erase anew whom the database does not know as erased. Raises `BookBroken`, `BookShort`.

        Safe from any number of processes, and to begin again.
        """
        async with self._one:
            if self.replayed:
                return
            kept = await asyncio.to_thread(self.book.read)
            known = {erasure.subject for erasure in await self._known()}
            if lacking := known - {erasure.subject for erasure in kept}:
                raise BookShort(f"{self.book.path} lacks {len(lacking)} erasures")
            anew = [erasure for erasure in kept if erasure.subject not in known]
            for erasure in anew:
                async with self._database.begin() as tx:
                    await self._erasing.erase(tx, erasure)
            if anew:
                log.warning("erasures replayed", count=len(anew))
            self.replayed = True

    async def rewrite(self) -> int:
        """Write into the book what only the database knows, where the book was lost.

        Gives how many. Raises `BookBroken`.
        """
        kept = {erasure.subject for erasure in await asyncio.to_thread(self.book.read)}
        lacking = [e for e in await self._known() if e.subject not in kept]
        await asyncio.to_thread(self.book.add, lacking)
        return len(lacking)

    async def _known(self) -> Sequence[Erasure]:
        async with self._database.begin() as tx:
            return await self._erasing.erased(tx)


BOOK = "book"  # in a transaction's `info`: where its erasures are kept


async def keep(tx: Transaction, *erasures: Erasure) -> None:
    """Keep erasures in the book, before their transaction may end: without it nothing is erased.

    What then fails to be committed stands in the book all the same; it was decided, and is done
    when the service opens next.
    """
    book: Book = tx.info[BOOK]
    await asyncio.to_thread(book.add, erasures)


FORGET_ANSWERS = "SELECT forget_answers($1)"


async def forget_answers(tx: Transaction, subjects: Collection[UUID]) -> None:
    """Forget the answers that are kept for repetitions and tell of any of these; that each was
    given stays known, so that nothing happens twice. Other organisations' answers too.
    """
    await hot(tx, FORGET_ANSWERS, list(subjects))
