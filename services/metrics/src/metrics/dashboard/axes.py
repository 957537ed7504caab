"""What a chart's axes say: which months and which values are marked, and how."""

import json
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from kit.texts import Language

from metrics.domain.measures import Unit
from metrics.domain.months import month_at

LONG: Final = 24  # months from which an axis names years only
STEPS: Final = (1, 2, 3, 5, 10, 20, 50, 100, 1000, 10_000)

NUMBERS: Final[Mapping[Language, dict[str, Any]]] = MappingProxyType(
    {
        "fi": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", ""]},
        "sv": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", ""]},
        "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
    }
)


def marked_months(first: int, last: int, most: int) -> dict[int, str]:
    """Choose at most so many months that an axis names, evenly, and name them.

    Over a long time Januaries are named, by their year; else months, counted from the last.
    """
    months = range(first, last + 1)
    if len(months) > LONG:
        years = [month for month in months if month % 12 == 0]
        step = next(step for step in STEPS if len(years) / step <= most)
        return {m: str(month_at(m).year) for m in years if m // 12 % step == 0}
    step = next(step for step in STEPS if len(months) / step <= most)
    return {m: month_name(m) for m in months if (m - last) % step == 0}


def month_name(month: int) -> str:
    """Name a month shortly: `10/2023`."""
    at = month_at(month)
    return f"{at.month}/{at.year}"


def reach(values: list[float], unit: Unit, full: float | None) -> float:
    """Say how far values are drawn: to where all is used, else to the largest of them.

    Hours are drawn to one hour at least, so that seconds do not look like much.
    """
    return full or max([*values, 1.0 if unit == "hours" else 0.0]) or 1.0


def marked_values(values: list[float], unit: Unit, full: float | None) -> list[float]:
    """Choose at most six even marks from 0 to above the largest value: steps of 1, 2, 5 × 10ⁿ."""
    most = reach(values, unit, full)
    power = 10.0 ** math.floor(math.log10(most / 5))
    step = next(power * n for n in (1, 2, 5, 10) if most / (power * n) <= 5)
    if unit not in {"percent", "hours"}:
        step = max(step, 1)
    return [round(step * n, 9) for n in range(math.ceil(most / step - 1e-9) + 1)]


def value_label(unit: Unit, language: Language) -> str:
    """Write the Vega expression that labels a value with its sign: an axis has no title."""
    signs: dict[Unit, str] = {"percent": "%" if language == "en" else "\u00a0%", "hours": "\u00a0h"}
    sign = json.dumps(signs.get(unit, ""), ensure_ascii=False)
    return f"format(datum.value, ',~f') + {sign}"


def month_label(marks: Mapping[int, str]) -> str:
    """Write the Vega expression that labels a month with its name."""
    return f"{json.dumps({str(month): name for month, name in marks.items()})}[datum.value]"
