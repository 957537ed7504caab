"""What is said of clients: that they are, and what is kept of them, never the thing itself."""

from typing import Annotated, Literal

from kit.facts import Fact
from pydantic import Field
from sharing.codes import DataClass

from referrals.domain.fact_fields import Code, Id


class ClientFact(Fact):
    """What every fact of a client carries."""

    client_id: Id
    organisation: Code


class ClientRegistered(
    ClientFact, type="referrals.client.registered.v1", concerns=("organisation",)
):
    """An organisation has a client relationship."""

    kind: Literal["anonymous", "identified"]


class ClientChanged(ClientFact, type="referrals.client.changed.v1", concerns=("organisation",)):
    """What is kept of the person has changed: of which classes, not what."""

    classes: Annotated[list[DataClass], Field(examples=[["contact"]])]


CLIENT_FACTS: tuple[type[Fact], ...] = (ClientRegistered, ClientChanged)
