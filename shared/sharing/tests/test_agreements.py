"""How an agreement and its clauses are read, and the code sets that the parties share."""

import pytest
from pydantic import ValidationError
from sharing import Agreement, Clause
from sharing.codes import MUNICIPALITIES, NEEDS

CLAUSE = {
    "code": "client-referral",
    "purpose": "client_referral",
    "data_classes": ["identity", "contact"],
    "from": "all",
    "to": ["city"],
}


def test_a_clause_is_read_and_written_with_from_and_to() -> None:
    clause = Clause.model_validate(CLAUSE)
    assert (clause.giver, clause.receiver) == ("all", frozenset({"city"}))
    written = clause.model_dump(mode="json", by_alias=True)
    assert written["data_classes"] == ["contact", "identity"]
    assert written["from"] == "all"
    assert written["to"] == ["city"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": "marketing"},
        {"data_classes": []},
        {"data_classes": ["everything"]},
        {"from": "everybody"},
        {"from": []},
        {"to": []},
        {"code": "No Slug"},
        {"first_day": 20260101},
        {"last_day": "2026-01-01T00:00:00Z"},
    ],
)
def test_a_clause_that_says_nothing_or_nonsense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Clause.model_validate(CLAUSE | wrong)


def test_a_copy_with_more_fields_than_the_policy_reads_is_read() -> None:
    agreement = Agreement.model_validate(
        {
            "code": "oulu",
            "name": {"fi": "Sopimus"},
            "parties": ["city"],
            "signed_by": [],
            "valid_from": "2019-08-12",
            "valid_until": "2021-12-31",
            "sharing": [CLAUSE],
        }
    )
    assert not agreement.concluded


def test_every_need_is_named_in_finnish_swedish_and_english() -> None:
    assert all(len(texts) == 3 and all(texts) for texts in NEEDS.values())


def test_the_municipalities_are_the_thirty_of_the_region_by_three_digit_strings() -> None:
    assert len(MUNICIPALITIES) == 30
    assert all(len(code) == 3 and code.isdigit() for code in MUNICIPALITIES)
    assert MUNICIPALITIES["564"] == "Oulu"
