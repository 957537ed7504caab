"""Whether a client may get into an offering, as far as this service can know; pure, no I/O.

Of the offering it knows what the catalogue's facts say, of the client the need and, where there
is a personal identity code, the age. What an offering asks beyond that is unknown, never assumed.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

OLDEST: Final = 120  # full years; an offering for people up to this age is for any age


class Eligibility(StrEnum):
    """What was found: one condition that is not met decides, then one that is not known."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"


class Condition(StrEnum):
    """What an offering may ask of a client."""

    NEED = "need"
    AGE = "age"
    MUNICIPALITY = "municipality"
    SITUATION = "situation"
    LANGUAGE = "language"
    TABLE = "table"  # the decision table that its provider published, which is read elsewhere


class Judgement(BaseModel):
    """Whether a client may get in, with every condition that stands in the way or is not known."""

    model_config = ConfigDict(frozen=True)

    result: Eligibility
    failed: tuple[Condition, ...] = Field((), examples=[["age"]])
    unknown: tuple[Condition, ...] = Field((), examples=[["municipality", "table"]])


def judge(offering: Mapping[str, Any], need: str | None, age: int | None) -> Judgement:
    """Judge a client of this need and age (full years; None: not known) by an offering's copy."""
    found = dict(conditions(offering, need, age))
    failed = tuple(condition for condition, met in found.items() if met is False)
    unknown = tuple(condition for condition, met in found.items() if met is None)
    result = Eligibility.UNKNOWN if unknown else Eligibility.ELIGIBLE
    return Judgement(
        result=Eligibility.NOT_ELIGIBLE if failed else result, failed=failed, unknown=unknown
    )


def conditions(
    offering: Mapping[str, Any], need: str | None, age: int | None
) -> Iterator[tuple[Condition, bool | None]]:
    """Give what the offering asks, and whether it is met; None: not known.

    A copy that was kept before tables were heard of says nothing of them: that is not known.
    """
    needs, audience = offering.get("needs"), offering.get("audience") or {}
    if needs:
        yield Condition.NEED, None if need is None else need in needs
    low, high = audience.get("age_from") or 0, audience.get("age_to")
    high = OLDEST if high is None else high
    if low > 0 or high < OLDEST:
        yield Condition.AGE, None if age is None else low <= min(age, OLDEST) <= high
    for condition, field in NOT_KEPT.items():
        if audience.get(field):
            yield condition, None
    if offering.get("eligibility_version", ...) is not None:
        yield Condition.TABLE, None


# Of the client nothing is kept here that could answer these.
NOT_KEPT: Final[Mapping[Condition, str]] = {
    Condition.MUNICIPALITY: "municipalities",
    Condition.SITUATION: "situations",
    Condition.LANGUAGE: "languages",
}
