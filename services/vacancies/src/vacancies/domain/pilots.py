"""For which pilots an organisation's placements count: those of its agreements in force."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from kit.codes import known
from pydantic import BaseModel
from sharing import Agreement

from vacancies.domain.errors import PilotClosed


class Verdict(StrEnum):
    """Why an agreement's pilot is closed to an organisation."""

    NOT_SIGNED = "not_signed"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    EXPIRED = "expired"
    NOT_A_PARTY = "not_a_party"


class Pilot(BaseModel):
    """What is read of a pilot."""

    code: str


class PilotAgreement(Agreement):
    """An agreement with its pilots."""

    pilots: tuple[Pilot, ...] = ()

    def has(self, pilot: str) -> bool:
        """Say whether the agreement has this pilot."""
        return any(own.code == pilot for own in self.pilots)

    def closures(self, organisation: str, on: date) -> list[Verdict]:
        """Give every ground on which its pilots are closed to an organisation on a day."""
        grounds = {
            Verdict.NOT_SIGNED: not self.concluded,
            Verdict.NOT_YET_IN_FORCE: on < self.valid_from,
            Verdict.EXPIRED: on > self.valid_until,
            Verdict.NOT_A_PARTY: organisation not in self.parties,
        }
        return [verdict for verdict, holds in grounds.items() if holds]


def must_be_open(
    pilot: str, agreements: Sequence[PilotAgreement], organisation: str, on: date
) -> None:
    """Let a placement count for a pilot. Raises `UnknownCode`, `PilotClosed` with each reason."""
    known(pilot, {own.code for a in agreements for own in a.pilots}, "/body/pilot")
    words = {a.code: a.closures(organisation, on) for a in agreements if a.has(pilot)}
    if all(words.values()):
        reasons = [{"agreement": a, "verdict": v} for a, word in words.items() for v in word]
        raise PilotClosed(reasons=reasons)
