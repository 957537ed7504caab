"""Traces: from the request into the fact, from the fact into Kafka and into the reaction.

A fact carries the `traceparent` of the span that created it, so that what it causes is in the
same trace, whatever carries it and however late. OpenTelemetry's conventions for messaging let a
span that processes one message have the message's creation context as its parent, or only link
to it. Here it is the parent: each fact is heard by itself, and one trace then shows its whole way.
Only a reaction that takes many facts at once has a trace of its own, which links to theirs.

Without an exporter no span is made. Trace ids pass on all the same, and stand in the logs.
"""

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from random import getrandbits
from threading import Thread
from typing import TYPE_CHECKING, cast

from opentelemetry import context, trace
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    Tracer,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter

    from kit.events import Event
    from kit.memory import Told
    from kit.topics import Topics

EXPORT_SECONDS = 3.0
FLUSH_SECONDS = 2.0
SAMPLED = "01"

_WORK = context.create_key("kit-work")
_PROPAGATOR = TraceContextTextMapPropagator()


class Tracing:
    """One service's traces, sent to an OTLP collector where there is one."""

    def __init__(self, service: str, endpoint: str = "") -> None:
        self.service = service
        self.tracer: Tracer | None = None
        self._processor: BatchSpanProcessor | None = None
        if endpoint:
            # Imported here: who keeps no traces need not load it.
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

            address = f"{endpoint.rstrip('/')}/v1/traces"
            self.export(OTLPSpanExporter(address, timeout=EXPORT_SECONDS))

    def export(self, exporter: "SpanExporter") -> None:
        """Keep spans, and send them by this exporter, in a thread of their own."""
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        named = Resource.create({"service.name": self.service, "service.namespace": "kumppani"})
        provider = TracerProvider(resource=named, shutdown_on_exit=False)
        self._processor = BatchSpanProcessor(exporter)
        provider.add_span_processor(self._processor)
        self.tracer = provider.get_tracer("kit")

    async def close(self) -> None:
        """Send what is left, within a bound: a collector that is away holds nobody up."""
        if self._processor:
            ending = Thread(target=self._processor.shutdown, daemon=True)
            ending.start()
            await asyncio.to_thread(ending.join, FLUSH_SECONDS)

    @contextmanager
    def here(self) -> Iterator[None]:
        """Let what is done, and each task that is begun, be this service's work."""
        token = context.attach(context.set_value(_WORK, self))
        try:
            yield
        finally:
            context.detach(token)

    @contextmanager
    def serving(self, traceparent: str | None) -> Iterator[Span]:
        """Answer a request, in the caller's trace or in a new one. The span still needs a name."""
        caller = caused_by(traceparent)
        if self.tracer:
            within = self.tracer.start_span("HTTP", caller or context.Context(), SpanKind.SERVER)
        else:
            within = trace.get_current_span(caller) if caller else new_trace()
        token = context.attach(context.set_value(_WORK, self, trace.set_span_in_context(within)))
        try:
            yield within
        finally:
            context.detach(token)
            within.end()


def caused_by(traceparent: str | None) -> context.Context | None:
    """Give the context that a request or a fact brings; of its headers, nothing else is believed:
    `tracestate` and `baggage` may hold anything, and would travel on in our facts.
    """
    if not traceparent:
        return None
    found = _PROPAGATOR.extract({"traceparent": traceparent}, context.Context())
    return found if span_context(found).is_valid else None


def new_trace() -> Span:
    """Begin a trace of which no span is kept: its id joins the logs of several services."""
    return NonRecordingSpan(SpanContext(getrandbits(128), getrandbits(64), is_remote=False))


def headers() -> dict[str, str]:
    """Give the headers that carry the present trace on; empty where there is none."""
    here = trace.get_current_span().get_span_context()
    if not here.is_valid:
        return {}
    flags = f"{here.trace_flags:02x}"
    return {"traceparent": f"00-{here.trace_id:032x}-{here.span_id:016x}-{flags}"}


def names() -> dict[str, str]:
    """Give the service and the trace that the present work belongs to, as far as known."""
    work = cast("Tracing | None", context.get_value(_WORK))
    return ({"service": work.service} if work else {}) | trace_id()


def trace_id() -> dict[str, str]:
    """Give the id of the present trace, by which its lines in the logs are found."""
    here = trace.get_current_span().get_span_context()
    return {"trace": f"{here.trace_id:032x}"} if here.is_valid else {}


@contextmanager
def creating(type_: str, event_id: object, subject: str) -> Iterator[None]:
    """Create a fact: what is in `headers()` meanwhile is its creation context."""
    tracer = _tracer()
    if tracer is None:
        yield
        return
    told = {"cloudevents.event_id": str(event_id), "cloudevents.event_subject": subject}
    with _spanned(tracer, "create", type_, told, None, SpanKind.PRODUCER):
        yield


@contextmanager
def processing(events: "Sequence[Event]") -> Iterator[None]:
    """React to a fact, in the trace that created it; to several at once, in a trace of its own."""
    causes = [cause for event in events if (cause := caused_by(event.traceparent))]
    parent = causes[0] if causes and len(events) == 1 else None
    tracer = _tracer()
    if tracer is None:
        with trace.use_span(trace.get_current_span(parent) if parent else new_trace()):
            yield
        return
    told = told_of(events[0]) if len(events) == 1 else {}
    links = [] if parent else [Link(span_context(cause)) for cause in causes]
    root = parent or context.Context()
    with _spanned(tracer, "process", events[0].type, told, root, SpanKind.CONSUMER, links):
        yield


def told_of(event: "Event") -> dict[str, str]:
    """Name a fact on its span."""
    return {
        "cloudevents.event_id": str(event.id),
        "cloudevents.event_source": event.source,
        "cloudevents.event_subject": event.subject,
    }


def span_context(cause: context.Context) -> SpanContext:
    """Give the span that a context is in."""
    return trace.get_current_span(cause).get_span_context()


def sent(facts: "Iterable[Told]", topics: "Topics", began: int) -> None:
    """Note in each fact's own trace that it was sent, from `began` (ns since 1970) until now."""
    tracer = _tracer()
    if tracer is None:
        return
    for fact in facts:
        traceparent = fact.headers.get("traceparent", "")
        if traceparent.endswith(SAMPLED):
            told = {
                "messaging.system": "kafka",
                "messaging.operation.type": "send",
                "messaging.destination.name": topics.partition(fact.subject).topic,
                "cloudevents.event_id": str(fact.event_id),
            }
            tracer.start_span(
                f"send {fact.type}",
                caused_by(traceparent),
                SpanKind.PRODUCER,
                told,
                start_time=began,
            ).end(time.time_ns())


def _tracer() -> Tracer | None:
    work = cast("Tracing | None", context.get_value(_WORK))
    return work.tracer if work else None


@contextmanager
def _spanned(
    tracer: Tracer,
    operation: str,
    type_: str,
    told: dict[str, str],
    cause: context.Context | None,
    kind: SpanKind,
    links: Sequence[Link] = (),
) -> Iterator[None]:
    """Work in a span. Of an error it tells the class only: texts may hold personal data."""
    told |= {"messaging.operation.type": operation, "cloudevents.event_type": type_}
    span = tracer.start_span(f"{operation} {type_}", cause, kind, told, links)
    token = context.attach(trace.set_span_in_context(span))
    try:
        yield
    except BaseException as error:
        failed(span, type(error).__name__)
        raise
    finally:
        context.detach(token)
        span.end()


def failed(span: Span, kind: str) -> None:
    """Mark a span as one that went wrong."""
    span.set_attribute("error.type", kind)
    span.set_status(Status(StatusCode.ERROR))
