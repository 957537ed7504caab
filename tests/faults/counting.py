"""Two small services for the bus's promises: one counts and says so, the other hears it."""

import string
from random import choices
from typing import Annotated, Any

import httpx
from fastapi import APIRouter, FastAPI, Path
from kit import edge
from kit.aggregates import Aggregate
from kit.database import Base, Transaction, named
from kit.edge import ServiceRoute, may
from kit.events import Event
from kit.facts import EVERYONE, Fact, Heard
from kit.outbox import publish
from kit.reactions import On, Reactions
from kit.schema import V1, V2
from kit.service import Service, build
from kit.settings import ServiceSettings
from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

SCHEMA = (
    V1
    + V2
    + """
CREATE TABLE counter (id text PRIMARY KEY, value integer NOT NULL, revision bigint NOT NULL);
CREATE TABLE heard (
    at bigint GENERATED ALWAYS AS IDENTITY, counter text NOT NULL, value integer NOT NULL
);
"""
)

HEAR = text("INSERT INTO heard (counter, value) VALUES (:counter, :value)")


class Table(Base):
    """A base for these tables."""

    __abstract__ = True
    metadata = named()


class Counter(Aggregate, Table):
    """An aggregate that counts from zero."""

    __tablename__ = "counter"

    id: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]

    @property
    def subject(self) -> str:
        """Its name on the bus."""
        return f"counters/{self.id}"


class CountHeard(Heard):
    """What a consumer reads of a count."""

    counter: str
    value: int


async def hear(tx: Transaction, said: CountHeard, _event: Event) -> None:
    """Write down what was heard, in the order of hearing."""
    await tx.execute(HEAR, {"counter": said.counter, "value": said.value})


def fact_of(service: str) -> type[Fact]:
    """Name the fact that a service says of a counter."""

    class Counted(Fact, type=f"{service}.counter.counted.v1", concerns=EVERYONE):
        """The counter went on."""

        counter: str
        value: int

    return Counted


async def count(tx: Transaction, counted: type[Fact], counter_id: str) -> int:
    """Count one on, from zero where there is no such counter yet: one revision, one fact."""
    counter = await tx.get(Counter, counter_id, with_for_update=True)
    if counter is None:
        counter = Counter(id=counter_id, value=0)
        tx.add(counter)
    else:
        counter.value += 1
    await publish(tx, counter, counted(counter=counter.id, value=counter.value))
    return counter.value


def counting(
    name: str,
    settings: ServiceSettings,
    http: httpx.AsyncClient | None = None,
    *,
    work: bool = False,
) -> FastAPI:
    """Make the service that counts."""
    counted = fact_of(name)
    router = APIRouter(route_class=ServiceRoute)

    @router.post("/counters/{counter}/counts", dependencies=[may("write")])
    async def post(
        counter: Annotated[str, Path(max_length=20)], tx: edge.Transaction
    ) -> dict[str, Any]:
        """Count one on."""
        return {"value": await count(tx, counted, counter)}

    service = Service(name, settings, ("counters",), Reactions({}), http)
    return made(service, router, work=work)


def hearing(
    name: str, source: str, settings: ServiceSettings, http: httpx.AsyncClient | None = None
) -> FastAPI:
    """Make the service that hears another count."""
    hears = Reactions({f"{source}.counter.counted.v1": On(CountHeard, hear)}, ("heard",))
    return made(Service(name, settings, (), hears, http), APIRouter(route_class=ServiceRoute))


def made(service: Service, router: APIRouter, *, work: bool = False) -> FastAPI:
    """Compose a service; without `work` it works only where it is told to."""
    return build(
        service, title=service.name, description="", routers=[router], refusals={}, work=work
    )


def new_name(kind: str) -> str:
    """Name a service so that its topics are its own."""
    return kind + "".join(choices(string.ascii_lowercase, k=8))
