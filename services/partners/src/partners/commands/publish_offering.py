"""Put a service into the common catalogue."""

from dataclasses import dataclass

from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from kit.texts import Text
from sharing.codes import MUNICIPALITIES, NEEDS

from partners.commands.find import must_be_free
from partners.domain.errors import NotRegistered
from partners.domain.offering import Offering
from partners.domain.organisation import Organisation
from partners.domain.terms import Audience, Intensity


@dataclass(frozen=True)
class PublishOffering:
    """What an organisation offers, for whom, and to how many at a time."""

    code: str
    organisation: str
    name: Text
    description: Text
    needs: tuple[str, ...]
    audience: Audience
    intensity: Intensity
    capacity: int


async def publish_offering(tx: Transaction, command: PublishOffering) -> Offering:
    """Publish an offering. Raises `CodeTaken`, `NotRegistered`, `UnknownCode`."""
    await must_be_free(tx, Offering, command.code)
    if await tx.get(Organisation, command.organisation) is None:
        raise NotRegistered
    audience = command.audience
    offering = Offering(
        code=command.code,
        organisation=command.organisation,
        name=command.name,
        description=command.description,
        needs=[known(n, NEEDS, f"/body/needs/{i}") for i, n in enumerate(command.needs)],
        age_from=audience.age_from,
        age_to=audience.age_to,
        municipalities=[
            known(m, MUNICIPALITIES, f"/body/audience/municipalities/{i}")
            for i, m in enumerate(audience.municipalities)
        ],
        intensity=command.intensity,
        capacity=command.capacity,
    )
    tx.add(offering)
    await publish(tx, offering, offering.published())
    return offering
