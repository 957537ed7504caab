"""What this service hears."""

from kit.reactions import On, Reactions

from partners.reactions.seats import SeatsHeard, count_taken, keep_seats

REACTIONS = Reactions(
    {
        "referrals.seats.taken.v1": On(SeatsHeard, count_taken),
        "referrals.seats.freed.v1": On(SeatsHeard, keep_seats),
        "referrals.seats.held.v1": On(SeatsHeard, keep_seats),
        "referrals.seats.released.v1": On(SeatsHeard, keep_seats),
    },
    projections=("seats_copy", "seats_taken_copy"),
)
