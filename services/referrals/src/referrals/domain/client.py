"""A client: anonymous, known by a pseudonym, or by a personal identity code.

What names or reaches the person is closed.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from kit.aggregates import Aggregate
from kit.database import Transaction, hot
from kit.vault import Place, Vault, key_of, made_key
from sharing.codes import DataClass
from sqlalchemy import (
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from referrals.domain.client_events import ClientChanged, ClientErased, ClientRegistered
from referrals.domain.grounds import Ground
from referrals.domain.handover_events import ClientPassed
from referrals.domain.merge_events import ClientJoined, ClientMerged, ClientParted, ClientUnmerged
from referrals.domain.tables import Table

# What is kept of a person, each in a column `<field>_sealed` under the client's own key.
FIELDS: Mapping[str, DataClass] = {
    "identity_code": DataClass.IDENTITY,
    "pseudonym": DataClass.IDENTITY,
    "name": DataClass.IDENTITY,
    "phone": DataClass.CONTACT,
    "email": DataClass.CONTACT,
    "address": DataClass.CONTACT,
}


class Client(Aggregate, Table):
    """Somebody in a client relationship with one organisation."""

    __tablename__ = "client"
    __table_args__ = (
        ForeignKeyConstraint(
            ["same_as", "organisation"], ["client.id", "client.organisation"], onupdate="CASCADE"
        ),
        Index(
            "client_organisation_identity_hash_key", "organisation", "identity_hash",
            unique=True, postgresql_where=text("same_as IS NULL"),
        ),
        Index(
            "client_organisation_pseudonym_hash_key", "organisation", "pseudonym_hash",
            unique=True, postgresql_where=text("same_as IS NULL"),
        ),
        Index("client_same_as_idx", "same_as", postgresql_where=text("same_as IS NOT NULL")),
        UniqueConstraint("id", "organisation"),  # what refers to it is of the same organisation
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    statute: Mapped[str] = mapped_column(Text)  # the law on which the relationship rests
    pseudonym_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    pseudonym_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    identity_code_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    identity_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    same_as: Mapped[UUID | None]  # the organisation's other record of the same person
    merged_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # into `same_as`
    joined: Mapped[int] = mapped_column(Integer)  # how many records were merged into this one
    registered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    active_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))  # beside its referrals
    erased_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    erased_ground: Mapped[Ground | None] = mapped_column(Text)

    @property
    def subject(self) -> str:
        """The client's name on the bus."""
        return f"clients/{self.id}"

    @property
    def kind(self) -> Literal["anonymous", "identified"]:
        """Say whether it is known who the client is."""
        return "identified" if self.identity_hash else "anonymous"

    @property
    def pseudonymous(self) -> bool:
        """Say whether an anonymous client is known again, by a name of the client's own choice."""
        return self.pseudonym_hash is not None

    def registered(self) -> ClientRegistered:
        """Say that the relationship began."""
        return ClientRegistered(
            client_id=self.id,
            organisation=self.organisation,
            kind=self.kind,
            pseudonymous=self.pseudonymous,
        )

    def changed(self, classes: frozenset[DataClass]) -> ClientChanged:
        """Say that what is kept of the person has changed, and of which classes it is."""
        return ClientChanged(
            client_id=self.id, organisation=self.organisation, classes=sorted(classes)
        )

    def pass_to(
        self, receiver: str, *, statute: str, same_as: UUID | None, handover_id: UUID
    ) -> ClientPassed:
        """Be the successor's client, under a law that is in force."""
        giver, self.organisation = self.organisation, receiver
        self.statute, self.same_as = statute, same_as
        return ClientPassed(
            client_id=self.id,
            organisation=receiver,
            giver=giver,
            handover_id=handover_id,
            statute=statute,
        )

    def join(self, merged: UUID) -> ClientJoined:
        """Show what another record of the person has, too."""
        self.joined += 1
        return ClientJoined(client_id=self.id, organisation=self.organisation, merged=merged)

    def part_from(self, merged: UUID) -> ClientParted:
        """Show it no more."""
        self.joined -= 1
        return ClientParted(client_id=self.id, organisation=self.organisation, merged=merged)

    def merge_into(self, kept: UUID, at: datetime) -> ClientMerged:
        """Answer no more for itself, and point to the record that is kept."""
        self.same_as, self.merged_at = kept, at
        return ClientMerged(client_id=self.id, organisation=self.organisation, kept=kept)

    def unmerge(self, kept: UUID, same_as: UUID | None) -> ClientUnmerged:
        """Stand by itself again, as it did before."""
        self.same_as, self.merged_at = same_as, None
        return ClientUnmerged(client_id=self.id, organisation=self.organisation, kept=kept)

    def erase(self, ground: Ground, at: datetime) -> ClientErased:
        """Forget the person, and by what the person was found; that it happened stays."""
        for field in FIELDS:
            setattr(self, f"{field}_sealed", None)
        self.identity_hash = self.pseudonym_hash = None
        self.erased_at, self.erased_ground = at, ground
        return ClientErased(client_id=self.id, organisation=self.organisation, ground=ground)

    def place(self, field: str) -> Place:
        """Say where a field stands: elsewhere its ciphertext does not open."""
        return Place(self.__tablename__, f"{field}_sealed", self.id)


async def close_fields(
    tx: Transaction, vault: Vault, client: Client, fields: Mapping[str, str | None]
) -> None:
    """Write what is known of the person, under the client's key; None forgets a field."""
    key = await made_key(tx, vault, client.id, client.organisation)
    for field, value in fields.items():
        sealed = None if value is None else key.close(value, client.place(field))
        setattr(client, f"{field}_sealed", sealed)


async def open_fields(tx: Transaction, vault: Vault, client: Client) -> dict[str, str]:
    """Read what is known of the person. Raises `BrokenSeal` where somebody edited the database."""
    closed = {field: getattr(client, f"{field}_sealed") for field in FIELDS}
    if not any(closed.values()):
        return {}
    key = await key_of(tx, vault, client.id)
    if key is None:
        return {}
    return {
        field: key.open(sealed, client.place(field)) for field, sealed in closed.items() if sealed
    }


# Nobody is erased between this look and what is made for the client after it.
OWNER = "SELECT organisation FROM client WHERE id = $1 AND erased_at IS NULL FOR KEY SHARE"


ERASED = "SELECT FROM client WHERE id = $1 AND erased_at IS NOT NULL FOR KEY SHARE"


async def is_erased(tx: Transaction, client_id: UUID) -> bool:
    """Say whether a client was erased."""
    return bool(await hot(tx, ERASED, client_id))


async def is_client_of(tx: Transaction, client_id: UUID, organisation: str) -> bool:
    """Say whether somebody is a client of this organisation, and was not erased."""
    return [row["organisation"] for row in await hot(tx, OWNER, client_id)] == [organisation]
