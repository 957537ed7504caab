"""The disclosure log: who saw or wrote what of a client, when, and by what right.

An entry is written in the transaction of the answer that it tells of: without it nothing leaves.
The database chains the entries of a client (SHA-256 over the one before) and lets nobody change
them; the ends of the chains are sealed on the bus (`commands/seal_disclosures.py`).
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from kit.aggregates import Aggregate
from kit.database import Transaction, dumps, touched
from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    cast,
    func,
    text,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column

from referrals.domain.client_events import DisclosuresSealed, Head
from referrals.domain.contact import may_be_told
from referrals.domain.tables import Table

# In the order of clients, so that two answers about the same clients do not block one another.
OF_CLIENTS = """
    INSERT INTO disclosure (client_id, entry)
    SELECT c.id, (jsonb_build_object('purpose', 'client_relationship',
        'legal_basis', 'statute', 'statute', c.statute) || told.entry)::text
    FROM unnest($1::uuid[], $2::jsonb[]) AS told (client_id, entry)
    JOIN client AS c ON c.id = told.client_id
    ORDER BY c.id
"""
OF_REFERRALS = """
    INSERT INTO disclosure (client_id, entry)
    SELECT r.client_id, (told.entry || jsonb_build_object(
        'referral_id', r.id, 'purpose', r.purpose, 'legal_basis', r.legal_basis,
        'statute', r.statute, 'consent_id', r.consent_id,
        'agreement', r.agreement, 'clause', r.clause,
        'version', coalesce(a.agreement ->> 'version', a.revision::text)))::text
    FROM unnest($1::uuid[], $2::jsonb[]) AS told (referral_id, entry)
    JOIN referral AS r ON r.id = told.referral_id
    LEFT JOIN agreement_copy AS a ON a.code = r.agreement
    ORDER BY r.client_id, r.id
"""

Entry = Mapping[str, Any]


class NotLogged(Exception):
    """An answer tells of a client, and the log could not be written of it."""


class Disclosure(Table):
    """An entry of the log. `organisation` is whose client it is, not who looked."""

    __tablename__ = "disclosure"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    entry: Mapped[str] = mapped_column(Text)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    # Its place among the entries of all records of a person: one chain after another.
    place: Mapped[str] = column_property(
        cast(client_id, Text) + func.lpad(cast(number, Text), 19, "0")
    )


class DisclosureHead(Table):
    """The end of a client's chain; `since` is when its first entry that is not sealed came."""

    __tablename__ = "disclosure_head"
    __table_args__ = (Index(None, "since", postgresql_where=text("number > sealed")),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Sealing(Aggregate, Table):
    """One sealing of the ends of some chains; it happens once."""

    __tablename__ = "sealing"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @property
    def subject(self) -> str:
        """The sealing's name on the bus."""
        return f"disclosures/{self.id}"

    def sealed(self, heads: list[Head]) -> DisclosuresSealed:
        """Say how long the chains are, and what they end in."""
        return DisclosuresSealed(sealing_id=self.id, heads=heads)


def chained(before: bytes, client_id: UUID, number: int, organisation: str, entry: str) -> bytes:
    """Give the hash of an entry, as the database should have."""
    return sha256(before + f"{client_id}/{number}/{organisation}/{entry}".encode()).digest()


async def log_clients(tx: Transaction, entries: Mapping[UUID, Entry]) -> None:
    """Write down what was told of clients themselves, by the law of each. Raises `NotLogged`.

    For the relationship with the client, unless an entry names another purpose.
    """
    await _log(tx, OF_CLIENTS, entries)


async def log_referrals(tx: Transaction, entries: Mapping[UUID, Entry]) -> None:
    """Write down what was told of referrals, each with its purpose, basis, clause and version.

    None goes to another organisation while nobody knows what is agreed. Raises `NotLogged`,
    `OutOfContact`.
    """
    for organisation in {entry["organisation"] for entry in entries.values()}:
        await may_be_told(tx, entries, organisation)
    await _log(tx, OF_REFERRALS, entries)


async def _log(tx: Transaction, statement: str, entries: Mapping[UUID, Entry]) -> None:
    if not entries:
        return
    # Counted, not returned: who writes need not be able to read what is written of others' clients.
    said = [dumps(entry) for entry in entries.values()]
    if await touched(tx, statement, list(entries), said) != len(entries):
        raise NotLogged
