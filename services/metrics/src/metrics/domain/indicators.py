"""The indicators: what each one means, its unit, and by what it can be broken down."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kit.texts import text

from metrics.domain.loop_indicators import LOOP_INDICATORS
from metrics.domain.measures import (
    AREA,
    MUNICIPALITY,
    NEED,
    OFFERING,
    OWN_FACTS,
    PILOT,
    RECIPIENT,
    Indicator,
)

REFERRAL_TIME: Final = Indicator(
    code="referral-time-to-decision",
    name=text("Ohjauksen päätösaika", "Tid till beslut om hänvisning", "Time to a decision"),
    definition=text(
        "Aika ohjauksen lähettämisestä siihen, kun vastaanottaja hyväksyy sen tai se hylätään. "
        "Keskiarvo kuukauden aikana päätetyistä ohjauksista; mediaani on sen rinnalla.",
        "Tiden från att en hänvisning skickas tills den godkänns eller avslås. "
        "Medelvärdet för hänvisningar som avgjorts under månaden; medianen anges bredvid.",
        "Time from sending a referral until it is accepted or declined. The mean over the "
        "referrals decided during the month, with the median beside it.",
    ),
    unit="hours",
    level=False,
    by=(RECIPIENT,),
    source=OWN_FACTS,
    parts=MappingProxyType(
        {
            "median": text("Mediaani", "Median", "Median"),
            "cases": text("Päätöksiä", "Beslut", "Decisions"),
        }
    ),
)

ACCEPTANCE: Final = Indicator(
    code="referral-acceptance-rate",
    name=text("Hyväksytyt ohjaukset", "Godkända hänvisningar", "Referrals accepted"),
    definition=text(
        "Hyväksyttyjen ohjausten osuus kuukauden aikana päätetyistä ohjauksista.",
        "Andelen godkända hänvisningar av dem som avgjorts under månaden.",
        "Share of accepted referrals among those decided during the month.",
    ),
    unit="percent",
    level=False,
    by=(RECIPIENT,),
    source=OWN_FACTS,
    parts=MappingProxyType(
        {
            "accepted": text("Hyväksyttyjä", "Godkända", "Accepted"),
            "decided": text("Päätöksiä", "Beslut", "Decisions"),
        }
    ),
    full=100,
)

LOOPS_CLOSED: Final = Indicator(
    code="loops-closed",
    name=text("Loppuun saatetut ohjaukset", "Slutförda hänvisningar", "Referral loops closed"),
    definition=text(
        "Ohjaukset, joiden tuloksen lähettäjä on vahvistanut kuukauden aikana.",
        "Hänvisningar vars resultat avsändaren har bekräftat under månaden.",
        "Referrals whose outcome the sender has confirmed during the month.",
    ),
    unit="referrals",
    level=False,
    by=(RECIPIENT,),
    source=OWN_FACTS,
    parts=MappingProxyType({}),
)

CAPACITY: Final = Indicator(
    code="capacity-used",
    name=text("Palvelupaikkojen käyttö", "Använda serviceplatser", "Service places in use"),
    definition=text(
        "Varattujen paikkojen osuus palvelujen enimmäispaikoista kuukauden lopussa "
        "tai tähän mennessä.",
        "Andelen upptagna platser av tjänsternas högsta antal platser i slutet av månaden "
        "eller hittills.",
        "Share of seats taken in the most seats that services offer, at the end of the month "
        "or so far.",
    ),
    unit="percent",
    level=True,
    by=(OFFERING,),
    source=OWN_FACTS,
    parts=MappingProxyType(
        {
            "taken": text("Varattuja", "Upptagna", "Taken"),
            "maximum": text("Paikkoja enintään", "Platser högst", "Seats at most"),
        }
    ),
    full=100,
)

NEEDS_CONFIRMED: Final = Indicator(
    code="needs-confirmed",
    name=text("Vahvistetut palvelutarpeet", "Bekräftade servicebehov", "Service needs confirmed"),
    definition=text(
        "Palvelutarpeet, jotka virkailija on arvioinnin perusteella vahvistanut kuukauden aikana.",
        "Servicebehov som en tjänsteman har bekräftat utifrån en bedömning under månaden.",
        "Service needs that an officer has confirmed from an assessment during the month.",
    ),
    unit="needs",
    level=False,
    by=(NEED,),
    source=OWN_FACTS,
    parts=MappingProxyType({}),
)

VACANCIES_OPEN: Final = Indicator(
    code="vacancies-open",
    name=text("Avoimet työpaikat", "Lediga arbetsplatser", "Vacancies open"),
    definition=text(
        "Kumppanuudessa julkaistujen ilmoitusten vielä täyttämättä olevat työpaikat "
        "kuukauden lopussa tai tähän mennessä.",
        "Ännu obesatta arbetsplatser i annonser som publicerats inom partnerskapet, "
        "i slutet av månaden eller hittills.",
        "Openings not yet filled in the advertisements published within the partnership, "
        "at the end of the month or so far.",
    ),
    unit="openings",
    level=True,
    by=(MUNICIPALITY,),
    source=OWN_FACTS,
    parts=MappingProxyType({}),
)

VACANCIES_FILLED: Final = Indicator(
    code="vacancies-filled",
    name=text("Täytetyt työpaikat", "Tillsatta arbetsplatser", "Vacancies filled"),
    definition=text(
        "Työpaikat, jotka on täytetty kuukauden aikana.",
        "Arbetsplatser som har tillsatts under månaden.",
        "Openings that have been filled during the month.",
    ),
    unit="openings",
    level=False,
    by=(MUNICIPALITY,),
    source=OWN_FACTS,
    parts=MappingProxyType({}),
)

PILOT_PLACEMENTS: Final = Indicator(
    code="pilot-placements",
    name=text("Työllistymiset piloteissa", "Sysselsatta i piloterna", "Placements in pilots"),
    definition=text(
        "Sopimuksen pilotteihin luettavat työllistymiset kuukauden aikana.",
        "Personer som fått arbete genom avtalets piloter under månaden.",
        "Placements during the month that count for the agreement’s pilots.",
    ),
    unit="placements",
    level=False,
    by=(PILOT,),
    source=OWN_FACTS,
    parts=MappingProxyType({}),
)

UNEMPLOYMENT: Final = Indicator(
    code="unemployment-rate",
    name=text("Työttömyysaste", "Arbetslöshetsgrad", "Unemployment rate"),
    definition=text(
        "Työttömien työnhakijoiden osuus työvoimasta kuukauden lopussa. Rekisteripohjainen: "
        "eri asia kuin työvoimatutkimuksen työttömyysaste. Usean kunnan osuus lasketaan "
        "kuntien henkilömääristä, ei niiden osuuksien keskiarvona. Luku, jolle ei ole valittu "
        "aluetta, koskee niitä alueita, joiden tilastot on tuotu, pienimmän aluejaon mukaan.",
        "Andelen arbetslösa arbetssökande av arbetskraften i slutet av månaden. Registerbaserad: "
        "inte samma sak som arbetskraftsundersökningens arbetslöshetstal. För flera kommuner "
        "beräknas andelen av personantalen, inte som medeltal av kommunernas andelar. Ett tal "
        "utan valt område gäller de områden vars statistik har importerats, enligt den finaste "
        "områdesindelningen.",
        "Share of unemployed jobseekers in the labour force at the end of the month. "
        "Register-based: not the same as the unemployment rate of the Labour Force Survey. "
        "Over several municipalities it is computed from their numbers of persons, never as "
        "the average of their shares. Where no area is chosen, it is that of the areas whose "
        "statistics have been imported, in the finest division.",
    ),
    unit="percent",
    level=True,
    by=(AREA,),
    source=text(
        "Tilastokeskus, työnvälitystilasto, CC\u00a0BY\u00a04.0",
        "Statistikcentralen, arbetsförmedlingsstatistik, CC\u00a0BY\u00a04.0",
        "Statistics Finland, employment service statistics, CC\u00a0BY\u00a04.0",
    ),
    parts=MappingProxyType(
        {
            "unemployed": text("Työttömiä työnhakijoita", "Arbetslösa", "Unemployed jobseekers"),
            "labour_force": text("Työvoima", "Arbetskraften", "Labour force"),
            "areas": text("Alueita", "Områden", "Areas"),
        }
    ),
)

INDICATORS: Final[Mapping[str, Indicator]] = MappingProxyType(
    {
        indicator.code: indicator
        for indicator in (
            UNEMPLOYMENT,
            REFERRAL_TIME,
            ACCEPTANCE,
            LOOPS_CLOSED,
            *LOOP_INDICATORS,
            CAPACITY,
            NEEDS_CONFIRMED,
            VACANCIES_OPEN,
            VACANCIES_FILLED,
            PILOT_PLACEMENTS,
        )
    }
)
