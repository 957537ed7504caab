"""How the dashboard speaks: words, numbers, months and moments in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Final

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent
from kit.clock import HELSINKI
from kit.texts import Language, Text
from markupsafe import Markup, escape

from metrics.dashboard.words import WORDS
from metrics.domain.measures import ONE, UNITS, Indicator, Unit
from metrics.domain.months import span_of

LOCALES: Final[Mapping[Language, str]] = MappingProxyType(
    {"fi": "fi", "sv": "sv_FI", "en": "en_GB"}
)
PERCENT: Final[Mapping[Language, str]] = MappingProxyType(
    {"fi": "#,##0.0\u00a0%", "sv": "#,##0.0\u00a0%", "en": "#,##0.0%"}
)
UNKNOWN: Final = "–"


@dataclass(frozen=True)
class Voice:
    """One language, and all that depends on it."""

    language: Language

    @cached_property
    def locale(self) -> Locale:
        """The conventions of the language as it is used in Finland (English: in Britain)."""
        return Locale.parse(LOCALES[self.language])

    def word(self, phrase: str, /, *holes: object, **named: object) -> str:
        """Give one of the dashboard's own phrases, its holes filled."""
        return WORDS[phrase].read(self.language).format(*holes, **named)

    def read(self, text: Text) -> Markup:
        """Give a text; where its translation is missing, the Finnish one, marked as such."""
        translation = text.translation(self.language)
        if translation is not None:
            return escape(translation)
        return Markup('<span lang="fi">{}</span>').format(text.fi)

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with the language's separators."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(value, format=pattern, locale=self.locale))

    def amount(self, value: float | None, unit: Unit) -> str:
        """Write a value as short as people read it, with its sign: `12,1 %`, `30,5 h`, `14`."""
        if value is None:
            return UNKNOWN
        if unit == "percent":
            pattern = PERCENT[self.language]
            return str(format_percent(value / 100, format=pattern, locale=self.locale))
        return self.hours(value) if unit == "hours" else self.number(value)

    def distance(self, value: float, unit: Unit) -> str:
        """Write how far two values are apart: two percentages differ by percentage points."""
        if unit == "percent":
            return self.word("points", self.number(value, 1))
        return self.amount(value, unit)

    def hours(self, value: float) -> str:
        """Write a duration given in hours; what is under an hour, in minutes."""
        if value < 1 / 60:
            return self.word("under_a_minute")
        if value < 1:
            return f"{self.number(value * 60)}\u00a0min"
        return f"{self.number(value, 1)}\u00a0h"

    def unit(self, unit: Unit, value: float | None) -> str:
        """Name a unit in words; a percentage and an hour carry their sign already."""
        if unit in {"percent", "hours"}:
            return ""
        return (ONE if value == 1 else UNITS)[unit].read(self.language)

    def part(self, indicator: Indicator, part: str) -> str:
        """Name what an indicator's value is made from."""
        return indicator.parts[part].read(self.language)

    def short(self, period: str) -> str:
        """Name a period shortly: `12/2025`, or a year as it is."""
        span = span_of(period)
        return f"{span.last.month}/{span.last.year}" if span.first == span.last else period

    def month(self, period: str) -> str:
        """Name a month: `lokakuu 2023`."""
        first = span_of(period).first
        day = date(first.year, first.month, 1)
        return str(format_date(day, "LLLL y", locale=self.locale))

    def day(self, day: date) -> str:
        """Write a day: `24.11.2026`, `24 Nov 2026`."""
        return str(format_date(day, "medium", locale=self.locale))

    def moment(self, moment: datetime) -> str:
        """Write a moment by the clock in Finland."""
        time = format_time(moment, "short", tzinfo=HELSINKI, locale=self.locale)
        return self.word("moment", day=self.day(moment.astimezone(HELSINKI).date()), time=time)
