"""What `/-/metrics` shows: a registry for each service, also where several share a process.

Requests are counted as they are answered. The rest is asked for when somebody looks, and kept
for some seconds: the database knows how far relay and listeners are and what was put aside, so
any process of the service can be asked, and none but the pools' numbers depends on which.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    Histogram,
    Metric,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

# Each gauge: what it tells, and its labels besides `service`.
GAUGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "kumppani_database_reachable": ("1 where this process reaches its database", ()),
    "kumppani_kafka_reachable": ("1 where a broker takes this process's connections", ()),
    "kumppani_pool_size": ("Connections that a pool may hold", ("pool",)),
    "kumppani_pool_in_use": ("Connections of a pool that are in use", ("pool",)),
    "kumppani_leads": ("1 where this process leads in a role", ("role",)),
    "kumppani_led": ("1 where some process leads in a role", ("role",)),
    "kumppani_outbox_position": ("The position of the last fact in the outbox", ()),
    "kumppani_outbox_waiting": (
        "Facts that were committed and are not in Kafka yet; counted up to 100000",
        (),
    ),
    "kumppani_outbox_waiting_seconds": ("How long the first of them has waited", ()),
    "kumppani_ticks": ("Snapshots that the ticker has recorded", ()),
    "kumppani_relay_generation": ("When Kafka's present filling began, by its number", ()),
    "kumppani_relayed_offset": (
        "Where a partition ended when we last sent",
        ("topic", "partition"),
    ),
    "kumppani_heard_offset": (
        "The next offset of a partition that this service will hear",
        ("topic", "partition"),
    ),
    "kumppani_lag_seconds": (
        "How far hearing is behind, told by the process that leads; up to 5 where all is heard",
        ("source", "stream"),
    ),
    "kumppani_dead_letters": ("Facts put aside; counted up to 100000", ("reason",)),
    "kumppani_dead_letter_seconds": ("How long the first of them has lain", ("reason",)),
    "kumppani_contact_seconds": (
        "How old the newest word is of a service whose silence closes disclosure",
        ("source",),
    ),
    "kumppani_parked_aggregates": ("Aggregates whose facts wait behind one put aside", ()),
}


@dataclass(frozen=True)
class Value:
    """What a gauge shows for some labels."""

    gauge: str
    value: float
    labels: tuple[str, ...] = ()


class Numbers(Collector):
    """One service's numbers."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._values: tuple[Value, ...] = ()
        self._answered: dict[tuple[str, str, int], Histogram] = {}
        self.registry = CollectorRegistry()
        self._requests = Histogram(
            "kumppani_request_seconds",
            "How long requests took, by route template and class of status",
            ["service", "method", "route", "status"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        for collector in (ProcessCollector, PlatformCollector):
            collector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.registry.register(self)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        key = method, route, status // 100
        answered = self._answered.get(key)
        if answered is None:
            answered = self._requests.labels(self._service, method, route, f"{status // 100}xx")
            self._answered[key] = answered
        answered.observe(seconds)

    def show(self, values: Iterable[Value]) -> None:
        """Show these values from now on."""
        self._values = tuple(values)

    def collect(self) -> Iterator[Metric]:
        """Give the gauges that have a value."""
        families: dict[str, GaugeMetricFamily] = {}
        for value in self._values:
            text, labels = GAUGES[value.gauge]
            family = families.setdefault(
                value.gauge, GaugeMetricFamily(value.gauge, text, labels=["service", *labels])
            )
            family.add_metric([self._service, *value.labels], value.value)
        yield from families.values()

    def text(self) -> bytes:
        """Write all in Prometheus's format."""
        return generate_latest(self.registry)
