"""The lifecycle's table: what it says is what a referral does, and what the docs and API show."""

from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from kit import clock
from kit.problems import IllegalStep
from referrals.api.step_views import described
from referrals.domain.codes import REASONS, DeclinedBy, LegalBasis, Outcome
from referrals.domain.errors import NotYourStep
from referrals.domain.lifecycle import ROWS, TABLE
from referrals.domain.referral import Referral
from referrals.domain.rows import State
from referrals.domain.states import Loop, Mode, Phase, Role, Status, Step
from referrals.domain.steps import SAYS
from referrals.domain.visit import Visit
from referrals.drawing import page

DOCS = Path(__file__).parents[3] / "docs" / "referral-lifecycle.md"

STATES = [
    State(status, phase, loop) for status, phase, loop in product(Status, [None, *Phase], Loop)
]

FHIR_TASK = {
    "draft", "requested", "received", "accepted", "rejected", "ready", "cancelled",
    "in-progress", "on-hold", "failed", "completed", "entered-in-error",
}  # fmt: skip


def a_referral(state: State, mode: Mode = Mode.REFERRAL) -> Referral:
    """Put a referral where it is wanted."""
    return Referral(
        id=uuid4(), client_id=uuid4(), sender="te", recipient="oulu", offering=None, need=None,
        purpose="client_referral", mode=mode, legal_basis="consent", clause="c", author="a",
        status=state.status, phase=state.phase, loop=state.loop, responsible="te",
        error_said_by="a", drafted_at=clock.now(),
    )  # fmt: skip


def given(step: Step) -> dict[str, Any]:
    """Give all that a step may come with."""
    why = ROWS[step].why
    return {
        "officer": "b", "legal_basis": LegalBasis.CONSENT, "statute": None, "consent_id": None,
        "organisation": "te", "agreement": "x", "clause": "c",
        "classes": ["situation"], "eligibility": None,
        "declined_by": DeclinedBy.PERSON, "outcome": Outcome.NEED_MET,
        "visit": Visit(at=clock.now(), place="x"), "place_sealed": b"x",
        "review_on": clock.today(),
        "followed_by": uuid4(), "at": clock.now(),
        "reason": next(iter(REASONS[why])) if why else None,
    }  # fmt: skip


@pytest.mark.parametrize("step", Step)
def test_a_step_does_what_its_row_says_and_nothing_where_it_has_none(step: Step) -> None:
    row = ROWS[step]
    for state, role in product(STATES, (Role.SENDER, Role.RECIPIENT, Role.SYSTEM)):
        referral = a_referral(state)
        client = Role.CLIENT in row.by and row.admits(role, client=True)
        if not any(place.has(state) for place in row.at):
            with pytest.raises(IllegalStep):
                referral.take(step, role, **given(step))
        elif not (row.admits(role, client=False) or client):
            with pytest.raises(NotYourStep):
                referral.take(step, role, **given(step))
        else:
            fact = referral.take(step, role, client=client, **given(step))
            assert referral.status == row.to or row.to is None
            assert fact.type == SAYS[step].type or step is Step.WITHDRAW_CONSENT
            continue
        assert referral.state == state


def test_every_step_has_one_row_and_one_fact() -> None:
    assert sorted(row.step for row in TABLE) == sorted(Step)
    assert set(SAYS) == set(Step)


def test_every_status_is_one_of_fhir_and_all_but_the_draft_are_reached() -> None:
    assert {str(status) for status in Status} <= FHIR_TASK
    reached = {row.to for row in TABLE} | {Status.COMPLETED, Status.FAILED, Status.DRAFT}
    assert set(Status) <= reached


def test_the_docs_show_the_table_as_it_is() -> None:
    assert DOCS.read_text() == page(), "python -m referrals.drawing > docs/referral-lifecycle.md"


def test_the_apis_page_names_every_step_that_a_caller_can_take() -> None:
    told = described()
    for row in TABLE:
        assert (f"| `{row.step}` |" in told) is (row.by != (Role.SYSTEM,))
