"""What callers send and see."""

from datetime import date
from typing import Self

from kit.texts import Text
from pydantic import BaseModel, ConfigDict, Field
from sharing import Clause

from partners.domain.agreement import Agreement
from partners.domain.lifecycle import Status
from partners.domain.terms import (
    Code,
    Goal,
    Pilot,
    Signature,
    Terms,
    Theme,
)


class Sent(BaseModel):
    """A body; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NewAgreement(Terms):
    """An agreement that is laid before its parties."""

    code: Code = Field(examples=["oulun-tyollisyyden-ekosysteemi"])

    def terms(self) -> Terms:
        """Give what the parties will sign."""
        return Terms.model_construct(**{name: getattr(self, name) for name in Terms.model_fields})


class Signing(Sent):
    """Nothing: the token says which party signs, and by whom."""


class AgreementView(BaseModel):
    """An agreement as it stands today, and who has signed."""

    code: str
    name: Text
    vision: Text | None
    text: Text | None
    parties: list[str]
    themes: list[Theme]
    pilots: list[Pilot]
    goals: list[Goal]
    sharing: list[Clause]
    valid_from: date
    valid_until: date
    status: Status
    signatures: list[Signature]
    waits_for: list[str] = Field(description="Parties that have not signed yet")
    revision: int

    @classmethod
    def of(cls, agreement: Agreement, today: date) -> Self:
        """Show an agreement as of a day in Finland."""
        return cls(
            code=agreement.code,
            **{name: getattr(agreement, name) for name in Terms.model_fields},
            status=agreement.status(today),
            signatures=list(agreement.signatures),
            waits_for=agreement.waits_for,
            revision=agreement.revision,
        )
