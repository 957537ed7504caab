"""All of this service's tables, for migrations and their check."""

from referrals.domain import client, copies, history, referral, seats
from referrals.domain.tables import Table

metadata = Table.metadata

__all__ = ["client", "copies", "history", "metadata", "referral", "seats"]
