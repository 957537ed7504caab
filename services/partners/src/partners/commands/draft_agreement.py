"""Begin an agreement, or change the words of a draft."""

from collections.abc import Collection
from dataclasses import dataclass

from kit import clock
from kit.codes import known
from kit.database import Transaction
from kit.facts import MOST_BYTES
from kit.outbox import publish
from sharing.agreements import KIND
from sharing.codes import AREAS, LETTERS
from sqlalchemy import select

from partners.commands.find import found, must_be_at, must_be_free
from partners.domain.agreement import Agreement
from partners.domain.agreement_events import AgreementFact
from partners.domain.agreement_terms import Terms
from partners.domain.area import Area, AreaKind
from partners.domain.errors import AgreementTooLong
from partners.domain.organisation import Organisation
from partners.domain.register import Kind

# Kinds of party, as a clause names them.
SIDES = frozenset(f"{KIND}{kind}" for kind in Kind)


@dataclass(frozen=True)
class DraftAgreement:
    """What the parties will sign; which agreement it renews; how long before its end to warn."""

    code: str
    terms: Terms
    renews: str | None = None
    warn_days: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReviseDraft:
    """Other words for what is not proposed yet."""

    code: str
    terms: Terms
    expected: int


async def draft_agreement(tx: Transaction, command: DraftAgreement) -> Agreement:
    """Begin an agreement. Raises `CodeTaken`, `UnknownCode`, `AgreementTooLong`."""
    await must_be_free(tx, Agreement, command.code)
    if command.renews is not None:
        known(command.renews, (await tx.scalars(select(Agreement.code))).all(), "/body/renews")
    kinds = await must_name_known(tx, command.terms)
    agreement, fact = Agreement.drafted(
        command.code,
        command.terms,
        kinds,
        on=clock.today(),
        renews=command.renews,
        warn_days=command.warn_days,
    )
    must_fit(fact)
    tx.add(agreement)
    await publish(tx, agreement, fact)
    return agreement


async def revise_draft(tx: Transaction, command: ReviseDraft) -> Agreement:
    """Change the words of a draft; the same words say nothing new.

    Raises `Missing`, `Stale`, `IllegalStep`, `UnknownCode`, `AgreementTooLong`.
    """
    agreement = await found(tx, Agreement, command.code)
    must_be_at(agreement, command.expected)
    kinds = await must_name_known(tx, command.terms)
    fact = agreement.revise(command.terms, kinds, on=clock.today())
    must_fit(fact)
    if tx.is_modified(agreement):
        await publish(tx, agreement, fact)
    return agreement


async def must_name_known(tx: Transaction, terms: Terms) -> dict[str, str]:
    """Check that parties are registered, areas official, and that all else names what is here.

    Returns the parties' kinds. Raises `UnknownCode`.
    """
    rows = await tx.execute(select(Organisation.code, Organisation.kind))
    kinds = {code: str(kind) for code, kind in rows}
    each_known("/body/parties/{}", terms.parties, kinds)
    must_name_own(terms)
    await must_name_places(tx, terms)
    return {party: kinds[party] for party in terms.parties}


def must_fit(fact: AgreementFact) -> None:
    """Leave room in a fact for what is to come: signatures, notices. Raises `AgreementTooLong`."""
    if len(fact.model_dump_json(by_alias=True).encode()) > MOST_BYTES * 3 // 4:
        raise AgreementTooLong


def must_name_own(terms: Terms) -> None:
    """Check that leads, owners, themes and sharing clauses name what the agreement has."""
    themes = [theme.code for theme in terms.themes]
    each_known("/body/themes/{}/lead", [theme.lead for theme in terms.themes], terms.parties)
    each_known("/body/pilots/{}/theme", [pilot.theme for pilot in terms.pilots], themes)
    each_known("/body/pilots/{}/owner", [pilot.owner for pilot in terms.pilots], terms.parties)
    each_known("/body/commitments/{}/party", [c.party for c in terms.commitments], terms.parties)
    each_known("/body/commitments/{}/theme", [c.theme for c in terms.commitments], themes)
    for i, clause in enumerate(terms.sharing):
        for side, named in (("from", clause.giver), ("to", clause.receiver)):
            if named != "all":
                each_known(f"/body/sharing/{i}/{side}", sorted(named), SIDES | {*terms.parties})
        if clause.theme is not None:
            known(clause.theme, themes, f"/body/sharing/{i}/theme")


async def must_name_places(tx: Transaction, terms: Terms) -> None:
    """Check the areas of goals and the municipalities of pilots; imported ones are known too."""
    rows = (await tx.execute(select(Area.kind, Area.code).where(Area.kind.in_(LETTERS)))).all()
    areas = {*AREAS, *(f"{LETTERS[kind]}{code}" for kind, code in rows)}
    for i, goal in enumerate(terms.goals):
        if goal.area is not None:
            known(goal.area, areas, f"/body/goals/{i}/area")
    municipalities = {code for kind, code in rows if kind == AreaKind.MUNICIPALITY}
    for i, pilot in enumerate(terms.pilots):
        places = pilot.cohort.municipalities if pilot.cohort else ()
        each_known(f"/body/pilots/{i}/cohort/municipalities/{{}}", places, municipalities)


def each_known(pointer: str, codes: Collection[str], among: Collection[str]) -> None:
    """Raise `UnknownCode` at the first code that is not in its set."""
    for i, code in enumerate(codes):
        known(code, among, pointer.format(i))
