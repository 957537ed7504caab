"""Migrations: forward only, small, with timeouts; and the check that models and they agree."""

from importlib.resources import files
from typing import Any

from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import await_only

from kit.schema import TABLES

# The owner sees the rows of private tables while it maintains them only (`kit.ownership`).
SETTINGS = "SET lock_timeout = '5s'; SET statement_timeout = '60s'; SET kit.maintains = 'on'"


def config(package: str) -> Config:
    """Point Alembic at the migrations inside a service's package."""
    settings = Config()
    settings.set_main_option("script_location", str(files(package) / "migrations"))
    return settings


async def upgrade(package: str, owner_url: str, to: str = "head") -> None:
    """Bring a service's database up to date, or to a revision, as its owner."""
    await run(owner_url, lambda connection: upgraded(package, connection, to))


def upgraded(package: str, connection: Connection, to: str = "head") -> None:
    """Run the migrations on a connection."""
    settings = config(package)
    settings.attributes["connection"] = connection
    command.upgrade(settings, to)


async def drift(owner_url: str, metadata: MetaData) -> list[Any]:
    """List the differences between a migrated database and the models; none is right."""
    found: list[Any] = []
    await run(owner_url, lambda connection: found.extend(differences(connection, metadata)))
    return found


def differences(connection: Connection, metadata: MetaData) -> list[Any]:
    """Compare as Alembic's autogenerate does; the bus's own tables have no models."""
    options = {"include_name": lambda name, kind, _parents: kind != "table" or name not in TABLES}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


async def run(owner_url: str, work: Any) -> None:
    """Do something with a connection of the owner, in one transaction."""
    engine = create_async_engine(owner_url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            for setting in SETTINGS.split(";"):
                await connection.exec_driver_sql(setting)
            await connection.run_sync(work)
    finally:
        await engine.dispose()


def script(sql: str) -> None:
    """Run many statements in the migration's transaction, as `psql -f` would."""
    connection = op.get_bind().connection
    await_only(connection.driver_connection.execute(sql))  # type: ignore[union-attr]


def taken_from_all(rights: str, *tables: str) -> None:
    """Take rights on tables from the application and the worker, which have them by default."""
    script(f"""
        DO $$
        DECLARE role text;
        BEGIN
            FOREACH role IN ARRAY ARRAY['_app', '_worker'] LOOP
                EXECUTE format('REVOKE {rights} ON {", ".join(tables)} FROM %I',
                    current_database() || role);
            END LOOP;
        END $$;
    """)


def environment(context: Any, metadata: MetaData) -> None:
    """Be the body of a service's `migrations/env.py`."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
