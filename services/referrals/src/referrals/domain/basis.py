"""By what right a client's data moves: a clause of an agreement and a legal basis, both.

The clause says that two organisations may; the basis (a law, or the client's consent) says that
this client's data may (GDPR, articles 6 and 9). Neither stands in for the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple, Protocol, TypeVar

from sharing import Decision
from sharing.codes import DataClass, Purpose

from referrals.domain.errors import NoBasis, NotPermitted

WITHIN: Final = "own-organisation"


class Lack(StrEnum):
    """What a basis does not cover."""

    NO_CONSENT = "no_consent"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    NOT_IN_FORCE = "not_in_force"
    RECIPIENT = "recipient"
    PURPOSE = "purpose"
    DATA_CLASS = "data_class"


@dataclass(frozen=True)
class Asked:
    """What is to move: which class of data, to whom, for what, on which day."""

    recipient: str
    purpose: Purpose
    data_class: DataClass
    on: date


class Basis(Protocol):
    """A law, or a consent."""

    def lacks(self, asked: Asked) -> list[Lack]:
        """Say what it does not cover of what is asked; nothing: it does."""
        ...


AnyBasis = TypeVar("AnyBasis", bound=Basis)


class Permit(NamedTuple):
    """By what the data may go: a clause of an agreement, or `WITHIN` one organisation of none."""

    agreement: str | None
    clause: str


def permit(
    decision: Decision | None, bases: Sequence[AnyBasis], asked: Asked
) -> tuple[Permit, AnyBasis]:
    """Give the clause, and the first basis that covers what is asked.

    `decision` is null within one organisation. Raises `NotPermitted`, where no clause permits
    it, and `NoBasis`, where no basis covers it: it says what the last one lacks.
    """
    by = clause_of(decision)
    lacks = [Lack.NO_CONSENT]
    for basis in bases:
        lacks = basis.lacks(asked)
        if not lacks:
            return by, basis
    raise NoBasis(reasons=[str(lack) for lack in lacks])


def clause_of(decision: Decision | None) -> Permit:
    """Give the clause that permits it. Raises `NotPermitted`."""
    if decision is None:
        return Permit(None, WITHIN)
    if not decision.allowed:
        raise NotPermitted(reasons=[reason.model_dump(mode="json") for reason in decision.reasons])
    clause = decision.permits[0]
    return Permit(clause.agreement, clause.clause or "")
