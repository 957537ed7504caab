"""What callers send and see of clients."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

import orjson
from pydantic import BaseModel, Field, StringConstraints, model_validator
from sharing.codes import DataClass

from referrals.api.views import Sent
from referrals.domain.client import Client
from referrals.domain.disclosures import Disclosure

Pseudonym = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=64)]


class NewClient(Sent):
    """A client relationship that begins: with an identity code, with a pseudonym of the client's
    own choice by which the client is known again, or with neither (anonymous).
    """

    identity_code: str | None = Field(None, max_length=32, examples=["131052-9030"])
    pseudonym: Pseudonym | None = Field(None, examples=["Sinilintu"])
    statute: str | None = Field(
        None,
        max_length=64,
        description="The law on which the relationship rests; null: the general one of the day",
        examples=["youth"],
    )

    @model_validator(mode="after")
    def at_most_one(self) -> Self:
        """Refuse both: who is identified needs no pseudonym."""
        if self.identity_code is not None and self.pseudonym is not None:
            raise ValueError("give an identity code or a pseudonym")
        return self


class ClientSearch(Sent):
    """Search by identity code or pseudonym: by POST, so that it stands in no URL and no log."""

    identity_code: str | None = Field(None, max_length=32, examples=["131052-9030"])
    pseudonym: Pseudonym | None = Field(None, examples=["Sinilintu"])

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        """Refuse both, and neither."""
        if (self.identity_code is None) == (self.pseudonym is None):
            raise ValueError("give an identity code or a pseudonym")
        return self


def line(longest: int) -> StringConstraints:
    """Limit a field that people write; blanks around it are not kept."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


class ClientChange(Sent):
    """What is new of the person; null forgets a field."""

    name: Annotated[str, line(200)] | None = Field(None, examples=["Maija Mallikas"])
    phone: Annotated[str, line(32)] | None = Field(None, examples=["+358 50 000 0000"])
    email: Annotated[str, line(254)] | None = Field(None, examples=["maija@example.org"])
    address: Annotated[str, line(400)] | None = Field(None, examples=["Torikatu 1, 90100 Oulu"])

    @model_validator(mode="after")
    def something(self) -> Self:
        """Refuse a change of nothing."""
        if not self.model_fields_set:
            raise ValueError("name at least one field")
        return self


class ClientView(BaseModel):
    """A client, without the identity code."""

    id: UUID
    organisation: str
    kind: Literal["anonymous", "identified"]
    pseudonymous: bool = Field(
        description="An anonymous client that is known again, by a name of the client's own choice"
    )
    statute: str = Field(description="The law on which the relationship rests")
    pseudonym: str | None
    name: str | None
    phone: str | None
    email: str | None
    address: str | None
    same_as: UUID | None = Field(
        None, description="Another record of the same person: to be merged, or merged into it"
    )
    merged_at: datetime | None = Field(None, description="Since when the other one is kept")
    merged: list[UUID] = Field(
        default_factory=list, description="Records that were merged into this one"
    )
    registered_at: datetime
    erased_at: datetime | None = Field(None, description="Since then nothing is kept of the person")
    revision: int

    @classmethod
    def of(cls, client: Client, known: Mapping[str, str], merged: Sequence[UUID] = ()) -> Self:
        """Show a client, what is known of the person, and which records were merged into it."""
        return cls(
            id=client.id,
            organisation=client.organisation,
            kind=client.kind,
            pseudonymous=client.pseudonymous,
            statute=client.statute,
            pseudonym=known.get("pseudonym"),
            name=known.get("name"),
            phone=known.get("phone"),
            email=known.get("email"),
            address=known.get("address"),
            same_as=client.same_as,
            merged_at=client.merged_at,
            merged=list(merged),
            registered_at=client.registered_at,
            erased_at=client.erased_at,
            revision=client.revision,
        )


class DisclosureView(BaseModel):
    """Who saw or wrote what of a client, when, and by what right."""

    client_id: UUID
    number: int = Field(description="Counted from 1 for each client, without a gap")
    at: datetime
    organisation: str = Field(description="Whose officer it was")
    officer: str
    action: Literal["read", "write"]
    classes: list[DataClass]
    purpose: str
    legal_basis: str | None = Field(description="Null: a draft that nobody else has seen")
    statute: str | None = Field(None, description="Which law, where the basis is one")
    consent_id: UUID | None = Field(None, description="Which consent, where the basis is one")
    agreement: str | None = None
    clause: str | None = None
    version: str | None = Field(None, description="Of the agreement, as it was known then")
    referral_id: UUID | None = None

    @classmethod
    def of(cls, disclosure: Disclosure) -> Self:
        """Show an entry of the log."""
        entry = orjson.loads(disclosure.entry)
        return cls(client_id=disclosure.client_id, number=disclosure.number, **entry)
