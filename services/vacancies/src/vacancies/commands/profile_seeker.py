"""Keep an anonymous profile of a seeker."""

from dataclasses import dataclass

from kit import clock, ids
from kit.database import Transaction
from kit.outbox import publish

from vacancies.domain.codes import ESCO
from vacancies.domain.profile import Profile
from vacancies.domain.seeker import Seeker
from vacancies.queries.places import places_today


@dataclass(frozen=True)
class ProfileSeeker:
    """It belongs to the organisation that keeps it."""

    organisation: str
    profile: Profile


async def profile_seeker(tx: Transaction, command: ProfileSeeker) -> Seeker:
    """Keep a profile. Raises `UnknownCode`."""
    places = await places_today(tx)
    seeker = Seeker(
        id=ids.new_id(),
        organisation=command.organisation,
        profile=command.profile.checked(places.codes).model_dump(mode="json"),
        esco_version=ESCO.version,
        profiled_at=clock.now(),
    )
    tx.add(seeker)
    await publish(tx, seeker, seeker.profiled())
    return seeker
