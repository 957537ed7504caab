"""Tasks, their successions, and who was competent: parse, call, return."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from fastapi import APIRouter, Path, Query
from kit import clock
from kit.codes import known
from kit.days import Day
from kit.documents import refuses
from kit.edge import ETag, Expected, ServiceRoute, Transaction
from kit.problems import Missing, UnknownCode
from kit.texts import Text
from pydantic import BaseModel, Field

from partners.api.callers import Coordinator, Reader
from partners.api.organisation_views import OrganisationView
from partners.api.views import Sent
from partners.api.words import found_in_words
from partners.commands.find import municipality_codes
from partners.commands.pass_tasks import GiveTasks, PassTasks, give_tasks, pass_tasks
from partners.commands.withdraw_tasks import WithdrawTasks, withdraw_tasks
from partners.domain.errors import AlreadyWithdrawn, OwnSuccessor
from partners.domain.organisation import Noted
from partners.domain.succession import Competent, Mandate, Succession
from partners.domain.tasks import TASKS
from partners.queries.authorities import Authorities, authorities_of

OnDay = Annotated[Day | None, Query(description="As of this day; none: today")]
Number = Annotated[
    int, Path(ge=1, le=9999, description="Which of the organisation's, counted from 1")
]

router = APIRouter(route_class=ServiceRoute, tags=["authorities"])


class Mistake(Sent):
    """Why something is withdrawn."""

    reason: Text


class Verdict(StrEnum):
    """How many were competent."""

    ONE = "one"
    NONE = "none"
    SEVERAL = "several"


class StepView(BaseModel):
    """How a task came to an organisation."""

    on: date | None = Field(description="Its first day; null: longer ago than anybody asks")
    source: str | None = Field(description="From which organisation; null: by law")
    organisation: str


class AuthorityView(BaseModel):
    """An organisation that was competent, since when, and each step that led there."""

    organisation: str
    name: Text
    since: date | None
    chain: list[StepView]

    @classmethod
    def of(cls, found: Competent, name: Text) -> Self:
        """Show one that was competent."""
        steps = [StepView.model_validate(step, from_attributes=True) for step in found.chain]
        return cls(organisation=found.organisation, name=name, since=found.since, chain=steps)


class AuthoritiesView(BaseModel):
    """Who was competent for a task in a municipality on a day."""

    task: str
    municipality: str
    on: date
    verdict: Verdict
    text: Text
    authorities: list[AuthorityView]
    ended: list[str] = Field(description="Those that had the task, but ended before that day")

    @classmethod
    def of(cls, task: str, municipality: str, on: date, answer: Authorities) -> Self:
        """Show an answer."""
        count = len(answer.found)
        return cls(
            task=task,
            municipality=municipality,
            on=on,
            verdict=(Verdict.NONE, Verdict.ONE)[count] if count < 2 else Verdict.SEVERAL,
            text=found_in_words([answer.names[each.organisation] for each in answer.found]),
            authorities=[AuthorityView.of(f, answer.names[f.organisation]) for f in answer.found],
            ended=answer.ended,
        )


@router.post("/organisations/{code}/mandates")
@refuses(Missing, UnknownCode)
async def given(
    code: str,
    body: Mandate,
    _coordinator: Coordinator,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> OrganisationView:
    """Note tasks that law gave to an organisation, where a chain begins; the coordinator does."""
    organisation = await give_tasks(tx, GiveTasks(code, expected, body))
    return etag(OrganisationView.model_validate(organisation))


@router.post("/organisations/{code}/successions")
@refuses(Missing, UnknownCode, OwnSuccessor)
async def succeeded(
    code: str,
    body: Succession,
    _coordinator: Coordinator,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> OrganisationView:
    """Note tasks that passed from an organisation to another; the coordinator does."""
    organisation = await pass_tasks(tx, PassTasks(code, expected, body))
    return etag(OrganisationView.model_validate(organisation))


@router.post("/organisations/{code}/{noted}/{number}/withdrawal")
@refuses(Missing, AlreadyWithdrawn)
async def withdrawn(
    code: str,
    noted: Noted,
    number: Number,
    body: Mistake,
    _coordinator: Coordinator,
    expected: Expected,
    tx: Transaction,
    etag: ETag,
) -> OrganisationView:
    """Withdraw a mandate or a succession that was noted by mistake; the coordinator does."""
    command = WithdrawTasks(code, expected, noted, number, body.reason)
    return etag(OrganisationView.model_validate(await withdraw_tasks(tx, command)))


@router.get("/authorities")
@refuses(UnknownCode)
async def authorities(
    _reader: Reader, tx: Transaction, task: str, municipality: str, on: OnDay = None
) -> AuthoritiesView:
    """Say who was competent for a task in a municipality on a day, and what led there."""
    known(task, TASKS, "/query/task")
    known(municipality, await municipality_codes(tx), "/query/municipality")
    day = on or clock.today()
    answer = await authorities_of(tx, task, municipality, day)
    return AuthoritiesView.of(task, municipality, day, answer)
