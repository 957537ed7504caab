"""The Oulu agreement, as facts: parties, themes, pilots, goal, clauses."""

from datetime import date, timedelta
from typing import Any

PARTIES: dict[str, dict[str, Any]] = {
    "oulu": {
        "kind": "city",
        "name": {"fi": "Oulun kaupunki", "sv": "Uleåborgs stad", "en": "City of Oulu"},
        "business_id": "0187690-1",
        "municipality": "564",
    },
    "pohjois-pohjanmaa": {
        "kind": "regional_council",
        "name": {
            "fi": "Pohjois-Pohjanmaan liitto",
            "sv": "Norra Österbottens förbund",
            "en": "Council of Oulu Region",
        },
    },
    "ely-pohjois-pohjanmaa": {
        "kind": "ely_centre",
        "name": {
            "fi": "Pohjois-Pohjanmaan ELY-keskus",
            "sv": "NTM-centralen i Norra Österbotten",
            "en": "ELY Centre of North Ostrobothnia",
        },
        "business_id": "2296962-1",
    },
    "te-pohjois-pohjanmaa": {
        "kind": "te_office",
        "name": {
            "fi": "Pohjois-Pohjanmaan TE-toimisto",
            "sv": "Norra Österbottens arbets- och näringsbyrå",
            "en": "TE Office of North Ostrobothnia",
        },
        "business_id": "2296962-1",
    },
    "kela-pohjoinen": {
        "kind": "kela",
        "name": {
            "fi": "Kelan pohjoinen vakuutuspiiri",
            "sv": "FPA:s norra försäkringsdistrikt",
            "en": "Kela, Northern insurance district",
        },
    },
}

OUTSIDER = "tyopolku-ry"
OUTSIDER_DATA = {
    "kind": "ngo",
    "name": {"fi": "Työpolku ry", "sv": "Työpolku rf", "en": "Työpolku Association"},
}

# The agreement says "down, by 2025" and names no figure.
TARGET_SOURCE = "Esimerkki: sopimus sanoo suunnan, ei lukua"

TERM = timedelta(days=872)  # as long as the real one, 12.8.2019–31.12.2021


def theme(code: str, lead: str, fi: str, sv: str, en: str) -> dict[str, Any]:
    """Write a theme with its lead organisation."""
    return {"code": code, "name": {"fi": fi, "sv": sv, "en": en}, "lead": lead}


def clause(code: str, purpose: str, data_classes: list[str]) -> dict[str, Any]:
    """Write a clause that opens a purpose between all parties."""
    return {
        "code": code,
        "purpose": purpose,
        "data_classes": data_classes,
        "from": "all",
        "to": "all",
    }


THEMES = [
    theme("businessasema", "oulu", "BusinessAsema", "BusinessAsema", "BusinessAsema"),
    theme(
        "tiedolla-johtaminen",
        "pohjois-pohjanmaa",
        "Tiedolla johtaminen",
        "Kunskapsbaserad ledning",
        "Knowledge-based management",
    ),
    theme(
        "ohjaamo",
        "te-pohjois-pohjanmaa",
        "Ohjaamon laajentaminen",
        "Utvidgning av Navigatorn",
        "Extending Ohjaamo",
    ),
    theme(
        "kasvupalvelupilotit",
        "ely-pohjois-pohjanmaa",
        "Kasvupalvelupilotit",
        "Piloter för tillväxttjänster",
        "Growth-service pilots",
    ),
]

PILOTS = [
    {
        "code": "yhteistyosta-yhteiseen-tekemiseen",
        "name": {
            "fi": "Yhteistyöstä yhteiseen tekemiseen",
            "sv": "Från samarbete till gemensamt arbete",
            "en": "From co-operation to doing together",
        },
        "theme": "kasvupalvelupilotit",
        "owner": "te-pohjois-pohjanmaa",
        "cohort": {
            "rule": {
                "fi": "Oulun seudun työnhakijat, joita kaupunki ja TE-toimisto palvelevat yhdessä",
                "sv": "Arbetssökande i Uleåborgsregionen som staden och TE-byrån betjänar ihop",
                "en": "Jobseekers of the Oulu region whom city and TE Office serve together",
            },
            "municipalities": ["072", "244", "425", "436", "494", "564", "859"],
        },
        "indicators": ["loops-closed"],
    },
    {
        "code": "ict-rekrytointi",
        "name": {
            "fi": "ICT-alan rekrytointipalvelut",
            "sv": "Rekryteringstjänster för IKT-branschen",
            "en": "ICT recruitment services",
        },
        "theme": "kasvupalvelupilotit",
        "owner": "oulu",
        "cohort": {
            "rule": {
                "fi": "ICT-alan työnhakijat ja työnantajat Oulussa",
                "sv": "Arbetssökande och arbetsgivare inom IKT-branschen i Uleåborg",
                "en": "Jobseekers and employers of the ICT field in Oulu",
            },
            "municipalities": ["564"],
        },
        "indicators": ["pilot-placements"],
    },
]

GOALS = [
    {
        "code": "tyottomyysaste-2025",
        "indicator": "unemployment-rate",
        "area": "KU564",
        "name": {
            "fi": "Työttömyysaste laskee",
            "sv": "Arbetslöshetsgraden sjunker",
            "en": "The unemployment rate falls",
        },
        "baseline": {"value": 12.0, "period": "2019-12", "source": "Tilastokeskus, 12r5"},
        "target": {"value": 9.0, "period": "2025-12", "source": TARGET_SOURCE},
    }
]

SHARING = [
    clause("client-referral", "client_referral", ["identity", "contact", "situation"]),
    clause("assessment", "service_need_assessment", ["situation", "assessment_summary"]),
    clause("recruitment", "recruitment", ["situation"]),
]

NAME = {
    "fi": "Oulun seudun työllisyyden ekosysteemi",
    "sv": "Sysselsättningens ekosystem i Uleåborgsregionen",
    "en": "Employment ecosystem of the Oulu region",
}

VISION = {
    "fi": "Oulun seutu on työllisyyden edistämisen edelläkävijä vuonna 2025.",
    "sv": "Uleåborgsregionen är föregångare i att främja sysselsättningen år 2025.",
    "en": "By 2025 the Oulu region leads the way in promoting employment.",
}

TEXT = {
    "fi": "Allekirjoitettu 12.8.2019, voimassa 31.12.2021 saakka.",
    "sv": "Undertecknat 12.8.2019, i kraft till och med 31.12.2021.",
    "en": "Signed on 12 August 2019, in force until 31 December 2021.",
}


# The agreement says "resources used together" and names no figure.
COMMITMENTS = [
    {
        "code": "ohjaamo-ohjaajat", "party": "te-pohjois-pohjanmaa", "theme": "ohjaamo",
        "kind": "person_months", "amount": 48.0,
    },
    {
        "code": "businessasema-tilat", "party": "oulu", "theme": "businessasema",
        "kind": "premises", "amount": 320.0,
    },
]  # fmt: skip


def period(today: date) -> dict[str, str]:
    """Write the whole term as a period."""
    return {"first_day": today.isoformat(), "last_day": (today + TERM).isoformat()}


def agreement(code: str, today: date) -> dict[str, Any]:
    """Write the agreement so that it is in force today; its text keeps the real dates."""
    return {
        "code": code,
        "name": NAME,
        "vision": VISION,
        "text": TEXT,
        "parties": list(PARTIES),
        "themes": THEMES,
        "pilots": [{**pilot, **period(today)} for pilot in PILOTS],
        "goals": GOALS,
        "sharing": SHARING,
        "commitments": [{**each, **period(today)} for each in COMMITMENTS],
        "valid_from": today.isoformat(),
        "valid_until": (today + TERM).isoformat(),
    }


def career_guidance(code: str) -> dict[str, Any]:
    """Write the city's career guidance, for adults wherever they live, with one seat."""
    return {
        "code": code,
        "name": {"fi": "Uraohjaus", "sv": "Karriärvägledning", "en": "Career guidance"},
        "description": {
            "fi": "Henkilökohtaista uraohjausta aikuisille.",
            "sv": "Personlig karriärvägledning för vuxna.",
            "en": "Personal career guidance for adults.",
        },
        "needs": ["career_guidance"],
        "audience": {"age_from": 18},
        "intensity": "guidance",
        "capacity": 1,
    }


def offering(code: str) -> dict[str, Any]:
    """Write the Ohjaamo's guidance, which the client is referred to."""
    return {
        "code": code,
        "name": {"fi": "Ohjaamo Oulu", "sv": "Navigatorn i Uleåborg", "en": "Ohjaamo Oulu"},
        "description": {
            "fi": "Matalan kynnyksen ohjausta alle 30-vuotiaille.",
            "sv": "Vägledning med låg tröskel för personer under 30 år.",
            "en": "Low-threshold guidance for people under 30.",
        },
        "needs": ["career_guidance", "job_search"],
        "audience": {"age_from": 15, "age_to": 29, "municipalities": ["564"]},
        "intensity": "guidance",
        "capacity": 12,
    }
