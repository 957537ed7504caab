"""Who was competent: the rule alone, by cases and by properties."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some
from partners.domain.area import AreaKind
from partners.domain.succession import (
    AreaName,
    NotedMandate,
    NotedSuccession,
    Past,
    Step,
    competent,
)

TASK, DAY = "employment_services", date(2025, 1, 1)
HERE = AreaName(kind=AreaKind.MUNICIPALITY, code="564")
ELSEWHERE = AreaName(kind=AreaKind.MUNICIPALITY, code="305")


def here(area: AreaName, _day: date) -> bool:
    return area == HERE


def a_mandate(since: date | None = None, *areas: AreaName, task: str = TASK) -> NotedMandate:
    return NotedMandate(tasks=(task,), areas=areas, since=since)


def a_succession(
    successor: str, on: date = DAY, *areas: AreaName, task: str = TASK
) -> NotedSuccession:
    return NotedSuccession(tasks=(task,), areas=areas, successor=successor, on=on)


def past(*what: NotedMandate | NotedSuccession, ends_on: date | None = None) -> Past:
    mandates = [each for each in what if isinstance(each, NotedMandate)]
    return Past(mandates, [e for e in what if isinstance(e, NotedSuccession)], ends_on)


def names(pasts: dict[str, Past], on: date = DAY) -> list[str]:
    return [each.organisation for each in competent(TASK, on, pasts, here)[0]]


def test_nobody_is_competent_before_law_says_so() -> None:
    pasts = {"a1": past(a_mandate(DAY))}
    assert names(pasts, DAY - timedelta(days=1)) == []
    assert names(pasts) == ["a1"]


def test_a_task_passes_on_its_day_and_not_before() -> None:
    pasts = {"a1": past(a_mandate(), a_succession("b1")), "b1": past()}
    assert names(pasts, DAY - timedelta(days=1)) == ["a1"]
    assert names(pasts) == ["b1"]


def test_another_task_and_another_place_pass_nothing_here() -> None:
    succession = a_succession("b1", DAY, ELSEWHERE)
    other = a_succession("b1", task="transport")
    pasts = {"a1": past(a_mandate(), succession, other), "b1": past()}
    assert names(pasts) == ["a1"]


def test_what_is_split_has_two_heirs_and_what_is_joined_has_every_step_of_both() -> None:
    later = DAY + timedelta(days=1)
    pasts = {
        "a1": past(a_mandate(), a_succession("b1"), a_succession("b2")),
        "b1": past(a_succession("c1", later)),
        "b2": past(a_succession("c1", later)),
        "c1": past(),
    }
    assert names(pasts) == ["b1", "b2"]
    ((found,), _) = competent(TASK, later, pasts, here)
    assert found.organisation == "c1"
    assert found.chain == (
        Step(None, None, "a1"),
        Step(DAY, "a1", "b1"),
        Step(DAY, "a1", "b2"),
        Step(later, "b1", "c1"),
        Step(later, "b2", "c1"),
    )
    assert found.since == later


def test_who_has_nothing_passes_nothing_on() -> None:
    pasts = {"a1": past(a_succession("b1")), "b1": past()}
    assert names(pasts) == []


def test_two_that_change_places_on_one_day_have_each_others() -> None:
    pasts = {
        "a1": past(a_mandate(), a_succession("b1")),
        "b1": past(a_succession("a1")),
    }
    assert names(pasts) == ["b1"]


def test_who_has_ended_is_not_competent_and_is_named() -> None:
    pasts = {"a1": past(a_mandate(), ends_on=DAY - timedelta(days=1))}
    assert competent(TASK, DAY, pasts, here) == ([], ["a1"])
    assert names(pasts, DAY - timedelta(days=1)) == ["a1"]


DAYS = some.dates(date(2000, 1, 1), date(2030, 1, 1))
CODES = some.sampled_from(["a1", "b1", "c1", "d1"])


@given(some.lists(some.tuples(CODES, CODES, DAYS), max_size=12), DAYS, DAYS)
def test_one_chain_never_dies_nor_begins_before_its_mandate(
    moves: list[tuple[str, str, date]], since: date, on: date
) -> None:
    made = {code: [a_succession(to, day) for at, to, day in moves if at == code != to]
            for code in ("a1", "b1", "c1", "d1")}  # fmt: skip
    pasts = {code: past(*found) for code, found in made.items()}
    pasts["a1"] = past(a_mandate(since), *made["a1"])
    found, _ = competent(TASK, on, pasts, here)
    assert bool(found) is (on >= since)
    for each in found:
        assert each.chain[0] == Step(since, None, "a1")
        reached = {"a1"}
        for step in each.chain[1:]:
            assert since <= step.day <= on
            reached.add(step.organisation)
        assert each.organisation in reached
        assert {step.source for step in each.chain[1:]} <= reached
