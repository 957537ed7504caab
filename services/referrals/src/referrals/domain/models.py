"""All of this service's tables, for migrations and their check."""

from referrals.domain import (
    client,
    consent,
    contact,
    copies,
    disclosures,
    feedback,
    handover,
    history,
    hold,
    merge,
    message,
    referral,
    retention,
    seats,
    terms,
    worklist,
)
from referrals.domain.tables import Table

metadata = Table.metadata

__all__ = [
    "client",
    "consent",
    "contact",
    "copies",
    "disclosures",
    "feedback",
    "handover",
    "history",
    "hold",
    "merge",
    "message",
    "metadata",
    "referral",
    "retention",
    "seats",
    "terms",
    "worklist",
]
