"""A visit: when, where, and whether somebody comes along."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Visit(BaseModel):
    """A time at the service. Accompanied: the client is brought there (saattaen vaihto)."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    at: Annotated[AwareDatetime, Field(strict=False, examples=["2026-12-01T09:00:00+02:00"])]
    place: Annotated[str, Field(min_length=1, max_length=200, examples=["Ohjaamo, Torikatu 1"])]
    accompanied: Annotated[bool, Field(strict=True)] = False
