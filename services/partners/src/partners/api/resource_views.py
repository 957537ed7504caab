"""What callers send and see of resources and pilots."""

from datetime import date
from typing import Annotated, Self

from kit import clock
from kit.texts import Text
from pydantic import BaseModel, Field

from partners.api.views import Sent
from partners.domain.agreement_terms import Conclusion, Evidence, ResourceKind
from partners.domain.resources import By, Pace, Sum

Amount = Annotated[float, Field(strict=True, ge=0, le=1e12, allow_inf_nan=False, examples=[2.0])]


class UsedAmount(Sent):
    """How much was used, in the commitment's own unit."""

    amount: Amount


class UseView(BaseModel):
    """What was used of a commitment in a month."""

    agreement: str
    commitment: str
    month: str
    party: str
    amount: float
    revision: int


class ConcludedPilot(Sent):
    """What becomes of a pilot, why, and on what that rests."""

    conclusion: Conclusion
    summary: Text
    evidence: tuple[Evidence, ...] = Field((), max_length=50)


class ResourceView(BaseModel):
    """Commitments of one kind, added up; amounts are in the kind's own unit."""

    key: str = Field(description="The theme, the party, or the period as first/last day")
    kind: ResourceKind
    planned: float
    used: float
    left: float = Field(description="Below 0: more was used than planned")
    forecast: float | None = Field(
        description="What will have been used at the present pace; null: not known of all"
    )
    commitments: list[str]
    over: list[str] = Field(description="Commitments whose forecast is a tenth above the plan")
    under: list[str] = Field(description="Commitments whose forecast is a tenth below the plan")

    @classmethod
    def of(cls, row: Sum) -> Self:
        """Show a sum."""
        return cls(
            key=row.key,
            kind=row.kind,
            planned=row.planned,
            used=row.used,
            left=row.planned - row.used,
            forecast=row.forecast,
            commitments=[line.commitment.code for line in row.lines],
            over=row.named(Pace.OVER),
            under=row.named(Pace.UNDER),
        )


class ResourcesView(BaseModel):
    """How an agreement's resources are used, as of a day in Finland."""

    by: By
    as_of: date
    resources: list[ResourceView]

    @classmethod
    def of(cls, by: By, rows: list[Sum]) -> Self:
        """Show all sums."""
        return cls(by=by, as_of=clock.today(), resources=[ResourceView.of(row) for row in rows])
