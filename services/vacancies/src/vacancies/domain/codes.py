"""The code sets of vacancies: occupations and skills (ESCO), languages, licences, times."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from importlib import resources

from kit.problems import UnknownCode
from kit.texts import LANGUAGES, Text, text
from pydantic import BaseModel, ConfigDict, Field

CLOSE = 0.75  # difflib's ratio, 0-1: below this, URIs of unrelated concepts look alike
FAIR = 0.5  # the same for a code of a few letters, in which one that is wrong counts much
FEW = 3


class CodeSet:
    """Codes and their names. A name is no code, but it leads to one."""

    def __init__(self, names: Mapping[str, Text]) -> None:
        self._names = dict(names)
        self._spelled = {s: code for code, name in names.items() for s in spellings(code, name)}

    def __iter__(self) -> Iterator[str]:
        """Walk the codes."""
        return iter(self._names)

    def name(self, code: str) -> Text:
        """Give a code's name; a code of an older set names itself."""
        return self._names.get(code) or Text(fi=code)

    def known(self, code: str, pointer: str) -> str:
        """Give the code back if it is in the set.

        Raises `UnknownCode` with up to three that may be meant, and their names.
        """
        if code not in self._names:
            near = self.nearest(code)
            names = {n: self.name(n).model_dump(exclude_none=True) for n in near}
            raise UnknownCode(pointer=pointer, suggestions=near, names=names)
        return code

    def nearest(self, meant: str) -> list[str]:
        """Give up to three codes whose name holds what was meant, or that are spelt like it."""
        wanted = meant.strip().casefold()
        holding = [spelled for spelled in self._spelled if wanted and wanted in spelled]
        cutoff = FAIR if len(wanted) <= FEW else CLOSE
        close = get_close_matches(wanted, self._spelled, n=3, cutoff=cutoff)
        return list(dict.fromkeys(self._spelled[spelled] for spelled in (*close, *holding)))[:3]


def spellings(code: str, name: Text) -> Iterator[str]:
    """List how a code may be written: itself, its names, and a name without its (explanation)."""
    yield code.casefold()
    for language in LANGUAGES:
        full = (name.translation(language) or "").casefold()
        yield from filter(None, (full, full.partition(" (")[0]))


class Concept(BaseModel):
    """An occupation or a skill of ESCO."""

    model_config = ConfigDict(frozen=True)

    uri: str
    label: Text


class Occupation(Concept):
    """An occupation, and the ISCO-08 unit group (four digits) that ESCO puts it in."""

    isco: str = Field(pattern=r"^\d{4}$")


class Esco(BaseModel):
    """The part of ESCO that this service knows, with its source; `esco.json` holds it."""

    model_config = ConfigDict(frozen=True)

    source: str
    version: str
    labels: str
    occupations: tuple[Occupation, ...]
    skills: tuple[Concept, ...]


ESCO = Esco.model_validate_json(
    resources.files("vacancies.domain").joinpath("esco.json").read_bytes()
)
OCCUPATIONS = CodeSet({occupation.uri: occupation.label for occupation in ESCO.occupations})
SKILLS = CodeSet({skill.uri: skill.label for skill in ESCO.skills})
ISCO = {occupation.uri: occupation.isco for occupation in ESCO.occupations}

TONGUES = CodeSet(  # ISO 639-1
    {
        "fi": text("suomi", "finska", "Finnish"),
        "sv": text("ruotsi", "svenska", "Swedish"),
        "en": text("englanti", "engelska", "English"),
        "se": text("pohjoissaame", "nordsamiska", "Northern Sámi"),
        "et": text("viro", "estniska", "Estonian"),
        "ru": text("venäjä", "ryska", "Russian"),
        "uk": text("ukraina", "ukrainska", "Ukrainian"),
        "ar": text("arabia", "arabiska", "Arabic"),
        "fa": text("persia", "persiska", "Persian"),
        "so": text("somali", "somaliska", "Somali"),
        "ku": text("kurdi", "kurdiska", "Kurdish"),
        "tr": text("turkki", "turkiska", "Turkish"),
        "de": text("saksa", "tyska", "German"),
        "fr": text("ranska", "franska", "French"),
        "es": text("espanja", "spanska", "Spanish"),
        "zh": text("kiina", "kinesiska", "Chinese"),
        "vi": text("vietnam", "vietnamesiska", "Vietnamese"),
        "th": text("thai", "thailändska", "Thai"),
    }
)

LICENCES = CodeSet(
    {
        "driving-a": text("A-luokan ajo-oikeus", "körrätt för klass A", "driving licence A"),
        "driving-b": text("B-luokan ajo-oikeus", "körrätt för klass B", "driving licence B"),
        "driving-be": text("BE-luokan ajo-oikeus", "körrätt för klass BE", "driving licence BE"),
        "driving-c": text("C-luokan ajo-oikeus", "körrätt för klass C", "driving licence C"),
        "driving-ce": text("CE-luokan ajo-oikeus", "körrätt för klass CE", "driving licence CE"),
        "driving-d": text("D-luokan ajo-oikeus", "körrätt för klass D", "driving licence D"),
        "hygiene": text("hygieniapassi", "hygienpass", "hygiene passport"),
        "occupational-safety": text(
            "työturvallisuuskortti", "arbetarskyddskort", "occupational safety card"
        ),
        "hot-work": text("tulityökortti", "kort för heta arbeten", "hot work card"),
    }
)
# Directive 2006/126/EC, article 6: who may drive these may drive those.
INCLUDES: Mapping[str, frozenset[str]] = {
    "driving-be": frozenset({"driving-b"}),
    "driving-c": frozenset({"driving-b"}),
    "driving-ce": frozenset({"driving-b", "driving-be", "driving-c"}),
    "driving-d": frozenset({"driving-b"}),
}


class Level(StrEnum):
    """How well a language is known: the Common European Framework, from least to most."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"

    def steps_to(self, other: "Level") -> int:
        """Count the steps up to another level; below zero where it is lower."""
        levels = list(Level)
        return levels.index(other) - levels.index(self)


class Relation(StrEnum):
    """What binds the worker to the employer."""

    EMPLOYMENT = "employment"
    PUBLIC_SERVICE = "public_service"
    APPRENTICESHIP = "apprenticeship"
    AGENCY_WORK = "agency_work"


class Duration(StrEnum):
    """How long the work is meant to last."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"


class WorkingTime(StrEnum):
    """How much of a week the work takes."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


TIMES = CodeSet(
    {
        WorkingTime.FULL_TIME: text("kokoaikatyö", "heltidsarbete", "full-time work"),
        WorkingTime.PART_TIME: text("osa-aikatyö", "deltidsarbete", "part-time work"),
    }
)
