"""Reading the catalogue in the standard's words: what is found, counted and shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kit.database import Transaction
from kit.problems import Missing
from sqlalchemy import ColumnElement, Select, and_, exists, false, func, select, true, type_coerce
from sqlalchemy.dialects.postgresql import JSONB

from partners.commands.find import municipality_names
from partners.domain.catalogue import Capacity, Service
from partners.domain.copies import SeatsCopy
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStatus
from partners.domain.organisation import Organisation
from partners.hsds.identity import first_half, organization_id
from partners.hsds.taxonomies import Taxonomies, Taxonomy, municipalities
from partners.hsds.writing import Listed, Partner
from partners.queries.offerings import WITH_SEATS

SHOWN = Offering.status != OfferingStatus.DRAFT
SPOTS = func.jsonb_array_length(Offering.places) + func.jsonb_array_length(Offering.channels)


@dataclass(frozen=True)
class Sought:
    """The filters of the standard's API: what is found fulfils all that are given."""

    search: str | None = None
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: datetime | None = None


async def conditions(tx: Transaction, sought: Sought) -> ColumnElement[bool]:
    """Say what an offering must fulfil."""
    found = [SHOWN, *(holds(word, texts()) for word in (sought.search or "").split())]
    if sought.taxonomy_term_id is not None:
        found.append(of_term(await taxonomies(tx), sought.taxonomy_term_id))
    if sought.taxonomy_id is not None:
        found.append(of_taxonomy(await taxonomies(tx), sought.taxonomy_id))
    if sought.organization_id is not None:
        partner = await partner_by_id(tx, sought.organization_id)
        found.append(Offering.organisation == partner.code if partner else false())
    if sought.modified_after is not None:
        found.append(Offering.changed_at >= sought.modified_after)
    return and_(*found)


def texts() -> ColumnElement[str]:
    """Give all that an offering is called and said to be, in all languages."""
    return spoken(Offering.name, Offering.description)


def spoken(*columns: Any) -> ColumnElement[str]:
    """Join the languages of texts."""
    each = (func.jsonb_extract_path_text(c, code) for c in columns for code in ("fi", "sv", "en"))
    return func.concat_ws(" ", *each)


def holds(word: str, said: ColumnElement[str]) -> ColumnElement[bool]:
    """Say whether a word occurs, whatever the case of its letters."""
    return said.icontains(word, autoescape=True)


async def taxonomies(tx: Transaction) -> Taxonomies:
    """Give the code sets as they are now."""
    return Taxonomies(municipalities(await municipality_names(tx)))


def of_term(sets: Taxonomies, id_: UUID) -> ColumnElement[bool]:
    """Say whether an offering has a link to a term; none has one to a term that nobody knows."""
    named = sets.term_by_id(str(id_))
    if named is None:
        return false()
    taxonomy, code = named
    match taxonomy.code:
        case "needs" | "situations" | "municipalities" | "languages":
            column = getattr(Offering, taxonomy.code)
            return column.contains([code])  # type: ignore[no-any-return]
        case "access" | "intensity":
            return getattr(Offering, taxonomy.code) == code  # type: ignore[no-any-return]
        case "channels":
            return type_coerce(Offering.channels, JSONB).contains([{"kind": code}])
        case _:
            return false()


def of_taxonomy(sets: Taxonomies, id_: UUID) -> ColumnElement[bool]:
    """Say whether an offering has a link to any term of a taxonomy."""
    found = sets.by_id(str(id_))
    match found and found.code:
        case "situations" | "municipalities" | "languages" as code:
            return getattr(Offering, code) != []  # type: ignore[no-any-return]
        case "channels":
            return func.jsonb_array_length(Offering.channels) > 0
        case "needs" | "access" | "intensity":
            return true()
        case _:
            return false()


async def counted(tx: Transaction, query: Select[Any]) -> int:
    """Count what a query finds."""
    return await tx.scalar(select(func.count()).select_from(query.subquery())) or 0


async def partner_by_id(tx: Transaction, id_: UUID) -> Partner | None:
    """Find a partner by its id in the standard."""
    codes = (await tx.scalars(select(Organisation.code))).all()
    code = next((code for code in codes if organization_id(code) == id_), None)
    return None if code is None else (await partners_of(tx, [code]))[code]


async def partners_of(tx: Transaction, codes: Iterable[str]) -> dict[str, Partner]:
    """Give partners by their codes."""
    query = select(Organisation).where(Organisation.code.in_(list(codes)))
    return {o.code: partner(o) for o in (await tx.scalars(query)).all()}


def partner(organisation: Organisation) -> Partner:
    """Tell of a partner what the standard has words for."""
    return Partner(organisation.code, organisation.name, organisation.business_id)


async def listed(tx: Transaction, query: Select[Offering, SeatsCopy]) -> Sequence[Listed]:
    """Show the offerings that a query finds, in its order."""
    rows = (await tx.execute(query)).all()
    providers = await partners_of(tx, {offering.organisation for offering, _ in rows})
    there = (await taxonomies(tx)).municipalities
    return [shown(o, seats, providers[o.organisation], there) for o, seats in rows]


def shown(
    offering: Offering, seats: SeatsCopy | None, provider: Partner, there: Taxonomy
) -> Listed:
    """Show an offering; one that is paused has room for when it goes on."""
    gone = seats.taken + seats.held if seats else 0
    left = offering.capacity - offering.taken_elsewhere - gone
    return Listed(
        id=offering.directory_id,
        provider=provider,
        status=OfferingStatus(offering.status),
        service=offering.stated(Service),
        capacity=offering.stated(Capacity),
        available=max(left, 0),
        confirmed_at=offering.confirmed_at,
        changed_at=offering.changed_at,
        municipalities=there,
    )


async def services(
    tx: Transaction, sought: Sought, skip: int, most: int
) -> tuple[Sequence[Listed], int]:
    """Give a page of the services that fulfil all filters, and how many do."""
    condition = await conditions(tx, sought)
    total = await counted(tx, select(Offering.code).where(condition))
    page = WITH_SEATS.where(condition).order_by(Offering.code).offset(skip).limit(most)
    return await listed(tx, page), total


async def one_service(tx: Transaction, id_: UUID) -> Listed:
    """Show a service. Raises `Missing`."""
    found = await listed(tx, WITH_SEATS.where(SHOWN, Offering.directory_id == id_))
    if not found:
        raise Missing
    return found[0]


async def spots(
    tx: Transaction, sought: Sought, skip: int, most: int
) -> tuple[Sequence[tuple[Listed, int]], int]:
    """Give a page of services at locations: a service with the number of its location."""
    condition = await conditions(tx, sought)
    series = func.generate_series(0, SPOTS - 1).table_valued("number").render_derived()
    every = select(Offering.code, series.c.number).join(series, true()).where(condition)
    total = await counted(tx, every)
    page = (
        await tx.execute(every.order_by(Offering.code, series.c.number).offset(skip).limit(most))
    ).all()
    codes = {code for code, _ in page}
    rows = await listed(tx, WITH_SEATS.where(Offering.code.in_(codes)).order_by(Offering.code))
    whole = dict(zip(sorted(codes), rows, strict=True))
    return [(whole[code], number) for code, number in page], total


async def of_spot(tx: Transaction, id_: UUID) -> Sequence[Listed]:
    """Give the services that may be the one at a location: those with the same half of an id."""
    return await listed(
        tx, WITH_SEATS.where(SHOWN, Offering.directory_id.between(*first_half(id_)))
    )


async def organizations(
    tx: Transaction, sought: Sought, skip: int, most: int
) -> tuple[Sequence[Partner], int]:
    """Give a page of the partners, and how many there are; with terms, those that offer such."""
    said = spoken(Organisation.name)
    found: list[ColumnElement[bool]] = [holds(w, said) for w in (sought.search or "").split()]
    if sought.taxonomy_term_id or sought.taxonomy_id:
        theirs = Offering.organisation == Organisation.code
        terms = Sought(taxonomy_term_id=sought.taxonomy_term_id, taxonomy_id=sought.taxonomy_id)
        found.append(exists().where(theirs, await conditions(tx, terms)))
    query = select(Organisation).where(*found)
    total = await counted(tx, query)
    page = query.order_by(Organisation.code).offset(skip).limit(most)
    return [partner(each) for each in (await tx.scalars(page)).all()], total


async def offers(tx: Transaction, partners: Iterable[Partner]) -> dict[str, list[Listed]]:
    """Give what each of some partners offers, by the partner's code."""
    found: dict[str, list[Listed]] = {partner.code: [] for partner in partners}
    theirs = WITH_SEATS.where(SHOWN, Offering.organisation.in_(found)).order_by(Offering.code)
    for each in await listed(tx, theirs):
        found[each.provider.code].append(each)
    return found
