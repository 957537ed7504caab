"""The laws on which an authority's processing rests: what each is for, and from when until when.

An act's number is its number in the Statutes of Finland (Suomen säädöskokoelma). A section stands
here only where it is sure; null: the act as a whole, and the authority's own record of processing
names the section. Days are included.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from kit.texts import Text, text
from sharing.codes import DataClass, Purpose

from referrals.domain.basis import Asked, Lack

# Health is for the acts whose clients are served across sectors; else it needs consent.
WORK = frozenset(DataClass) - {DataClass.HEALTH}
REFERRING = frozenset({Purpose.CLIENT_REFERRAL, Purpose.SERVICE_NEED_ASSESSMENT})


@dataclass(frozen=True)
class Statute:
    """A law, what of a client it covers, for which purposes, and when."""

    code: str
    number: str
    name: Text
    purposes: frozenset[Purpose]
    classes: frozenset[DataClass]
    first_day: date
    last_day: date | None = None
    section: str | None = None

    def in_force(self, on: date) -> bool:
        """Whether it is law on a day."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)

    def lacks(self, asked: Asked) -> list[Lack]:
        """Say what it does not cover of what is asked; it names no recipients."""
        lacking = {
            Lack.NOT_IN_FORCE: not self.in_force(asked.on),
            Lack.PURPOSE: asked.purpose not in self.purposes,
            Lack.DATA_CLASS: asked.data_class not in self.classes,
        }
        return [lack for lack, holds in lacking.items() if holds]


# The first that is in force on a day is the general one: it holds where none is named.
TABLE: Final = (
    Statute(
        "employment_services",
        "380/2023",
        text(
            "Laki työvoimapalveluiden järjestämisestä",
            "Lagen om ordnande av arbetskraftsservice",
            "Act on the Organisation of Employment Services",
        ),
        REFERRING | {Purpose.RECRUITMENT},
        WORK,
        date(2025, 1, 1),
    ),
    Statute(
        "public_employment_services",
        "916/2012",
        text(
            "Laki julkisesta työvoima- ja yrityspalvelusta",
            "Lagen om offentlig arbetskrafts- och företagsservice",
            "Act on Public Employment and Business Services",
        ),
        REFERRING | {Purpose.RECRUITMENT},
        WORK,
        date(2013, 1, 1),
        date(2024, 12, 31),
    ),
    Statute(
        "municipal_trial",
        "1269/2020",
        text(
            "Laki työllisyyden edistämisen kuntakokeilusta",
            "Lagen om kommunförsök som gäller främjande av sysselsättningen",
            "Act on Municipal Trials in Promoting Employment",
        ),
        REFERRING,
        WORK,
        date(2021, 3, 1),
        date(2024, 12, 31),
    ),
    Statute(
        "multi_sector_joint_service",
        "1369/2014",
        text(
            "Laki työllistymistä edistävästä monialaisesta yhteispalvelusta",
            "Lagen om sektorsövergripande samservice som främjar sysselsättningen",
            "Act on Multi-Sector Joint Service Promoting Employment",
        ),
        REFERRING,
        frozenset(DataClass),
        date(2015, 1, 1),
        date(2024, 12, 31),
    ),
    Statute(
        "multi_sector_promotion",
        "381/2023",
        text(
            "Laki työllistymisen monialaisesta edistämisestä",
            "Lagen om sektorsövergripande främjande av sysselsättningen",
            "Act on the Multi-Sector Promotion of Employment",
        ),
        REFERRING,
        frozenset(DataClass),
        date(2025, 1, 1),
    ),
    Statute(
        "social_welfare",
        "1301/2014",
        text("Sosiaalihuoltolaki", "Socialvårdslagen", "Social Welfare Act"),
        REFERRING,
        frozenset(DataClass),
        date(2015, 4, 1),
        section="41 §",
    ),
    Statute(
        "youth",
        "1285/2016",
        text("Nuorisolaki", "Ungdomslagen", "Youth Act"),
        REFERRING,
        frozenset({DataClass.IDENTITY, DataClass.CONTACT, DataClass.SITUATION}),
        date(2017, 1, 1),
    ),
)  # fmt: skip
STATUTES: Final[Mapping[str, Statute]] = MappingProxyType({each.code: each for each in TABLE})


def general(on: date) -> Statute:
    """Give the law that holds on a day where none is named. Raises `StopIteration` before 2013."""
    return next(each for each in TABLE if each.in_force(on))
