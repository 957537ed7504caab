"""How a seeker fits a vacancy: a pure function that answers for each requirement, and says why.

Method `matching@1`, this service's own. Every requirement has a weight: the occupation 4, a
required skill 3, a skill that only helps 1, a language 3, a licence 3, the place 2, the working
time 1. A requirement that is met gains its weight, a near one half of it, a missing one nothing.
What the profile does not tell is *unknown*: it neither gains nor loses, and is counted apart.

    score    = gained weight / known weight     0-1; none where nothing is known
    coverage = known weight / total weight      0-1
    certain  = gained weight / total weight     0-1; the score if all that is unknown were missing

Vacancies are ranked by `certain`, then by score (of two equally certain, the one with more left
to ask), then by id, the older first. A rank rejects nothing: whatever is missing, a person decides.
"""

from collections.abc import Iterable
from fractions import Fraction
from uuid import UUID

from vacancies.domain.codes import INCLUDES, ISCO, Level
from vacancies.domain.findings import Finding, Ground, Kind, Match
from vacancies.domain.places import Places
from vacancies.domain.posting import LanguageWanted, Posting, SkillWanted
from vacancies.domain.profile import Profile

Rank = tuple[Fraction, Fraction, UUID]


def rank(match: Match, vacancy_id: UUID) -> Rank:
    """Give the key that sorts the best match first; no two vacancies share one."""
    return -match.certain, -(match.score or Fraction(0)), vacancy_id


def match(profile: Profile, posting: Posting, places: Places) -> Match:
    """Answer for each requirement of a posting, in a fixed order."""
    return Match(
        (
            occupation(profile, posting),
            *(skill(profile, wanted) for wanted in posting.skills),
            *(language(profile, wanted) for wanted in posting.languages),
            *(licence(profile, wanted) for wanted in posting.licences),
            place(profile, posting, places),
            working_time(profile, posting),
        )
    )


def occupation(profile: Profile, posting: Posting) -> Finding:
    """Any of the occupations: the same, or one of the same ISCO-08 unit or minor group."""
    kind, wanted = Kind.OCCUPATION, posting.occupations
    if profile.occupations is None:
        return Finding(kind, wanted, Ground.NOT_TOLD)
    pairs = [(kinship(w, o), o) for o in sorted(profile.occupations) for w in wanted]
    for ground in (Ground.SAME, Ground.SAME_UNIT_GROUP, Ground.SAME_MINOR_GROUP):
        for found, own in pairs:
            if found is ground:
                return Finding(kind, wanted, ground, own)
    return Finding(kind, wanted, Ground.OTHER)


def kinship(wanted: str, own: str) -> Ground:
    """Compare two occupations: by URI, then by four and by three digits of ISCO-08."""
    if wanted == own:
        return Ground.SAME
    group, own_group = ISCO.get(wanted, "?"), ISCO.get(own, "-")
    if group == own_group:
        return Ground.SAME_UNIT_GROUP
    return Ground.SAME_MINOR_GROUP if group[:3] == own_group[:3] else Ground.OTHER


def skill(profile: Profile, wanted: SkillWanted) -> Finding:
    """The same skill, or not: ESCO's hierarchy of skills is not used."""
    codes, required = (wanted.uri,), wanted.required
    if profile.skills is None:
        return Finding(Kind.SKILL, codes, Ground.NOT_TOLD, required=required)
    if wanted.uri in profile.skills:
        return Finding(Kind.SKILL, codes, Ground.SAME, wanted.uri, required)
    return Finding(Kind.SKILL, codes, Ground.NOT_LISTED, required=required)


def language(profile: Profile, wanted: LanguageWanted) -> Finding:
    """The level or a better one; one step below is near."""
    codes, level = (wanted.code,), wanted.level
    if profile.languages is None:
        return Finding(Kind.LANGUAGE, codes, Ground.NOT_TOLD, level=level)
    for known in profile.languages:
        if known.code == wanted.code:
            ground = by_level(known.level, level)
            return Finding(
                Kind.LANGUAGE, codes, ground, known.code, level=level, level_found=known.level
            )
    return Finding(Kind.LANGUAGE, codes, Ground.NOT_LISTED, level=level)


def by_level(known: Level | None, wanted: Level) -> Ground:
    """Compare two levels."""
    if known is None:
        return Ground.LEVEL_NOT_TOLD
    steps = known.steps_to(wanted)
    if steps <= 0:
        return Ground.LEVEL_REACHED
    return Ground.ONE_LEVEL_BELOW if steps == 1 else Ground.LEVEL_BELOW


def licence(profile: Profile, wanted: str) -> Finding:
    """The same licence, or one that includes it."""
    if profile.licences is None:
        return Finding(Kind.LICENCE, (wanted,), Ground.NOT_TOLD)
    if wanted in profile.licences:
        return Finding(Kind.LICENCE, (wanted,), Ground.SAME, wanted)
    for own in sorted(profile.licences):
        if wanted in INCLUDES.get(own, ()):
            return Finding(Kind.LICENCE, (wanted,), Ground.INCLUDED, own)
    return Finding(Kind.LICENCE, (wanted,), Ground.NOT_LISTED)


def place(profile: Profile, posting: Posting, places: Places) -> Finding:
    """Home, or where the seeker is willing to work; near within a sub-region.

    It is missing only if both home and willingness were told.
    """
    wanted, home, willing = posting.municipality, profile.municipality, profile.willing_to
    codes = (wanted,)
    if home == wanted:
        return Finding(Kind.PLACE, codes, Ground.LIVES_THERE, home)
    if wanted in (willing or ()):
        return Finding(Kind.PLACE, codes, Ground.WILLING, wanted)
    if places.near(wanted, home):
        return Finding(Kind.PLACE, codes, Ground.SAME_SUB_REGION, home)
    told = home is not None and willing is not None
    return Finding(Kind.PLACE, codes, Ground.OTHER if told else Ground.NOT_TOLD, home)


def working_time(profile: Profile, posting: Posting) -> Finding:
    """One of the working times that suit the seeker."""
    wanted: tuple[str, ...] = (posting.working_time.value,)
    if profile.working_times is None:
        return Finding(Kind.WORKING_TIME, wanted, Ground.NOT_TOLD)
    if posting.working_time in profile.working_times:
        return Finding(Kind.WORKING_TIME, wanted, Ground.SAME, wanted[0])
    return Finding(Kind.WORKING_TIME, wanted, Ground.OTHER)


def ranked(
    profile: Profile, postings: Iterable[tuple[UUID, Posting]], places: Places
) -> list[tuple[UUID, Match]]:
    """Match a profile with postings, the best first."""
    matches = ((vacancy_id, match(profile, posting, places)) for vacancy_id, posting in postings)
    return sorted(matches, key=lambda found: rank(found[1], found[0]))
