"""What is shown of a client in a referral."""

from uuid import UUID

from pydantic import BaseModel, Field
from sharing.codes import DataClass


class ShownClient(BaseModel):
    """Of the client, what is shown now; null: not known, or of a class that is not shown."""

    referral_id: UUID
    classes: list[DataClass] = Field(
        description="The classes that step, clause and legal basis let, all three",
        examples=[["contact", "identity"]],
    )
    name: str | None = None
    pseudonym: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
