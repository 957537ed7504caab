"""The life of an agreement by its table, its signatures and the calendar, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest
import rfc8785
from kit.problems import IllegalStep
from kit.texts import Text
from partners.domain.agreement import Agreement
from partners.domain.agreement_events import (
    AgreementBegan,
    AgreementExpired,
    AgreementExpiring,
    AgreementFact,
    AgreementTerminated,
)
from partners.domain.agreement_terms import Terms
from partners.domain.errors import AlreadySigned, DocumentDiffers, NotAParty, TermOver
from partners.domain.lifecycle import LIFECYCLE, Role, Status, Step
from sharing import Agreement as Policy

FIRST, LAST = date(2019, 8, 12), date(2021, 12, 31)
NOW = datetime(2019, 8, 12, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KINDS = {"oulu": "city", "kela": "kela"}


def terms(**changes: object) -> Terms:
    words = {
        "name": Text(fi="Sopimus"), "parties": ("oulu", "kela"),
        "valid_from": FIRST, "valid_until": LAST, **changes,
    }  # fmt: skip
    return Terms.model_validate(words)


def a_draft(*warn_days: int, **changes: object) -> Agreement:
    agreement, _ = Agreement.drafted(
        "sopimus", terms(**changes), KINDS, on=FIRST - 100 * DAY, warn_days=warn_days
    )
    return agreement


def a_proposal(*warn_days: int, **changes: object) -> Agreement:
    agreement = a_draft(*warn_days, **changes)
    agreement.propose(on=FIRST - 90 * DAY)
    return agreement


def sign(agreement: Agreement, by: str, on: date = FIRST, sha256: str | None = None) -> None:
    agreement.sign(by, officer="x", at=NOW, on=on, sha256=sha256)


def concluded(*warn_days: int, on: date = FIRST - DAY, **changes: object) -> Agreement:
    agreement = a_proposal(*warn_days, **changes)
    sign(agreement, "oulu", on)
    sign(agreement, "kela", on)
    return agreement


def told(agreement: Agreement, on: date) -> list[AgreementFact]:
    """Let the calendar do all that it asks for by a day."""
    facts = []
    while (fact := agreement.advance(on)) is not None:
        facts.append(fact)
    return facts


# Written apart from the code: who may take which step, where it leads. All else is illegal.
ROWS = """
    draft      revise     coordinator  draft
    draft      propose    coordinator  proposed
    draft      withdraw   coordinator  withdrawn
    proposed   withdraw   coordinator  withdrawn
    proposed   sign       party        proposed
    proposed   conclude   last_party   signed
    signed     begin      calendar     in_force
    signed     amend      coordinator  signed
    in_force   amend      coordinator  in_force
    in_force   terminate  coordinator  in_force
    in_force   supersede  calendar     superseded
    in_force   expire     calendar     expired
    in_force   end        calendar     terminated
"""


def test_the_lifecycle_is_the_agreed_table_and_nothing_else_is_legal() -> None:
    table = {(at, step, by): to for at, step, by, to in map(str.split, ROWS.split("\n")[1:-1])}
    for status in Status:
        for step in Step:
            for role in Role:
                expected = table.get((status, step, role))
                if expected is None:
                    with pytest.raises(IllegalStep):
                        LIFECYCLE.take(status, step, role)
                else:
                    assert LIFECYCLE.take(status, step, role).status == expected


def test_it_begins_on_its_first_day_and_ends_after_its_last() -> None:
    agreement = concluded()
    assert (agreement.status, agreement.due_on) == (Status.SIGNED, FIRST)
    assert agreement.advance(FIRST - DAY) is None
    assert isinstance(agreement.advance(FIRST), AgreementBegan)
    assert agreement.due_on == LAST + DAY
    assert agreement.advance(LAST) is None
    assert agreement.status is Status.IN_FORCE
    assert isinstance(agreement.advance(LAST + DAY), AgreementExpired)
    assert (agreement.status, agreement.due_on) == (Status.EXPIRED, None)
    assert agreement.advance(LAST + 1000 * DAY) is None


def test_an_agreement_that_was_signed_late_begins_on_the_day_of_the_last_signature() -> None:
    agreement = concluded(on=FIRST + 5 * DAY)
    assert agreement.due_on == FIRST + 5 * DAY


def test_what_was_missed_is_done_once_in_the_order_of_its_days_and_dated_by_them() -> None:
    agreement = concluded(90, 30)
    assert [type(fact) for fact in told(agreement, LAST + 40 * DAY)] == [
        AgreementBegan,
        AgreementExpired,
    ]
    assert [(s.status, s.on) for s in agreement.stations] == [
        (Status.DRAFT, FIRST - 100 * DAY), (Status.PROPOSED, FIRST - 90 * DAY),
        (Status.SIGNED, FIRST - DAY), (Status.IN_FORCE, FIRST), (Status.EXPIRED, LAST + DAY),
    ]  # fmt: skip
    assert told(agreement, LAST + 40 * DAY) == []


@pytest.mark.parametrize(("days", "notice"), [(90, 90), (30, 30), (7, 7)])
def test_the_end_is_told_beforehand_once_for_each_notice(days: int, notice: int) -> None:
    agreement = concluded(90, 30, 7)
    told(agreement, LAST - (days + 1) * DAY)
    (fact,) = told(agreement, LAST - days * DAY)
    assert isinstance(fact, AgreementExpiring)
    assert (fact.notice, fact.days_left) == (notice, days)
    assert told(agreement, LAST - days * DAY) == []


def test_of_notices_that_were_missed_the_last_alone_is_given() -> None:
    agreement = concluded(90, 30, 7)
    told(agreement, FIRST)
    (fact,) = told(agreement, LAST - 10 * DAY)
    assert isinstance(fact, AgreementExpiring)
    assert (fact.notice, fact.days_left) == (30, 10)
    assert agreement.due_on == LAST - 7 * DAY


def test_an_agreement_without_notices_only_ends() -> None:
    agreement = concluded()
    told(agreement, FIRST)
    assert told(agreement, LAST) == []


def test_a_terminated_agreement_ends_after_its_last_day_and_warns_of_that_day() -> None:
    agreement, last = concluded(90), LAST - 200 * DAY
    told(agreement, FIRST)
    noted = agreement.terminate(last, Text(fi="Yhdessä päätetty"), on=FIRST)
    assert (noted.terminated_after, noted.valid_until) == (last, last)
    (warned,) = told(agreement, last)
    assert isinstance(warned, AgreementExpiring)
    (ended,) = told(agreement, last + DAY)
    assert isinstance(ended, AgreementTerminated)
    assert (ended.status, ended.valid_until) == (Status.TERMINATED, last)


def test_it_is_terminated_only_within_its_term_and_not_in_the_past() -> None:
    agreement = concluded()
    with pytest.raises(IllegalStep):
        agreement.terminate(LAST, Text(fi="Syy"), on=FIRST - DAY)
    told(agreement, FIRST)
    for last in (FIRST - DAY, LAST + DAY):
        with pytest.raises(TermOver):
            agreement.terminate(last, Text(fi="Syy"), on=FIRST)
    assert agreement.termination is None


def test_what_is_in_force_here_is_what_the_sharing_policy_takes_for_in_force() -> None:
    for signers in [(), ("oulu",), ("kela", "oulu")]:
        agreement = a_proposal()
        for signer in signers:
            sign(agreement, signer)
        for day in (FIRST - DAY, FIRST, LAST, LAST + DAY):
            told(agreement, day)
            policy = Policy(
                code="sopimus",
                parties=frozenset(agreement.ruling.terms.parties),
                signed_by=frozenset(agreement.ruling.signed_by),
                valid_from=FIRST,
                valid_until=LAST,
            )
            assert policy.in_force(day) is (agreement.status is Status.IN_FORCE)


def test_a_signature_is_bound_to_the_document_and_the_fact_names_the_party_only() -> None:
    agreement = a_proposal()
    document = agreement.document(agreement.ruling)
    bound = agreement.sha256(agreement.ruling)
    fact = agreement.sign("kela", officer="f7a1", at=NOW, on=FIRST, sha256=bound)
    assert (fact.signatory, fact.signed_by) == ("kela", ("kela",))
    assert "f7a1" not in fact.model_dump_json()
    (signature,) = agreement.ruling.signatures
    assert (signature.officer, signature.at, signature.sha256) == ("f7a1", NOW, bound)
    assert agreement.ruling.waits_for == ("oulu",)
    assert agreement.document(agreement.ruling) == document
    with pytest.raises(DocumentDiffers):
        sign(agreement, "oulu", sha256="0" * 64)


def test_other_words_are_another_document() -> None:
    one, other = a_draft(), a_draft(vision=Text(fi="Näky"))
    assert one.sha256(one.ruling) != other.sha256(other.ruling)
    assert one.sha256(one.ruling) == a_draft().sha256(a_draft().ruling)


def test_what_nobody_wrote_is_not_in_the_document() -> None:
    """So a term that agreements learn later does not change what was signed before."""
    written = rfc8785.dumps(a_draft().document(a_draft().ruling)).decode()
    assert written == (
        '{"agreement":"sopimus","effective_on":"2019-08-12",'
        '"party_kinds":{"kela":"kela","oulu":"city"},"renews":null,'
        '"terms":{"name":{"fi":"Sopimus"},"parties":["oulu","kela"],'
        '"valid_from":"2019-08-12","valid_until":"2021-12-31"},"version":1}'
    )


def test_only_a_party_signs_once_what_is_proposed_and_before_the_term_ends() -> None:
    with pytest.raises(IllegalStep):
        sign(a_draft(), "oulu")
    agreement = a_proposal()
    with pytest.raises(NotAParty):
        sign(agreement, "te")
    with pytest.raises(TermOver):
        sign(agreement, "oulu", LAST + DAY)
    sign(agreement, "oulu", LAST)
    with pytest.raises(AlreadySigned):
        sign(agreement, "oulu")
    assert agreement.ruling.signed_by == ("oulu",)


def test_a_proposal_is_neither_revised_nor_a_signed_agreement_withdrawn() -> None:
    agreement = a_proposal()
    with pytest.raises(IllegalStep):
        agreement.revise(terms(), KINDS, on=FIRST)
    sign(agreement, "oulu")
    sign(agreement, "kela")
    with pytest.raises(IllegalStep):
        agreement.withdraw(on=FIRST)
