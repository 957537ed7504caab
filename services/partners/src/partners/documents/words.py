"""The words of a document that are not the agreement's own."""

from types import MappingProxyType
from typing import Final

from kit.texts import text
from sharing.codes import DataClass, Purpose

from partners.domain.agreement_terms import Conclusion, Path, ResourceKind
from partners.domain.lifecycle import Status

WORDS: Final = MappingProxyType(
    {
        "version": text("Versio", "Version", "Version"),
        "agreement": text("Sopimus", "Avtal", "Agreement"),
        "term": text("Voimassaolo", "Giltighetstid", "Term"),
        "effective": text("Voimaan aikaisintaan", "I kraft tidigast", "In effect from"),
        "renews": text("Jatkaa sopimusta", "Fortsätter avtalet", "Continues the agreement"),
        "status": text("Tila", "Status", "Status"),
        "vision": text("Visio", "Vision", "Vision"),
        "parties": text("Osapuolet", "Parter", "Parties"),
        "themes": text("Teemat", "Teman", "Themes"),
        "pilots": text("Pilotit", "Piloter", "Pilots"),
        "goals": text("Tavoitteet", "Mål", "Goals"),
        "sharing": text(
            "Tietojen luovuttaminen", "Utlämnande av uppgifter", "Sharing of information"
        ),
        "commitments": text("Panokset", "Insatser", "Commitments"),
        "evaluations": text(
            "Pilottien arvioinnit", "Utvärdering av piloterna", "Evaluation of the pilots"
        ),
        "signatures": text("Allekirjoitukset", "Underskrifter", "Signatures"),
        "name": text("Nimi", "Namn", "Name"),
        "code": text("Tunnus", "Kod", "Code"),
        "lead": text("Vetovastuu", "Ledande part", "Lead"),
        "theme": text("Teema", "Tema", "Theme"),
        "owner": text("Vastuutaho", "Ansvarig", "Owner"),
        "goal": text("Tavoite", "Mål", "Goal"),
        "indicator": text("Mittari", "Indikator", "Indicator"),
        "area": text("Alue", "Område", "Area"),
        "baseline": text("Lähtötaso", "Utgångsläge", "Baseline"),
        "path": text("Tavoitepolku", "Målbana", "Path"),
        "tolerance": text("Sallittu poikkeama", "Tillåten avvikelse", "Tolerance"),
        "period": text("Ajanjakso", "Period", "Period"),
        "cohort": text("Kohderyhmä", "Målgrupp", "Cohort"),
        "age": text("ikä", "ålder", "aged"),
        "indicators": text("Mittarit", "Indikatorer", "Indicators"),
        "amount": text("Määrä", "Mängd", "Amount"),
        "day": text("Päivä", "Dag", "Day"),
        "conclusion": text("Johtopäätös", "Slutsats", "Conclusion"),
        "summary": text("Perustelut", "Motivering", "Grounds"),
        "evidence": text("Näyttö", "Underlag", "Evidence"),
        "target": text("Tavoitetaso", "Målnivå", "Target"),
        "clause": text("Ehto", "Villkor", "Clause"),
        "purpose": text("Käyttötarkoitus", "Ändamål", "Purpose"),
        "data": text("Tiedot", "Uppgifter", "Information"),
        "from": text("Luovuttaja", "Utlämnare", "From"),
        "to": text("Vastaanottaja", "Mottagare", "To"),
        "all": text("kaikki osapuolet", "alla parter", "all parties"),
        "kind": text("osapuolet, joiden laji on", "parter av slaget", "parties of the kind"),
        "party": text("Osapuoli", "Part", "Party"),
        "signed": text("Allekirjoitettu", "Undertecknat", "Signed"),
        "waits": text("odottaa allekirjoitusta", "väntar på underskrift", "not signed yet"),
        "fingerprint": text(
            "Asiakirjan tiiviste (SHA-256)",
            "Dokumentets kontrollsumma (SHA-256)",
            "Fingerprint of the document (SHA-256)",
        ),
        "afterwards": text(
            "Arvioinnit eivät kuulu allekirjoitettuun asiakirjaan: vastuutahot ovat antaneet ne "
            "pilottien aikana tai niiden jälkeen.",
            "Utvärderingarna hör inte till det undertecknade dokumentet: de ansvariga har gjort "
            "dem under piloterna eller efter dem.",
            "Evaluations are no part of the document that is signed: those who run the pilots "
            "made them during the pilots or after.",
        ),
        "bound": text(
            "Tiiviste lasketaan version kanonisesta JSON-muodosta (RFC 8785). Jokainen "
            "allekirjoitus on sidottu siihen.",
            "Kontrollsumman beräknas av versionens kanoniska JSON-form (RFC 8785). Varje "
            "underskrift är bunden till den.",
            "It is computed from the version’s canonical JSON (RFC 8785). Every signature is "
            "bound to it.",
        ),
    }
)
STATUSES: Final = MappingProxyType(
    {
        Status.DRAFT: text("luonnos", "utkast", "draft"),
        Status.PROPOSED: text("allekirjoitettavana", "för underskrift", "proposed for signing"),
        Status.SIGNED: text("allekirjoitettu", "undertecknat", "signed"),
        Status.IN_FORCE: text("voimassa", "i kraft", "in force"),
        Status.SUPERSEDED: text(
            "korvattu uudemmalla versiolla", "ersatt av en nyare version", "superseded"
        ),
        Status.EXPIRED: text("päättynyt", "har löpt ut", "expired"),
        Status.TERMINATED: text("irtisanottu", "uppsagt", "terminated"),
        Status.WITHDRAWN: text("peruttu", "återkallat", "withdrawn"),
    }
)
PURPOSES: Final = MappingProxyType(
    {
        Purpose.CLIENT_REFERRAL: text("asiakasohjaus", "klienthänvisning", "client referral"),
        Purpose.SERVICE_NEED_ASSESSMENT: text(
            "palvelutarpeen arviointi", "bedömning av servicebehovet", "service-need assessment"
        ),
        Purpose.RECRUITMENT: text("rekrytointi", "rekrytering", "recruitment"),
        Purpose.KNOWLEDGE_MANAGEMENT: text(
            "tiedolla johtaminen", "kunskapsbaserad ledning", "knowledge-based management"
        ),
    }
)
DATA_CLASSES: Final = MappingProxyType(
    {
        DataClass.IDENTITY: text("henkilöllisyys", "identitet", "identity"),
        DataClass.CONTACT: text("yhteystiedot", "kontaktuppgifter", "contact details"),
        DataClass.SITUATION: text("elämäntilanne", "livssituation", "situation"),
        DataClass.ASSESSMENT_SUMMARY: text(
            "arvioinnin yhteenveto", "sammandrag av bedömningen", "summary of the assessment"
        ),
        DataClass.HEALTH: text("terveys", "hälsa", "health"),
        DataClass.PLAN: text("suunnitelma", "plan", "plan"),
    }
)
RESOURCES: Final = MappingProxyType(
    {
        ResourceKind.PERSON_MONTHS: text("henkilötyökuukautta", "personmånader", "person-months"),
        ResourceKind.EUROS: text("euroa", "euro", "euros"),
        ResourceKind.PREMISES: text("m² toimitilaa", "m² lokaler", "m² of premises"),
        ResourceKind.SEATS: text("palvelupaikkaa", "serviceplatser", "seats"),
    }
)
PATHS: Final = MappingProxyType(
    {
        Path.LINEAR: text("suora", "rak", "straight"),
        Path.STEPS: text("portaittain", "stegvis", "by steps"),
    }
)
CONCLUSIONS: Final = MappingProxyType(
    {
        Conclusion.CONTINUE: text("jatketaan", "fortsätter", "continues"),
        Conclusion.SPREAD: text("levitetään", "sprids", "spreads"),
        Conclusion.STOP: text("lopetetaan", "avslutas", "stops"),
    }
)
