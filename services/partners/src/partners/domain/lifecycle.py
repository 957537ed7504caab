"""The life of an agreement: made by signatures and by the calendar, not by anybody's switch."""

from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where an agreement stands on a day."""

    DRAFT = "draft"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    EXPIRED = "expired"


def status_on(day: date, *, signed_by_all: bool, valid_from: date, valid_until: date) -> Status:
    """Say where an agreement stands on a day in Finland; both ends of its term are included.

    | | before the term | within it | after it |
    |---|---|---|---|
    | a signature is missing | draft | draft | expired |
    | signed by all parties | signed | in force | expired |
    """
    if day > valid_until:
        return Status.EXPIRED
    if not signed_by_all:
        return Status.DRAFT
    return Status.IN_FORCE if day >= valid_from else Status.SIGNED
