"""What a batch is made of, and what is said of each of its lines."""

from typing import Any, Final

from pydantic import BaseModel, Field

from referrals.api.step_views import ReferralRow
from referrals.api.views import Address, NewReferral
from referrals.domain.codes import LegalBasis

NDJSON: Final = "application/x-ndjson"
MOST_LINES: Final = 1000


class BatchLine(NewReferral):
    """A referral that begins; with an address and a legal basis it is sent at once."""

    to: Address | None = Field(None, description="Where it goes")
    legal_basis: LegalBasis | None = Field(None, description="Given: it is sent as well")


class LineResult(BaseModel):
    """What came of a line."""

    line: int = Field(ge=1, description="Its number in what was sent, from 1; blank lines count")
    status: int = Field(description="As the answer's would be, had it come alone", examples=[201])
    referral: ReferralRow | None = None
    problem: dict[str, Any] | None = Field(None, description="RFC 9457; `/body` is the line")


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """Give the schema of a line; what it refers to is told of elsewhere in the document."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    return {name: part for name, part in schema.items() if name != "$defs"}


BATCH: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": f"A referral on each line, 1 to {MOST_LINES} of them",
        "content": {NDJSON: {"schema": schema_of(BatchLine)}},
    }
}
