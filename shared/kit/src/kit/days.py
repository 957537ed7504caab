"""Days as callers write them: 2026-11-24, and in no other way."""

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator


def as_written(day: object) -> object:
    """Refuse what pydantic would take for a day as well: a number, or a time of a day."""
    written = isinstance(day, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)
    if not written and not isinstance(day, date):
        raise ValueError("a day is written like 2026-11-24")
    return day


Day = Annotated[date, BeforeValidator(as_written)]
