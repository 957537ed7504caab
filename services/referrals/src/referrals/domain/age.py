"""How old a client is, by the personal identity code."""

from datetime import date
from typing import Final

# The sign that stands for the century (Government Decree 690/2022, in force since 2023).
CENTURIES: Final = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}


def age_by(code: str, on: date) -> int:
    """Give the full years on a day, by a code that was checked (`DDMMYYCZZZQ`).

    Who was born on 29 February is a year older on 1 March where the year has no such day.
    """
    day, month, year = int(code[:2]), int(code[2:4]), int(code[4:6])
    return on.year - CENTURIES[code[6]] - year - ((on.month, on.day) < (month, day))
