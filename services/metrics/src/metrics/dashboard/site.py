"""From a page to its HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from kit.texts import Language

from metrics.dashboard import exhibits
from metrics.dashboard.pages import FrontPage, Goal, IndicatorPage
from metrics.dashboard.readings import Reading, reading, where
from metrics.dashboard.tables import made_from, told
from metrics.dashboard.voice import Voice

STYLE: Final = files("metrics.dashboard").joinpath("static/dashboard.css").read_bytes()
STYLE_NAME: Final = f"dashboard.{sha256(STYLE).hexdigest()[:12]}.css"

LANGUAGE_NAMES: Final[Mapping[Language, str]] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}

ENVIRONMENT: Final = Environment(
    loader=PackageLoader("metrics.dashboard"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Site:
    """The dashboard in one language; `root` is the path under which the service is found."""

    language: Language
    root: str = ""
    voice: Voice = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "voice", Voice(self.language))

    def front(self, page: FrontPage) -> str:
        """Write the front page."""
        return self._render("front.html", "/", page=page, goals=self._goals(page.goals))

    def indicator(self, page: IndicatorPage) -> str:
        """Write the page of one indicator."""
        card, voice = page.card, self.voice
        told = any(value.value is not None for value in page.values)
        over_time = exhibits.time_exhibit(card.indicator, page.values, voice) if told else None
        by = [
            exhibits.breakdown_exhibit(card.indicator, breakdown, voice)
            for breakdown in page.breakdowns
            if any(value.value is not None for value in breakdown.values)
        ]
        path = f"/dashboard/{card.indicator.code}"
        parts = made_from(card.latest, card.indicator, voice) if card.latest else []
        return self._render(
            "indicator.html", path, page=page, parts=parts, over_time=over_time, by=by
        )

    def not_found(self) -> str:
        """Write the page that stands where there is none."""
        return self._render("not_found.html", "/")

    def link(self, path: str, language: Language | None = None) -> str:
        """Give a page's address, with its language kept."""
        return f"{self.root}{path}?lang={language or self.language}"

    def _goals(self, goals: tuple[Goal, ...]) -> list[tuple[Goal, exhibits.Exhibit, Reading]]:
        return [(g, exhibits.goal_exhibit(g, self.voice), reading(g, self.voice)) for g in goals]

    def _render(self, template: str, path: str, **content: Any) -> str:
        languages = [(code, name, self.link(path, code)) for code, name in LANGUAGE_NAMES.items()]
        return ENVIRONMENT.get_template(template).render(
            voice=self.voice,
            language=self.language,
            languages=languages,
            link=self.link,
            told=told,
            where=where,
            style=f"{self.root}/dashboard/static/{STYLE_NAME}",
            **content,
        )
