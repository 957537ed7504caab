"""What a row of the lifecycle's table says, and where a referral stands."""

from dataclasses import dataclass

from referrals.domain.states import Loop, Phase, Role, Status, Step

ANY: frozenset[Phase | None] = frozenset({None, *Phase})


@dataclass(frozen=True)
class State:
    """Where a referral stands on its three axes."""

    status: Status
    phase: Phase | None = None
    loop: Loop = Loop.OPEN


@dataclass(frozen=True)
class At:
    """The states in which a step is possible: a status, and which phases and loops of it."""

    status: Status
    phases: frozenset[Phase | None] = ANY
    loops: frozenset[Loop] = frozenset(Loop)

    def has(self, state: State) -> bool:
        """Say whether a referral stands here."""
        here = self.status == state.status
        return here and state.phase in self.phases and state.loop in self.loops


@dataclass(frozen=True)
class Row:
    """A row of the table. Where `to` is null the status stays; `phase` is the phase after it.

    `why` names the code set of its reason (`domain/codes.py`), `needs` the fields that it must
    come with. The client's word is recorded by the sender's officer, or where `either` is true
    by an officer of either end.
    """

    step: Step
    at: tuple[At, ...]
    by: tuple[Role, ...]
    to: Status | None = None
    phase: Phase | None = None
    loop: Loop | None = None
    needs: tuple[str, ...] = ()
    why: str | None = None
    either: bool = False
    guard: str = ""

    def admits(self, role: Role, *, client: bool) -> bool:
        """Say whether an organisation's officer may take the step, for it or for the client."""
        if client:
            return Role.CLIENT in self.by and (self.either or role is Role.SENDER)
        return role in self.by

    def open_to(self, role: Role) -> bool:
        """Say whether an organisation's officer may take the step in one way or the other."""
        return self.admits(role, client=False) or self.admits(role, client=True)
