"""What would newly open, and what newly close, if a version that is being prepared ruled?"""

from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from sharing.agreements import Agreement
from sharing.decisions import Decision, Exchange, decide


class Rehearsed(BaseModel):
    """An exchange on the day on which it was judged, as things are and as they would be."""

    model_config = ConfigDict(frozen=True)

    exchange: Exchange
    before: Decision
    after: Decision

    @property
    def opens(self) -> bool:
        """Whether it is closed now, and would be open."""
        return self.after.allowed and not self.before.allowed

    @property
    def closes(self) -> bool:
        """Whether it is open now, and would be closed."""
        return self.before.allowed and not self.after.allowed


def rehearse(
    agreements: Sequence[Agreement],
    rehearsed: Agreement,
    exchanges: Iterable[Exchange],
    today: date,
) -> list[Rehearsed]:
    """Judge each exchange twice: by the agreements as they are, and with one as it would be.

    What is past, or of today, is judged on the first day of the newest version, as though it
    came again; what is planned, on its own day.
    """
    others = [agreement for agreement in agreements if agreement.code != rehearsed.code]
    begins = rehearsed.versions[-1].begins or today
    found = []
    for exchange in exchanges:
        day = begins if exchange.on <= today else exchange.on
        judged = exchange.model_copy(update={"on": day})
        found.append(
            Rehearsed(
                exchange=judged,
                before=decide(agreements, judged),
                after=decide([*others, rehearsed], judged),
            )
        )
    return found
