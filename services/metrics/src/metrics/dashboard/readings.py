"""How a goal stands, in one sentence and three figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kit.texts import Text
from markupsafe import Markup, escape

from metrics.dashboard.pages import Goal
from metrics.dashboard.voice import Voice
from metrics.domain.months import span_of
from metrics.domain.trajectory import Standing
from metrics.domain.values import Value

MOST_NAMES: Final = 3  # areas beyond these are counted rather than named


@dataclass(frozen=True)
class Reading:
    """The newest value in words, how it stands to the path (by code and in words), and the
    figures that matter, each with its label.
    """

    sentence: str
    standing: Standing | None
    told: str
    figures: tuple[tuple[str, str], ...]


def reading(goal: Goal, voice: Voice) -> Reading:
    """Read how the newest value stands to the path and to the target."""
    known = [value for value in goal.values if value.value is not None]
    newest = known[-1] if known else None
    expected = goal.trajectory.expected(span_of(newest.period).last) if newest else None
    sentence = sentence_of(goal, newest, expected, voice) if newest else voice.word("no_values_yet")
    standing = goal.standing(newest) if newest else None
    told = voice.word(standing) if standing else ""
    return Reading(sentence, standing, told, figures_of(goal, newest, expected, voice))


def sentence_of(goal: Goal, newest: Value, expected: float | None, voice: Voice) -> str:
    """Say the newest value, and how far it is from the path where the path reaches."""
    unit, value = goal.indicator.unit, newest.value or 0.0
    gap = 0.0 if expected is None else round(value - expected, 1)
    month = voice.month(newest.period)
    return voice.word(
        "off_path" if expected is None else side(gap),
        month=month[0].upper() + month[1:],
        value=voice.amount(value, unit),
        expected=voice.amount(expected, unit),
        gap=voice.distance(abs(gap), unit),
    )


def side(gap: float) -> str:
    """Name the phrase for a distance from the path, which a tenth of the unit makes."""
    if gap == 0:
        return "on_path"
    return "above_path" if gap > 0 else "below_path"


def figures_of(
    goal: Goal, newest: Value | None, expected: float | None, voice: Voice
) -> tuple[tuple[str, str], ...]:
    """Give the figures to show large: actual, expected, target."""
    unit, target = goal.indicator.unit, goal.trajectory.target
    actual = voice.amount(newest.value if newest else None, unit)
    return (
        (voice.word("observed"), actual),
        (voice.word("path"), voice.amount(expected, unit)),
        (voice.word("target_by", voice.short(target.period)), voice.amount(target.value, unit)),
    )


def where(areas: Sequence[Text], voice: Voice) -> Markup:
    """Say of which areas a value is: by their names, or how many where they are many."""
    if len(areas) > MOST_NAMES:
        return escape(voice.word("areas", voice.number(len(areas))))
    return Markup(", ").join(voice.read(name) for name in areas)
