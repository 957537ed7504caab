"""Every combination of what can hold or fail, judged by a table that shares no code with `decide`.

Each axis of the table says of each of its values which verdict it brings, or none. An exchange is
allowed when no axis brings one. The agreement's axes speak together; a clause's speak in order.
"""

from datetime import date
from itertools import product

import pytest
from sharing import Agreement, Clause, Decision, Exchange, Verdict, decide
from sharing.agreements import Everyone
from sharing.codes import DataClass, Purpose

FIRST, LAST = date(2025, 3, 1), date(2027, 12, 31)
PARTIES = frozenset({"city", "office", "kela"})

SIGNED: list[tuple[frozenset[str], Verdict | None]] = [
    (PARTIES, None),
    (PARTIES | {"stranger"}, None),
    (PARTIES - {"kela"}, Verdict.NOT_SIGNED),
    (frozenset({"stranger"}), Verdict.NOT_SIGNED),
    (frozenset(), Verdict.NOT_SIGNED),
]
DAYS = [
    (date(2025, 2, 28), Verdict.NOT_YET_IN_FORCE),
    (FIRST, None),
    (date(2026, 6, 15), None),
    (LAST, None),
    (date(2028, 1, 1), Verdict.EXPIRED),
]
GIVERS = [("office", None), ("city", None), ("stranger", Verdict.GIVER_NOT_A_PARTY)]
RECEIVERS = [("city", None), ("kela", None), ("stranger", Verdict.RECEIVER_NOT_A_PARTY)]

PURPOSES = [
    (Purpose.CLIENT_REFERRAL, None),
    (Purpose.RECRUITMENT, Verdict.OTHER_PURPOSE),
    (Purpose.KNOWLEDGE_MANAGEMENT, Verdict.OTHER_PURPOSE),
]
SIDES: list[tuple[frozenset[str] | Everyone, frozenset[str]]] = [
    ("all", frozenset({"city", "office", "kela", "stranger"})),
    (frozenset({"office"}), frozenset({"office"})),
    (frozenset({"city", "kela"}), frozenset({"city", "kela"})),
    (frozenset({"stranger"}), frozenset({"stranger"})),
]
CLASSES = [
    (frozenset({DataClass.IDENTITY}), None),
    (frozenset({DataClass.IDENTITY, DataClass.HEALTH}), None),
    (frozenset({DataClass.HEALTH}), Verdict.DATA_CLASS_NOT_COVERED),
    (frozenset(DataClass) - {DataClass.IDENTITY}, Verdict.DATA_CLASS_NOT_COVERED),
]

AGREEMENTS = list(product(SIGNED, DAYS, GIVERS, RECEIVERS))
CLAUSES = list(product(PURPOSES, SIDES, SIDES, CLASSES))


def exchange(giver: str = "office", receiver: str = "city", on: date = FIRST) -> Exchange:
    return Exchange(
        giver=giver,
        receiver=receiver,
        purpose=Purpose.CLIENT_REFERRAL,
        data_class=DataClass.IDENTITY,
        on=on,
    )


def agreement(*clauses: Clause, signed_by: frozenset[str] = PARTIES) -> Agreement:
    return Agreement(
        code="oulu",
        parties=PARTIES,
        signed_by=signed_by,
        valid_from=FIRST,
        valid_until=LAST,
        sharing=clauses,
    )


def clause(
    purpose: Purpose = Purpose.CLIENT_REFERRAL,
    giver: frozenset[str] | Everyone = "all",
    receiver: frozenset[str] | Everyone = "all",
    data_classes: frozenset[DataClass] = frozenset({DataClass.IDENTITY}),
    code: str = "referral",
) -> Clause:
    return Clause(
        code=code, purpose=purpose, data_classes=data_classes, giver=giver, receiver=receiver
    )


def verdicts(decision: Decision) -> list[Verdict]:
    return [reason.verdict for reason in decision.reasons]


@pytest.mark.parametrize(("signed", "day", "giver", "receiver"), AGREEMENTS)
def test_an_agreement_is_closed_by_every_ground_that_holds_and_by_no_other(
    signed: tuple[frozenset[str], Verdict | None],
    day: tuple[date, Verdict | None],
    giver: tuple[str, Verdict | None],
    receiver: tuple[str, Verdict | None],
) -> None:
    grounds = [ground for _, ground in (signed, day, giver, receiver) if ground]
    decision = decide(
        [agreement(clause(), signed_by=signed[0])], exchange(giver[0], receiver[0], day[0])
    )
    assert sorted(verdicts(decision)) == sorted(grounds or [Verdict.PERMITTED])
    assert decision.allowed is not bool(grounds)


@pytest.mark.parametrize(("purpose", "givers", "receivers", "classes"), CLAUSES)
@pytest.mark.parametrize(("giver", "receiver"), [("office", "city"), ("city", "kela")])
def test_a_clause_permits_only_what_it_names_and_says_what_differs_first(
    giver: str,
    receiver: str,
    purpose: tuple[Purpose, Verdict | None],
    givers: tuple[frozenset[str] | Everyone, frozenset[str]],
    receivers: tuple[frozenset[str] | Everyone, frozenset[str]],
    classes: tuple[frozenset[DataClass], Verdict | None],
) -> None:
    named = giver in givers[1] and receiver in receivers[1]
    organisations = None if named else Verdict.OTHER_ORGANISATIONS
    expected = purpose[1] or organisations or classes[1] or Verdict.PERMITTED
    written = clause(purpose[0], givers[0], receivers[0], classes[0])
    decision = decide([agreement(written)], exchange(giver, receiver))
    assert verdicts(decision) == [expected]
    assert decision.allowed is (expected is Verdict.PERMITTED)


def test_no_agreement_means_no() -> None:
    decision = decide([], exchange())
    assert not decision.allowed
    assert decision.reasons == ()


def test_an_agreement_without_clauses_shares_nothing_and_says_so() -> None:
    decision = decide([agreement()], exchange())
    assert verdicts(decision) == [Verdict.SHARES_NOTHING]
    assert not decision.allowed


def test_every_clause_of_every_agreement_gives_its_reason_in_a_fixed_order() -> None:
    first = agreement(clause(code="b"), clause(code="a", purpose=Purpose.RECRUITMENT))
    other = first.model_copy(update={"code": "early", "signed_by": frozenset()})
    decision = decide(iter([first, other]), exchange())
    assert [(r.agreement, r.clause, r.verdict) for r in decision.reasons] == [
        ("early", None, Verdict.NOT_SIGNED),
        ("oulu", "b", Verdict.PERMITTED),
        ("oulu", "a", Verdict.OTHER_PURPOSE),
    ]
    assert [r.clause for r in decision.permits] == ["b"]


def test_two_agreements_do_not_add_up_to_one() -> None:
    """A giver that is party to one and a receiver that is party to the other share nothing."""
    one = agreement(clause()).model_copy(
        update={"parties": frozenset({"office", "kela"}), "code": "one"}
    )
    two = agreement(clause()).model_copy(
        update={"parties": frozenset({"city", "kela"}), "code": "two"}
    )
    assert not decide([one, two], exchange()).allowed
