"""From a version of an agreement to its HTML."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from kit.clock import HELSINKI
from kit.texts import Language, Text
from markupsafe import Markup, escape
from sharing import Everyone
from sharing.agreements import KIND
from sharing.codes import LETTERS

from partners.documents import words
from partners.domain import changes
from partners.domain.agreement import Agreement
from partners.domain.agreement_terms import Cohort
from partners.domain.area import AreaKind
from partners.domain.version import Version

STYLE: Final = files("partners.documents").joinpath("document.css").read_text()
HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS: Final = MappingProxyType(
    {
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{HASH}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept, Accept-Language",
    }
)
ENVIRONMENT: Final = Environment(
    loader=PackageLoader("partners.documents", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Reading:
    """How a document speaks: one language, and what is called how: organisations, areas (by the
    code that figures have for them), the version's themes.
    """

    language: Language
    names: Mapping[str, Text]
    areas: Mapping[str, Text]
    themes: Mapping[str, Text]

    def word(self, name: str) -> str:
        """Give a word of the document's own."""
        return words.WORDS[name].read(self.language)

    def read(self, text: Text) -> Markup:
        """Give a text; where its translation is missing, the Finnish one, marked as such."""
        translation = text.translation(self.language)
        if translation is not None:
            return escape(translation)
        return Markup('<span lang="fi">{}</span>').format(text.fi)

    def party(self, code: str) -> Markup:
        """Name an organisation; one that is not known here by its code."""
        name = self.names.get(code)
        return self.read(name) if name else escape(code)

    def area(self, code: str) -> Markup:
        """Name an area; one that is not known here by its code."""
        name = self.areas.get(code)
        return self.read(name) if name else escape(code)

    def theme(self, code: str) -> Markup:
        """Name a theme; one that the version does not have by its code."""
        name = self.themes.get(code)
        return self.read(name) if name else escape(code)

    def counted(self, cohort: Cohort) -> Markup:
        """Write what of a cohort can be counted: its ages, and where it lives."""
        said: list[Markup] = []
        if cohort.age_from is not None or cohort.age_to is not None:
            ages = (cohort.age_from, cohort.age_to)
            youngest, oldest = ("" if age is None else str(age) for age in ages)
            said.append(escape(f"{self.word('age')} {youngest}–{oldest}"))
        code = LETTERS[AreaKind.MUNICIPALITY]
        said += [self.area(f"{code}{each}") for each in cohort.municipalities]
        return Markup(", ").join(said)

    def side(self, side: frozenset[str] | Everyone) -> Markup:
        """Name the parties of one side of a clause."""
        if side == "all":
            return escape(self.word("all"))
        return Markup(", ").join(self.kind_or_party(each) for each in sorted(side))

    def kind_or_party(self, named: str) -> Markup:
        """Name a party, or the parties of a kind."""
        kind = named.removeprefix(KIND)
        return self.party(named) if kind == named else escape(f"{self.word('kind')} {kind}")

    def coded(self, table: str, codes: Iterable[str]) -> str:
        """Name codes in words, in the order of their table."""
        named: Mapping[str, Text] = getattr(words, table)
        return ", ".join(text.read(self.language) for code, text in named.items() if code in codes)

    def day(self, day: date) -> str:
        """Write a day as it is written in the language."""
        return changes.read(day, self.language)

    def period(self, first: date | None, last: date | None) -> str:
        """Write a period, both days included; an end that is open is left out."""
        if first is None and last is None:
            return "–"
        return " – ".join("" if day is None else self.day(day) for day in (first, last))

    def number(self, value: float) -> str:
        """Write a number as it is written in the language, with two decimals at most."""
        written = f"{value:,.2f}".rstrip("0").rstrip(".")
        if self.language == "en":
            return written
        return written.replace(",", "\u00a0").replace(".", ",")

    def moment(self, moment: datetime) -> str:
        """Write a moment by the clock in Finland."""
        there = moment.astimezone(HELSINKI)
        return f"{self.day(there.date())} {there:%H:%M}"


def page(
    agreement: Agreement,
    version: Version,
    names: Mapping[str, Text],
    areas: Mapping[str, Text],
    lang: Language,
) -> str:
    """Write the document of a version; and, apart from what is signed, what became of pilots."""
    pilots = {pilot.code: pilot for pilot in version.terms.pilots}
    return ENVIRONMENT.get_template("version.html").render(
        r=Reading(lang, names, areas, {theme.code: theme.name for theme in version.terms.themes}),
        evaluations=[(pilots[e.pilot], e) for e in agreement.evaluations if e.pilot in pilots],
        agreement=agreement,
        version=version,
        terms=version.terms,
        signed={signature.organisation: signature for signature in version.signatures},
        sha256=agreement.sha256(version),
        style=Markup(STYLE),  # noqa: S704 (our own file, whose hash the policy names)
    )
