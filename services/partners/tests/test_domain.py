"""What is said and what is refused, without a database."""

from partners.api.problems import REFUSALS
from partners.domain import errors
from partners.domain.events import FACTS
from partners.domain.offering_events import OfferingDrafted


def test_every_fact_but_a_drafts_is_for_everyone_and_named_after_this_service() -> None:
    own = {fact for fact in FACTS if fact.concerns != "everyone"}
    assert own == {OfferingDrafted}  # its provider's alone, until it is published
    assert all(fact.type.startswith("partners.") for fact in FACTS)


def test_every_refusal_of_the_domain_has_its_problem_in_three_languages() -> None:
    refusals = {e for e in vars(errors).values() if getattr(e, "__module__", "") == errors.__name__}
    assert refusals == set(REFUSALS)
    for kind in REFUSALS.values():
        for text in (kind.title, kind.advice):
            assert text.sv
            assert text.en
