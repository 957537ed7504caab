"""What is said of two records of one client. Ids only."""

from kit.facts import Fact

from referrals.domain.client_events import ClientFact
from referrals.domain.fact_fields import Id

OWN = ("organisation",)


class ClientMerged(ClientFact, type="referrals.client.merged.v1", concerns=OWN):
    """The record is of the same person as the one that is kept, and answers no more for itself."""

    kept: Id


class ClientJoined(ClientFact, type="referrals.client.joined.v1", concerns=OWN):
    """The record that is kept shows what the merged one has, too."""

    merged: Id


class ClientUnmerged(ClientFact, type="referrals.client.unmerged.v1", concerns=OWN):
    """The merge was a mistake: the record stands by itself again."""

    kept: Id


class ClientParted(ClientFact, type="referrals.client.parted.v1", concerns=OWN):
    """The record that was kept has again what it had before, and what came to it since."""

    merged: Id


MERGE_FACTS: tuple[type[Fact], ...] = (ClientMerged, ClientJoined, ClientUnmerged, ClientParted)
