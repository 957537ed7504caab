"""What people call organisations and offerings; and how many seats an offering has at most."""

from datetime import date

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from kit.texts import Text
from sharing.codes import LETTERS
from sqlalchemy.dialects.postgresql import insert

from metrics.domain.copies import NameCopy
from metrics.domain.measures import AREA, MUNICIPALITY
from metrics.domain.projections import Kind, OrganisationEnd
from metrics.reactions.moving import stands


class OrganisationHeard(Heard):
    """What is read of an organisation."""

    code: str
    name: Text
    ends_on: date | None = None


class AreaHeard(Heard):
    """What is read of an area of an official set."""

    kind: str
    code: str
    name: Text


class OfferingHeard(Heard):
    """What is read of an offering."""

    code: str
    name: Text
    capacity: int


class OfferingEnded(Heard):
    """What is read of an offering that is no longer there."""

    code: str


async def keep_organisation(tx: Transaction, said: OrganisationHeard, event: Event) -> None:
    """Keep its name, as an end of referrals, and its last day."""
    await keep_name(tx, "recipient", said.code, said.name, event)
    await keep_name(tx, "responsible", said.code, said.name, event)
    row = insert(OrganisationEnd).values(
        code=said.code, revision=event.sequence, ends_on=said.ends_on
    )
    newer = row.on_conflict_do_update(
        index_elements=[OrganisationEnd.code],
        set_={"revision": row.excluded.revision, "ends_on": row.excluded.ends_on},
        where=OrganisationEnd.revision < row.excluded.revision,
    )
    await tx.execute(newer)


async def keep_area(tx: Transaction, said: AreaHeard, event: Event) -> None:
    """Keep what an imported area is called, by the code that figures have for it."""
    if said.kind == MUNICIPALITY.code:
        await keep_name(tx, MUNICIPALITY.code, said.code, said.name, event)
    if letters := LETTERS.get(said.kind):
        await keep_name(tx, AREA.code, f"{letters}{said.code}", said.name, event)


async def keep_offering(tx: Transaction, said: OfferingHeard, event: Event) -> None:
    """Keep its name, and how many seats are declared from now on."""
    await keep_name(tx, "offering", said.code, said.name, event)
    await stands(tx, Kind.SEATS_MAXIMUM, event, said.code, said.capacity)


async def close_offering(tx: Transaction, said: OfferingEnded, event: Event) -> None:
    """Count its seats no more; it keeps its name, for what was."""
    await stands(tx, Kind.SEATS_MAXIMUM, event, said.code, 0)


async def keep_name(tx: Transaction, dimension: str, code: str, name: Text, event: Event) -> None:
    """Keep a name unless a later one is known: two agreements may name the same pilot."""
    row = insert(NameCopy).values(
        dimension=dimension, code=code, at=event.time, name=name.model_dump()
    )
    newer = row.on_conflict_do_update(
        index_elements=[NameCopy.dimension, NameCopy.code],
        set_={"at": row.excluded.at, "name": row.excluded.name},
        where=NameCopy.at < row.excluded.at,
    )
    await tx.execute(newer)
