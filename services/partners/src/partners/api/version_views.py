"""What callers see of the versions of an agreement."""

from datetime import date
from typing import Any, Self

from kit.days import Day
from kit.texts import Text
from pydantic import BaseModel, Field, model_validator
from sharing import Clause

from partners.api.views import Sent
from partners.domain.agreement import Agreement
from partners.domain.agreement_terms import Commitment, Goal, Pilot, Signature, Terms, Theme
from partners.domain.changes import Change, KindTold, kinds_of
from partners.domain.lifecycle import Status
from partners.domain.terms import Code, refuse_twins
from partners.domain.version import Version


class NewAmendment(Sent):
    """A further version: from when, and the words that are other. What is left out stays."""

    effective_on: Day = Field(description="The first day, once every party has signed")
    name: Text | None = None
    vision: Text | None = None
    text: Text | None = None
    parties: tuple[Code, ...] | None = Field(None, min_length=2, max_length=200)
    themes: tuple[Theme, ...] | None = Field(None, max_length=100)
    pilots: tuple[Pilot, ...] | None = Field(None, max_length=100)
    goals: tuple[Goal, ...] | None = Field(None, max_length=100)
    sharing: tuple[Clause, ...] | None = Field(None, max_length=200)
    commitments: tuple[Commitment, ...] | None = Field(None, max_length=200)
    valid_until: Day | None = Field(None, description="The last day, included")

    @model_validator(mode="after")
    def must_name_each_once(self) -> Self:
        """Refuse a code that two of a kind share, and a party named twice."""
        refuse_twins("parties", self.parties or ())
        for kind in ("themes", "pilots", "goals", "sharing", "commitments"):
            refuse_twins(kind, (named.code for named in getattr(self, kind) or ()))
        return self

    def words(self) -> dict[str, Any]:
        """Give the words that are other."""
        return {
            name: getattr(self, name)
            for name in Terms.model_fields
            if getattr(self, name, None) is not None
        }


class VersionView(BaseModel):
    """A version of an agreement, and who has signed it."""

    number: int
    status: Status
    effective_on: date
    concluded_on: date | None = Field(description="The day of the last signature")
    held_from: date | None = Field(description="The first day on which it held, if it did")
    held_until: date | None = Field(description="The last day on which it holds, as things stand")
    kinds: list[KindTold] = Field(description="What it changes of the version before it")
    signatures: list[Signature]
    waits_for: list[str] = Field(description="Parties that have not signed yet")
    sha256: str = Field(description="Of the document's canonical JSON (RFC 8785)")

    @classmethod
    def of(cls, agreement: Agreement, version: Version) -> Self:
        """Show a version."""
        return cls(**shown(agreement, version))


class VersionDocument(VersionView):
    """A version of an agreement with the document that is signed."""

    document: dict[str, Any]

    @classmethod
    def of(cls, agreement: Agreement, version: Version) -> Self:
        """Show a version whole."""
        return cls(**shown(agreement, version), document=agreement.document(version))


class ChangesView(BaseModel):
    """What differs between two versions."""

    before: int
    after: int
    effective_on: date = Field(description="From when the second one is to hold")
    changes: list[Change]


def shown(agreement: Agreement, version: Version) -> dict[str, Any]:
    """Give what is shown of a version."""
    held_from, held_until = agreement.held(version)
    before = agreement.base_of(version)
    return {
        **version.model_dump(include={"number", "status", "effective_on", "concluded_on"}),
        "held_from": held_from,
        "held_until": held_until,
        "kinds": kinds_of(before.terms, version.terms) if before else [],
        "signatures": version.signatures,
        "waits_for": version.waits_for,
        "sha256": agreement.sha256(version),
    }
