"""What agreements and offerings are written in: values, compared by content, never changed."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,63}$", examples=["oulu"])]


class Term(BaseModel):
    """A value that an agreement or an offering states."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def refuse_twins(kind: str, codes: Iterable[str]) -> None:
    """Raise `ValueError` where a code stands twice; it is not repeated in the message."""
    if any(count > 1 for count in Counter(codes).values()):
        raise ValueError(f"{kind} names a code twice")
