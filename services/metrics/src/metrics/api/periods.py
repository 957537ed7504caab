"""The span that a caller asks for."""

from typing import Annotated

from fastapi import Depends, Query

from metrics.domain.errors import Backwards
from metrics.domain.months import Month, Span, span_of

PATTERN = r"^\d{4}((-|M)(0[1-9]|1[0-2])|-?Q[1-4])?$"
FIRST, LAST = Month(0, 1), Month(9999, 12)

Period = Annotated[
    str | None, Query(pattern=PATTERN, description="`2026-11`, `2026-Q4` or `2026`; included")
]


async def span_asked(
    first: Annotated[Period, Query(alias="from")] = None,
    last: Annotated[Period, Query(alias="to")] = None,
) -> Span:
    """Read `from` and `to`. Raises `Backwards`."""
    span = Span(
        span_of(first).first if first else FIRST,
        span_of(last).last if last else LAST,
    )
    if span.last < span.first:
        raise Backwards(pointer="/query/to")
    return span


Within = Annotated[Span, Depends(span_asked)]
