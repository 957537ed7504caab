"""What is said of an agreement: its whole public state, all its versions included, to everyone."""

from datetime import date
from typing import Annotated

from kit.facts import EVERYONE, Fact
from kit.texts import Text
from pydantic import BaseModel, ConfigDict, Field
from sharing import Clause

from partners.domain.agreement_terms import Commitment, Evaluation, Goal, Pilot, Theme
from partners.domain.lifecycle import Status

Code = Annotated[str, Field(examples=["oulu"])]
Day = Annotated[date, Field(examples=["2021-12-31"])]


class VersionStated(BaseModel):
    """A version of an agreement as it stands now."""

    model_config = ConfigDict(frozen=True)

    number: Annotated[int, Field(examples=[1])]
    status: Status
    effective_on: Annotated[date, Field(examples=["2019-08-12"])]
    concluded_on: Annotated[
        date | None, Field(examples=["2019-08-12"], description="The day of the last signature")
    ]
    party_kinds: Annotated[dict[str, str], Field(examples=[{"oulu": "city"}])]
    signatories: tuple[Code, ...]
    signed_by: tuple[Code, ...]
    sha256: Annotated[str, Field(examples=["9f" * 32])]
    name: Text
    vision: Text | None
    text: Text | None
    parties: tuple[Code, ...]
    themes: tuple[Theme, ...]
    pilots: tuple[Pilot, ...]
    goals: tuple[Goal, ...]
    sharing: tuple[Clause, ...]
    valid_from: Annotated[date, Field(examples=["2019-08-12"])]
    valid_until: Day
    commitments: tuple[Commitment, ...] = ()  # newer than the first facts


class AgreementFact(Fact):
    """An agreement as it stands now. Words at the top are those of the version that rules, or of
    the first while none does; `valid_until` is the last day also where it was terminated.
    """

    code: Annotated[str, Field(examples=["oulun-tyollisyyden-ekosysteemi"])]
    name: Text
    vision: Text | None
    text: Text | None
    parties: tuple[Code, ...]
    themes: tuple[Theme, ...]
    pilots: tuple[Pilot, ...]
    goals: tuple[Goal, ...]
    sharing: tuple[Clause, ...]
    valid_from: Annotated[date, Field(examples=["2019-08-12"])]
    valid_until: Day
    signed_by: tuple[Code, ...]
    # Newer than the first facts, which lack them.
    status: Status | None = None
    version: Annotated[int | None, Field(examples=[1])] = None
    versions: tuple[VersionStated, ...] = ()
    renews: Annotated[str | None, Field(examples=["oulun-tyollisyyden-ekosysteemi"])] = None
    terminated_after: Annotated[date | None, Field(examples=["2021-06-30"])] = None
    commitments: tuple[Commitment, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()


class AgreementDrafted(AgreementFact, type="partners.agreement.drafted.v1", concerns=EVERYONE):
    """The coordinator began an agreement."""


class AgreementRevised(AgreementFact, type="partners.agreement.revised.v1", concerns=EVERYONE):
    """The coordinator changed the words of a draft."""

    revised_version: Annotated[int, Field(examples=[1])]


class AgreementProposed(AgreementFact, type="partners.agreement.proposed.v1", concerns=EVERYONE):
    """The coordinator laid an agreement before its parties: they may sign."""


class AgreementSigned(AgreementFact, type="partners.agreement.signed.v1", concerns=EVERYONE):
    """A party signed a version; `signatory` is its code."""

    signatory: Code
    signed_version: Annotated[int | None, Field(examples=[1])] = None


class AgreementWithdrawn(AgreementFact, type="partners.agreement.withdrawn.v1", concerns=EVERYONE):
    """The coordinator took an agreement back before all had signed."""


class AgreementBegan(
    AgreementFact, type="partners.agreement.entered_into_force.v1", concerns=EVERYONE
):
    """All have signed, and its first day has come."""


class AgreementExpiring(AgreementFact, type="partners.agreement.expiring.v1", concerns=EVERYONE):
    """Its last day is near: `notice` is the rule's number of days, `days_left` the true one."""

    notice: Annotated[int, Field(examples=[90])]
    days_left: Annotated[int, Field(ge=0, examples=[90])]


class TerminationNoted(
    AgreementFact, type="partners.agreement.termination_noted.v1", concerns=EVERYONE
):
    """It will end before its term does, after the day `terminated_after`."""

    reason: Text


class AgreementTerminated(
    AgreementFact, type="partners.agreement.terminated.v1", concerns=EVERYONE
):
    """It has ended before its term did."""


class AgreementExpired(AgreementFact, type="partners.agreement.expired.v1", concerns=EVERYONE):
    """Its term has ended."""


class AmendmentDrafted(
    AgreementFact, type="partners.agreement.amendment_drafted.v1", concerns=EVERYONE
):
    """The coordinator began an amendment: a further version, based on the last signed one."""

    amendment: Annotated[int, Field(examples=[2])]
    kinds: tuple[Annotated[str, Field(examples=["prolongation"])], ...]


class AmendmentRevised(
    AgreementFact, type="partners.agreement.amendment_revised.v1", concerns=EVERYONE
):
    """The coordinator changed the words, or the day, of an amendment that is a draft."""

    amendment: Annotated[int, Field(examples=[2])]
    kinds: tuple[Annotated[str, Field(examples=["prolongation"])], ...]


class AmendmentProposed(
    AgreementFact, type="partners.agreement.amendment_proposed.v1", concerns=EVERYONE
):
    """The coordinator laid an amendment before the parties, those that leave or join as well."""

    amendment: Annotated[int, Field(examples=[2])]


class AmendmentWithdrawn(
    AgreementFact, type="partners.agreement.amendment_withdrawn.v1", concerns=EVERYONE
):
    """The coordinator took an amendment back before all had signed."""

    amendment: Annotated[int, Field(examples=[2])]


class AgreementAmended(AgreementFact, type="partners.agreement.amended.v1", concerns=EVERYONE):
    """A version that all have signed took the place of the one before it."""

    from_version: Annotated[int, Field(examples=[1])]
    kinds: tuple[Annotated[str, Field(examples=["party_leaves"])], ...]
    joined: tuple[Code, ...]
    left: tuple[Code, ...]
    prolonged_from: Annotated[
        date | None,
        Field(examples=["2021-12-31"], description="The last day before; null: not prolonged"),
    ]


class SeatPassed(AgreementFact, type="partners.agreement.seat_passed.v1", concerns=EVERYONE):
    """A party ended, and its seat is its successor's, in a further version that rules at once."""

    predecessor: Code
    successor: Annotated[str, Field(examples=["oulun-tyollisyysalue"])]


class PilotEvaluated(
    AgreementFact, type="partners.agreement.pilot_evaluated.v1", concerns=EVERYONE
):
    """A pilot's owner concluded whether it goes on, spreads or stops."""

    pilot: Annotated[str, Field(examples=["ict-recruitment"])]


class UseReported(Fact, type="partners.use.reported.v1", concerns=EVERYONE):
    """A party told how much of a commitment was used in a month; the last word on it holds."""

    agreement: Annotated[str, Field(examples=["oulun-tyollisyyden-ekosysteemi"])]
    commitment: Annotated[str, Field(examples=["oulu-coaches"])]
    party: Code
    month: Annotated[str, Field(examples=["2020-01"])]
    amount: Annotated[float, Field(ge=0, examples=[2.0])]


AGREEMENT_FACTS: tuple[type[AgreementFact], ...] = (
    AgreementDrafted,
    AgreementRevised,
    AgreementProposed,
    AgreementSigned,
    AgreementWithdrawn,
    AgreementBegan,
    AgreementExpiring,
    AmendmentDrafted,
    AmendmentRevised,
    AmendmentProposed,
    AmendmentWithdrawn,
    AgreementAmended,
    SeatPassed,
    TerminationNoted,
    AgreementTerminated,
    AgreementExpired,
    PilotEvaluated,
)
