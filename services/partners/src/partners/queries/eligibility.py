"""Reading decision tables, and asking them."""

from collections.abc import Mapping

from kit.codes import known
from kit.database import Transaction
from kit.problems import Missing

from partners.commands.find import municipality_names
from partners.domain.eligibility import EligibilityTable
from partners.domain.errors import NotAValue
from partners.domain.offering import Offering
from partners.domain.offering_lifecycle import OfferingStatus
from partners.eligibility.check import Answer
from partners.eligibility.fields import Value, fields_with
from partners.eligibility.jdm import Document
from partners.eligibility.report import Report
from partners.eligibility.table import rules_of, whole


async def shown_offering(tx: Transaction, code: str, reader: str) -> Offering:
    """Find an offering that a reader may know. Raises `Missing`."""
    offering = await tx.get(Offering, code)
    if offering is None:
        raise Missing
    if offering.status == OfferingStatus.DRAFT and offering.organisation != reader:
        raise Missing
    return offering


async def table_of(tx: Transaction, code: str, version: int | None) -> EligibilityTable:
    """Find a version of an offering's table. Raises `Missing`."""
    table = None if version is None else await tx.get(EligibilityTable, (code, version))
    if table is None:
        raise Missing
    return table


async def report(tx: Transaction, offering: Offering, document: Document) -> Report:
    """Look a table through, among the clients whom an offering is for.

    Raises `UnknownCode`, `MalformedTable`, `TableTooWide`.
    """
    fields = fields_with(await municipality_names(tx))
    return Report.of(offering.audience, rules_of(document, fields), fields)


async def check(tx: Transaction, offering: Offering, given: Mapping[str, Value]) -> Answer:
    """Ask whether a client may get in. Raises `UnknownCode`, `NotAValue`."""
    fields = fields_with(await municipality_names(tx))
    for name, value in given.items():
        field = fields[known(name, fields, f"/body/given/{name}")]
        if not field.takes(value):
            raise NotAValue(pointer=f"/body/given/{name}", kind=field.kind)
    version = offering.eligibility_version
    table = version and await table_of(tx, offering.code, version)
    rules = rules_of(table.document, fields) if table else None
    return Answer.of(whole(offering.audience, rules, fields), given)
