"""Where a vacancy stands."""

from enum import StrEnum


class Status(StrEnum):
    """It follows from two things: was it withdrawn, and are all of its openings filled."""

    OPEN = "open"
    FILLED = "filled"
    WITHDRAWN = "withdrawn"
