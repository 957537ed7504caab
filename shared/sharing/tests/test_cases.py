"""Every combination of what can hold or fail, judged by a table that shares no code with `decide`.

Each axis of the table says of each of its values which verdict it brings, or none. An exchange is
allowed when no axis brings one. All axes that bring one are heard: the agreement's, and if none of
these speaks, the clause's.
"""

from datetime import date
from itertools import product

import pytest
from sharing import Agreement, Clause, Decision, Exchange, Verdict, Version, decide
from sharing.agreements import Everyone
from sharing.codes import DataClass, Purpose
from sharing.words import VERDICTS

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
    (frozenset({"kind:te_office"}), frozenset({"office"})),
    (frozenset({"kind:city", "kela"}), frozenset({"city", "kela"})),
    (frozenset({"kind:ngo"}), frozenset()),
]
CLASSES = [
    (frozenset({DataClass.IDENTITY}), None),
    (frozenset({DataClass.IDENTITY, DataClass.HEALTH}), None),
    (frozenset({DataClass.HEALTH}), Verdict.DATA_CLASS_NOT_COVERED),
    (frozenset(DataClass) - {DataClass.IDENTITY}, Verdict.DATA_CLASS_NOT_COVERED),
]

THEMES: list[tuple[str | None, Verdict | None]] = [
    (None, None),
    ("ohjaamo", None),
    ("businessasema", Verdict.OTHER_THEME),
]
PERIODS = [
    ((None, None), None),
    ((FIRST, FIRST), None),
    ((None, FIRST), None),
    ((date(2025, 3, 2), None), Verdict.OUTSIDE_PERIOD),
    ((None, date(2025, 2, 28)), Verdict.OUTSIDE_PERIOD),
]
PARTY_KINDS = {"city": "city", "office": "te_office", "kela": "kela"}

AGREEMENTS = list(product(SIGNED, DAYS, GIVERS, RECEIVERS))
CLAUSES = list(product(PURPOSES, SIDES, SIDES, CLASSES, THEMES, PERIODS))


def exchange(giver: str = "office", receiver: str = "city", on: date = FIRST) -> Exchange:
    return Exchange(
        giver=giver,
        receiver=receiver,
        purpose=Purpose.CLIENT_REFERRAL,
        data_class=DataClass.IDENTITY,
        on=on,
        theme="ohjaamo",
    )


def version(*clauses: Clause, number: int = 1, signed_on: date | None = FIRST) -> Version:
    return Version(
        number=number,
        effective_on=FIRST,
        concluded_on=signed_on,
        parties=PARTIES,
        party_kinds=PARTY_KINDS,
        valid_from=FIRST,
        valid_until=LAST,
        sharing=clauses,
    )


def agreement(
    *clauses: Clause, signed_by: frozenset[str] = PARTIES, versions: tuple[Version, ...] = ()
) -> Agreement:
    return Agreement(
        code="oulu",
        parties=PARTIES,
        signed_by=signed_by,
        valid_from=FIRST,
        valid_until=LAST,
        sharing=clauses,
        versions=versions,
    )


def clause(
    purpose: Purpose = Purpose.CLIENT_REFERRAL,
    giver: frozenset[str] | Everyone = "all",
    receiver: frozenset[str] | Everyone = "all",
    data_classes: frozenset[DataClass] = frozenset({DataClass.IDENTITY}),
    theme: str | None = None,
    period: tuple[date | None, date | None] = (None, None),
    code: str = "referral",
) -> Clause:
    return Clause(
        code=code, purpose=purpose, data_classes=data_classes, giver=giver, receiver=receiver,
        theme=theme, first_day=period[0], last_day=period[1],
    )  # fmt: skip


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


@pytest.mark.parametrize(("giver", "receiver"), [("office", "city"), ("city", "kela")])
def test_a_clause_permits_only_what_it_names_and_says_all_in_which_it_differs(
    giver: str, receiver: str
) -> None:
    asked = exchange(giver, receiver)
    for purpose, givers, receivers, classes, theme, period in CLAUSES:
        named = giver in givers[1] and receiver in receivers[1]
        others = None if named else Verdict.OTHER_ORGANISATIONS
        differs = [v for v in (purpose[1], theme[1], period[1], others, classes[1]) if v]
        written = clause(purpose[0], givers[0], receivers[0], classes[0], theme[0], period[0])
        decision = decide([agreement(versions=(version(written),))], asked)
        assert sorted(verdicts(decision)) == sorted(differs or [Verdict.PERMITTED]), written
        assert decision.allowed is not bool(differs)


# When the last party signed the second version, which is to rule from the middle of the term; the
# days on which it rules. It closes what the first one opens.
MIDDLE = date(2026, 6, 15)
AMENDED = [
    (FIRST, MIDDLE),
    (MIDDLE, MIDDLE),
    (date(2026, 9, 1), date(2026, 9, 1)),
    (None, None),
]


@pytest.mark.parametrize(("signed_on", "rules_from"), AMENDED)
@pytest.mark.parametrize(
    "day", [FIRST, date(2026, 6, 14), MIDDLE, date(2026, 8, 31), date(2026, 9, 1), LAST]
)
def test_a_version_rules_from_its_day_once_all_have_signed_and_is_cited(
    signed_on: date | None, rules_from: date | None, day: date
) -> None:
    second = version(clause(Purpose.RECRUITMENT), number=2, signed_on=signed_on)
    later = second.model_copy(update={"effective_on": MIDDLE})
    (reason,) = decide([agreement(versions=(version(clause()), later))], exchange(on=day)).reasons
    ruled = rules_from is not None and day >= rules_from
    assert (reason.version, reason.verdict) == (
        (2, Verdict.OTHER_PURPOSE) if ruled else (1, Verdict.PERMITTED)
    )


def test_a_terminated_agreement_is_closed_after_its_last_day() -> None:
    ended = agreement(versions=(version(clause()),)).model_copy(update={"terminated_after": MIDDLE})
    assert decide([ended], exchange(on=MIDDLE)).allowed
    assert verdicts(decide([ended], exchange(on=date(2026, 6, 16)))) == [Verdict.TERMINATED]
    assert not ended.in_force(date(2026, 6, 16))
    both = decide([ended], exchange(on=date(2028, 1, 1)))
    assert verdicts(both) == [Verdict.EXPIRED, Verdict.TERMINATED]


def test_a_theme_is_not_asked_for_where_the_clause_names_none() -> None:
    bare = exchange().model_copy(update={"theme": None})
    assert decide([agreement(clause())], bare).allowed
    assert verdicts(decide([agreement(clause(theme="ohjaamo"))], bare)) == [Verdict.OTHER_THEME]


def test_every_verdict_has_words_in_finnish_swedish_and_english() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert all(len(words) == 3 and all(words) for words in VERDICTS.values())


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
