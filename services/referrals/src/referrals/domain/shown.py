"""What a recipient is shown of a client, by how far the referral has come: one table.

A class is shown where three let it: the step (this table), the clause of the agreement, and the
legal basis, a law or a consent. What of them covers a class is asked when the referral is sent,
and for what is kept of the client and not of the referral (`LIVE`) again on the day it is looked
at. The sender, whose client it is, sees all. A partner can read this.

No more goes out than the task needs at that step (GDPR, article 5(1)(c); Act on the Openness of
Government Activities, 621/1999, section 29): to decide, the need and whether the client is
eligible; to serve, who it is and how to reach the person; for an outcome that may still be
disputed, what it is about; after that, that it was. Assessment summary and health stand in no
row: this service keeps nothing of them.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sharing.codes import DataClass

from referrals.domain.rows import State
from referrals.domain.states import Phase, Status


class Stage(StrEnum):
    """How far a referral has come, as its recipient sees it."""

    ASKED = "asked"
    TAKEN_ON = "taken_on"
    REPORTED = "reported"
    OVER = "over"


IDENTITY, CONTACT = DataClass.IDENTITY, DataClass.CONTACT
SITUATION, PLAN = DataClass.SITUATION, DataClass.PLAN

TABLE: Final[Mapping[Stage, frozenset[DataClass]]] = MappingProxyType(
    {
        Stage.ASKED: frozenset({SITUATION}),
        Stage.TAKEN_ON: frozenset({SITUATION, IDENTITY, CONTACT, PLAN}),
        Stage.REPORTED: frozenset({SITUATION, PLAN}),
        Stage.OVER: frozenset(),
    }
)

LIVE: Final = frozenset({IDENTITY, CONTACT})  # read from the client's record at each look
OWN: Final = frozenset({PLAN})  # the recipient wrote it: nobody discloses it to it

ALL: Final = frozenset(DataClass)
WAITS: Final = (Phase.WAITLISTED, Phase.OFFERED)
WITHDRAWN: Final = (Phase.CONSENT_WITHDRAWN, Phase.FROZEN)


def stage_of(state: State, before: Phase | None = None) -> Stage:
    """Say how far it has come; `before` is the phase in which somebody asked to end it."""
    if state.phase in WITHDRAWN:
        return Stage.OVER
    match state.status:
        case Status.REQUESTED:
            return Stage.ASKED
        case Status.ON_HOLD if {state.phase, before} & set(WAITS):
            return Stage.ASKED
        case Status.ACCEPTED | Status.IN_PROGRESS | Status.ON_HOLD:
            return Stage.TAKEN_ON
        case Status.COMPLETED | Status.FAILED:
            return Stage.REPORTED
    return Stage.OVER


def shown(
    stage: Stage, clause: Iterable[DataClass], basis: Iterable[DataClass]
) -> frozenset[DataClass]:
    """Give the classes that are shown: those that step, clause and basis let, all three."""
    return TABLE[stage].intersection(clause, basis)
