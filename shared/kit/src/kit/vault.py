"""A key for each subject, wrapped by a master key: without the first its fields are noise.

What a key closes is bound to the table, column and row that it stands in, so that a ciphertext
which was moved or edited does not open. Destroying a subject's key makes all that it closed
unreadable, wherever a copy of it may lie. A service keeps its keys in `data_key` (`schema.KEYS`).
"""

import os
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from kit.database import Database, Transaction, hot
from kit.problems import Refusal
from kit.seals import BrokenSeal, Seal

KEY_BYTES = 32
AT_ONCE = 500  # keys in one transaction of a rotation

INSERT = """
    INSERT INTO data_key (subject, organisation, wrapped, master) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING subject
"""
READ = "SELECT wrapped, master FROM data_key WHERE subject = $1"
DESTROY = """
    INSERT INTO data_key (subject, organisation) VALUES ($1, $2)
    ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, master = NULL
"""
OLDER = "SELECT subject, wrapped, master FROM data_key WHERE master <> $1 LIMIT $2"
COUNT_OLDER = "SELECT count(*) FROM data_key WHERE master <> $1"
# A key that was destroyed meanwhile stays destroyed.
REWRAP = "UPDATE data_key SET wrapped = $2, master = $3 WHERE subject = $1 AND wrapped = $4"


class KeyDestroyed(Refusal):
    """The subject was erased: nothing more is kept of it."""


class UnknownMaster(Exception):
    """A key was wrapped by a master key that is not in the settings."""


@dataclass(frozen=True)
class Place:
    """Where a ciphertext stands, and opens."""

    table: str
    column: str
    row: UUID

    def __str__(self) -> str:
        """Write it down, to be bound to a ciphertext."""
        return f"{self.table}.{self.column}/{self.row}"


class DataKey:
    """The key of one subject."""

    def __init__(self, key: bytes) -> None:
        self._seal = Seal(key.hex(), "fields")

    def close(self, text: str, place: Place) -> bytes:
        """Encrypt a field for the place that it will stand in (AES-256-GCM)."""
        return self._seal.close(text.encode(), str(place))

    def open(self, sealed: bytes, place: Place) -> str:
        """Decrypt a field. Raises `BrokenSeal` where it was edited, or comes from elsewhere."""
        return self._seal.open(sealed, str(place)).decode()


class Wrapped(NamedTuple):
    """A key as the database holds it, and the name of the master key that opens it."""

    key: bytes
    master: str


class Vault:
    """Wraps keys by the master key; opens them by that or by the spare one.

    The spare is the one that was before, or the one to come: while both are in the settings of
    every process, keys can be wrapped anew under work.
    """

    def __init__(self, master: str, spare: str = "") -> None:
        seals = [Seal(secret, "data keys") for secret in (master, spare) if secret]
        self._masters = {name_of(seal): seal for seal in seals}
        self.master = name_of(seals[0])
        self._answers = [Seal(secret, "answers") for secret in (master, spare) if secret]

    def wrap(self, key: bytes, subject: UUID) -> Wrapped:
        """Wrap a key for its subject; for another it does not open."""
        return Wrapped(self._masters[self.master].close(key, str(subject)), self.master)

    def unwrap(self, wrapped: Wrapped, subject: UUID) -> bytes:
        """Give a key back. Raises `UnknownMaster`, and `BrokenSeal` for another's key."""
        if wrapped.master not in self._masters:
            raise UnknownMaster(f"No master key in the settings has the name {wrapped.master}")
        return self._masters[wrapped.master].open(wrapped.key, str(subject))

    def close(self, content: bytes, bound_to: str) -> bytes:
        """Encrypt an answer that is kept for repetitions, by the master key itself."""
        return self._answers[0].close(content, bound_to)

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Decrypt it, also by the spare. Raises `BrokenSeal`."""
        for seal in self._answers[:-1]:
            with suppress(BrokenSeal):
                return seal.open(sealed, bound_to)
        return self._answers[-1].open(sealed, bound_to)


def name_of(master: Seal) -> str:
    """Name a master key: 16 letters that tell nothing of it."""
    return master.fingerprint(b"name").hex()[:16]


async def key_of(tx: Transaction, vault: Vault, subject: UUID) -> DataKey | None:
    """Give a subject's key; none where it never had one, or it was destroyed."""
    found = await hot(tx, READ, subject)
    if not found or found[0]["wrapped"] is None:
        return None
    return DataKey(vault.unwrap(Wrapped(*found[0].values()), subject))


async def made_key(tx: Transaction, vault: Vault, subject: UUID, organisation: str) -> DataKey:
    """Give a subject's key, made with the first field that needs it. Raises `KeyDestroyed`."""
    key = os.urandom(KEY_BYTES)
    if await hot(tx, INSERT, subject, organisation, *vault.wrap(key, subject)):
        return DataKey(key)
    there = await key_of(tx, vault, subject)
    if there is None:
        raise KeyDestroyed
    return there


async def destroy_key(tx: Transaction, subject: UUID, organisation: str) -> None:
    """Destroy a subject's key, whether it had one: what it closed opens no more, and no other is
    ever made.
    """
    await hot(tx, DESTROY, subject, organisation)


async def rotated(database: Database, vault: Vault) -> AsyncIterator[tuple[int, int]]:
    """Wrap every key by the master key that another wraps yet; give (done, of all) on the way.

    Safe while the service works, and to begin again. Raises `UnknownMaster`.
    """
    async with database.begin() as tx:
        todo = int((await hot(tx, COUNT_OLDER, vault.master))[0]["count"])
    done = 0
    yield done, todo
    while count := await rewrap_some(database, vault):
        done += count
        yield done, max(done, todo)


async def rewrap_some(database: Database, vault: Vault) -> int:
    """Wrap some keys anew, and say how many."""
    async with database.begin() as tx:
        older = await hot(tx, OLDER, vault.master, AT_ONCE)
        for subject, *wrapped in (tuple(row.values()) for row in older):
            key = vault.unwrap(Wrapped(*wrapped), subject)
            await hot(tx, REWRAP, subject, *vault.wrap(key, subject), wrapped[0])
    return len(older)
