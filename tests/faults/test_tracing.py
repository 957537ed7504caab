"""One trace: from a request over the outbox and the transport to the reaction and what it says."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from kit.database import Transaction
from kit.events import Event
from kit.issuer import DevelopmentIssuer
from kit.reactions import On, OnMany, Reactions
from kit.service import Service
from kit.testing.harness import AUDIENCE, ISSUER, STANDING
from kit.tracing import Tracing
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from .counting import CountHeard, count, fact_of
from .estate import Estate, rows, until

Spans = list[InMemorySpanExporter]

OURS = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@pytest.fixture
def spans(estate: Estate) -> Spans:
    """Let both services keep spans; what the consumer hears, it counts itself and says so."""
    kept = [InMemorySpanExporter(), InMemorySpanExporter()]
    for service, exporter in zip((estate.producer, estate.consumer), kept, strict=True):
        service.tracing.export(exporter)
    consumer = estate.consumer
    consumer.topics = replace(consumer.topics, kinds=("counters",))
    said = fact_of(consumer.name)

    async def echo(tx: Transaction, heard: CountHeard, _event: Event) -> None:
        await count(tx, said, heard.counter)

    hears = {f"{estate.producer.name}.counter.counted.v1": On(CountHeard, echo)}
    consumer.inbox.reactions = Reactions(hears)
    return kept


async def ask(estate: Estate, folder: Path, counter: str, **headers: str) -> httpx.Response:
    """Count by a request, with a query and a body that must not be seen."""
    issuer = DevelopmentIssuer.at(folder / "key.json", ISSUER, AUDIENCE)
    token = issuer.token("oulu", ["write"], client=STANDING)
    me = {"Authorization": f"Bearer {token}", "Idempotency-Key": counter}
    transport = httpx.ASGITransport(estate.apps[0])
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as caller:
        return await caller.post(f"/counters/{counter}/counts", headers=me | headers)


async def said_by(service: Service) -> list[dict[str, Any]]:
    """Give the headers of all facts that a service said."""
    return [row["headers"] for row in await rows(service.worker, "SELECT headers FROM outbox")]


async def finished(estate: Estate, kept: Spans) -> list[ReadableSpan]:
    """Let both services send what they kept."""
    for service in (estate.producer, estate.consumer):
        await service.tracing.close()
    return [span for exporter in kept for span in exporter.get_finished_spans()]


def told(span: ReadableSpan) -> tuple[str, str]:
    """Give a span's service and name."""
    return str(span.resource.attributes["service.name"]), span.name


async def test_a_fact_and_what_it_causes_are_in_the_trace_of_the_request(
    estate: Estate, spans: Spans, tmp_path: Path, transport: str
) -> None:
    async with estate.at_work():
        assert (await ask(estate, tmp_path, "a", traceparent=OURS)).status_code == 200

        async def echoed() -> bool:
            return bool(await said_by(estate.consumer))

        await until(echoed)
        await until(lambda: relayed(estate, transport))
    producer, consumer = estate.producer.name, estate.consumer.name
    one = [s for s in await finished(estate, spans) if s.context.trace_id == int(OURS[3:35], 16)]
    by_name = {told(span): span for span in one}
    request = by_name[producer, "POST /counters/{counter}/counts"]
    created = by_name[producer, f"create {producer}.counter.counted.v1"]
    processed = by_name[consumer, f"process {producer}.counter.counted.v1"]
    echo = by_name[consumer, f"create {consumer}.counter.counted.v1"]
    assert parents(request, created, processed, echo) == [
        int(OURS[36:52], 16), request.context.span_id, created.context.span_id,
        processed.context.span_id,
    ]  # fmt: skip
    sent = [span for name, span in by_name.items() if name[1].startswith("send ")]
    assert parents(*sent) == ([created.context.span_id, echo.context.span_id] if transport else [])
    assert request.attributes == {
        "http.request.method": "POST",
        "http.route": "/counters/{counter}/counts",
        "http.response.status_code": 200,
    }


def parents(*spans: ReadableSpan) -> list[int | None]:
    """Give the ids of the spans' parents."""
    return [span.parent.span_id if span.parent else None for span in spans]


async def relayed(estate: Estate, transport: str) -> bool:
    """Say whether Kafka has what both services said."""
    places = [
        await rows(service.worker, "SELECT place FROM place WHERE consumer = 'relay'")
        for service in (estate.producer, estate.consumer)
    ]
    return not transport or all(place and '"last"' in place[0]["place"] for place in places)


async def test_of_a_callers_headers_only_the_traceparent_travels_on(
    estate: Estate, tmp_path: Path
) -> None:
    personal = {"tracestate": "who=010190-900X", "baggage": "who=010190-900X"}
    await ask(estate, tmp_path, "a", traceparent=OURS, **personal)
    assert [list(headers) for headers in await said_by(estate.producer)] == [["traceparent"]]


async def test_without_an_exporter_the_trace_of_a_request_still_goes_with_its_facts(
    estate: Estate, tmp_path: Path
) -> None:
    await ask(estate, tmp_path, "a", traceparent=OURS)
    await ask(estate, tmp_path, "b")
    given, made = [headers["traceparent"] for headers in await said_by(estate.producer)]
    assert given == OURS
    assert made.endswith("-00")  # nobody kept a span
    assert made[3:35] not in ("0" * 32, given[3:35])


async def test_what_is_heard_many_at_once_links_to_each_cause(
    estate: Estate, spans: Spans, tmp_path: Path
) -> None:
    async def take(tx: Transaction, heard: object) -> None:
        pass

    hears = {f"{estate.producer.name}.counter.counted.v1": OnMany(CountHeard, take)}
    estate.consumer.inbox.reactions = Reactions(hears)
    for counter in "abc":
        await ask(estate, tmp_path, counter)
    async with estate.at_work():
        await estate.settled()
    all_spans = await finished(estate, spans)
    created = {s.context.span_id for s in all_spans if s.name.startswith("create ")}
    processed = [s for s in all_spans if s.name.startswith("process ")]
    causes = [link.context.span_id for span in processed for link in span.links]
    causes += [span.parent.span_id for span in processed if span.parent]
    assert sorted(causes) == sorted(created)


async def test_a_collector_that_is_away_holds_nobody_up(estate: Estate, tmp_path: Path) -> None:
    estate.producer.tracing = Tracing(estate.producer.name, "http://127.0.0.1:9")
    assert (await ask(estate, tmp_path, "a")).status_code == 200
    async with asyncio.timeout(10):
        await estate.producer.tracing.close()
