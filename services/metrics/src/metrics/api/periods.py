"""The span that a caller asks for."""

from typing import Annotated

from fastapi import Depends, Query

from metrics.domain.errors import Backwards
from metrics.domain.months import ALWAYS, Span, span_of

PATTERN = r"^\d{4}((-|M)(0[1-9]|1[0-2])|-?Q[1-4])?$"

Period = Annotated[
    str | None, Query(pattern=PATTERN, description="`2026-11`, `2026-Q4` or `2026`; included")
]


async def span_asked(
    first: Annotated[Period, Query(alias="from")] = None,
    last: Annotated[Period, Query(alias="to")] = None,
) -> Span:
    """Read `from` and `to`. Raises `Backwards`."""
    span = Span(
        span_of(first).first if first else ALWAYS.first,
        span_of(last).last if last else ALWAYS.last,
    )
    if span.last < span.first:
        raise Backwards(pointer="/query/to")
    return span


Within = Annotated[Span, Depends(span_asked)]
