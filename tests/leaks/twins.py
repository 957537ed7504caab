"""Two services that differ in one thing: in one of them there is what is others'.

Both are copies of one database, so what is in both has the same ids, revisions and times; the
same call must have the same answer, byte by byte, wherever what is others' is not the caller's.
"""

import io
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import orjson
from httpx import AsyncClient, Response
from kit import clock
from kit.embedded import Cluster
from kit.testing import Harness
from kit.testing.harness import harness
from kit.testing.overhearing import overheard

from ..edge.calls import CLIENT, ME, OTHER, OTHERS, Call
from ..edge.test_strangers import COORDINATORS
from ..edge.walk import Route, everything, routes, send, valid
from .canary import Sowing, sowing
from .cast import OBSERVERS, beside, observer, set_out
from .public import PUBLIC, SAID_TO_ALL

FEED = "/events"
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
CURSOR = re.compile(r'"next":"[^"]+"|after=[\w-]+|_page=[\w-]+')
ITS_OWN = ("date", "x-request-id", "traceparent")


@dataclass(frozen=True)
class Asked:
    """A call that an organisation makes of both."""

    route: Route
    call: Call
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Twins:
    """The same service without what is others', and with it; and all calls that ask for it."""

    bare: Harness
    full: Harness
    sowing: Sowing
    log: io.StringIO
    reads: list[Asked] = field(default_factory=list)
    writes: list[Asked] = field(default_factory=list)
    callers: dict[tuple[bool, str], AsyncClient] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)  # what was answered where it is there

    @property
    def name(self) -> str:
        """The service's."""
        return self.full.service.name

    @staticmethod
    def plain(asked: list[Asked]) -> list[Asked]:
        """Leave out what differs from another call by its parameters or headers only."""
        return [each for each in asked if not each.changes]

    async def told(self, organisation: str, asked: Asked) -> str | None:
        """Say how the answers differ; None: not at all."""
        whole = asked.route.method == "GET"
        answers = []
        for twin in (self.bare, self.full):
            who = self.caller(twin, organisation)
            answers.append(await send(who, asked.route, asked.call, **dict(asked.changes)))
        without, with_ = (seen(each, asked.route, whole=whole) for each in answers)
        self.shown.append(answers[1].text)
        if without == with_:
            return None
        about = f"{organisation}: {asked.route} {asked.call} {dict(asked.changes)}"
        return f"{about}\n  without: {without}\n  with:    {with_}"

    def caller(self, twin: Harness, organisation: str) -> AsyncClient:
        """Call one of the two as an organisation, with one token for all calls."""
        called = twin is self.full, organisation
        if called not in self.callers:
            self.callers[called] = observer(twin, organisation)
        return self.callers[called]

    async def differences(self, asked: list[Asked], *organisations: str) -> list[str]:
        """Make calls of both as organisations (all six), and list where they tell more."""
        found = []
        for organisation in organisations or OBSERVERS:
            found += [await self.told(organisation, each) for each in asked]
        return [each for each in found if each]


@asynccontextmanager
async def twins(cluster: Cluster, folder: Path, package: str) -> AsyncIterator[Twins]:
    """Run both, and let the employment office do in one of them whatever can be done."""
    async with harness(cluster, folder, package) as ground:
        await set_out(ground)
        name = ground.service.database.engine.url.database
        for pool in (ground.service.database, ground.service.worker):
            await pool.close()
        async with (
            harness(cluster, folder, package, of=name) as bare,
            harness(cluster, folder, package, of=name) as full,
        ):
            OTHERS[:] = [full.caller(OTHER)]
            with overheard() as log, sowing(full) as sows:
                yield await asked(Twins(bare, full, sows, log))


async def asked(pair: Twins) -> Twins:
    """Let the employment office do in one of the two all that can be done."""
    DEFINITIONS.update(pair.sowing.definitions)
    await beside(pair.full)
    for route in routes(pair.full):
        await asks(pair, route)
    return pair


async def asks(pair: Twins, route: Route) -> None:
    """List all calls of a route by which what is others' could be found.

    One call is made by the office too, so its key is taken; one is not, so what it is about is
    as it was.
    """
    if route.named in PUBLIC and route.method == "GET":
        return
    done = call = await valid(pair.full, route)
    if route.named in COORDINATORS:  # whoever has not the scope is told so, whatever is there
        pair.writes.append(Asked(route, call))
        return
    key = uuid4().hex
    office = everything(pair.full)
    await send(office, route, done, headers={"Idempotency-Key": key})
    if route.named in PUBLIC:
        return
    call = await valid(pair.full, route)
    if route.method == "GET" or route.about.get("x-reads"):
        ways = [*filters(route), *formats(route), {"headers": {"If-None-Match": '"1"'}}]
        if "after" in route.parameters("query") and route.path != FEED:
            page = await office.get(call.path, params={"limit": 1})
            ways.append({"params": {"after": page.json()["next"] or "x"}})
        pair.reads += [Asked(route, call, way) for way in ({}, *ways)]
        return
    pair.writes.append(Asked(route, call))
    pair.writes.append(Asked(route, replace(call, etag='"999"')))
    pair.writes.append(Asked(route, call, {"json": {"of no": "interest"}}))
    pair.writes.append(Asked(route, done, {"headers": {"Idempotency-Key": key}}))
    if isinstance(call.json, dict):  # what is others', in what is one's own
        pair.writes.append(Asked(route, replace(call, path=route.somewhere)))


def filters(route: Route) -> Iterator[dict[str, Any]]:
    """Narrow, order and cut a list by each of its parameters in turn."""
    for name, about in route.parameters("query").items():
        if name not in ("after", "wait", "_page"):
            for value in values(about["schema"]):
                yield {"params": {name: value}}


def formats(route: Route) -> Iterator[dict[str, Any]]:
    """Ask for a list as lines too, where it is exported so."""
    answered: dict[str, Any] = route.about["responses"].get("200", {}).get("content", {})
    for each in answered:
        if each != "application/json":
            yield {"headers": {"Accept": each}}


SAMPLES = MappingProxyType(
    {"uuid": CLIENT, "date": "today", "date-time": "now", "integer": 1, "boolean": "true"}
)


def values(schema: Mapping[str, Any]) -> list[Any]:
    """Give values that a parameter may have: two codes of it, or one that concerns the office."""
    options = [schema, *schema.get("anyOf", []), schema.get("items", {})]
    codes = [code for option in options for code in codes_of(option)]
    if codes:
        return sorted({codes[0], codes[-1]})
    for option in options:
        found = SAMPLES.get(option.get("format", option.get("type")))
        if found is not None:
            now = {"today": clock.today().isoformat(), "now": clock.now().isoformat()}
            return [now.get(str(found), found)]
    return [ME]


def codes_of(schema: Mapping[str, Any]) -> list[str]:
    """List the codes of a set, also where it stands elsewhere in the document."""
    if "$ref" in schema:
        schema = DEFINITIONS[schema["$ref"].rpartition("/")[2]]
    return list(schema.get("enum", [schema["const"]] if "const" in schema else []))


DEFINITIONS: dict[str, Any] = {}  # of the documents that are walked, by name


def seen(answer: Response, route: Route, *, whole: bool) -> tuple[int, list[tuple[str, str]], str]:
    """All that an answer shows, its date and request id aside.

    A cursor is closed under a number drawn at random. What a call made anew has an id and a time
    of its own.
    """
    text = answer.text
    if route.path == FEED and answer.is_success:
        facts = [each for each in answer.json() if not each["type"].startswith(SAID_TO_ALL)]
        text = orjson.dumps([each | {"traceparent": None} for each in facts]).decode()
        whole = False  # it has all that a caller did itself before
    headers = [(k, masked(v, whole)) for k, v in answer.headers.items() if k not in ITS_OWN]
    if route.path == FEED:
        headers = [(k, v) for k, v in headers if k != "content-length"]
    return answer.status_code, sorted(headers), masked(text, whole)


def masked(text: str, whole: bool) -> str:
    """Hide what is drawn at random."""
    text = CURSOR.sub("(cursor)", text)
    return text if whole else MOMENT.sub("(moment)", ID.sub("(id)", text))
