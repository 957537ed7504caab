"""What callers send and see."""

from datetime import datetime
from typing import Self
from uuid import UUID

from kit.texts import Language, Text, text
from pydantic import BaseModel, ConfigDict, Field
from sharing.codes import NEEDS

from assessments.domain.assessment import Assessment
from assessments.domain.decisions import Decision, Verdict
from assessments.domain.instruments import Instrument, Item, Mark, Version
from assessments.domain.lifecycle import Status, Step
from assessments.domain.publication import Publication
from assessments.domain.suggestions import Finding, Input, Strength, Suggestion


class Sent(BaseModel):
    """A body; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NewAssessment(Sent):
    """An assessment that begins; without a version, by the newest of the instrument."""

    client_id: UUID
    instrument: str = Field(max_length=64, examples=["elamantilanne"])
    version: Version | None = None


class Answers(Sent):
    """Marks by item, 0 to 10; null takes a mark back, and items left out stay as they are."""

    answers: dict[str, Mark | None] = Field(
        max_length=100, examples=[{"health": 7, "work": 3, "money": None}]
    )


class Words(BaseModel):
    """A text in the language asked for, or in Finnish where it has no such translation."""

    text: str
    language: Language

    @classmethod
    def of(cls, written: Text, language: Language) -> Self:
        """Choose the words, and mark which language they are in."""
        translated = written.translation(language)
        return cls(text=translated or written.fi, language=language if translated else "fi")


class InstrumentView(Instrument):
    """A published instrument, in all its languages; one that came along has no publisher."""

    publisher: str | None
    published_at: datetime
    revision: int

    @classmethod
    def of(cls, publication: Publication) -> Self:
        """Show a publication."""
        return cls(
            **dict(publication.instrument),
            publisher=publication.publisher,
            published_at=publication.published_at,
            revision=publication.revision,
        )


class AnswerView(BaseModel):
    """An item, and its mark and band if it was answered."""

    item: str
    name: Words
    mark: int | None
    band: str | None
    band_name: Words | None


class BecauseView(BaseModel):
    """A rule that led to a suggestion, and the answers that it went by."""

    rule: str
    rules: str
    strength: Strength
    text: Words
    inputs: list[Input]


class SuggestionView(BaseModel):
    """A need that the rules see; `decision` is null while no officer has decided."""

    need: str
    name: Words
    strength: Strength
    rules: str
    because: list[BecauseView]
    decision: Verdict | None


class AssessmentRow(BaseModel):
    """An assessment in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    client_id: UUID
    instrument: str
    version: int
    status: Status
    started_at: datetime
    answered_at: datetime | None
    completed_at: datetime | None
    erased_at: datetime | None = Field(None, description="When its client was erased")
    revision: int


class AssessmentView(AssessmentRow):
    """An assessment: answers item by item (there is no total), suggestions, decisions."""

    next_steps: list[Step]
    rules: str | None
    answers: list[AnswerView]
    suggestions: list[SuggestionView]
    decisions: list[Decision]

    @classmethod
    def shown(cls, assessment: Assessment, instrument: Instrument, language: Language) -> Self:
        """Show an assessment in a language."""
        verdicts = {decision.need: decision.decision for decision in assessment.decided}
        return cls(
            **AssessmentRow.model_validate(assessment).model_dump(),
            next_steps=assessment.legal_steps,
            rules=assessment.rules,
            answers=[
                answer(item, assessment.answers.get(item.code), instrument, language)
                for item in instrument.items
            ],
            suggestions=[
                suggestion(one, verdicts.get(one.need), language)
                for one in assessment.suggested.values()
            ],
            decisions=assessment.decided,
        )


class ClientExport(BaseModel):
    """All that this service holds about a person."""

    client_id: UUID
    organisation: str
    erased_at: datetime | None
    assessments: list[AssessmentView]


def answer(item: Item, mark: int | None, instrument: Instrument, language: Language) -> AnswerView:
    """Show one item; a missing mark has no band."""
    band = None if mark is None else instrument.band(mark)
    return AnswerView(
        item=item.code,
        name=Words.of(item.name, language),
        mark=mark,
        band=band and band.code,
        band_name=band and Words.of(band.name, language),
    )


def suggestion(one: Suggestion, verdict: Verdict | None, language: Language) -> SuggestionView:
    """Show a suggestion with all that led to it."""
    return SuggestionView(
        need=one.need,
        name=Words.of(text(*NEEDS[one.need]), language),
        strength=one.strength,
        rules=one.rules,
        because=[because(finding, language) for finding in one.because],
        decision=verdict,
    )


def because(finding: Finding, language: Language) -> BecauseView:
    """Show a rule that fired."""
    return BecauseView(
        rule=finding.rule,
        rules=finding.rules,
        strength=finding.strength,
        text=Words.of(finding.text, language),
        inputs=list(finding.inputs),
    )
