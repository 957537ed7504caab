"""What a service says: frozen, past tense, versioned by name, ids and codes only."""

from typing import Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict

MOST_BYTES = 1024 * 1024  # of a fact as JSON; more is not said, and what says more is put aside

Everyone = Literal["everyone"]
EVERYONE: Final[Everyone] = "everyone"


class Fact(BaseModel):
    """A thing that happened.

    `type` is its name for ever, like `referrals.referral.accepted.v1`; `concerns` names the
    fields that hold the organisations it concerns, or `EVERYONE`. A base without a type only
    shares fields.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ClassVar[str]
    concerns: ClassVar[tuple[str, ...] | Everyone]

    def __init_subclass__(
        cls,
        *,
        type: str | None = None,  # noqa: A002 (the envelope's own word)
        concerns: tuple[str, ...] | Everyone | None = None,
        **config: Any,
    ) -> None:
        """Note the fact's name and whom it concerns."""
        super().__init_subclass__(**config)
        if type is not None:
            cls.type = type
        if concerns is not None:
            cls.concerns = concerns

    def readers(self) -> list[str] | None:
        """Give the organisations that may read this fact on the feed; none means everyone."""
        if self.concerns == EVERYONE:
            return None
        named = {getattr(self, field) for field in self.concerns}
        return sorted(name for name in named if name is not None)


class Heard(BaseModel):
    """What a consumer reads of another's fact: its own fields, tolerant of all others."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)
