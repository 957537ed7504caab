"""Indicators of the closed loop: what went another way, who waits, and whom nobody answers for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kit.texts import Text, text

from metrics.domain.measures import (
    DECLINE,
    HELPED,
    OFFERING,
    OWN_FACTS,
    RECIPIENT,
    RESPONSIBLE,
    Indicator,
)

NOTHING_BESIDE: Final[Mapping[str, Text]] = MappingProxyType({})

LOOPS_DISPUTED: Final = Indicator(
    code="loops-disputed",
    name=text("Riitautetut tulokset", "Bestridda resultat", "Outcomes disputed"),
    definition=text(
        "Ohjausten tulokset, jotka lähettäjä tai asiakas on riitauttanut kuukauden aikana.",
        "Resultat av hänvisningar som avsändaren eller klienten har bestridit under månaden.",
        "Outcomes of referrals that the sender or the client has disputed during the month.",
    ),
    unit="referrals",
    level=False,
    by=(RECIPIENT,),
    source=OWN_FACTS,
    parts=NOTHING_BESIDE,
)

DECLINES: Final = Indicator(
    code="referral-declines",
    name=text("Hylätyt ohjaukset", "Avslagna hänvisningar", "Referrals declined"),
    definition=text(
        "Kuukauden aikana hylätyt ohjaukset syyn mukaan; erikseen henkilön ja palvelun hylkäykset.",
        "Hänvisningar som avslagits under månaden, efter orsak; personens och tjänstens avslag "
        "var för sig.",
        "Referrals declined during the month by reason; the person's and the provider's apart.",
    ),
    unit="referrals",
    level=False,
    by=(DECLINE,),
    source=OWN_FACTS,
    parts=NOTHING_BESIDE,
)

NO_SHOWS: Final = Indicator(
    code="visits-missed",
    name=text("Peruuttamatta jääneet käynnit", "Uteblivna besök", "Visits missed"),
    definition=text(
        "Sovitut käynnit, joille asiakas ei ole saapunut, kuukauden aikana.",
        "Avtalade besök som klienten har uteblivit från under månaden.",
        "Visits that were agreed and to which the client did not come, during the month.",
    ),
    unit="referrals",
    level=False,
    by=(RECIPIENT,),
    source=OWN_FACTS,
    parts=NOTHING_BESIDE,
)

FEEDBACK: Final = Indicator(
    code="client-feedback",
    name=text("Asiakaspalaute", "Klientrespons", "Client feedback"),
    definition=text(
        "Asiakkaiden kuukauden aikana antamat arviot siitä, auttoiko palvelu.",
        "Klienternas bedömningar under månaden av om tjänsten hjälpte.",
        "Clients' own words during the month on whether the service helped.",
    ),
    unit="referrals",
    level=False,
    by=(HELPED,),
    source=OWN_FACTS,
    parts=NOTHING_BESIDE,
)

WAITING: Final = Indicator(
    code="referrals-waiting",
    name=text("Jonottavat", "Köande", "Waiting for a seat"),
    definition=text(
        "Palvelupaikkaa jonottavat ohjaukset kuukauden lopussa tai tähän mennessä.",
        "Hänvisningar som köar till en serviceplats i slutet av månaden eller hittills.",
        "Referrals that wait for a seat, at the end of the month or so far.",
    ),
    unit="referrals",
    level=True,
    by=(OFFERING,),
    source=OWN_FACTS,
    parts=NOTHING_BESIDE,
)

ORPHAN_MINUTES: Final = Indicator(
    code="orphan-minutes",
    name=text("Vastuuttomat minuutit", "Minuter utan ansvarig", "Orphan minutes"),
    definition=text(
        "Minuutit, joina ohjaus on ollut avoin mutta siitä vastaavan organisaation toiminta on "
        "päättynyt. Tavoite on nolla.",
        "Minuter då en hänvisning har varit öppen men den ansvariga organisationen har upphört. "
        "Målet är noll.",
        "Minutes in which a referral was open while the organisation that answers for it had "
        "ended. The goal is none.",
    ),
    unit="minutes",
    level=False,
    by=(RESPONSIBLE,),
    source=OWN_FACTS,
    parts=NOTHING_BESIDE,
)

LOOP_INDICATORS: Final = (
    LOOPS_DISPUTED, DECLINES, NO_SHOWS, FEEDBACK, WAITING, ORPHAN_MINUTES
)  # fmt: skip

HELPED_NAMED: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "yes": text("auttoi", "hjälpte", "helped"),
        "partly": text("auttoi osittain", "hjälpte delvis", "helped partly"),
        "no": text("ei auttanut", "hjälpte inte", "did not help"),
    }
)

REASONS: Final = MappingProxyType(
    {
        "no_capacity": ("ei paikkoja", "inga platser", "no capacity"),
        "not_eligible": ("ei kohderyhmää", "inte målgrupp", "not eligible"),
        "other_service_fits_better": (
            "toinen palvelu sopii paremmin",
            "en annan tjänst passar bättre",
            "another service fits better",
        ),
        "client_not_reached": ("ei tavoitettu", "nåddes inte", "not reached"),
        "client_does_not_want": ("ei halua", "vill inte", "does not want it"),
    }
)
SIDES: Final = MappingProxyType(
    {
        "person": ("Henkilö", "Personen", "Person"),
        "provider": ("Palvelu", "Tjänsten", "Provider"),
    }
)
# The categories of declines: a reason, and whose no it was.
DECLINES_NAMED: Final[Mapping[str, Text]] = MappingProxyType(
    {
        f"{reason}.{side}": text(*(f"{w}: {n}" for w, n in zip(who, names, strict=True)))
        for reason, names in REASONS.items()
        for side, who in SIDES.items()
    }
)
