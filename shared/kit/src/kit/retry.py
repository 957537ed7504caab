"""Which errors pass by themselves."""

import httpx
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

# SQLSTATE classes: connection, insufficient resources, operator intervention, transaction
# rollback (serialization, deadlock); and lock not available.
PASSING = ("08", "53", "57", "40", "55P03")


def is_transient(error: BaseException) -> bool:
    """Say whether trying the same again may succeed."""
    if isinstance(error, DBAPIError):
        state = str(getattr(error.orig, "sqlstate", "") or "")
        return error.connection_invalidated or state.startswith(PASSING)
    return isinstance(
        error, OperationalError | InterfaceError | httpx.TransportError | TimeoutError | OSError
    )
