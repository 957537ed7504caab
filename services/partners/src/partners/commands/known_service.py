"""The codes that an offering names: each must be one."""

from collections.abc import Collection, Iterable

from kit.codes import known
from kit.database import Transaction
from sharing.codes import NEEDS
from sqlalchemy import select

from partners.commands.find import municipality_codes
from partners.domain.agreement import Agreement
from partners.domain.catalogue import Capacity, Service
from partners.domain.catalogue_codes import CHANNELS, LANGUAGES, SITUATIONS, UNITS


async def must_name_known_codes(tx: Transaction, service: Service, organisation: str) -> None:
    """Check every code that a service names. Raises `UnknownCode` at the first that is none."""
    audience, there = service.audience, await municipality_codes(tx)
    each_known("/body/needs/{}", service.needs, NEEDS)
    each_known("/body/audience/municipalities/{}", audience.municipalities, there)
    each_known("/body/audience/situations/{}", audience.situations, SITUATIONS)
    each_known("/body/audience/languages/{}", audience.languages, LANGUAGES)
    each_known("/body/channels/{}/kind", [channel.kind for channel in service.channels], CHANNELS)
    places = [place.municipality for place in service.places]
    each_known("/body/places/{}/municipality", places, there)
    if service.theme is not None:
        known(service.theme, await themes_of(tx, organisation), "/body/theme")


def must_name_known_unit(capacity: Capacity) -> None:
    """Check in what seats are counted. Raises `UnknownCode`."""
    known(capacity.capacity_unit, UNITS, "/body/capacity_unit")


def each_known(pointer: str, codes: Iterable[str], among: Collection[str]) -> None:
    """Raise `UnknownCode` at the first code that is not in its set."""
    for i, code in enumerate(codes):
        known(code, among, pointer.format(i))


async def themes_of(tx: Transaction, organisation: str) -> frozenset[str]:
    """Give the themes of all agreements to which an organisation is a party."""
    agreed = [agreement.ruling.terms for agreement in await tx.scalars(select(Agreement))]
    own = [terms.themes for terms in agreed if organisation in terms.parties]
    return frozenset(theme.code for themes in own for theme in themes)
