"""The rules of an assessment, without a database."""

from contextlib import suppress

import pytest
from assessments.domain.assessment import Assessment
from assessments.domain.decisions import Decision, Verdict
from assessments.domain.errors import AlreadyDecided, NotSuggested
from assessments.domain.lifecycle import Status
from assessments.domain.suggestions import Strength, Suggestion
from hypothesis import given
from hypothesis import strategies as st
from kit import clock, ids
from kit.problems import IllegalStep, Refusal
from sharing.codes import NEEDS

needs = st.sampled_from(sorted(NEEDS))


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    verdict, need = draw(st.sampled_from(Verdict)), draw(needs)
    others = st.none() | needs.filter(lambda other: other != need)
    return Decision(
        need=need,
        decision=verdict,
        replaced_by=draw(others) if verdict is Verdict.OVERRIDE else None,
        reason=draw(st.none() | st.just("Keskustelu")),
        officer="officer",
        at=clock.now(),
    )


def an_assessment(
    *, status: Status = Status.STARTED, suggested: list[str] | None = None
) -> Assessment:
    found = [
        Suggestion(need=need, strength=Strength.CLEAR, rules="needs@1", because=())
        for need in suggested or []
    ]
    return Assessment(
        id=ids.new_id(),
        organisation="te-pohjois-pohjanmaa",
        client_id=ids.new_id(),
        instrument="elamantilanne",
        version=1,
        status=status,
        answers={},
        suggestions=[one.model_dump(mode="json") for one in found],
        decisions=[],
    )


def completed(*suggested: str) -> Assessment:
    return an_assessment(status=Status.COMPLETED, suggested=list(suggested))


def word(need: str, decision: Verdict, replaced_by: str | None = None) -> Decision:
    return Decision(
        need=need,
        decision=decision,
        replaced_by=replaced_by,
        reason="Keskustelu",
        officer="officer",
        at=clock.now(),
    )


def test_a_mark_that_is_taken_back_is_not_zero() -> None:
    assessment = an_assessment()
    assessment.answer({"home": 3, "work": 0}, at=clock.now())
    assessment.answer({"home": None}, at=clock.now())
    assert assessment.answers == {"work": 0}


def test_a_confirmed_suggestion_names_the_rules_and_an_officers_own_need_names_none() -> None:
    assessment = completed("housing")
    suggested = assessment.decide(word("housing", Verdict.CONFIRM))
    added = assessment.decide(word("family", Verdict.CONFIRM))
    assert suggested.model_dump()["rules"] == "needs@1"
    assert added.model_dump()["rules"] is None


def test_a_need_that_stands_in_for_another_is_decided_with_it() -> None:
    assessment = completed("housing", "skills")
    assessment.decide(word("housing", Verdict.OVERRIDE, "skills"))
    with pytest.raises(AlreadyDecided):
        assessment.decide(word("skills", Verdict.CONFIRM))


def test_what_was_not_suggested_cannot_be_overridden() -> None:
    with pytest.raises(NotSuggested):
        completed("housing").decide(word("skills", Verdict.OVERRIDE))


def test_nothing_is_decided_before_completion() -> None:
    with pytest.raises(IllegalStep):
        an_assessment(suggested=["housing"]).decide(word("housing", Verdict.CONFIRM))


@given(st.sets(needs), st.lists(decisions(), max_size=12))
def test_whatever_officers_say_no_need_is_decided_twice(
    suggested: set[str], said: list[Decision]
) -> None:
    assessment = completed(*suggested)
    facts = []
    for decision in said:
        with suppress(Refusal):
            facts.append(assessment.decide(decision))
    assert [decision.need for decision in assessment.decided] == [fact.need for fact in facts]
    assert len(set(assessment.settled)) == len(assessment.settled)
    for decision in assessment.decided:
        plain = decision.decision is Verdict.CONFIRM and decision.need in suggested
        assert plain or decision.reason


def test_reasons_and_answers_are_in_no_fact() -> None:
    assessment = an_assessment()
    assessment.answer({"home": 3}, at=clock.now())
    assessment.complete("needs@1", [], at=clock.now())
    fact = assessment.decide(word("housing", Verdict.CONFIRM))
    assert "Keskustelu" not in fact.model_dump_json()
