"""A finding in words, in the language of whoever reads it."""

from kit.texts import Language, text

from vacancies.domain.codes import LICENCES, OCCUPATIONS, SKILLS, TIMES, TONGUES, CodeSet, Level
from vacancies.domain.findings import Finding, Ground, Kind

# A place's are not the same for ever.
CODES = {
    Kind.OCCUPATION: OCCUPATIONS,
    Kind.SKILL: SKILLS,
    Kind.LANGUAGE: TONGUES,
    Kind.LICENCE: LICENCES,
    Kind.WORKING_TIME: TIMES,
}
NAMES = {
    Kind.OCCUPATION: text("Ammatti", "Yrke", "Occupation"),
    Kind.SKILL: text("Osaaminen", "Kompetens", "Skill"),
    Kind.LANGUAGE: text("Kielitaito", "Språkkunskaper", "Language"),
    Kind.LICENCE: text("Lupa tai kortti", "Tillstånd eller kort", "Licence or card"),
    Kind.PLACE: text("Työpaikan sijainti", "Arbetsort", "Place of work"),
    Kind.WORKING_TIME: text("Työaika", "Arbetstid", "Working time"),
}
WORDS = {
    Ground.SAME: text("löytyy profiilista", "finns i profilen", "is in the profile"),
    Ground.LEVEL_REACHED: text(
        "profiilissa taso {found}", "nivån i profilen är {found}", "the profile has {found}"
    ),
    Ground.INCLUDED: text(
        "sisältyy, sillä profiilissa on {found}",
        "ingår, eftersom profilen har {found}",
        "is included, since the profile has {found}",
    ),
    Ground.LIVES_THERE: text(
        "hakijan kotikunta", "den sökandes hemkommun", "the seeker lives there"
    ),
    Ground.WILLING: text(
        "hakija on valmis työskentelemään siellä",
        "den sökande är beredd att arbeta där",
        "the seeker is willing to work there",
    ),
    Ground.SAME_UNIT_GROUP: text(
        "lähellä: profiilissa {found}, sama nelinumeroinen ISCO-08-ryhmä",
        "nära: profilen har {found}, samma fyrsiffriga grupp i ISCO-08",
        "near: the profile has {found}, of the same four-digit group of ISCO-08",
    ),
    Ground.SAME_MINOR_GROUP: text(
        "lähellä: profiilissa {found}, sama kolminumeroinen ISCO-08-ryhmä",
        "nära: profilen har {found}, samma tresiffriga grupp i ISCO-08",
        "near: the profile has {found}, of the same three-digit group of ISCO-08",
    ),
    Ground.ONE_LEVEL_BELOW: text(
        "lähellä: profiilissa taso {found}, yhtä askelta alempi",
        "nära: nivån i profilen är {found}, ett steg lägre",
        "near: the profile has {found}, one step below",
    ),
    Ground.SAME_SUB_REGION: text(
        "lähellä: hakijan kotikunta {found} on samassa seutukunnassa",
        "nära: den sökandes hemkommun {found} ligger i samma ekonomiska region",
        "near: the seeker lives in {found}, in the same sub-region",
    ),
    Ground.OTHER: text(
        "profiilissa on muuta", "profilen anger något annat", "the profile says otherwise"
    ),
    Ground.NOT_LISTED: text(
        "ei ole profiilissa; kysy, voiko sen hankkia",
        "finns inte i profilen; fråga om det kan skaffas",
        "is not in the profile; ask whether it can be acquired",
    ),
    Ground.LEVEL_BELOW: text(
        "ei riitä: profiilissa taso {found}",
        "räcker inte: nivån i profilen är {found}",
        "not enough: the profile has {found}",
    ),
    Ground.NOT_TOLD: text(
        "profiili ei kerro; kysy hakijalta",
        "profilen anger inget; fråga den sökande",
        "the profile does not tell; ask the seeker",
    ),
    Ground.LEVEL_NOT_TOLD: text(
        "profiili ei kerro tasoa; kysy hakijalta",
        "profilen anger ingen nivå; fråga den sökande",
        "the profile does not tell the level; ask the seeker",
    ),
}


def explain(finding: Finding, places: CodeSet, language: Language) -> str:
    """Say one finding in a sentence."""
    codes = CODES.get(finding.kind, places)
    wanted = " / ".join(codes.name(code).read(language) for code in finding.wanted)
    found = codes.name(finding.found).read(language) if finding.found else ""
    words = WORDS[finding.ground].read(language).format(found=finding.level_found or found)
    return f"{NAMES[finding.kind].read(language)}: {wanted}{levelled(finding.level)} – {words}."


def levelled(level: Level | None) -> str:
    """Write a level behind a language."""
    return f" {level}" if level else ""
