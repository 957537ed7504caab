"""Days and instants as callers write them: 2026-11-24, 2026-11-24T09:00:00+02:00, and not else."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator


def as_written(day: object) -> object:
    """Refuse what pydantic would take for a day as well: a number, or a time of a day."""
    written = isinstance(day, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)
    if not written and not isinstance(day, date):
        raise ValueError("a day is written like 2026-11-24")
    return day


Day = Annotated[date, BeforeValidator(as_written)]


def as_text(instant: object) -> object:
    """Refuse what pydantic would take for an instant as well: a number."""
    if not isinstance(instant, str | datetime):
        raise ValueError("an instant is written like 2026-11-24T09:00:00+02:00")
    return instant


Instant = Annotated[AwareDatetime, BeforeValidator(as_text)]
