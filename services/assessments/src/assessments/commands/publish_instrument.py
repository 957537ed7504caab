"""Publish a version of an instrument."""

from dataclasses import dataclass

from kit import clock
from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from sqlalchemy.exc import IntegrityError

from assessments.domain.errors import AlreadyPublished, RulesDoNotFit
from assessments.domain.instruments import Instrument
from assessments.domain.publication import Publication
from assessments.rules import RuleBook


@dataclass(frozen=True)
class PublishInstrument:
    """For everyone to use, and never to be changed."""

    organisation: str
    instrument: Instrument


async def publish_instrument(
    tx: Transaction, rules: RuleBook, command: PublishInstrument
) -> Publication:
    """Publish it. Raises `UnknownCode`, `RulesDoNotFit`, `AlreadyPublished`."""
    must_fit(rules, command.instrument)
    publication = Publication.of(command.instrument, publisher=command.organisation, at=clock.now())
    tx.add(publication)
    try:
        await publish(tx, publication, publication.published())
    except IntegrityError as error:  # also where two publish the same version at once
        raise AlreadyPublished from error
    return publication


def must_fit(rules: RuleBook, instrument: Instrument) -> None:
    """Refuse rules that are not there, or that this instrument would never let fire."""
    if instrument.rules is None:
        return
    table = rules.table(known(instrument.rules, rules.codes, "/body/rules"))
    misfits = table.misfits(instrument)
    if misfits:
        raise RulesDoNotFit(misfits=misfits)
