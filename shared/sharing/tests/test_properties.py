"""What holds for every agreement and every exchange."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sharing import Agreement, Clause, Exchange, Verdict, Version, decide, rehearse
from sharing.codes import DataClass, Purpose

ORGANISATIONS = ["city", "council", "office", "kela", "stranger"]
DAY = date(2026, 1, 1)


def numbered(versions: list[Version]) -> tuple[Version, ...]:
    return tuple(v.model_copy(update={"number": n}) for n, v in enumerate(versions, start=1))


def with_clauses(agreement: Agreement, day: date, clauses: Iterable[Clause]) -> Agreement:
    """Give the agreement with other clauses in the version that rules on a day."""
    ruling = agreement.at(day)
    changed = ruling.model_copy(update={"sharing": tuple(clauses)})
    versions = tuple(changed if v.number == ruling.number else v for v in agreement.versions)
    return agreement.model_copy(update={"versions": versions, "sharing": tuple(clauses)})


organisations = st.sampled_from(ORGANISATIONS)
days = st.integers(-3, 3).map(lambda n: DAY + timedelta(days=n))
themes = st.none() | st.sampled_from(["ohjaamo", "businessasema"])
names = st.sampled_from([*ORGANISATIONS, "kind:city", "kind:te_office"])
sides = st.just("all") | st.frozensets(names, min_size=1)
clauses = st.fixed_dictionaries(
    {
        "code": st.from_regex(r"[a-z]{1,3}", fullmatch=True),
        "purpose": st.sampled_from(Purpose),
        "data_classes": st.frozensets(st.sampled_from(DataClass), min_size=1),
        "from": sides,
        "to": sides,
        "theme": themes,
        "first_day": st.none() | days,
        "last_day": st.none() | days,
    }
).map(Clause.model_validate)
versions = st.builds(
    Version,
    number=st.just(1),
    effective_on=days,
    concluded_on=st.none() | days,
    parties=st.frozensets(organisations, min_size=1) | st.just(frozenset(ORGANISATIONS)),
    party_kinds=st.just({"city": "city", "office": "te_office"}),
    valid_from=days,
    valid_until=days,
    sharing=st.lists(clauses, max_size=4).map(tuple),
)
agreements = st.builds(
    Agreement,
    code=st.from_regex(r"[a-z]{1,3}", fullmatch=True),
    parties=st.frozensets(organisations, min_size=1),
    signed_by=st.frozensets(organisations) | st.just(frozenset(ORGANISATIONS)),
    valid_from=days,
    valid_until=days,
    sharing=st.lists(clauses, max_size=4).map(tuple),
    versions=st.lists(versions, max_size=3).map(numbered),
    terminated_after=st.none() | days,
)
several = st.lists(agreements, max_size=3, unique_by=lambda agreement: agreement.code)
exchanges = st.builds(
    Exchange,
    giver=organisations,
    receiver=organisations,
    purpose=st.sampled_from(Purpose),
    data_class=st.sampled_from(DataClass),
    on=days,
    theme=themes,
)


@given(agreements, exchanges, st.data())
def test_removing_a_clause_never_opens_a_door(
    agreement: Agreement, exchange: Exchange, data: st.DataObject
) -> None:
    present = agreement.at(exchange.on).sharing
    kept = data.draw(st.lists(st.sampled_from(present or [None]), unique=True))
    fewer = with_clauses(agreement, exchange.on, (c for c in kept if c))
    assert decide([fewer], exchange).allowed <= decide([agreement], exchange).allowed


@given(agreements, clauses, exchanges)
def test_adding_a_clause_never_closes_a_door(
    agreement: Agreement, clause: Clause, exchange: Exchange
) -> None:
    present = agreement.at(exchange.on).sharing
    more = with_clauses(agreement, exchange.on, (*present, clause))
    assert decide([more], exchange).allowed >= decide([agreement], exchange).allowed


@given(agreements, versions, exchanges)
def test_a_version_that_one_party_has_not_signed_changes_nothing(
    agreement: Agreement, version: Version, exchange: Exchange
) -> None:
    unsigned = version.model_copy(update={"concluded_on": None, "number": 9})
    if agreement.versions:
        more = agreement.model_copy(update={"versions": (*agreement.versions, unsigned)})
        assert decide([more], exchange) == decide([agreement], exchange)


@given(agreements, versions, exchanges)
def test_a_version_changes_nothing_before_its_day(
    agreement: Agreement, version: Version, exchange: Exchange
) -> None:
    if agreement.versions and (version.begins is None or exchange.on < version.begins):
        more = agreement.model_copy(update={"versions": (*agreement.versions, version)})
        assert decide([more], exchange) == decide([agreement], exchange)


@given(agreements, exchanges)
def test_termination_opens_nothing(agreement: Agreement, exchange: Exchange) -> None:
    standing = agreement.model_copy(update={"terminated_after": None})
    assert decide([agreement], exchange).allowed <= decide([standing], exchange).allowed


@given(several, agreements, exchanges)
def test_another_agreement_never_closes_a_door(
    present: list[Agreement], another: Agreement, exchange: Exchange
) -> None:
    assert decide([*present, another], exchange).allowed >= decide(present, exchange).allowed


@given(several, exchanges)
def test_what_is_permitted_is_so_by_an_agreement_in_force_between_two_parties_to_it(
    present: list[Agreement], exchange: Exchange
) -> None:
    for reason in decide(present, exchange).permits:
        agreement = next(a for a in present if a.code == reason.agreement)
        version = agreement.at(exchange.on)
        assert reason.version == version.number
        assert version.begins is not None
        assert version.begins <= exchange.on <= version.valid_until
        assert agreement.terminated_after is None or exchange.on <= agreement.terminated_after
        assert {exchange.giver, exchange.receiver} <= version.parties
        assert reason.clause in {c.code for c in version.sharing}


@given(several, exchanges)
def test_every_agreement_and_every_clause_that_was_reached_gives_its_reason(
    present: list[Agreement], exchange: Exchange
) -> None:
    reasons = decide(present, exchange).reasons
    assert {r.agreement for r in reasons} == {a.code for a in present}
    for agreement in present:
        alone = decide([agreement], exchange).reasons
        reached = {r.clause for r in alone if r.clause is not None}
        assert reached in (set(), {c.code for c in agreement.at(exchange.on).sharing})
        assert set(alone) <= set(reasons)


@given(several, exchanges)
def test_the_answer_does_not_depend_on_the_order_in_which_agreements_are_kept(
    present: list[Agreement], exchange: Exchange
) -> None:
    assert decide(present, exchange).allowed == decide(present[::-1], exchange).allowed


@given(agreements, exchanges)
def test_a_decision_that_refuses_permits_nothing(agreement: Agreement, exchange: Exchange) -> None:
    decision = decide([agreement], exchange)
    assert decision.allowed is (Verdict.PERMITTED in {r.verdict for r in decision.reasons})


@given(several, agreements, st.lists(exchanges, max_size=5), days)
def test_a_rehearsal_names_exactly_what_opens_and_what_closes(
    present: list[Agreement], changed: Agreement, asked: list[Exchange], today: date
) -> None:
    if not changed.versions:
        return
    found = rehearse(present, changed, asked, today)
    after = [a for a in present if a.code != changed.code] + [changed]
    assert len(found) == len(asked)
    for each in found:
        was, would = decide(present, each.exchange), decide(after, each.exchange)
        assert (each.opens, each.closes) == (
            would.allowed and not was.allowed, was.allowed and not would.allowed,
        )  # fmt: skip


@given(several, st.lists(exchanges, max_size=5), days)
def test_a_rehearsal_of_what_is_changes_nothing(
    present: list[Agreement], asked: list[Exchange], today: date
) -> None:
    for agreement in present:
        if agreement.versions:
            found = rehearse(present, agreement, asked, today)
            assert not any(each.opens or each.closes for each in found)
