"""Vacancies: openings that wait, openings that were filled, placements that count for a pilot."""

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard

from metrics.domain.projections import Kind
from metrics.reactions.moving import happened, stands


class VacancyHeard(Heard):
    """What is read of a vacancy; an ad may have several openings."""

    municipality: str
    openings: int
    filled: int
    status: str


class PlacementHeard(Heard):
    """What is read of a placement. Who was placed, is not."""

    pilot: str | None = None


async def keep_openings(tx: Transaction, said: VacancyHeard, event: Event) -> None:
    """Note how many openings wait, and how many have been filled; a withdrawn ad has none."""
    waiting = said.openings - said.filled if said.status == "open" else 0
    await stands(tx, Kind.VACANCIES_OPEN, event, said.municipality, waiting)
    await stands(tx, Kind.VACANCIES_FILLED, event, said.municipality, said.filled)


async def count_placement(tx: Transaction, said: PlacementHeard, event: Event) -> None:
    """Count a placement for its pilot; one without a pilot is not a pilot's."""
    if said.pilot is not None:
        await happened(tx, Kind.PLACEMENTS, event, said.pilot)
