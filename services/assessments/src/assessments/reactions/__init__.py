"""What this service hears."""

from kit.reactions import On, Reactions

from assessments.reactions.clients import ClientRegistered, keep_client

REACTIONS = Reactions(
    {"referrals.client.registered.v1": On(ClientRegistered, keep_client)},
    projections=("client_copy",),
)
