"""An assessment: a client's answers, what the rules made of them, and what officers decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.aggregates import Aggregate
from kit.problems import IllegalStep
from sqlalchemy import DateTime, ForeignKeyConstraint, Index, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from assessments.domain import events
from assessments.domain.decisions import Decision, Verdict
from assessments.domain.errors import AlreadyDecided, FieldMissing, NotSuggested
from assessments.domain.lifecycle import LIFECYCLE, Role, Status, Step
from assessments.domain.suggestions import Suggestion
from assessments.domain.tables import Table


class Assessment(Aggregate, Table):
    """One client, one version of an instrument. A mark that was not given is not there."""

    __tablename__ = "assessment"
    __table_args__ = (
        ForeignKeyConstraint(["instrument", "version"], ["instrument.code", "instrument.version"]),
        Index(None, "organisation", "client_id", "id"),
        Index(None, "organisation", "id"),
        Index(None, "client_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(Text)
    client_id: Mapped[UUID]
    instrument: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    status: Mapped[Status] = mapped_column(Text)
    answers: Mapped[dict[str, int]] = mapped_column(JSONB)
    rules: Mapped[str | None] = mapped_column(Text)
    suggestions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    decisions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    completed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    erased_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @property
    def subject(self) -> str:
        """The assessment's name on the bus."""
        return f"assessments/{self.id}"

    @property
    def suggested(self) -> dict[str, Suggestion]:
        """What the rules suggested, by need."""
        found = (Suggestion.model_validate(one) for one in self.suggestions)
        return {suggestion.need: suggestion for suggestion in found}

    @property
    def decided(self) -> list[Decision]:
        """What officers decided, in the order in which they did."""
        return [Decision.model_validate(one) for one in self.decisions]

    @property
    def settled(self) -> list[str]:
        """The needs that are decided, those included that stand in for another."""
        return [n for d in self.decided for n in (d.need, d.replaced_by) if n is not None]

    @property
    def legal_steps(self) -> list[Step]:
        """What may be done now; of whom was erased, nothing."""
        if self.erased_at is not None:
            return []
        return LIFECYCLE.legal(Status(self.status), Role.ASSESSOR)

    def started(self) -> events.AssessmentStarted:
        """Say that it was begun."""
        return events.AssessmentStarted(**self._common())

    def answer(
        self, answers: Mapping[str, int | None], *, at: datetime
    ) -> events.AssessmentAnswered:
        """Take marks (0-10) of items that the instrument has; null takes a mark back."""
        self._step(Step.ANSWER)
        marks = {**self.answers, **answers}
        self.answers = {item: mark for item, mark in marks.items() if mark is not None}
        self.answered_at = at
        return events.AssessmentAnswered(**self._common())

    def complete(
        self, rules: str | None, suggestions: Sequence[Suggestion], *, at: datetime
    ) -> events.AssessmentCompleted:
        """End answering; keep what the rules made of the answers, with its explanation."""
        self._step(Step.COMPLETE)
        self.rules = rules
        self.suggestions = [suggestion.model_dump(mode="json") for suggestion in suggestions]
        self.completed_at = at
        needs = [suggestion.need for suggestion in suggestions]
        return events.AssessmentCompleted(**self._common(), suggested=needs)

    def decide(self, decision: Decision) -> events.NeedConfirmed | events.NeedOverridden:
        """Take an officer's word on a need, once.

        Raises `IllegalStep` before completion, `AlreadyDecided`, and what the word itself lacks.
        """
        self._step(Step.DECIDE)
        if {decision.need, decision.replaced_by} & set(self.settled):
            raise AlreadyDecided(decided=self.settled)
        say = self._confirmed if decision.decision is Verdict.CONFIRM else self._overridden
        fact = say(decision)
        self.decisions = [*self.decisions, decision.model_dump(mode="json")]
        return fact

    def erase(self, at: datetime) -> events.AssessmentErased:
        """Forget what the client answered, what was suggested by it, and what officers wrote."""
        self.answers, self.suggestions, self.decisions = {}, [], []
        self.erased_at = at
        return events.AssessmentErased(**self._common())

    def _confirmed(self, decision: Decision) -> events.NeedConfirmed:
        """Confirm a need; one that no rule suggested rests on the officer's reason."""
        suggestion = self.suggested.get(decision.need)
        if suggestion is None:
            must_have_reason(decision)
        rules = suggestion.rules if suggestion else None
        return events.NeedConfirmed(**self._common(), need=decision.need, rules=rules)

    def _overridden(self, decision: Decision) -> events.NeedOverridden:
        """Override a suggestion, which always takes a reason."""
        if decision.need not in self.suggested:
            raise NotSuggested(suggested=list(self.suggested))
        must_have_reason(decision)
        return events.NeedOverridden(
            **self._common(), need=decision.need, replaced_by=decision.replaced_by
        )

    def _step(self, step: Step) -> None:
        if self.erased_at is not None:
            raise IllegalStep(legal=[])
        self.status = LIFECYCLE.take(Status(self.status), step, Role.ASSESSOR).status

    def _common(self) -> dict[str, Any]:
        return {
            "assessment_id": self.id,
            "client_id": self.client_id,
            "organisation": self.organisation,
            "instrument": self.instrument,
            "version": self.version,
        }


def must_have_reason(decision: Decision) -> None:
    """Refuse a word against the rules, or beyond them, that gives none. Raises `FieldMissing`."""
    if decision.reason is None:
        raise FieldMissing(pointer="/body/reason")
