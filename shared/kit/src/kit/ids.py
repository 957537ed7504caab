"""Where ids are born."""

from uuid import UUID, uuid5

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Give a UUIDv7: unique, and sorted by the time of its birth."""
    return uuid7()


def derived_id(event_id: UUID, name: str) -> UUID:
    """Give the id of what a fact causes: the same fact gives the same id, however often heard."""
    return uuid5(event_id, name)
