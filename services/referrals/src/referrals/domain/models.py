"""All of this service's tables, for migrations and their check."""

from referrals.domain import client, copies, history, hold, referral, seats, terms
from referrals.domain.tables import Table

metadata = Table.metadata

__all__ = ["client", "copies", "history", "hold", "metadata", "referral", "seats", "terms"]
