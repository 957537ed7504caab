"""What callers send and see; of agreements, where no other page is named for it."""

from datetime import date
from typing import Annotated, Self

from kit import clock
from kit.days import Day
from kit.texts import Text
from pydantic import BaseModel, ConfigDict, Field
from sharing import Clause

from partners.commands.move_agreement import Move
from partners.domain.agreement import Agreement
from partners.domain.agreement_terms import (
    Commitment,
    Evaluation,
    Goal,
    Pilot,
    Signature,
    Station,
    Termination,
    Terms,
    Theme,
)
from partners.domain.lifecycle import Status
from partners.domain.terms import Code
from partners.domain.version import Version

WARN_DAYS = (90, 30, 7)
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", examples=["9f" * 32])]
WarnDays = Annotated[
    tuple[Annotated[int, Field(strict=True, ge=1, le=3650)], ...],
    Field(max_length=10, description="How many days before its end it is told that it ends"),
]


class Sent(BaseModel):
    """A body; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NewAgreement(Terms):
    """An agreement that is begun."""

    code: Code = Field(examples=["oulun-tyollisyyden-ekosysteemi"])
    renews: str | None = Field(
        None, max_length=64, description="The agreement that this one continues"
    )
    warn_days: WarnDays = WARN_DAYS

    def terms(self) -> Terms:
        """Give what the parties will sign."""
        return Terms.model_construct(**{name: getattr(self, name) for name in Terms.model_fields})


class Signing(Sent):
    """The token says which party signs, and by whom; the fingerprint may say what."""

    sha256: Sha256 | None = None


class TakenStep(Sent):
    """A step of the coordinator's."""

    step: Move
    last_day: Day | None = Field(None, description="With `terminate`: the last day, included")
    reason: Text | None = Field(None, description="With `terminate`: why")


class AgreementView(BaseModel):
    """An agreement by the version that rules, or else by its first; and who has signed that."""

    code: str
    name: Text
    vision: Text | None
    text: Text | None
    parties: list[str]
    themes: list[Theme]
    pilots: list[Pilot]
    goals: list[Goal]
    sharing: list[Clause]
    commitments: list[Commitment]
    valid_from: date
    valid_until: date
    status: Status
    signatures: list[Signature]
    waits_for: list[str] = Field(description="Parties that have not signed yet")
    version: int = Field(description="The version whose words are shown")
    sha256: str = Field(description="Of that version's document, which is what is signed")
    open_version: int | None = Field(description="The version that is being prepared, if any")
    last_day: date = Field(description="Until when it holds, as things stand")
    termination: Termination | None
    evaluations: list[Evaluation] = Field(description="What owners concluded of their pilots")
    renews: str | None
    warn_days: list[int]
    stations: list[Station] = Field(description="What it has been since when")
    revision: int

    @classmethod
    def of(cls, agreement: Agreement) -> Self:
        """Show an agreement as it stands."""
        ruling = agreement.ruling
        return cls.by(agreement, ruling, Status(agreement.status), ruling.signatures)

    @classmethod
    def as_of(cls, agreement: Agreement, version: Version, status: Status, day: date) -> Self:
        """Show an agreement as it stood on a day, with the signatures that there were."""
        given = tuple(s for s in version.signatures if clock.day_of(s.at) <= day)
        return cls.by(agreement, version, status, given)

    @classmethod
    def by(
        cls, agreement: Agreement, version: Version, status: Status, given: tuple[Signature, ...]
    ) -> Self:
        """Show an agreement by one of its versions."""
        signed_by = {signature.organisation for signature in given}
        return cls(
            code=agreement.code,
            **dict(version.terms),
            status=status,
            signatures=list(given),
            waits_for=[party for party in version.signatories if party not in signed_by],
            version=version.number,
            sha256=agreement.sha256(version),
            open_version=agreement.open and agreement.open.number,
            last_day=agreement.last_day,
            termination=agreement.termination,
            evaluations=list(agreement.evaluations),
            renews=agreement.renews,
            warn_days=agreement.warn_days,
            stations=list(agreement.stations),
            revision=agreement.revision,
        )
