"""Lay an agreement before its parties."""

from collections.abc import Collection
from dataclasses import dataclass

from kit.codes import known
from kit.database import Transaction
from kit.outbox import publish
from sharing.codes import AREAS

from partners.commands.find import must_be_free, organisation_codes
from partners.domain.agreement import Agreement
from partners.domain.terms import Terms


@dataclass(frozen=True)
class DraftAgreement:
    """What the parties will sign."""

    code: str
    terms: Terms


async def draft_agreement(tx: Transaction, command: DraftAgreement) -> Agreement:
    """Lay an agreement before its parties. Raises `CodeTaken`, `UnknownCode`."""
    await must_be_free(tx, Agreement, command.code)
    must_name_known(command.terms, await organisation_codes(tx))
    agreement = Agreement.of(command.code, command.terms)
    tx.add(agreement)
    await publish(tx, agreement, agreement.drafted())
    return agreement


def must_name_known(terms: Terms, registered: Collection[str]) -> None:
    """Check that parties are registered, areas official, and that all else names what is here."""
    themes = [theme.code for theme in terms.themes]
    each_known("/body/parties/{}", terms.parties, registered)
    each_known("/body/themes/{}/lead", [theme.lead for theme in terms.themes], terms.parties)
    each_known("/body/pilots/{}/theme", [pilot.theme for pilot in terms.pilots], themes)
    each_known("/body/pilots/{}/owner", [pilot.owner for pilot in terms.pilots], terms.parties)
    for i, goal in enumerate(terms.goals):
        if goal.area is not None:
            known(goal.area, AREAS, f"/body/goals/{i}/area")
    for i, clause in enumerate(terms.sharing):
        for side, named in (("from", clause.giver), ("to", clause.receiver)):
            if named != "all":
                pointer = f"/body/sharing/{i}/{side}"
                each_known(pointer, sorted(named), terms.parties)


def each_known(pointer: str, codes: Collection[str], among: Collection[str]) -> None:
    """Raise `UnknownCode` at the first code that is not in its set."""
    for i, code in enumerate(codes):
        known(code, among, pointer.format(i))
