"""The life of a referral: who may do what, when, and what comes of it. A partner can read this."""

from collections.abc import Iterable, Sequence

from kit.problems import IllegalStep

from referrals.domain.errors import NotYourStep
from referrals.domain.rows import ANY, At, Row, State
from referrals.domain.states import Loop, Phase, Role, Status, Step

LIVE = ANY - {Phase.CANCEL_REQUESTED}  # nobody asked to end it
UNFROZEN = ANY - {Phase.FROZEN}


def at(status: Status, *phases: Phase | None, loops: Iterable[Loop] = Loop) -> At:
    """Name the states of a status: those phases, or all where none is named."""
    return At(status, frozenset(phases) or ANY, frozenset(loops))


def live(*statuses: Status) -> tuple[At, ...]:
    """Name the states in which nobody asked to end it."""
    return tuple(At(status, LIVE) for status in statuses)


SENDER, RECIPIENT = (Role.SENDER,), (Role.RECIPIENT,)
SENDER_OR_CLIENT = (Role.SENDER, Role.CLIENT)
SYSTEM = (Role.SYSTEM,)

REQUESTED = (at(Status.REQUESTED),)
WAITING = (*REQUESTED, at(Status.ON_HOLD, Phase.WAITLISTED))
OFFERED = (at(Status.ON_HOLD, Phase.OFFERED),)
TAKEN_ON = (*live(Status.ACCEPTED), *live(Status.IN_PROGRESS))
UNDER_WAY = (*TAKEN_ON, *live(Status.ON_HOLD))
CANCEL_ASKED = tuple(
    at(status, Phase.CANCEL_REQUESTED)
    for status in (Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD)
)
VISIT = (at(Status.IN_PROGRESS, Phase.SCHEDULED),)
UNSETTLED = (Loop.OUTCOME_REPORTED, Loop.UNCONFIRMED)


def ended(*loops: Loop) -> tuple[At, ...]:
    """Name the ends with an outcome, in some loops."""
    return tuple(At(s, UNFROZEN, frozenset(loops)) for s in (Status.COMPLETED, Status.FAILED))


TABLE: tuple[Row, ...] = (
    Row(
        Step.SEND,
        (at(Status.DRAFT),),
        SENDER,
        Status.REQUESTED,
        guard="An agreement in force covers purpose, both organisations and the offering, and so "
        "does the legal basis: the client's law where none is named; starts the term of decision",
    ),
    Row(
        Step.ACKNOWLEDGE,
        (at(Status.REQUESTED, None),),
        RECIPIENT,
        phase=Phase.SEEN,
    ),
    Row(
        Step.ASK_INFORMATION,
        (at(Status.REQUESTED, None, Phase.SEEN),),
        RECIPIENT,
        phase=Phase.INFORMATION_NEEDED,
        needs=("note",),
        guard="Pauses the term of decision",
    ),
    Row(
        Step.ANSWER,
        (at(Status.REQUESTED, Phase.INFORMATION_NEEDED),),
        SENDER_OR_CLIENT,
        phase=Phase.SEEN,
        needs=("note",),
        guard="The term of decision goes on",
    ),
    Row(
        Step.ACCEPT,
        REQUESTED,
        RECIPIENT,
        Status.ACCEPTED,
        guard="Takes one seat, if the offering counts seats",
    ),
    Row(
        Step.WAITLIST,
        REQUESTED,
        RECIPIENT,
        Status.ON_HOLD,
        Phase.WAITLISTED,
        guard="Gets a place in the line",
    ),
    Row(
        Step.OFFER,
        (at(Status.ON_HOLD, Phase.WAITLISTED),),
        (Role.RECIPIENT, Role.SYSTEM),
        phase=Phase.OFFERED,
        guard="First in the line, by itself when a seat is free; holds it until the answer is due",
    ),
    Row(
        Step.TAKE,
        OFFERED,
        SENDER_OR_CLIENT,
        Status.ACCEPTED,
        either=True,
        guard="The held seat is taken; the client's yes is recorded",
    ),
    Row(
        Step.LEAVE,
        OFFERED,
        SENDER_OR_CLIENT,
        phase=Phase.WAITLISTED,
        either=True,
        guard="The held seat is free again, and the place in the line is the last",
    ),
    Row(
        Step.DECLINE,
        WAITING,
        RECIPIENT,
        Status.REJECTED,
        needs=("reason",),
        why="decline",
        guard="By the person or by the provider; answered with alternatives",
    ),
    Row(
        Step.REROUTE,
        WAITING,
        RECIPIENT,
        Status.REJECTED,
        needs=("to",),
        guard="Policy is checked for the new recipient; a draft to it is the sender's",
    ),
    Row(
        Step.EXPIRE,
        (*REQUESTED, at(Status.ON_HOLD, Phase.WAITLISTED, Phase.OFFERED)),
        SYSTEM,
        Status.CANCELLED,
        Phase.EXPIRED,
        why="expiry",
        guard="Back in the sender's worklist",
    ),
    Row(
        Step.SCHEDULE,
        TAKEN_ON,
        RECIPIENT,
        Status.IN_PROGRESS,
        Phase.SCHEDULED,
        needs=("visit",),
        guard="Time, place, and whether somebody comes along; again to move it",
    ),
    Row(Step.NO_SHOW, VISIT, RECIPIENT, phase=Phase.NO_SHOW),
    Row(Step.CANCEL_VISIT, VISIT, RECIPIENT, phase=Phase.VISIT_CANCELLED),
    Row(Step.HOLD_VISIT, VISIT, RECIPIENT, phase=Phase.VISIT_HELD),
    Row(Step.START, live(Status.ACCEPTED), RECIPIENT, Status.IN_PROGRESS),
    Row(
        Step.PAUSE,
        TAKEN_ON,
        RECIPIENT,
        Status.ON_HOLD,
        Phase.PAUSED,
        needs=("reason", "review_on"),
        why="pause",
    ),
    Row(
        Step.RESUME,
        (at(Status.ON_HOLD, Phase.PAUSED),),
        RECIPIENT,
        Status.IN_PROGRESS,
    ),
    Row(
        Step.WITHDRAW,
        (at(Status.DRAFT), *REQUESTED),
        SENDER_OR_CLIENT,
        Status.CANCELLED,
        guard="At once",
    ),
    Row(
        Step.REQUEST_CANCEL,
        UNDER_WAY,
        SENDER_OR_CLIENT,
        phase=Phase.CANCEL_REQUESTED,
        guard="The recipient answers within the term; an offered seat is let go",
    ),
    Row(Step.CONFIRM_CANCEL, CANCEL_ASKED, RECIPIENT, Status.CANCELLED),
    Row(
        Step.REFUSE_CANCEL,
        CANCEL_ASKED,
        RECIPIENT,
        needs=("reason",),
        why="refusal",
        guard="Goes on as before",
    ),
    Row(
        Step.GIVE_UP,
        (at(Status.ACCEPTED), at(Status.IN_PROGRESS)),
        RECIPIENT,
        Status.CANCELLED,
        needs=("reason",),
        why="giving_up",
        guard="The seat is free again",
    ),
    Row(
        Step.REPORT_OUTCOME,
        (at(Status.ACCEPTED), at(Status.IN_PROGRESS), at(Status.ON_HOLD), *ended(Loop.DISPUTED)),
        RECIPIENT,
        loop=Loop.OUTCOME_REPORTED,
        needs=("outcome",),
        guard="Completed, or failed where the outcome says so; the seat is free again",
    ),
    Row(Step.CONFIRM, ended(*UNSETTLED), SENDER_OR_CLIENT, loop=Loop.CONFIRMED),
    Row(Step.DISPUTE, ended(*UNSETTLED), SENDER_OR_CLIENT, loop=Loop.DISPUTED),
    Row(
        Step.SETTLE,
        ended(Loop.DISPUTED),
        SENDER,
        loop=Loop.SETTLED,
        needs=("reason",),
        why="settlement",
    ),
    Row(
        Step.WITHDRAW_CONSENT,
        tuple(At(s, UNFROZEN) for s in Status if s is not Status.ENTERED_IN_ERROR),
        (Role.CLIENT,),
        either=True,
        guard="Where the basis is consent: what is open is cancelled, what has ended is frozen",
    ),
    Row(
        Step.ENTERED_IN_ERROR,
        tuple(at(s) for s in Status if s is not Status.ENTERED_IN_ERROR),
        SENDER,
        Status.ENTERED_IN_ERROR,
        guard="Said by its author and by a second person, in either order",
    ),
)

ROWS: dict[Step, Row] = {row.step: row for row in TABLE}


def possible(state: State) -> list[Row]:
    """Give the rows whose step is possible in a state, whoever may take it."""
    return [row for row in TABLE if any(place.has(state) for place in row.at)]


def legal(state: State, roles: Iterable[Role]) -> list[Step]:
    """List what an organisation in these roles may do now, for itself or for the client."""
    return [row.step for row in possible(state) if any(map(row.open_to, roles))]


def row_of(state: State, step: Step, roles: Sequence[Role], *, client: bool = False) -> Row:
    """Look a step up. Raises `IllegalStep`, or `NotYourStep` where another role may take it."""
    row = ROWS[step]
    if not any(place.has(state) for place in row.at):
        raise IllegalStep(legal=legal(state, roles))
    if not any(row.admits(role, client=client) for role in roles):
        raise NotYourStep(legal=legal(state, roles), roles=[str(each) for each in row.by])
    return row
