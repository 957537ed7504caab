"""Opening hours in the Finnish Service Catalogue."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from partners.domain.catalogue import Hours, Weekday
from partners.hsds.links import Note
from partners.hsds.ptv_records import Hour, ServiceHours
from partners.hsds.ptv_texts import called
from partners.hsds.reading_places import clock_time

Span = tuple[tuple[Weekday, ...], str, str]  # days, from, to

DAYS = {
    "Monday": Weekday.MONDAY, "Tuesday": Weekday.TUESDAY, "Wednesday": Weekday.WEDNESDAY,
    "Thursday": Weekday.THURSDAY, "Friday": Weekday.FRIDAY, "Saturday": Weekday.SATURDAY,
    "Sunday": Weekday.SUNDAY,
}  # fmt: skip
WEEKLY, NIGHTLY = ("DaysOfTheWeek", "Standard"), "OverMidnight"
FIRST_MINUTE, LAST_MINUTE = "00:00", "23:59"
HELSINKI = ZoneInfo("Europe/Helsinki")


def hours(tables: Sequence[ServiceHours], pointer: str, notes: list[Note]) -> Iterator[Hours]:
    """Read the hours that repeat every week. A day ends at 23.59: what is open over midnight is
    open until then, and from 00.00 of the next day; what never closes does so then as well.
    """
    for number, table in enumerate(tables):
        told = f"{pointer}/serviceHours/{number}"
        if table.type not in (*WEEKLY, NIGHTLY) or table.closed:
            notes.append(Note(told, "not-of-every-week" if table.type not in WEEKLY else "closed"))
            continue
        if table.reserved and not table.hours:
            notes.append(Note(told, "by-reservation"))
            continue
        spans = over_midnight if table.type == NIGHTLY else in_a_day
        for line in table.hours or (None,):
            try:
                parts = spans(line) if line else [(tuple(Weekday), FIRST_MINUTE, LAST_MINUTE)]
                read = [dict(zip(("days", "opens", "closes"), part, strict=True)) for part in parts]
                yield from [Hours.model_validate(each | about(table)) for each in read]
            except (ValidationError, ValueError):
                notes.append(Note(told, "not-understood"))


def about(table: ServiceHours) -> dict[str, Any]:
    """Read from which day until which a table holds, and its note. Raises `ValueError`."""
    return {
        "valid_from": day(table.valid_from),
        "valid_until": day(table.valid_to),
        "note": called(table.note, "") if table.note else None,
    }


def day(moment: str | None) -> str | None:
    """Read Finland's day of an instant. Raises `ValueError`."""
    if moment is None:
        return None
    at = datetime.fromisoformat(moment)
    return (at.astimezone(HELSINKI) if at.tzinfo else at).date().isoformat()


def in_a_day(line: Hour) -> Iterator[Span]:
    """Read a line of hours that begin and end on the same day, on each of some. Raises
    `ValueError`.
    """
    yield days(line), clock_time(line.opens), clock_time(line.closes)


def over_midnight(line: Hour) -> Iterator[Span]:
    """Read a line that begins on one day and ends on another. Raises `ValueError`."""
    first, *between, last = days(line)
    yield (first,), clock_time(line.opens), LAST_MINUTE
    if between:
        yield tuple(between), FIRST_MINUTE, LAST_MINUTE
    if (closes := clock_time(line.closes)) != FIRST_MINUTE:
        yield (last,), FIRST_MINUTE, closes


def days(hour: Hour) -> tuple[Weekday, ...]:
    """Read the days from one to another, over the week's end if need be. Raises `ValueError`."""
    if hour.day_from not in DAYS or (hour.day_to or hour.day_from) not in DAYS:
        raise ValueError("no day")
    every = list(DAYS)
    first, last = every.index(hour.day_from), every.index(hour.day_to or hour.day_from)
    return tuple(DAYS[every[(first + n) % 7]] for n in range((last - first) % 7 + 1))
