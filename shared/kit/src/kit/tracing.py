"""W3C trace context: from the request into the fact, from the fact into the reaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import context, propagate


def headers() -> dict[str, str]:
    """Give the headers that carry the present trace on; empty where there is none."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier


@contextmanager
def continued(carrier: Mapping[str, str]) -> Iterator[None]:
    """Go on with the trace that arrived with a request or a fact."""
    token = context.attach(propagate.extract(carrier))
    try:
        yield
    finally:
        context.detach(token)
