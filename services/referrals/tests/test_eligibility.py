"""Whether a client may get in: every condition, alone and together; both ends see the result."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from kit.testing import Harness
from referrals.commands.register_client import checked
from referrals.domain.age import age_by
from referrals.domain.eligibility import Condition, Eligibility, Judgement, judge
from sqlalchemy import text

from .builders import OFFERING, OULU, TE, drafted, given, offered, sent, step, walked

NEED, AGE, MUNICIPALITY, SITUATION, LANGUAGE, TABLE = Condition
NO_TABLE = {"eligibility_version": None}
BORN_1952 = "131052-9030"

# What an offering may ask, with what is given for it: met, not met, not known.
ASKS: dict[Condition, tuple[dict[str, Any], dict[bool | None, dict[str, Any]]]] = {
    NEED: ({"needs": ["housing"]}, {True: {"need": "housing"}, False: {"need": "debt"}, None: {}}),
    AGE: (
        {"age_from": 15, "age_to": 29},
        {True: {"age": 15}, False: {"age": 30}, None: {}},
    ),
    MUNICIPALITY: ({"municipalities": ["564"]}, {None: {}}),
    SITUATION: ({"situations": ["unemployed"]}, {None: {}}),
    LANGUAGE: ({"languages": ["fi"]}, {None: {}}),
    TABLE: ({"eligibility_version": 1}, {None: {}}),
}
WAYS = [[(each, way) for way in ["not asked", *ASKS[each][1]]] for each in Condition]


def test_every_combination_tells_all_that_fails_and_all_that_is_not_known() -> None:
    for combination in product(*WAYS):
        offering: dict[str, Any] = {"needs": [], "audience": {}, **NO_TABLE}
        known: dict[str, Any] = {"need": None, "age": None}
        for condition, met in combination:
            if met == "not asked":
                continue
            asks, answers = ASKS[condition]
            (offering if condition in (NEED, TABLE) else offering["audience"]).update(asks)
            known |= answers[met]  # type: ignore[index]
        failed = tuple(condition for condition, met in combination if met is False)
        unknown = tuple(condition for condition, met in combination if met is None)
        result = (
            Eligibility.NOT_ELIGIBLE
            if failed
            else Eligibility.UNKNOWN
            if unknown
            else Eligibility.ELIGIBLE
        )
        wanted = Judgement(result=result, failed=failed, unknown=unknown)
        assert judge(offering, **known) == wanted, combination


@pytest.mark.parametrize(
    ("audience", "fits"),
    [
        ({"age_from": 15, "age_to": 29}, range(15, 30)),
        ({"age_from": 30}, range(30, 125)),
        ({"age_to": 29}, range(30)),
        ({"age_from": None, "age_to": None}, range(125)),
        ({"age_from": 0, "age_to": 120}, range(125)),
    ],
)
def test_ages_are_full_years_with_both_ends_included(audience: Any, fits: range) -> None:
    offering = {"audience": audience, **NO_TABLE}
    found = [age for age in range(125) if judge(offering, None, age).result == "eligible"]
    assert found == list(fits)


def test_a_copy_from_before_tables_were_heard_of_does_not_say_that_there_is_none() -> None:
    assert judge({"needs": [], "audience": {}}, None, None).unknown == (TABLE,)
    assert judge({**NO_TABLE}, None, None) == Judgement(result=Eligibility.ELIGIBLE)


@pytest.mark.parametrize(
    ("code", "on", "age"),
    [
        ("131052-9030", date(2026, 10, 12), 73), ("131052-9030", date(2026, 10, 13), 74),
        ("131052+9030", date(1900, 10, 13), 48), ("131052Y9030", date(2026, 10, 13), 74),
        ("290204A9030", date(2026, 2, 28), 21), ("290204A9030", date(2026, 3, 1), 22),
        ("290204F9030", date(2028, 2, 29), 24), ("010126A9030", date(2026, 1, 1), 0),
    ],
)  # fmt: skip
def test_the_age_is_in_full_years_by_the_identity_code(code: str, on: date, age: int) -> None:
    assert age_by(code, on) == age


@pytest.mark.parametrize("sign", "+-YXWVUABCDEF")
def test_every_sign_that_a_code_may_have_says_a_century(sign: str) -> None:
    code = checked(f"131052{sign}9030")
    assert age_by(code, date(2100, 1, 1)) in (247, 147, 47)


async def identified(te: Any) -> str:
    """Register a client who was born in 1952."""
    return str((await te.post("/clients", json={"identity_code": BORN_1952})).json()["id"])


async def kept(service: Harness) -> str:
    """Read all that was said, and what is kept of judgements."""
    async with service.service.worker.begin() as tx:
        said = (await tx.execute(text("SELECT outbox::text FROM outbox"))).scalars().all()
        judged = (await tx.execute(text("SELECT eligibility::text FROM referral"))).scalars().all()
    return "".join(map(str, [*said, *judged]))


async def test_who_is_not_eligible_is_sent_and_both_ends_see_every_reason(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    about = {"age_to": 29, "municipalities": ["564"], "languages": ["fi"]}
    await offered(referrals, 1, needs=["housing"], audience=about, eligibility_version=2)
    referral = await sent(te, client_id=await identified(te))
    wanted = {
        "result": "not_eligible",
        "failed": ["need", "age"],
        "unknown": ["municipality", "language", "table"],
    }
    assert referral["judgement"] == wanted
    seen = (await oulu.get(f"/referrals/{referral['id']}")).json()
    assert (seen["status"], seen["judgement"]) == ("requested", wanted)
    assert seen["eligibility"]["answers_the_need"] is False
    assert not wanted.keys() & seen["eligibility"].keys()
    assert BORN_1952 not in await kept(referrals)
    await offered(referrals, 1)  # what the offering says later changes no judgement
    assert (await oulu.get(f"/referrals/{referral['id']}")).json()["judgement"] == wanted


async def test_a_table_counts_as_soon_as_it_is_published(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    assert (await sent(te))["judgement"] == {"result": "eligible", "failed": [], "unknown": []}
    about = {"code": OFFERING, "organisation": OULU, "capacity": 1, "eligibility_version": 1}
    fact = "partners.offering.eligibility_published.v1"
    await referrals.hear(fact, f"offerings/{OFFERING}", **about)
    assert (await sent(te))["judgement"]["unknown"] == ["table"]


async def test_nothing_is_judged_before_it_is_sent_nor_where_there_is_no_offering(
    referrals: Harness,
) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    draft = await drafted(te, {"recipient": OULU})
    assert draft["judgement"] is None
    assert (await step(te, draft, "send", legal_basis="statute")).json()["judgement"] is None


async def test_a_recipient_that_keeps_the_minimum_keeps_no_judgement(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await walked(te, oulu, await sent(te, "consent"), "withdraw_consent")
    seen = [(await who.get(f"/referrals/{referral['id']}")).json() for who in (te, oulu)]
    assert [bool(each["judgement"]) for each in seen] == [True, False]


async def test_alternatives_are_ranked_by_what_is_known_of_the_client(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    same: dict[str, Any] = {"needs": ["career_guidance"]}
    await offered(referrals, 9, "unknown", audience={"languages": ["sv"]}, **same)
    await offered(referrals, 2, "eligible", audience={"age_from": 30}, **same)
    await offered(referrals, 3, "roomier", **same)
    await offered(referrals, 9, "too-young", audience={"age_to": 29}, **same)
    await offered(referrals, 1, "own", **same, organisation=TE)
    referral = await sent(te, client_id=await identified(te))
    await walked(te, oulu, referral, ("decline", {"reason": "no_capacity"}))
    shown = (await te.get(f"/referrals/{referral['id']}")).json()["alternatives"]
    reasons = {each["offering"]: each["reasons"] for each in shown}
    assert list(reasons) == ["roomier", "eligible", "own", "unknown"]
    assert reasons["roomier"] == ["same_need", "eligible", "room", "permitted"]
    assert reasons["own"] == ["same_need", "eligible", "room", "own_organisation"]
    assert reasons["unknown"] == ["same_need", "eligibility_unknown", "room", "permitted"]
    assert shown[-1]["judgement"]["unknown"] == ["language"]
    anonymous = await walked(te, oulu, await sent(te), ("decline", {"reason": "no_capacity"}))
    found = (await te.get(f"/referrals/{anonymous['id']}")).json()["alternatives"]
    assert [each["offering"] for each in found] == [
        "roomier", "own", "too-young", "unknown", "eligible",
    ]  # fmt: skip
