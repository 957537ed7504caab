"""What the delivered rules suggest, and which rule tables are refused."""

import json
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest
from assessments.domain.suggestions import Strength, Suggestion, suggestions
from assessments.instruments import delivered as delivered_instruments
from assessments.rules import MalformedRules, RuleBook, delivered
from assessments.rules.book import read
from hypothesis import given
from hypothesis import strategies as st
from sharing.codes import NEEDS

(INSTRUMENT,) = delivered_instruments()
TABLE = delivered().table("needs")
FILE = (resources.files("assessments.rules") / "needs@1.json").read_text("utf-8")

NEED_OF = {
    "health": "work_ability",
    "mood": "mental_wellbeing",
    "everyday": "everyday_life",
    "home": "housing",
    "money": "finances",
    "family": "family",
    "company": "social_participation",
    "skills": "skills",
    "direction": "career_guidance",
    "work": "job_search",
}

answers = st.dictionaries(st.sampled_from(INSTRUMENT.item_codes), st.integers(0, 10))


def suggested(answers: dict[str, int]) -> list[Suggestion]:
    return suggestions(TABLE.findings(INSTRUMENT, answers))


def needs(answers: dict[str, int]) -> set[str]:
    return {suggestion.need for suggestion in suggested(answers)}


def test_no_answers_suggest_nothing() -> None:
    assert suggested({}) == []


@given(answers)
def test_a_suggestion_rests_on_answers_that_were_given(answers: dict[str, int]) -> None:
    for suggestion in suggested(answers):
        for finding in suggestion.because:
            assert finding.inputs
            for used in finding.inputs:
                assert used.mark == answers[used.item]
                assert used.band == INSTRUMENT.band(used.mark).code


@given(answers, st.data())
def test_an_answer_left_out_never_adds_a_suggestion(
    answers: dict[str, int], data: st.DataObject
) -> None:
    kept = data.draw(st.sets(st.sampled_from(sorted(answers)))) if answers else set()
    assert needs({item: answers[item] for item in kept}) <= needs(answers)


@given(answers)
def test_each_need_is_suggested_once_and_clear_ones_come_first(answers: dict[str, int]) -> None:
    found = suggested(answers)
    assert len({suggestion.need for suggestion in found}) == len(found)
    strengths = [suggestion.strength for suggestion in found]
    assert strengths == sorted(strengths, key=list(Strength).index)


@given(st.dictionaries(st.sampled_from(INSTRUMENT.item_codes), st.integers(8, 10)))
def test_strengths_alone_suggest_nothing(answers: dict[str, int]) -> None:
    assert suggested(answers) == []


@pytest.mark.parametrize(("item", "need"), NEED_OF.items())
@pytest.mark.parametrize("mark", range(11))
def test_a_low_mark_alone_suggests_the_need_of_its_area(item: str, need: str, mark: int) -> None:
    assert needs({item: mark}) == ({need} if mark <= 5 else set())


def test_every_need_and_every_area_is_reached() -> None:
    assert set(NEED_OF.values()) == set(NEEDS)
    assert set(NEED_OF) == set(INSTRUMENT.item_codes)


def test_two_fair_answers_together_make_a_need_possible() -> None:
    (suggestion,) = suggested({"mood": 6, "everyday": 7})
    assert (suggestion.need, suggestion.strength) == ("mental_wellbeing", Strength.POSSIBLE)


def test_rules_that_see_the_same_need_make_one_suggestion_with_all_reasons() -> None:
    found = {one.need: one for one in suggested({"work": 5, "skills": 6, "health": 7})}
    assert found["skills"].because[0].rule == "skills-fair-work-low"
    assert [used.item for used in found["work_ability"].because[0].inputs] == ["health", "work"]


def test_a_suggestion_names_the_rule_its_version_and_the_answers_that_led_to_it() -> None:
    (suggestion,) = suggested({"home": 3})
    (finding,) = suggestion.because
    assert (finding.rules, finding.rule) == ("needs@1", "home-low")
    assert [used.model_dump() for used in finding.inputs] == [
        {"item": "home", "mark": 3, "band": "low"}
    ]
    assert finding.text.sv == "Bostaden passar inte klienten eller boendet är otryggt."


def test_every_rule_of_the_table_fires_on_some_answers() -> None:
    assert {rule_that_fired_on(rule) for rule in TABLE.rules} == set(TABLE.rules)


def rule_that_fired_on(rule_id: str) -> str | None:
    rule = TABLE.rules[rule_id]
    marks = {band.code: band.most for band in INSTRUMENT.bands}
    answers = {
        item: next(mark for band, mark in marks.items() if f'"{band}"' in condition)
        for item, condition in rule.conditions.items()
    }
    fired = {finding.rule for finding in TABLE.findings(INSTRUMENT, answers)}
    return rule_id if rule_id in fired else None


def test_the_newest_version_of_a_table_is_the_one_in_use() -> None:
    versions = [read(f"needs@{version}.json", FILE) for version in (2, 10, 1)]
    assert RuleBook(versions).table("needs").name == "needs@10"


def test_a_table_that_names_items_which_an_instrument_lacks_does_not_fit_it() -> None:
    without_home = tuple(item for item in INSTRUMENT.items if item.code != "home")
    assert TABLE.misfits(INSTRUMENT) == []
    assert TABLE.misfits(INSTRUMENT.model_copy(update={"items": without_home})) == ["home-low"]


Change = Callable[[dict[str, Any]], object]


def table_of(document: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = document["nodes"][1]["content"]
    return content


def first_rule(document: dict[str, Any]) -> dict[str, str]:
    rule: dict[str, str] = table_of(document)["rules"][0]
    return rule


def cell(column: str, content: str) -> Change:
    return lambda document: first_rule(document).update({column: content})


MALFORMED: dict[str, tuple[Change, str]] = {
    "no rules": (lambda d: table_of(d).update(rules=[]), "rules"),
    "another hit policy": (lambda d: table_of(d).update(hitPolicy="first"), "hitPolicy"),
    "an output too few": (lambda d: table_of(d)["outputs"].pop(), "the outputs must be"),
    "a column that reads no band": (
        lambda d: table_of(d)["inputs"][0].update(field="answers.health"),
        "inputs.0.field",
    ),
    "a cell in no column": (cell("in-sleep", '"low"'), "stands in no column"),
    "a rule without an id": (cell("_id", ""), "an id of its own"),
    "two rules with one id": (cell("_id", "mood-low"), "an id of its own"),
    "a table that leads nowhere": (lambda d: d["edges"].pop(), "must lead from"),
    "a node too few": (lambda d: d["nodes"].pop(), "must lead from"),
    "a node of another kind": (lambda d: d["nodes"][0].update(type="functionNode"), "nodes.0"),
    "no condition": (lambda d: first_rule(d).pop("in-health"), "it would always fire"),
    "a condition that cannot be read": (cell("in-health", '"low" or'), "health: cannot be read"),
    "a word without quotes": (cell("in-health", "low"), "holds where nothing was answered"),
    "a condition that no answer meets": (cell("in-health", 'not in ["high"]'), "nothing was"),
    "an unknown need": (cell("need", '"luck"'), "need: not one of"),
    "a need without quotes": (cell("need", "housing"), "need: not one of"),
    "an unknown strength": (cell("strength", '"very"'), "strength: must be one of"),
    "a text that is missing": (cell("because-sv", ""), "because.sv: must be a text"),
}


@pytest.mark.parametrize(("change", "words"), MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_table_is_refused_with_its_name_and_the_place(
    change: Change, words: str
) -> None:
    document = json.loads(FILE)
    change(document)
    with pytest.raises(MalformedRules, match=f"^needs@1: .*{words}"):
        read("needs@1.json", json.dumps(document))


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"])
def test_a_file_that_is_no_table_at_all_is_refused(content: str) -> None:
    with pytest.raises(MalformedRules, match=r"^needs@1: "):
        read("needs@1.json", content)


@pytest.mark.parametrize("name", ["needs.json", "needs@0.json", "Needs@1.json", "needs@1.1.json"])
def test_a_file_whose_name_tells_no_version_is_refused(name: str) -> None:
    with pytest.raises(MalformedRules, match="must be named like"):
        read(name, FILE)
