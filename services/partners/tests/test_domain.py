"""The rules of agreements and offerings, without a database."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from kit.texts import Text
from partners.api.problems import REFUSALS
from partners.domain import errors
from partners.domain.agreement import Agreement
from partners.domain.errors import AlreadySigned, NotAParty, TermOver
from partners.domain.events import FACTS
from partners.domain.lifecycle import Status, status_on
from partners.domain.offering_events import OfferingDrafted
from partners.domain.terms import Terms
from sharing import Agreement as Policy

FIRST, LAST = date(2019, 8, 12), date(2021, 12, 31)
NOW = datetime(2019, 8, 12, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def a_draft(*parties: str) -> Agreement:
    terms = Terms(
        name=Text(fi="Sopimus"),
        parties=parties or ("oulu", "kela"),
        valid_from=FIRST,
        valid_until=LAST,
    )
    return Agreement.of("sopimus", terms)


@pytest.mark.parametrize(
    ("day", "signed", "unsigned"),
    [
        (FIRST - DAY, Status.SIGNED, Status.DRAFT),
        (FIRST, Status.IN_FORCE, Status.DRAFT),
        (LAST, Status.IN_FORCE, Status.DRAFT),
        (LAST + DAY, Status.EXPIRED, Status.EXPIRED),
    ],
)
def test_the_status_is_made_by_signatures_and_the_calendar(
    day: date, signed: Status, unsigned: Status
) -> None:
    term = {"valid_from": FIRST, "valid_until": LAST}
    assert status_on(day, signed_by_all=True, **term) is signed
    assert status_on(day, signed_by_all=False, **term) is unsigned


def test_what_is_shown_as_in_force_is_what_the_sharing_policy_takes_for_in_force() -> None:
    days = [FIRST - DAY, FIRST, LAST, LAST + DAY]
    for signers, day in product([(), ("oulu",), ("kela", "oulu")], days):
        agreement = a_draft()
        for signer in signers:
            agreement.sign(signer, officer="x", at=NOW, on=FIRST)
        policy = Policy(
            code="sopimus",
            parties=frozenset(agreement.parties),
            signed_by=frozenset(agreement.signed_by),
            valid_from=FIRST,
            valid_until=LAST,
        )
        assert policy.in_force(day) is (agreement.status(day) is Status.IN_FORCE)


def test_a_signature_names_party_officer_and_time_and_the_fact_names_the_party_only() -> None:
    agreement = a_draft()
    fact = agreement.sign("kela", officer="f7a1", at=NOW, on=FIRST)
    assert (fact.signatory, fact.signed_by) == ("kela", ("kela",))
    assert "f7a1" not in fact.model_dump_json()
    assert [(s.organisation, s.officer, s.at) for s in agreement.signatures] == [
        ("kela", "f7a1", NOW)
    ]
    assert agreement.waits_for == ["oulu"]


def test_only_a_party_signs_once_and_before_the_term_ends() -> None:
    agreement = a_draft()
    with pytest.raises(NotAParty):
        agreement.sign("te", officer="x", at=NOW, on=FIRST)
    with pytest.raises(TermOver):
        agreement.sign("oulu", officer="x", at=NOW, on=LAST + DAY)
    agreement.sign("oulu", officer="x", at=NOW, on=LAST)
    with pytest.raises(AlreadySigned):
        agreement.sign("oulu", officer="y", at=NOW, on=FIRST)
    assert agreement.signed_by == ["oulu"]


def test_every_fact_but_a_drafts_is_for_everyone_and_named_after_this_service() -> None:
    own = {fact for fact in FACTS if fact.concerns != "everyone"}
    assert own == {OfferingDrafted}  # its provider's alone, until it is published
    assert all(fact.type.startswith("partners.") for fact in FACTS)


def test_every_refusal_of_the_domain_has_its_problem_in_three_languages() -> None:
    refusals = {e for e in vars(errors).values() if getattr(e, "__module__", "") == errors.__name__}
    assert refusals == set(REFUSALS)
    for kind in REFUSALS.values():
        for text in (kind.title, kind.advice):
            assert text.sv
            assert text.en
