"""What an indicator is: its meaning, its unit, and by what it can be broken down."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from kit.texts import Text, text

Unit = Literal["hours", "minutes", "percent", "referrals", "needs", "openings", "placements"]

UNITS: Final[Mapping[Unit, Text]] = MappingProxyType(
    {
        "hours": text("tuntia", "timmar", "hours"),
        "minutes": text("minuuttia", "minuter", "minutes"),
        "percent": text("prosenttia", "procent", "per cent"),
        "referrals": text("ohjausta", "hänvisningar", "referrals"),
        "needs": text("palvelutarvetta", "servicebehov", "service needs"),
        "openings": text("työpaikkaa", "arbetsplatser", "openings"),
        "placements": text("työllistymistä", "sysselsatta", "placements"),
    }
)
ONE: Final[Mapping[Unit, Text]] = MappingProxyType(
    {
        "minutes": text("minuutti", "minut", "minute"),
        "referrals": text("ohjaus", "hänvisning", "referral"),
        "needs": text("palvelutarve", "servicebehov", "service need"),
        "openings": text("työpaikka", "arbetsplats", "opening"),
        "placements": text("työllistyminen", "sysselsatt", "placement"),
    }
)


@dataclass(frozen=True)
class Dimension:
    """What values can be broken down by: the word of the API, its name, and as an adverb."""

    code: str
    name: Text
    each: Text


RECIPIENT: Final = Dimension(
    "recipient",
    text("Vastaanottaja", "Mottagare", "Recipient"),
    text("Vastaanottajittain", "Efter mottagare", "By recipient"),
)
OFFERING: Final = Dimension(
    "offering",
    text("Palvelu", "Tjänst", "Service"),
    text("Palveluittain", "Efter tjänst", "By service"),
)
NEED: Final = Dimension(
    "need",
    text("Palvelutarve", "Servicebehov", "Service need"),
    text("Palvelutarpeittain", "Efter servicebehov", "By service need"),
)
PILOT: Final = Dimension(
    "pilot",
    text("Pilotti", "Pilot", "Pilot"),
    text("Piloteittain", "Efter pilot", "By pilot"),
)
AREA: Final = Dimension(
    "area", text("Alue", "Område", "Area"), text("Alueittain", "Efter område", "By area")
)
MUNICIPALITY: Final = Dimension(
    "municipality",
    text("Kunta", "Kommun", "Municipality"),
    text("Kunnittain", "Efter kommun", "By municipality"),
)


DECLINE: Final = Dimension(
    "decline",
    text("Hylkäyksen syy", "Orsak till avslag", "Reason of the decline"),
    text("Syittäin", "Efter orsak", "By reason"),
)
HELPED: Final = Dimension(
    "helped",
    text("Asiakkaan arvio", "Klientens bedömning", "The client's word"),
    text("Arvioittain", "Efter bedömning", "By the client's word"),
)
RESPONSIBLE: Final = Dimension(
    "responsible",
    text("Vastuutaho", "Ansvarig", "Responsible"),
    text("Vastuutahoittain", "Efter ansvarig", "By who is responsible"),
)


@dataclass(frozen=True)
class Indicator:
    """One indicator of the partnership.

    `level` says whether it is a state at the end of a month or what happened during it;
    `parts` name what a value is made from, or what stands beside it; `full` is the value at
    which all is used or reached, where there is such a value.
    """

    code: str
    name: Text
    definition: Text
    unit: Unit
    level: bool
    by: tuple[Dimension, ...]
    source: Text
    parts: Mapping[str, Text]
    full: float | None = None


OWN_FACTS: Final = text(
    "Kumppanuuden palvelujen tapahtumat",
    "Händelser i partnerskapets tjänster",
    "Events of the partnership’s services",
)
