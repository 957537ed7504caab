"""What is said of clients: that they are, and what is kept of them, never the thing itself."""

from typing import Annotated, Literal

from kit.facts import Fact
from pydantic import BaseModel, ConfigDict, Field
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
    # Nobody knows who it is, but the client is known again; newer than the first facts.
    pseudonymous: Annotated[bool, Field(examples=[False])] = False


class ClientChanged(ClientFact, type="referrals.client.changed.v1", concerns=("organisation",)):
    """What is kept of the person has changed: of which classes, not what."""

    classes: Annotated[list[DataClass], Field(examples=[["contact"]])]


class ClientErased(ClientFact, type="referrals.client.erased.v1", concerns=("organisation",)):
    """Nothing is kept of the person any more: whoever knows the client's id does the same."""

    ground: Annotated[str, Field(examples=["consent_withdrawn"])]


class Head(BaseModel):
    """How long a client's chain of disclosures is, and the hash that it ends in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: Id
    number: Annotated[int, Field(ge=1, examples=[7])]
    hash: Annotated[str, Field(pattern="^[0-9a-f]{64}$", examples=["0f" * 32])]


class DisclosuresSealed(Fact, type="referrals.disclosures.sealed.v1", concerns=()):
    """The ends of some chains of the disclosure log, for whoever keeps them elsewhere."""

    sealing_id: Id
    heads: list[Head]


CLIENT_FACTS: tuple[type[Fact], ...] = (
    ClientRegistered,
    ClientChanged,
    ClientErased,
    DisclosuresSealed,
)
