"""What this service says: the whole public state of what changed, to everyone unless it says so."""

from kit.facts import Fact

from partners.domain.agreement_events import AGREEMENT_FACTS, UseReported
from partners.domain.confirmation import RegisterConfirmed
from partners.domain.import_events import IMPORT_FACTS
from partners.domain.offering_events import OFFERING_FACTS
from partners.domain.register_events import REGISTER_FACTS

# The kinds of aggregates that speak: each has a topic of its own.
KINDS = (
    "organisations",
    "areas",
    "clients",
    "agreements",
    "uses",
    "offerings",
    "imports",
    "register",
)

FACTS: tuple[type[Fact], ...] = (
    *REGISTER_FACTS,
    *AGREEMENT_FACTS,
    UseReported,
    *OFFERING_FACTS,
    *IMPORT_FACTS,
    RegisterConfirmed,
)
