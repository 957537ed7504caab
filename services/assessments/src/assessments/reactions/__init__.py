"""What this service hears."""

from kit.clients import MachineHeard, keep_machine
from kit.reactions import On, Reactions

from assessments.reactions.clients import (
    ClientErased,
    ClientPassed,
    ClientRegistered,
    erase_client,
    keep_client,
    pass_client,
)

REACTIONS = Reactions(
    {
        "partners.client.registered.v1": On(MachineHeard, keep_machine),
        "partners.client.changed.v1": On(MachineHeard, keep_machine),
        "referrals.client.registered.v1": On(ClientRegistered, keep_client),
        "referrals.client.passed.v1": On(ClientPassed, pass_client),
        "referrals.client.erased.v1": On(ClientErased, erase_client),
    },
    projections=("client_copy",),
)
