"""At every instant exactly one organisation answers for the client, by the facts alone."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from kit import clock
from kit.testing import Harness
from referrals.domain.accountability import responsible
from referrals.domain.lifecycle import possible
from referrals.domain.referral import Referral
from referrals.domain.states import Loop, Mode, Role, Status, Step

from .builders import OFFERING, OTHER, OULU, TE, drafted, given, sent, step, walked
from .test_lifecycle import given as brought

ROLES = (Role.SENDER, Role.RECIPIENT, Role.SYSTEM)


class History(RuleBasedStateMachine):
    """A referral that goes any way that its table allows."""

    @initialize(mode=st.sampled_from(Mode))
    def draft(self, mode: Mode) -> None:
        self.referral = Referral(
            id=uuid4(), client_id=uuid4(), sender="te", recipient="oulu", offering=None,
            need=None, purpose="client_referral", mode=mode, status=Status.DRAFT, phase=None,
            loop=Loop.OPEN, responsible="te", author="a", drafted_at=clock.now(),
        )  # fmt: skip
        self.said: list[tuple[str, dict[str, Any]]] = []
        self.accepted = False
        self.note(self.referral.drafted())

    def note(self, fact: Any) -> None:
        self.said.append((fact.type, fact.model_dump(mode="json")))

    @precondition(lambda self: hasattr(self, "referral") and possible(self.referral.state))
    @rule(choice=st.integers(0, 10**6))
    def move(self, choice: int) -> None:
        rows = possible(self.referral.state)
        if len(self.said) < 6:  # seldom an early end
            rows = [r for r in rows if r.to != Status.CANCELLED] or rows
        row = rows[choice % len(rows)]
        client = row.by == (Role.CLIENT,)
        role = next(r for r in ROLES if row.admits(r, client=client))
        with_it = brought(row.step) | {"officer": "b" if self.referral.error_said_by else "a"}
        self.note(self.referral.take(row.step, role, client=client, **with_it))
        self.accepted |= row.step in (Step.ACCEPT, Step.TAKE)

    @rule()
    def let_time_pass(self) -> None:
        """What has ended stays as it is."""

    @invariant()
    def one_answers_for_the_client(self) -> None:
        if hasattr(self, "referral"):
            by_facts = responsible(self.said)
            over = self.referral.status in (Status.CANCELLED, Status.ENTERED_IN_ERROR)
            moved = self.accepted and not over and self.referral.mode == Mode.TRANSFER
            assert by_facts == ("oulu" if moved else "te")
            assert self.referral.responsible == by_facts


TestHistories = History.TestCase
TestHistories.settings = settings(
    max_examples=2000,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


async def answering(who: Any, referral: dict[str, Any], on: Any = None) -> str | None:
    """Ask who answers for the client of a referral."""
    query = {} if on is None else {"on": on.isoformat()}
    items = (await who.get("/accountability", params=query)).json()["items"]
    return next((i["organisation"] for i in items if i["referral_id"] == referral["id"]), None)


async def test_a_transfer_moves_the_responsibility_at_its_acceptance(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    before = clock.now()
    referral = await sent(te, mode="transfer")
    assert await answering(oulu, referral) == TE
    between = clock.now()
    referral = await walked(te, oulu, referral, "accept")
    assert referral["responsible"] == OULU
    assert await answering(te, referral) == OULU
    assert await answering(te, referral, between) == TE
    assert await answering(te, referral, before) is None
    await walked(te, oulu, referral, ("give_up", {"reason": "client_moved"}))
    assert await answering(te, referral, clock.now() + timedelta(seconds=1)) == TE


async def test_a_referral_leaves_the_responsibility_with_its_sender(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te), "accept", "start")
    assert (referral["responsible"], await answering(oulu, referral)) == (TE, TE)


async def test_who_may_not_know_the_referral_is_not_told_who_answers(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await drafted(te, {"offering": OFFERING})
    assert await answering(te, referral) == TE
    for other in (OULU, OTHER):
        assert await answering(referrals.caller(other), referral) is None
    assert (await step(referrals.caller(OTHER), referral, "send")).status_code == 404
