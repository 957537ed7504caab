"""Reading the versions of an agreement: what held when, and what changed."""

from datetime import date

from kit.database import Transaction
from kit.problems import Missing
from kit.texts import Language, Text, text
from sharing.codes import AREAS, LETTERS
from sqlalchemy import select

from partners.api.version_views import ChangesView, VersionDocument, VersionView
from partners.api.views import AgreementView
from partners.documents.page import page
from partners.domain.agreement import Agreement
from partners.domain.area import Area
from partners.domain.changes import changes
from partners.domain.organisation import Organisation
from partners.domain.version import Version


async def agreement_on(tx: Transaction, code: str, on: date | None) -> AgreementView:
    """Show an agreement as it stands, or as it held on a day. Raises `Missing`."""
    agreement = await agreement_of(tx, code)
    if on is None:
        return AgreementView.of(agreement)
    status, version = agreement.status_on(on), agreement.version_on(on)
    if status is None:
        raise Missing
    return AgreementView.as_of(agreement, version, status, on)


async def versions_of(tx: Transaction, code: str) -> list[VersionView]:
    """List all versions of an agreement. Raises `Missing`."""
    agreement = await agreement_of(tx, code)
    return [VersionView.of(agreement, version) for version in agreement.versions]


async def version_document(tx: Transaction, code: str, number: int) -> VersionDocument:
    """Show a version with the document that is signed. Raises `Missing`."""
    agreement = await agreement_of(tx, code)
    return VersionDocument.of(agreement, numbered(agreement, number))


async def version_page(tx: Transaction, code: str, number: int, language: Language) -> str:
    """Write a version as a page for people. Raises `Missing`."""
    agreement = await agreement_of(tx, code)
    version = numbered(agreement, number)
    return page(agreement, version, await names(tx), await area_names(tx), language)


async def changes_between(tx: Transaction, code: str, a: int, b: int) -> ChangesView:
    """Compare two versions of an agreement. Raises `Missing`."""
    agreement = await agreement_of(tx, code)
    old, new = numbered(agreement, a), numbered(agreement, b)
    found = changes(old.terms, new.terms, await names(tx))
    return ChangesView(before=a, after=b, effective_on=new.effective_on, changes=found)


async def agreement_of(tx: Transaction, code: str) -> Agreement:
    """Find an agreement. Raises `Missing`."""
    agreement = await tx.get(Agreement, code)
    if agreement is None:
        raise Missing
    return agreement


def numbered(agreement: Agreement, number: int) -> Version:
    """Find a version. Raises `Missing`."""
    if not 1 <= number <= len(agreement.versions):
        raise Missing
    return agreement.versions[number - 1]


async def names(tx: Transaction) -> dict[str, Text]:
    """Give what organisations are called."""
    rows = await tx.scalars(select(Organisation))
    return {organisation.code: organisation.name for organisation in rows}


async def area_names(tx: Transaction) -> dict[str, Text]:
    """Give what areas are called, by the codes that figures have for them."""
    country = {code: text(*called) for code, called in AREAS.items()}
    rows = await tx.scalars(select(Area).where(Area.kind.in_(LETTERS)))
    return country | {f"{LETTERS[area.kind]}{area.code}": area.name for area in rows}
