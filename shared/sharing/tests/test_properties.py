"""What holds for every agreement and every exchange."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sharing import Agreement, Clause, Exchange, Verdict, decide
from sharing.codes import DataClass, Purpose

ORGANISATIONS = ["city", "council", "office", "kela", "stranger"]
DAY = date(2026, 1, 1)

organisations = st.sampled_from(ORGANISATIONS)
days = st.integers(-3, 3).map(lambda n: DAY + timedelta(days=n))
sides = st.just("all") | st.frozensets(organisations, min_size=1)
clauses = st.fixed_dictionaries(
    {
        "code": st.from_regex(r"[a-z]{1,3}", fullmatch=True),
        "purpose": st.sampled_from(Purpose),
        "data_classes": st.frozensets(st.sampled_from(DataClass), min_size=1),
        "from": sides,
        "to": sides,
    }
).map(Clause.model_validate)
agreements = st.builds(
    Agreement,
    code=st.from_regex(r"[a-z]{1,3}", fullmatch=True),
    parties=st.frozensets(organisations, min_size=1),
    signed_by=st.frozensets(organisations) | st.just(frozenset(ORGANISATIONS)),
    valid_from=days,
    valid_until=days,
    sharing=st.lists(clauses, max_size=4).map(tuple),
)
several = st.lists(agreements, max_size=3, unique_by=lambda agreement: agreement.code)
exchanges = st.builds(
    Exchange,
    giver=organisations,
    receiver=organisations,
    purpose=st.sampled_from(Purpose),
    data_class=st.sampled_from(DataClass),
    on=days,
)


@given(agreements, exchanges, st.data())
def test_removing_a_clause_never_opens_a_door(
    agreement: Agreement, exchange: Exchange, data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(agreement.sharing or [None]), unique=True))
    fewer = agreement.model_copy(update={"sharing": tuple(c for c in kept if c)})
    assert decide([fewer], exchange).allowed <= decide([agreement], exchange).allowed


@given(agreements, clauses, exchanges)
def test_adding_a_clause_never_closes_a_door(
    agreement: Agreement, clause: Clause, exchange: Exchange
) -> None:
    more = agreement.model_copy(update={"sharing": (*agreement.sharing, clause)})
    assert decide([more], exchange).allowed >= decide([agreement], exchange).allowed


@given(several, agreements, exchanges)
def test_another_agreement_never_closes_a_door(
    present: list[Agreement], another: Agreement, exchange: Exchange
) -> None:
    assert decide([*present, another], exchange).allowed >= decide(present, exchange).allowed


@given(several, exchanges)
def test_what_is_permitted_is_so_by_an_agreement_in_force_between_two_parties_to_it(
    present: list[Agreement], exchange: Exchange
) -> None:
    opens = [
        a
        for a in present
        if a.valid_from <= exchange.on <= a.valid_until
        and all(party in a.signed_by for party in a.parties)
        and {exchange.giver, exchange.receiver} <= a.parties
    ]
    assert {r.agreement for r in decide(present, exchange).permits} <= {a.code for a in opens}


@given(several, exchanges)
def test_every_agreement_and_every_clause_that_was_reached_gives_its_reason(
    present: list[Agreement], exchange: Exchange
) -> None:
    reasons = decide(present, exchange).reasons
    assert {r.agreement for r in reasons} == {a.code for a in present}
    for agreement in present:
        alone = decide([agreement], exchange).reasons
        reached = [r.clause for r in alone if r.clause is not None]
        assert reached in ([], [c.code for c in agreement.sharing])
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
