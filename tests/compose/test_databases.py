"""Databases and roles as docker compose makes them are those of a machine of one's own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from kit.embedded import Cluster
from kit.programs import programs
from kumppani.estate import SERVICES

from .estate import ROOT

PASSWORDS = {
    f"{service.upper()}_{role}_PASSWORD": f'{service} {role}\'s "first"'
    for service in SERVICES
    for role in ("OWNER", "APP", "WORKER")
} | {"KEYCLOAK_DATABASE_PASSWORD": "keycloak's"}

PRIVILEGES = """
    SELECT 'database', datcollate || datctype || encoding, unnest(datacl)::text
    FROM pg_database WHERE datname = current_database()
    UNION ALL SELECT 'schema of ' || pg_get_userbyid(nspowner), nspname, unnest(nspacl)::text
    FROM pg_namespace WHERE nspname = 'public'
    UNION ALL SELECT 'default of ' || pg_get_userbyid(defaclrole), defaclobjtype::text,
        defaclnamespace::regnamespace::text || unnest(defaclacl)::text
    FROM pg_default_acl
    UNION ALL SELECT 'role', rolname, (rolsuper, rolcreaterole, rolcreatedb, rolcanlogin)::text
    FROM pg_roles WHERE rolname LIKE current_database() || '\\_%'
    ORDER BY 1, 2, 3
"""


@pytest.fixture(scope="module")
def provisioned() -> Iterator[Cluster]:
    """Run the compose file's program on a fresh cluster."""
    folder = Path(tempfile.mkdtemp(prefix="kumppani-"))
    fresh = Cluster.start(folder, durable=False)
    provision(fresh, PASSWORDS)
    yield fresh
    fresh.stop()
    shutil.rmtree(folder, ignore_errors=True)


def provision(cluster: Cluster, passwords: dict[str, str]) -> None:
    """Make the databases, as the container does."""
    path = f"{programs()}:{os.environ['PATH']}"
    there = {"PATH": path, "PGHOST": str(cluster.sockets), "PGUSER": "postgres"}
    program = str(ROOT / "deploy" / "postgres" / "provision.sh")
    subprocess.run([program], env=there | passwords, check=True)


async def seen(cluster: Cluster, database: str, query: str) -> list[tuple[str, ...]]:
    """Ask a database as the superuser."""
    asking = await asyncpg.connect(host=str(cluster.sockets), user="postgres", database=database)
    try:
        return [tuple(map(str, row)) for row in await asking.fetch(query)]
    finally:
        await asking.close()


@pytest.mark.parametrize("service", SERVICES)
async def test_a_database_has_the_privileges_that_kit_gives_it(
    provisioned: Cluster, service: str
) -> None:
    provisioned.provision(f"{service}2")
    theirs = await seen(provisioned, service, PRIVILEGES)
    ours = await seen(provisioned, f"{service}2", PRIVILEGES)
    assert len(theirs) > 15
    assert str(theirs) == str(ours).replace(f"{service}2", service)


async def test_passwords_are_kept_scrambled_and_a_changed_one_takes_effect(
    provisioned: Cluster,
) -> None:
    query = "SELECT rolname, rolpassword FROM pg_authid WHERE rolname = 'vacancies_app'"
    ((_, before),) = await seen(provisioned, "postgres", query)
    provision(provisioned, PASSWORDS | {"VACANCIES_APP_PASSWORD": "another"})
    ((_, after),) = await seen(provisioned, "postgres", query)
    assert before.startswith("SCRAM-SHA-256$")
    assert after.startswith("SCRAM-SHA-256$")
    assert before != after


async def test_nobody_but_keycloak_enters_its_database(provisioned: Cluster) -> None:
    query = "SELECT datacl::text FROM pg_database WHERE datname = 'keycloak'"
    assert await seen(provisioned, "postgres", query) == [("{keycloak=CTc/keycloak}",)]


def test_a_migration_needs_the_owners_url_and_nothing_else(provisioned: Cluster) -> None:
    url = provisioned.urls("referrals", "referrals").owner
    migration = [sys.executable, "-m", "referrals", "migrate"]
    for _ in range(2):
        subprocess.run(migration, env={"REFERRALS_OWNER_URL": url}, cwd=Path("/"), check=True)
