"""What this service says. Ids and codes only: no answer and no reason ever leaves it."""

from typing import Annotated
from uuid import UUID

from kit.facts import EVERYONE, Fact
from pydantic import Field

Code = Annotated[str, Field(examples=["te-pohjois-pohjanmaa"])]
Id = Annotated[UUID, Field(examples=["0193a5b0-0000-7000-8000-000000000001"])]
Need = Annotated[str, Field(examples=["career_guidance"])]
InstrumentCode = Annotated[str, Field(examples=["elamantilanne"])]
Version = Annotated[int, Field(ge=1, examples=[1])]


class InstrumentPublished(Fact, type="assessments.instrument.published.v1", concerns=EVERYONE):
    """A version of an instrument can be used from now on, and never changes."""

    code: InstrumentCode
    version: Version


class AssessmentFact(Fact, concerns=("organisation",)):
    """What every fact of an assessment carries."""

    assessment_id: Id
    client_id: Id
    organisation: Code
    instrument: InstrumentCode
    version: Version


class AssessmentStarted(AssessmentFact, type="assessments.assessment.started.v1"):
    """An organisation began to assess a client's needs."""


class AssessmentAnswered(AssessmentFact, type="assessments.assessment.answered.v1"):
    """Answers were given, or taken back."""


class AssessmentCompleted(AssessmentFact, type="assessments.assessment.completed.v1"):
    """Answering ended, and the rules suggested needs."""

    suggested: Annotated[list[str], Field(examples=[["career_guidance", "skills"]])]


class NeedConfirmed(AssessmentFact, type="assessments.assessment.need_confirmed.v1"):
    """An officer decided that the client has a need; `rules` is null if no rule suggested it."""

    need: Need
    rules: Annotated[str | None, Field(examples=["needs@1"])]


class NeedOverridden(AssessmentFact, type="assessments.assessment.need_overridden.v1"):
    """An officer decided against a suggested need, perhaps for another one in its stead."""

    need: Need
    replaced_by: Annotated[str | None, Field(examples=["skills"])]


class AssessmentErased(AssessmentFact, type="assessments.assessment.erased.v1"):
    """Its client was erased: that it was is all that is left of it."""


# The kinds of aggregates that speak: each has a topic of its own.
KINDS = ("instruments", "assessments")

FACTS: tuple[type[Fact], ...] = (
    InstrumentPublished,
    AssessmentStarted,
    AssessmentAnswered,
    AssessmentCompleted,
    NeedConfirmed,
    NeedOverridden,
    AssessmentErased,
)
