"""Every table with client data is bound to an organisation by PostgreSQL (`kit.ownership`)."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType
from typing import Any

import asyncpg
import pytest
from kit.embedded import Cluster
from kit.testing.harness import migrated
from kumppani.estate import SERVICES

BUS = MappingProxyType(
    dict.fromkeys(
        ("outbox", "tick", "epoch", "place", "watermark", "dead_letter", "alembic_version"),
        "the bus: ids and codes only; partners read it by the feed, each what concerns it",
    )
    | {"registered_client": "programs, not people: asked before it is known who calls"}
)
COPY = "what partners said to all"
COUNTS = "how many, never who"

# The tables of services with clients that are not private, and why; all others must be.
OPEN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "referrals": {
            "agreement_copy": COPY,
            "offering_copy": COPY,
            "organisation_copy": COPY,
            "seats": COUNTS,
            "hold": "a seat that is promised, and by whom; for whom it is stands nowhere",
            "term_rule": "within what time offerings and agreements want an answer",
            "contact": "when partners was last heard; nothing of clients",
            "retention_look": "when it was looked what to purge, for all",
            "sealing": "when the log was sealed; the heads are in the fact",
        },
        "assessments": {"instrument": "published for everyone to use"},
        "vacancies": {
            "agreement_copy": COPY,
            "area_copy": COPY,
            "vacancy": "published for everyone who seeks",
        },
    }
)
# The tables of other services that name a client at all, by an id; any other with such a column
# is an error.
BY_ID: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "metrics": {"witnessed_head": "how long a client's log is: the witness's, and no route's"},
        "partners": {"client": "programs, not people"},
    }
)
PERSONS = ("client_id", "seeker_id", "identity_hash", "identity_code")
KEPT = ("idempotency",)

TABLES = """
    SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
           ARRAY(SELECT polname || ' ' || polcmd::text FROM pg_policy
                 WHERE polrelid = c.oid) AS policies,
           pg_get_userbyid(c.relowner) AS owner,
           ARRAY(SELECT attname FROM pg_attribute
                 WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns
    FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
"""
POLICIES = {"sees r", "adds a", "changes w", "removes d", "works *", "maintains *"}
WHAT_TO_DO = (
    "say whose its rows are in the migration that makes it (kit.ownership: private, part), or, "
    "where it holds nothing of clients, why in OPEN of tests/architecture/test_ownership.py"
)

# A reference from one private table to another that one column alone makes, and which no policy
# of the referring table looks through: a row could point into another organisation's.
REFERENCES = """
    SELECT r.conrelid::regclass || '.' || r.conname
    FROM pg_constraint r
    JOIN pg_class child ON child.oid = r.conrelid AND child.relrowsecurity
    JOIN pg_class parent ON parent.oid = r.confrelid AND parent.relrowsecurity
    WHERE r.contype = 'f' AND cardinality(r.conkey) = 1 AND NOT EXISTS (
        SELECT FROM pg_policy p JOIN pg_depend d ON d.objid = p.oid
        WHERE p.polrelid = child.oid AND p.polname = 'adds'
          AND d.classid = 'pg_policy'::regclass AND d.refobjid = parent.oid)
"""
# A uniqueness that spans organisations would tell one of another's row. Keys that are drawn at
# random cannot be met, and a part's key begins with its whole.
UNIQUE = """
    SELECT i.indrelid::regclass || '.' || i.indexrelid::regclass
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid AND c.relrowsecurity
    WHERE i.indisunique AND NOT EXISTS (
        SELECT FROM pg_attribute a
        WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
          AND (a.attname = 'organisation' OR a.atttypid = 'uuid'::regtype))
"""
ROLES = """
    SELECT rolname, rolsuper, rolbypassrls,
           EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) AS may_be_another
    FROM pg_roles r WHERE rolname = ANY ($1)
"""


@pytest.fixture(params=SERVICES)
async def database(
    request: pytest.FixtureRequest, cluster: Cluster
) -> AsyncIterator[tuple[str, asyncpg.Connection]]:
    """Connect to each service's migrated database in turn, as the worker."""
    name = await asyncio.to_thread(migrated, cluster, request.param)
    connection = await asyncpg.connect(
        host=str(cluster.sockets), user=f"{name}_worker", database=name
    )
    yield name, connection
    await connection.close()


async def tables(connection: asyncpg.Connection) -> dict[str, Mapping[str, Any]]:
    """Read the catalogue."""
    return {row["name"]: row for row in await connection.fetch(TABLES)}


def must_be_private(service: str, table: Mapping[str, Any]) -> bool:
    """Say whether a table may hold something of clients."""
    name = table["name"]
    if name in KEPT:
        return True
    if service in OPEN:
        return name not in BUS and name not in OPEN[service]
    named = bool(set(PERSONS) & set(table["columns"]))
    return named and name not in BUS and name not in BY_ID.get(service, {})


async def test_a_table_with_client_data_is_private(
    database: tuple[str, asyncpg.Connection],
) -> None:
    service, connection = database
    for name, table in (await tables(connection)).items():
        if must_be_private(service, table):
            is_so = table["enabled"], table["forced"], set(table["policies"])
            assert is_so == (True, True, POLICIES), f"{service}: {name} is open: {WHAT_TO_DO}"


async def test_what_is_open_is_there_and_is_not_private(
    database: tuple[str, asyncpg.Connection],
) -> None:
    service, connection = database
    there = await tables(connection)
    for name in {**OPEN.get(service, {}), **BY_ID.get(service, {})}:
        assert not there[name]["enabled"], f"{service}: {name} is private, and listed as open"


async def test_no_row_can_point_into_anothers(database: tuple[str, asyncpg.Connection]) -> None:
    service, connection = database
    loose = [row[0] for row in await connection.fetch(REFERENCES)]
    assert not loose, (
        f"{service}: {loose}: refer by (id, organisation) to a UNIQUE of the same, ON UPDATE "
        "CASCADE, or let the policy look through the reference (kit.ownership: part)"
    )


async def test_uniqueness_ends_at_the_organisation(
    database: tuple[str, asyncpg.Connection],
) -> None:
    service, connection = database
    wide = [row[0] for row in await connection.fetch(UNIQUE)]
    assert not wide, f"{service}: {wide}: a taken value would tell of another's row"


async def test_the_roles_that_work_own_nothing_and_pass_no_policy(
    database: tuple[str, asyncpg.Connection],
) -> None:
    service, connection = database
    roles = [f"{service}_app", f"{service}_worker"]
    found = await connection.fetch(ROLES, roles)
    assert sorted(tuple(row) for row in found) == [(role, False, False, False) for role in roles]
    assert not {table["owner"] for table in (await tables(connection)).values()} & set(roles)
