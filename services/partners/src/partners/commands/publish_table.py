"""Publish who may get in, as a decision table, after what is doubtful in it was told."""

from dataclasses import dataclass

from kit import clock
from kit.database import Transaction
from kit.outbox import publish

from partners.commands.find import municipality_names
from partners.commands.find_offering import own_offering
from partners.domain.eligibility import EligibilityTable
from partners.domain.errors import FindingsNotAccepted
from partners.domain.offering import Offering
from partners.eligibility.fields import fields_with
from partners.eligibility.jdm import Document
from partners.eligibility.report import Report
from partners.eligibility.table import rules_of


@dataclass(frozen=True)
class PublishTable:
    """The table; `accepted`: its overlaps and gaps are meant."""

    code: str
    organisation: str
    expected: int
    document: Document
    accepted: bool


async def publish_table(tx: Transaction, command: PublishTable) -> Offering:
    """Publish the next version. Raises `Missing`, `NotTheProvider`, `Stale`, `IllegalStep`,
    `UnknownCode`, `MalformedTable`, `TableTooWide`, `FindingsNotAccepted`.
    """
    offering = await own_offering(tx, command.code, command.organisation, command.expected)
    fields = fields_with(await municipality_names(tx))
    report = Report.of(offering.audience, rules_of(command.document, fields), fields)
    if not (report.clean or command.accepted):
        raise FindingsNotAccepted(report=report.model_dump(mode="json"))
    now = clock.now()
    await publish(tx, offering, offering.publish_table(now))
    table = EligibilityTable(
        offering=offering.code,
        version=offering.eligibility_version,
        document=command.document,
        published_at=now,
    )
    tx.add(table)
    return offering
