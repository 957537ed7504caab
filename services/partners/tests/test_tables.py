"""Decision tables as boxes, beside zen-engine itself and beside counting every client out."""

import json
from itertools import combinations, product
from typing import Any

import pytest
import zen
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.problems import UnknownCode
from kit.texts import Text
from partners.domain.catalogue import Audience
from partners.domain.catalogue_codes import SITUATIONS
from partners.domain.errors import MalformedTable, TableTooWide
from partners.eligibility.boxes import Knife, meet, minus
from partners.eligibility.check import Answer, Outcome
from partners.eligibility.fields import Value, fields_with
from partners.eligibility.jdm import Document
from partners.eligibility.report import Report
from partners.eligibility.table import rules_of, whole
from partners.eligibility.words import Asked
from pydantic import ValidationError
from sharing.codes import MUNICIPALITIES

from .tables import YOUNG, a_row, a_table

# Of the places one is in no cell: it stands for all that no cell names.
AGES, PLACES = range(16, 26), ("564", "244", "977", "009")
ALL = fields_with({code: Text(fi=name) for code, name in MUNICIPALITIES.items()})
FIELDS = ("age", "municipality", "situations.student", "languages.fi")
CLIENTS = [
    dict(zip(FIELDS, values, strict=True))
    for values in product(AGES, PLACES, (True, False), (True, False))
]
ANYONE = Audience()

numbers = st.integers(17, 24)
ages = st.one_of(
    st.just(""),
    st.builds("{} {}".format, st.sampled_from([">=", "<=", ">", "<", "!=", "=="]), numbers),
    st.builds(
        lambda ends, low, high: f"{low}{min(ends)}..{max(ends)}{high}",
        st.tuples(numbers, numbers), st.sampled_from("[("), st.sampled_from("])"),
    ),
    st.builds("{}, {}".format, numbers, numbers),
    st.builds(">= {} and < {}".format, numbers, numbers),
)  # fmt: skip
# No cell names 977: it stands for all other municipalities.
places = st.sampled_from(["", '"564"', '"564", "244"', 'not in ["564"]', '!= "244"'])
truths = st.sampled_from(["", "true", "false"])
rows = st.tuples(st.booleans(), ages, places, truths, truths)


def a_document(*rows: tuple[bool, str, str, str, str]) -> Document:
    cells = [dict(zip(FIELDS, row[1:], strict=True)) for row in rows]
    written = [
        a_row(f"r{i}", row[0]) | cell for i, (row, cell) in enumerate(zip(rows, cells, strict=True))
    ]
    return Document.model_validate(a_table(*written, fields=FIELDS))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw tables of which each cell can be met."""
    while True:
        document = a_document(*draw(st.lists(rows, min_size=1, max_size=5)))
        try:
            rules_of(document, ALL)
        except MalformedTable:
            continue
        return document


def nested(client: dict[str, Value]) -> dict[str, Any]:
    """Write a client as zen-engine reads one."""
    context: dict[str, Any] = {}
    for name, value in client.items():
        *way, last = name.split(".")
        inner = context
        for step in way:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return context


class Engine:
    """The table as zen-engine decides it, and each rule of it alone."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._all = self._decision(document)
        rules = document.content.rules
        self.alone = [self._decision(self._only(document, i)) for i in range(len(rules))]

    def _decision(self, document: Document) -> Any:
        content = document.model_dump_json(by_alias=True, exclude_none=True)
        return zen.ZenEngine().create_decision(content)

    def _only(self, document: Document, i: int) -> Document:
        written = json.loads(document.model_dump_json(by_alias=True))
        table = next(n for n in written["nodes"] if n["id"] == "table")
        table["content"]["rules"] = [table["content"]["rules"][i]]
        return Document.model_validate(written)

    def decides(self, client: dict[str, Value]) -> bool | None:
        result = self._all.evaluate(nested(client))["result"]
        return (result or {}).get("eligible")

    def takes(self) -> list[list[bool]]:
        """Ask each rule alone of every client, once."""
        contexts = [nested(client) for client in CLIENTS]
        return [[bool(rule.evaluate(each)["result"]) for each in contexts] for rule in self.alone]


def holds(asked: list[Asked], client: dict[str, Value]) -> bool:
    """Say whether a client is where a report says."""
    return all(fits(each, client[each.field]) for each in asked)


def fits(asked: Asked, value: Value) -> bool:
    if asked.numbers is not None:
        return any(span.low <= int(value) <= span.high for span in asked.numbers)
    return value == asked.truth if asked.codes is None else value in asked.codes


@settings(max_examples=40, deadline=None)
@given(documents())
def test_overlaps_and_gaps_are_those_that_counting_every_client_out_finds(
    document: Document,
) -> None:
    engine, rules = Engine(document), rules_of(document, ALL)
    report = Report.of(ANYONE, rules, ALL)
    takes = engine.takes()
    told = {(o.first, o.second): o for o in report.overlaps}
    for (one, takes_one), (two, takes_two) in combinations(zip(rules, takes, strict=True), 2):
        both = [c for c, *two_do in zip(CLIENTS, takes_one, takes_two, strict=True) if all(two_do)]
        overlap = told.pop((one.id, two.id), None)
        assert bool(both) == (overlap is not None)
        if overlap is not None:
            assert overlap.conflicting == (one.eligible != two.eligible)
            assert [c for c in CLIENTS if holds(overlap.where, c)] == both
    assert told == {}
    nobodys = [c for c in CLIENTS if engine.decides(c) is None]
    assert [c for c in CLIENTS if any(holds(gap, c) for gap in report.gaps)] == nobodys
    decides = {rules[row.index(True)].id for row in map(list, zip(*takes, strict=True)) if any(row)}
    assert set(report.unreachable) == {rule.id for rule in rules} - decides


KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "age": st.sampled_from(AGES), "municipality": st.sampled_from(PLACES),
        "situations.student": st.booleans(), "languages.fi": st.booleans(),
    },
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(documents(), KNOWN)
def test_a_check_says_what_the_engine_says_of_every_client_that_may_be_meant(
    document: Document, known: dict[str, Value]
) -> None:
    engine = Engine(document)
    answer = Answer.of(whole(ANYONE, rules_of(document, ALL), ALL), known)
    meant = [c for c in CLIENTS if c.items() >= known.items()]
    said = {engine.decides(client) for client in meant}
    expected = {frozenset({True}): Outcome.ELIGIBLE, frozenset({False}): Outcome.NOT_ELIGIBLE}
    assert answer.outcome is expected.get(frozenset(said), Outcome.UNKNOWN)
    assert answer.undecided == (None in said)


@settings(max_examples=60, deadline=None)
@given(documents(), KNOWN)
def test_each_way_makes_the_client_eligible_and_there_is_one_where_there_can_be(
    document: Document, known: dict[str, Value]
) -> None:
    engine = Engine(document)
    table = whole(ANYONE, rules_of(document, ALL), ALL)
    answer = Answer.of(table, known)
    if answer.outcome is Outcome.ELIGIBLE:
        assert answer.ways == answer.conditions == []
        return
    assert bool(answer.ways) == any(engine.decides(c) for c in CLIENTS)
    for way in answer.ways:
        changed = {lacking.asks.field for lacking in way}
        kept = {name: value for name, value in known.items() if name not in changed}
        meant = [
            c for c in CLIENTS
            if c.items() >= kept.items() and all(fits(w.asks, c[w.asks.field]) for w in way)
        ]  # fmt: skip
        assert all(engine.decides(client) for client in meant)


def test_a_box_less_another_is_what_is_left_and_nothing_twice() -> None:
    box, cut = (0b111, 0b11), (0b010, 0b01)
    pieces = minus(box, cut)
    assert all(meet(piece, cut) is None for piece in pieces)
    assert all(meet(a, b) is None for a, b in combinations(pieces, 2))
    assert sum(a.bit_count() * b.bit_count() for a, b in pieces) == 3 * 2 - 1
    assert Knife().without([box], [box]) == []


def the_answer(**given: Value) -> Answer:
    table = whole(ANYONE, rules_of(Document.model_validate(YOUNG), ALL), ALL)
    return Answer.of(table, {name.replace("__", "."): value for name, value in given.items()})


def test_every_failed_and_unknown_condition_is_told_and_what_would_help() -> None:
    answer = the_answer(age=31, situations__employed=False)
    assert answer.outcome is Outcome.NOT_ELIGIBLE
    (young,) = [
        {c.asks.field: c.state for c in answer.conditions if c.rule == "young"},
    ]
    assert young == {"age": "failed", "municipality": "unknown"}
    (way,) = answer.ways
    assert [(each.asks.field, each.state) for each in way] == [
        ("age", "failed"),
        ("municipality", "unknown"),
    ]
    assert way[0].asks.text.fi == "Ikä: 15–29"
    assert way[1].asks.text.sv == "Hemkommun: Kempele, Oulu"


def test_what_is_not_given_is_unknown_and_never_untrue() -> None:
    assert the_answer(age=20, municipality="564").outcome is Outcome.UNKNOWN
    sure = the_answer(age=20, municipality="564", situations__employed=False)
    assert sure.outcome is Outcome.ELIGIBLE
    assert [(r.rule, r.surely) for r in sure.rules] == [("young", True)]


def test_an_audience_stands_before_every_table() -> None:
    audience = Audience(age_from=18, municipalities=("564",), situations=("student", "laid_off"))
    table = whole(audience, None, ALL)
    fitting: dict[str, Value] = {"age": 18, "municipality": "564", "situations.student": True}
    assert Answer.of(table, fitting).outcome is Outcome.ELIGIBLE
    for field, value, rule in [
        ("age", 17, "audience/age"),
        ("municipality", "244", "audience/municipality"),
    ]:
        answer = Answer.of(table, fitting | {field: value})
        assert answer.outcome is Outcome.NOT_ELIGIBLE
        assert [r.rule for r in answer.rules] == [rule]
    neither = {"situations.student": False, "situations.laid_off": False}
    answer = Answer.of(table, fitting | neither)
    assert answer.outcome is Outcome.NOT_ELIGIBLE
    assert {c.asks.field for c in answer.conditions} == set(neither)
    assert len(answer.ways) == 2  # either situation would do


def test_an_audience_may_name_municipalities_of_other_regions_too() -> None:
    everywhere = Audience(municipalities=("091", *MUNICIPALITIES))
    assert Answer.of(whole(everywhere, None, ALL), {}).outcome is Outcome.ELIGIBLE
    elsewhere = Audience(municipalities=("091",))
    answer = Answer.of(whole(elsewhere, None, ALL), {"municipality": "564"})
    assert answer.outcome is Outcome.NOT_ELIGIBLE


def test_a_gap_is_told_in_words_and_the_clients_who_are_not_meant_are_none() -> None:
    rules = rules_of(Document.model_validate(a_table(a_row("adult", True, age=">= 18"))), ALL)
    (gap,) = Report.of(ANYONE, rules, ALL).gaps
    assert [each.text.en for each in gap] == ["Age: 0–17"]
    assert Report.of(Audience(age_from=18), rules, ALL).clean


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"age": "about 18"}, "age"),
        ({"age": "> 200"}, "age"),
        ({"age": ">= 18 and $ < 30"}, "age"),
        ({"age": '"18"'}, "age"),
        ({"situations__student": "yes"}, "situations.student"),
        ({"municipality": "564"}, "municipality"),
    ],
)
def test_a_cell_that_is_no_comparison_or_nobodys_is_refused(
    cells: dict[str, str], place: str
) -> None:
    with pytest.raises(MalformedTable) as refused:
        rules_of(Document.model_validate(a_table(a_row("r", True, **cells))), ALL)
    assert refused.value.extra["pointer"] == f"/body/table/nodes/1/content/rules/0/{place}"


@pytest.mark.parametrize(
    "row",
    [a_row("r", None), a_row("r", True) | {"because.sv": ""}, a_row("r", True) | {"eligible": "1"}],
)
def test_a_rule_says_yes_or_no_and_why_in_three_languages(row: dict[str, str]) -> None:
    with pytest.raises(MalformedTable):
        rules_of(Document.model_validate(a_table(row, fields=("age",))), ALL)


def test_a_code_or_a_field_that_nobody_has_is_refused_with_the_nearest() -> None:
    for table in (
        a_table(a_row("r", True, municipality='"565"')),
        a_table(a_row("r", True, agee="> 3")),
    ):
        with pytest.raises(UnknownCode):
            rules_of(Document.model_validate(table), ALL)


def looser() -> list[dict[str, Any]]:
    """Write documents that zen-engine would run, and that mean something else than they say."""
    twice = a_table(a_row("r", True, age="> 3"), a_row("r", True, age="> 3"))
    stray = a_table(a_row("r", True, age="> 3") | {"nowhere": "1"}, fields=("age",))
    audience = a_table(a_row("audience/age", True, age="> 3"))
    unwired = YOUNG | {"edges": YOUNG["edges"][:1] * 2}
    collect = json.loads(json.dumps(YOUNG).replace('"first"', '"collect"'))
    looped = json.loads(
        json.dumps(YOUNG).replace('"hitPolicy"', '"executionMode": "loop", "hitPolicy"')
    )
    return [twice, stray, audience, unwired, collect, looped]


@pytest.mark.parametrize("document", looser())
def test_a_document_of_another_form_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Document.model_validate(document)


def test_a_table_that_falls_into_too_many_cases_is_refused_and_not_waited_for() -> None:
    truths = [f"situations__{code}" for code in list(SITUATIONS)[:10]]
    pairs = list(zip(truths[::2], truths[1::2], strict=True))
    rows = [
        a_row(f"r{age}x{i}", True, age=str(age), **{one: "true", two: "true"})
        for age in range(20, 60)
        for i, (one, two) in enumerate(pairs)
    ]
    with pytest.raises(TableTooWide):
        Report.of(ANYONE, rules_of(Document.model_validate(a_table(*rows)), ALL), ALL)
