"""May this data move? The answer, with every reason for it."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from sharing.agreements import Agreement, Clause, Version
from sharing.codes import DataClass, Purpose


class Verdict(StrEnum):
    """What one agreement, or one clause of it, says of an exchange."""

    PERMITTED = "permitted"
    NOT_SIGNED = "not_signed"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    GIVER_NOT_A_PARTY = "giver_not_a_party"
    RECEIVER_NOT_A_PARTY = "receiver_not_a_party"
    SHARES_NOTHING = "shares_nothing"
    OTHER_PURPOSE = "other_purpose"
    OTHER_THEME = "other_theme"
    OUTSIDE_PERIOD = "outside_period"
    OTHER_ORGANISATIONS = "other_organisations"
    DATA_CLASS_NOT_COVERED = "data_class_not_covered"


class Exchange(BaseModel):
    """Data of one class that would move from one organisation to another, for a purpose.

    `theme` is what of the agreement it is done under; none: nothing that a theme is about.
    """

    model_config = ConfigDict(frozen=True)

    giver: str
    receiver: str
    purpose: Purpose
    data_class: DataClass
    on: date
    theme: str | None = None


class Reason(BaseModel):
    """One agreement's word on an exchange, by its version that rules on the day.

    `clause` is null where the agreement as a whole does not reach the exchange.
    """

    model_config = ConfigDict(frozen=True)

    agreement: str
    version: int
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
    """All that closes the whole agreement; else all that each of its clauses says."""
    version = agreement.at(exchange.on)
    closed = closures(agreement, version, exchange)
    words = (
        [(None, verdict) for verdict in closed]
        if closed
        else [(c.code, verdict) for c in version.sharing for verdict in judge(version, c, exchange)]
    )
    return [
        Reason(agreement=agreement.code, version=version.number, clause=clause, verdict=verdict)
        for clause, verdict in words
    ]


def closures(agreement: Agreement, version: Version, exchange: Exchange) -> list[Verdict]:
    """Every ground on which the agreement as a whole does not reach the exchange."""
    ended = agreement.terminated_after
    grounds = {
        Verdict.NOT_SIGNED: version.begins is None,
        Verdict.NOT_YET_IN_FORCE: exchange.on < (version.begins or version.effective_on),
        Verdict.EXPIRED: exchange.on > version.valid_until,
        Verdict.TERMINATED: ended is not None and exchange.on > ended,
        Verdict.GIVER_NOT_A_PARTY: exchange.giver not in version.parties,
        Verdict.RECEIVER_NOT_A_PARTY: exchange.receiver not in version.parties,
        Verdict.SHARES_NOTHING: not version.sharing,
    }
    return [verdict for verdict, holds in grounds.items() if holds]


def judge(version: Version, clause: Clause, exchange: Exchange) -> list[Verdict]:
    """All in which the clause differs from the exchange, else permitted."""
    first, last = clause.first_day or exchange.on, clause.last_day or exchange.on
    grounds = {
        Verdict.OTHER_PURPOSE: clause.purpose != exchange.purpose,
        Verdict.OTHER_THEME: clause.theme not in (None, exchange.theme),
        Verdict.OUTSIDE_PERIOD: not first <= exchange.on <= last,
        Verdict.OTHER_ORGANISATIONS: not version.names(clause, exchange.giver, exchange.receiver),
        Verdict.DATA_CLASS_NOT_COVERED: exchange.data_class not in clause.data_classes,
    }
    return [verdict for verdict, holds in grounds.items() if holds] or [Verdict.PERMITTED]
