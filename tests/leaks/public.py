"""What is public by purpose: where an answer may be another one since others are there."""

from collections.abc import Mapping
from types import MappingProxyType

from ..edge.test_strangers import KNOWN_TO_ALL

# What all partners may read stands in KNOWN_TO_ALL. What follows is written into the same.
PUBLIC: Mapping[tuple[str, str, str], str] = MappingProxyType(
    KNOWN_TO_ALL
    | {
        ("partners", "POST", "/offerings"): "the catalogue is common, and so are its codes",
        ("partners", "POST", "/sharing/decisions"): "it is judged by what all have signed",
        ("assessments", "POST", "/instruments"): "a published version is everyone's",
        ("metrics", "POST", "/statistics"): "official statistics are public, and kept once",
    }
)

# What is said to all, by the beginnings of its types; other facts concern their ends alone.
SAID_TO_ALL = (
    "partners.organisation.",
    "partners.agreement.",
    "partners.offering.",
    "partners.use.",
    "partners.area.",
    "assessments.instrument.",
    "vacancies.vacancy.",
    "metrics.figures.",
    "referrals.seats.",  # how full a service is
)
