"""What this service says."""

from typing import Annotated

from kit.facts import EVERYONE, Fact
from pydantic import Field


class FiguresImported(Fact, type="metrics.figures.imported.v1", concerns=EVERYONE):
    """Official figures came, for the first time or revised: a new vintage of their series."""

    series: Annotated[str, Field(examples=["tyonv-12r5"])]
    source: Annotated[str, Field(examples=["Statistics Finland, tyonv 12r5, CC BY 4.0"])]
    first_period: Annotated[str, Field(examples=["2019-01"])]
    last_period: Annotated[str, Field(examples=["2023-10"])]
    observations: Annotated[int, Field(ge=0, examples=[116])]


# The kinds of aggregates that speak: each has a topic of its own.
KINDS = ("series",)

FACTS: tuple[type[Fact], ...] = (FiguresImported,)
