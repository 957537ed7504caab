"""The code sets that the parties of the agreement share; texts in Finnish, Swedish, English."""

from enum import StrEnum
from types import MappingProxyType

from sharing.areas import named


class Purpose(StrEnum):
    """Why data moves between two organisations."""

    CLIENT_REFERRAL = "client_referral"
    SERVICE_NEED_ASSESSMENT = "service_need_assessment"
    RECRUITMENT = "recruitment"
    KNOWLEDGE_MANAGEMENT = "knowledge_management"


class DataClass(StrEnum):
    """What kind of data about a client moves."""

    IDENTITY = "identity"
    CONTACT = "contact"
    SITUATION = "situation"
    ASSESSMENT_SUMMARY = "assessment_summary"
    HEALTH = "health"
    PLAN = "plan"


# What a client may need, as assessments find it and offerings answer it.
NEEDS = MappingProxyType(
    {
        "career_guidance": ("Uraohjaus", "Karriärvägledning", "Career guidance"),
        "job_search": ("Työnhaun tuki", "Stöd i jobbsökning", "Support in looking for work"),
        "skills": ("Osaamisen kehittäminen", "Kompetensutveckling", "Developing skills"),
        "work_ability": ("Työkyvyn tuki", "Stöd för arbetsförmågan", "Support for work ability"),
        "mental_wellbeing": (
            "Mielen hyvinvoinnin tuki",
            "Stöd för psykiskt välbefinnande",
            "Support for mental wellbeing",
        ),
        "everyday_life": ("Arjen tuki", "Stöd i vardagen", "Support in everyday life"),
        "housing": ("Asumisen tuki", "Stöd för boendet", "Support with housing"),
        "finances": (
            "Talous- ja velkaneuvonta",
            "Ekonomi- och skuldrådgivning",
            "Financial and debt advice",
        ),
        "family": ("Perheen tuki", "Stöd för familjen", "Support for the family"),
        "social_participation": ("Osallisuuden tuki", "Stöd för delaktighet", "Taking part"),
    }
)

# Region 17, Pohjois-Pohjanmaa; codes by Statistics Finland (municipality classification).
MUNICIPALITIES = MappingProxyType(
    {code: row.name_fi for code, row in named("municipality").items()}
)

# Areas that figures are of, as Statistics Finland's tables code them: a municipality is KU and
# its code, a sub-region SK, a region MK.
LETTERS = MappingProxyType({"region": "MK", "sub_region": "SK", "municipality": "KU"})
AREAS = MappingProxyType(
    {
        "SSS": ("Koko maa", "Hela landet", "Whole country"),
        **{
            f"{letters}{code}": row.names
            for kind, letters in LETTERS.items()
            for code, row in named(kind).items()
        },
    }
)
