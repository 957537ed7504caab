"""What is said and what is refused, without a database."""

from partners.api.problems import REFUSALS
from partners.domain import errors
from partners.domain.events import FACTS
from partners.domain.import_events import ImportBegun, ImportEnded
from partners.domain.offering_events import OfferingDrafted
from partners.domain.register_events import ClientChanged, ClientRegistered


def test_every_fact_but_a_drafts_and_a_clients_is_for_everyone_and_named_for_us() -> None:
    own = {fact for fact in FACTS if fact.concerns != "everyone"}
    assert own == {
        OfferingDrafted, ClientRegistered, ClientChanged, ImportBegun, ImportEnded,
    }  # fmt: skip
    assert all(fact.type.startswith("partners.") for fact in FACTS)


def test_every_refusal_of_the_domain_has_its_problem_in_three_languages() -> None:
    refusals = {e for e in vars(errors).values() if getattr(e, "__module__", "") == errors.__name__}
    assert refusals == set(REFUSALS)
    for kind in REFUSALS.values():
        for text in (kind.title, kind.advice):
            assert text.sv
            assert text.en
