"""Who was competent for a task in a municipality on a day: mandates, and what passed them on.

A mandate begins a chain: law gave a task to an organisation. A succession passes tasks from one
organisation to another on a day, everywhere or in some areas only. Which municipalities an area
has is read as of that day, so that what was passed then stays passed when areas change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kit.days import Day
from kit.texts import Text
from pydantic import Field, model_validator

from partners.domain.area import AreaKind
from partners.domain.terms import Code, Term, refuse_twins


class AreaName(Term):
    """An area, by its set and code."""

    kind: AreaKind = Field(examples=["employment_area"])
    code: str = Field(max_length=32, examples=["oulu"])


class Tasks(Term):
    """Some tasks, everywhere or in some areas."""

    tasks: tuple[str, ...] = Field(min_length=1, max_length=50, examples=[["employment_services"]])
    areas: tuple[AreaName, ...] = Field((), max_length=400, description="None: everywhere")

    @model_validator(mode="after")
    def must_name_each_once(self) -> "Tasks":
        """Refuse a task or an area that is named twice."""
        refuse_twins("tasks", self.tasks)
        refuse_twins("areas", (f"{area.kind}:{area.code}" for area in self.areas))
        return self


class Mandate(Tasks):
    """Law gave tasks to an organisation; `since` null: longer ago than anybody asks."""

    since: Day | None = Field(None, examples=["2013-01-01"])


class Succession(Tasks):
    """From a day on, tasks of an organisation are its successor's."""

    successor: Code = Field(examples=["oulun-tyollisyysalue"])
    on: Day = Field(examples=["2025-01-01"], description="The successor's first day")


class Withdrawal(Term):
    """That something was noted by mistake: when that was found, and why."""

    on: date
    reason: Text


class NotedMandate(Mandate):
    """A mandate as the register has it; one that was withdrawn gave nothing."""

    withdrawn: Withdrawal | None = None


class NotedSuccession(Succession):
    """A succession as the register has it; one that was withdrawn passed nothing on."""

    withdrawn: Withdrawal | None = None


@dataclass(frozen=True)
class Step:
    """How a task came to an organisation: on a day, from another, or by law (`source` null)."""

    on: date | None
    source: str | None
    organisation: str

    @property
    def day(self) -> date:
        """The day, for the order of steps."""
        return self.on or date.min


@dataclass(frozen=True)
class Past:
    """What is known of one organisation's tasks; what was withdrawn counts for nothing."""

    mandates: Sequence[NotedMandate]
    successions: Sequence[NotedSuccession]
    ends_on: date | None = None

    def ended(self, on: date) -> bool:
        """Whether it is no more on a day."""
        return self.ends_on is not None and self.ends_on < on


@dataclass(frozen=True)
class Competent:
    """An organisation that was competent, and every step that led there, in their order."""

    organisation: str
    chain: tuple[Step, ...]

    @property
    def since(self) -> date | None:
        """Its own first day; null: longer ago than anybody asks."""
        return max((s for s in self.chain if s.organisation == self.organisation), key=by_day).on


Covers = Callable[[AreaName, date], bool]
Held = dict[str, frozenset[Step]]  # who has the task, and the steps that led there


def competent(
    task: str, on: date, pasts: Mapping[str, Past], covers: Covers
) -> tuple[list[Competent], list[str]]:
    """Find who was competent on a day, where `covers` says which areas the place was in.

    Gives the competent, by code, and those that would be but had ended before that day.
    """
    held: Held = {}
    steps = sorted((s for s in steps_of(task, pasts, covers) if s.day <= on), key=by_day)
    for _, group in groupby(steps, key=lambda step: step.day):
        held = passed(held, list(group))
    found = [Competent(code, tuple(sorted(held[code], key=by_day))) for code in sorted(held)]
    ended = [each.organisation for each in found if pasts[each.organisation].ended(on)]
    return [each for each in found if each.organisation not in ended], ended


def passed(
    held: Mapping[str, frozenset[Step]], steps: Sequence[Step]
) -> dict[str, frozenset[Step]]:
    """Take the steps of one day at once: each successor gets what its predecessor had before."""
    before = dict(held) | {
        s.organisation: held.get(s.organisation, frozenset()) | {s} for s in steps if not s.source
    }
    passing = [step for step in steps if step.source in before]
    sources = {step.source for step in passing}
    after = {code: chain for code, chain in before.items() if code not in sources}
    for step in passing:
        chain = before[str(step.source)] | {step}
        after[step.organisation] = after.get(step.organisation, frozenset()) | chain
    return after


def steps_of(task: str, pasts: Mapping[str, Past], covers: Covers) -> Iterator[Step]:
    """Give the steps by which a task ever moved in the place that is asked about."""
    for code, past in pasts.items():
        for mandate in past.mandates:
            if not mandate.withdrawn and concerns(mandate, task, mandate.since or date.min, covers):
                yield Step(mandate.since, None, code)
        for succession in past.successions:
            if not succession.withdrawn and concerns(succession, task, succession.on, covers):
                yield Step(succession.on, code, succession.successor)


def concerns(tasks: Tasks, task: str, day: date, covers: Covers) -> bool:
    """Whether what was said on a day is about a task in the place that is asked about."""
    there: Iterable[bool] = (covers(area, day) for area in tasks.areas)
    return task in tasks.tasks and (not tasks.areas or any(there))


def by_day(step: Step) -> tuple[date, str, str]:
    """Order steps: by day, then by name."""
    return step.day, step.source or "", step.organisation
