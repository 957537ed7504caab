"""Decisions: what a named officer made of a need."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Need = Annotated[str, Field(max_length=64, examples=["career_guidance"])]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class Verdict(StrEnum):
    """Yes, the client has the need; or no, the rules were wrong."""

    CONFIRM = "confirm"
    OVERRIDE = "override"


class Ruling(BaseModel):
    """A word on one need. In an override, another need may stand in for it.

    An override always has a reason, and so has a confirmed need that no rule suggested.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    need: Need
    decision: Verdict
    replaced_by: Need | None = None
    reason: Reason | None = None

    @model_validator(mode="after")
    def replaces_another(self) -> Self:
        """Refuse a replacement where nothing is replaced."""
        if self.replaced_by is not None and (
            self.decision is Verdict.CONFIRM or self.replaced_by == self.need
        ):
            raise ValueError("replaced_by names another need, in an override")
        return self


class Decision(Ruling):
    """A ruling, with who gave it and when."""

    officer: str
    at: datetime
