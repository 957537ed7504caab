"""May this data move? The answer, with every reason for it."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from sharing.agreements import Agreement, Clause
from sharing.codes import DataClass, Purpose


class Verdict(StrEnum):
    """What one agreement, or one clause of it, says of an exchange."""

    PERMITTED = "permitted"
    NOT_SIGNED = "not_signed"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    EXPIRED = "expired"
    GIVER_NOT_A_PARTY = "giver_not_a_party"
    RECEIVER_NOT_A_PARTY = "receiver_not_a_party"
    SHARES_NOTHING = "shares_nothing"
    OTHER_PURPOSE = "other_purpose"
    OTHER_ORGANISATIONS = "other_organisations"
    DATA_CLASS_NOT_COVERED = "data_class_not_covered"


class Exchange(BaseModel):
    """Data of one class that would move from one organisation to another, for a purpose."""

    model_config = ConfigDict(frozen=True)

    giver: str
    receiver: str
    purpose: Purpose
    data_class: DataClass
    on: date


class Reason(BaseModel):
    """One agreement's word on an exchange; `clause` is null where no clause was reached."""

    model_config = ConfigDict(frozen=True)

    agreement: str
    clause: str | None
    verdict: Verdict


class Decision(BaseModel):
    """Allowed when at least one reason permits; no agreement at all means no."""

    model_config = ConfigDict(frozen=True)

    reasons: tuple[Reason, ...]

    @property
    def permits(self) -> tuple[Reason, ...]:
        """The clauses that open the door."""
        return tuple(r for r in self.reasons if r.verdict is Verdict.PERMITTED)

    @property
    def allowed(self) -> bool:
        """Whether the data may move."""
        return bool(self.permits)


def decide(agreements: Iterable[Agreement], exchange: Exchange) -> Decision:
    """Judge one exchange by all agreements, in the order of their codes."""
    ordered = sorted(agreements, key=lambda agreement: agreement.code)
    return Decision(reasons=tuple(r for a in ordered for r in reasons_of(a, exchange)))


def reasons_of(agreement: Agreement, exchange: Exchange) -> list[Reason]:
    """What closes the whole agreement; else what each of its clauses says."""
    closed = closures(agreement, exchange)
    if closed:
        return [Reason(agreement=agreement.code, clause=None, verdict=v) for v in closed]
    return [
        Reason(agreement=agreement.code, clause=clause.code, verdict=judge(clause, exchange))
        for clause in agreement.sharing
    ]


def closures(agreement: Agreement, exchange: Exchange) -> list[Verdict]:
    """Every ground on which the agreement as a whole does not reach the exchange."""
    grounds = {
        Verdict.NOT_SIGNED: not agreement.concluded,
        Verdict.NOT_YET_IN_FORCE: exchange.on < agreement.valid_from,
        Verdict.EXPIRED: exchange.on > agreement.valid_until,
        Verdict.GIVER_NOT_A_PARTY: exchange.giver not in agreement.parties,
        Verdict.RECEIVER_NOT_A_PARTY: exchange.receiver not in agreement.parties,
        Verdict.SHARES_NOTHING: not agreement.sharing,
    }
    return [verdict for verdict, holds in grounds.items() if holds]


def judge(clause: Clause, exchange: Exchange) -> Verdict:
    """The first thing in which the clause differs from the exchange, else permitted."""
    if clause.purpose != exchange.purpose:
        return Verdict.OTHER_PURPOSE
    if not clause.names(exchange.giver, exchange.receiver):
        return Verdict.OTHER_ORGANISATIONS
    if exchange.data_class not in clause.data_classes:
        return Verdict.DATA_CLASS_NOT_COVERED
    return Verdict.PERMITTED
