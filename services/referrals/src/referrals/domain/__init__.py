"""The rules of referrals: lifecycle, seats, clients."""
