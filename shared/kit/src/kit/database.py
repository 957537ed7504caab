"""A service's own PostgreSQL: one pool per role, one transaction per command."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg
import orjson
from sqlalchemy import MetaData, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import NullPool

Transaction = AsyncSession

# A machine that vanished holds its locks no longer than this (seconds, seconds, tries).
NOTICED_WHEN_GONE = {
    "server_settings": {
        "tcp_keepalives_idle": "2",
        "tcp_keepalives_interval": "1",
        "tcp_keepalives_count": "2",
    }
}

BEGUN = text("SELECT")
WHO = "SELECT coalesce(current_setting('kit.organisation', true), '') AS caller"
CALLS = "SELECT set_config('kit.organisation', $1, true)"
CALLED_BY = text("SELECT set_config('kit.organisation', :caller, true)")
LAZILY = "SET LOCAL synchronous_commit TO off"

NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


# SQLSTATE: connection exceptions, too many connections, shutting down, crashed, starting up.
AWAY = ("08", "53300", "57P01", "57P02", "57P03")


async def hot(tx: Transaction, statement: str, *values: Any) -> Sequence[Mapping[str, Any]]:
    """Run a statement of the busiest paths on the driver itself, in this transaction.

    It costs a fifth of the processor's time (docs/performance.md). Parameters are the driver's:
    `$1`, `$2` …; JSON is a string. Raises `DBAPIError`, as the toolkit does.
    """
    driver = await driver_of(tx)
    with told_by_the_driver(statement):
        found: Sequence[Mapping[str, Any]] = await driver.fetch(statement, *values)
    return found


async def touched(tx: Transaction, statement: str, *values: Any) -> int:
    """Run a statement as `hot` does, and say how many rows it wrote."""
    driver = await driver_of(tx)
    with told_by_the_driver(statement):
        status: str = await driver.execute(statement, *values)
    return int(status.rpartition(" ")[2])


async def driver_of(tx: Transaction) -> Any:
    """Give the driver's own connection, in a transaction by now."""
    driver: Any = tx.info.get("driver")
    if driver is None:
        connection = await (await tx.connection()).get_raw_connection()
        driver = tx.info["driver"] = connection.driver_connection
    if not driver.is_in_transaction():  # the toolkit begins with its first statement
        await tx.execute(BEGUN)
    return driver


@contextmanager
def told_by_the_driver(statement: str) -> Iterator[None]:
    """Raise the driver's errors as the toolkit does."""
    try:
        yield
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise DBAPIError(statement, None, error, hide_parameters=True) from error


@asynccontextmanager
async def on_behalf_of(tx: Transaction, caller: str) -> AsyncIterator[None]:
    """Let the body see and write what is another organisation's, for what the system does in that
    one's name; afterwards the transaction is its caller's again.
    """
    before = (await hot(tx, WHO))[0]["caller"]
    await hot(tx, CALLS, caller)
    yield
    await hot(tx, CALLS, before)


class Base(DeclarativeBase):
    """Each service derives its own base from this one, with metadata of its own."""

    __abstract__ = True


def named() -> MetaData:
    """Give metadata whose constraints are named as PostgreSQL names them."""
    return MetaData(naming_convention=NAMES)


def dumps(value: Any) -> str:
    """Write JSON for the database; UUIDs and dates included."""
    return orjson.dumps(value).decode()


def away(error: BaseException | None) -> bool:
    """Say whether an error means that the database cannot be had now, and may be soon."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or away(error.orig)
    state = str(getattr(error, "sqlstate", ""))
    return isinstance(error, OSError | PoolTimeout) or state.startswith(AWAY)


class Database:
    """The service's database as one role sees it."""

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 8,
        wake: asyncio.Event | None = None,
        info: Mapping[str, Any] | None = None,
    ) -> None:
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            json_serializer=dumps,
            json_deserializer=orjson.loads,
            hide_parameters=True,  # an error never carries a person's data into a log
            connect_args=NOTICED_WHEN_GONE,
        )
        self._alone = create_async_engine(
            url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args=NOTICED_WHEN_GONE,
        )
        self._sessions = async_sessionmaker(
            self.engine, autoflush=False, expire_on_commit=False, info=dict(info or {})
        )
        self.wake = wake or asyncio.Event()
        self.leads: set[str] = set()  # the roles in which this process leads

    @asynccontextmanager
    async def begin(
        self, *, lasting: bool = True, caller: str | None = None
    ) -> AsyncIterator[Transaction]:
        """Open a transaction; commit at the end, roll back on an error.

        `caller` is the organisation for which it is: the application sees that one's rows alone
        (`kit.ownership`), and without it none that are anybody's.

        One that need not be lasting does not wait for the disk: a crash of PostgreSQL may take it
        back whole, which is right where it would then be done again from the same place. (What
        said a fact lasts always: others may have heard it.)
        """
        async with self._sessions() as tx:
            async with tx.begin():
                if caller is not None:
                    await tx.execute(CALLED_BY, {"caller": caller})  # instead of BEGUN
                yield tx
                if not lasting and "spoke" not in tx.info:
                    await hot(tx, LAZILY)
            if "spoke" in tx.info:
                self.wake.set()  # the ticker need not wait for its next look

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection outside the pool: what it holds (a lock) ends with it."""
        async with self._alone.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()
        await self._alone.dispose()
