"""Areas: municipalities and sub-regions, as the register of areas imports them."""

from kit.database import Transaction
from kit.events import Event
from kit.facts import Heard
from sqlalchemy.dialects.postgresql import insert

from vacancies.domain.copies import AreaCopy
from vacancies.domain.places import MUNICIPALITY, SUB_REGION, Area


class AreaHeard(Heard, Area):
    """What is read of an area."""


async def keep_area(tx: Transaction, said: AreaHeard, event: Event) -> None:
    """Keep the newest state of an area that places are made of."""
    if said.kind not in {MUNICIPALITY, SUB_REGION}:
        return
    row = insert(AreaCopy).values(
        kind=said.kind, code=said.code, revision=event.sequence, area=said.model_dump(mode="json")
    )
    newer = row.on_conflict_do_update(
        index_elements=[AreaCopy.kind, AreaCopy.code],
        set_={"revision": row.excluded.revision, "area": row.excluded.area},
        where=AreaCopy.revision < row.excluded.revision,
    )
    await tx.execute(newer)
