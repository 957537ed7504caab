"""The words of an agreement: all that its parties put their names to."""

from datetime import date, datetime
from enum import StrEnum
from typing import Self

from kit.days import Day
from kit.texts import Text
from pydantic import Field, model_validator
from sharing import Clause

from partners.domain.lifecycle import Status
from partners.domain.terms import Code, Term, refuse_twins


class Theme(Term):
    """What the parties work on together, and the party that leads it."""

    code: Code = Field(examples=["businessasema"])
    name: Text
    lead: Code


class Cohort(Term):
    """Whom a pilot is for: a rule in words, and what of it can be counted. Ages are in full years,
    both included.
    """

    rule: Text
    age_from: int | None = Field(None, strict=True, ge=0, le=120, examples=[18])
    age_to: int | None = Field(None, strict=True, ge=0, le=120, examples=[29])
    municipalities: tuple[str, ...] = Field((), max_length=400, examples=[["564"]])


class Pilot(Term):
    """A trial under a theme, and the party that runs it: when, with whom, measured by what."""

    code: Code = Field(examples=["ict-recruitment"])
    name: Text
    theme: Code = Field(examples=["businessasema"])
    owner: Code
    first_day: Day | None = Field(None, examples=["2020-01-01"], description="Included")
    last_day: Day | None = Field(None, examples=["2021-06-30"], description="Included")
    cohort: Cohort | None = None
    indicators: tuple[Code, ...] = Field((), max_length=50, examples=[["pilot-placements"]])

    @model_validator(mode="after")
    def must_be_a_period(self) -> Self:
        """Refuse a pilot that ends before it begins."""
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError("last_day is before first_day")
        return self


class Figure(Term):
    """A number in the indicator's own unit, the year or month it is of, and its source."""

    value: float = Field(strict=True, allow_inf_nan=False, examples=[11.7])
    period: str = Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$", examples=["2019-01"])
    source: str = Field(min_length=1, max_length=500, examples=["Statistics Finland, 12r5"])


class Path(StrEnum):
    """How a goal's way leads from its baseline to its target."""

    LINEAR = "linear"
    STEPS = "steps"


class Goal(Term):
    """Where an indicator stood in an area, and where the parties want it to be."""

    code: Code = Field(examples=["unemployment-rate-2025"])
    indicator: Code = Field(examples=["unemployment-rate"])
    area: str | None = Field(
        None,
        max_length=8,
        examples=["KU564"],
        description="Official code of the area whose figure is meant; null: all that is counted",
    )
    name: Text
    baseline: Figure
    target: Figure
    path: Path = Path.LINEAR
    steps: tuple[Figure, ...] = Field(
        (),
        max_length=100,
        examples=[()],
        description="With `steps`: what is wanted from each period on",
    )
    tolerance: float | None = Field(
        None,
        strict=True,
        allow_inf_nan=False,
        ge=0,
        examples=[0.5],
        description="How far from the path is still on it, in the indicator's unit",
    )

    @model_validator(mode="after")
    def must_go_by_its_path(self) -> Self:
        """Refuse steps on a straight path, a path of steps without any, and steps in disorder."""
        if (self.path is Path.STEPS) != bool(self.steps):
            raise ValueError("steps go with the path `steps`, and it with them")
        periods = [step.period for step in self.steps]
        if periods != sorted(set(periods)):
            raise ValueError("steps are in the order of their periods")
        return self


class ResourceKind(StrEnum):
    """What a party gives: months of one person's work, euros, square metres, seats of a service."""

    PERSON_MONTHS = "person_months"
    EUROS = "euros"
    PREMISES = "premises"
    SEATS = "seats"


class Commitment(Term):
    """What a party gives to a theme within a period; seats of an offering are counted by facts."""

    code: Code = Field(examples=["oulu-coaches"])
    party: Code
    theme: Code = Field(examples=["ohjaamo"])
    kind: ResourceKind = Field(examples=["seats"])
    amount: float = Field(strict=True, gt=0, le=1e12, allow_inf_nan=False, examples=[24.0])
    first_day: Day = Field(examples=["2020-01-01"], description="Included")
    last_day: Day = Field(examples=["2020-12-31"], description="Included")
    offering: Code | None = Field(None, examples=["ohjaamo-oulu-guidance"])

    @model_validator(mode="after")
    def must_be_countable(self) -> Self:
        """Refuse a period that ends before it begins, and an offering of what are no seats."""
        if self.first_day > self.last_day:
            raise ValueError("last_day is before first_day")
        if self.offering is not None and self.kind is not ResourceKind.SEATS:
            raise ValueError("an offering goes with seats")
        return self


class Terms(Term):
    """All that the parties of an agreement put their names to."""

    name: Text
    vision: Text | None = None
    text: Text | None = None
    parties: tuple[Code, ...] = Field(min_length=2, max_length=200)
    themes: tuple[Theme, ...] = Field((), max_length=100)
    pilots: tuple[Pilot, ...] = Field((), max_length=100)
    goals: tuple[Goal, ...] = Field((), max_length=100)
    sharing: tuple[Clause, ...] = Field((), max_length=200)
    commitments: tuple[Commitment, ...] = Field((), max_length=200)
    valid_from: Day = Field(examples=["2019-08-12"])
    valid_until: Day = Field(examples=["2021-12-31"], description="The last day, included")

    @model_validator(mode="after")
    def must_be_a_term(self) -> Self:
        """Refuse a term that ends before it begins."""
        if self.valid_from > self.valid_until:
            raise ValueError("valid_until is before valid_from")
        return self

    @model_validator(mode="after")
    def must_name_each_once(self) -> Self:
        """Refuse a code that two of a kind share, and a party named twice."""
        refuse_twins("parties", self.parties)
        for kind in ("themes", "pilots", "goals", "sharing", "commitments"):
            refuse_twins(kind, (named.code for named in getattr(self, kind)))
        return self


class Signature(Term):
    """A party's word: which officer gave it (an opaque id), when, and to which document.

    `sha256` is of the version's document; null: given before signatures were bound to one.
    """

    organisation: str
    officer: str
    at: datetime
    sha256: str | None = None


class Station(Term):
    """A status that an agreement reached, and the day on which it did."""

    status: Status
    on: date


class Conclusion(StrEnum):
    """What becomes of a pilot."""

    CONTINUE = "continue"
    SPREAD = "spread"
    STOP = "stop"


class Evidence(Term):
    """What an evaluation rests on."""

    title: Text
    url: str | None = Field(
        None, max_length=500, pattern=r"^https://[^\s]+$", examples=["https://www.ouka.fi/raportti"]
    )


class Evaluation(Term):
    """What a pilot's owner concludes, and on what it rests."""

    pilot: Code = Field(examples=["ict-recruitment"])
    conclusion: Conclusion
    on: date = Field(examples=["2021-06-30"])
    summary: Text
    evidence: tuple[Evidence, ...]


class Termination(Term):
    """That an agreement ends before its term does: its last day, and why."""

    last_day: date
    reason: Text


class Warned(Term):
    """The last warning of an end that was given: of which last day, how many days before."""

    last_day: date
    days: int
