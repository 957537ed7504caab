"""How a seeker fits a vacancy: the rules one by one, and what holds for all of them."""

from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.texts import LANGUAGES, Text
from vacancies.domain import matching
from vacancies.domain.codes import ESCO, LICENCES, OCCUPATIONS, SKILLS, TONGUES, Level
from vacancies.domain.explanations import WORDS, explain
from vacancies.domain.findings import FITS, Finding, Fit, Ground, Kind, Match
from vacancies.domain.matching import rank
from vacancies.domain.places import Places
from vacancies.domain.posting import LanguageWanted, Posting, SkillWanted
from vacancies.domain.profile import LanguageKnown, Profile

PLACES = Places.on(date(2026, 1, 1))
match, ranked = (partial(each, places=PLACES) for each in (matching.match, matching.ranked))
URI = {o.label.en: o.uri for o in (*ESCO.occupations, *ESCO.skills)}
SOFTWARE, WEB, NETWORK = (
    URI[name] for name in ("software developer", "web developer", "ICT network engineer")
)
INTEGRATION, ANALYST = URI["ICT system integration consultant"], URI["data analyst"]
PYTHON, SQL = URI["Python (computer programming)"], URI["SQL"]
OULU, KEMPELE, KUUSAMO = "564", "244", "305"


def a_posting(**more: Any) -> Posting:
    """Write a posting that wants little."""
    wanted: dict[str, Any] = {
        "title": Text(fi="Kehittäjä"),
        "description": Text(fi="Työ"),
        "employer_name": "Oulun kaupunki",
        "occupations": (SOFTWARE,),
        "municipality": OULU,
        "expires": date(2030, 1, 1),
    }
    return Posting(**wanted | more)


def found(profile: Profile, posting: Posting, kind: Kind) -> Finding:
    """Give the first finding of a kind."""
    return next(f for f in match(profile, posting).findings if f.kind is kind)


@pytest.mark.parametrize(
    ("wanted", "own", "ground"),
    [
        (SOFTWARE, SOFTWARE, Ground.SAME),
        (ANALYST, INTEGRATION, Ground.SAME_UNIT_GROUP),
        (SOFTWARE, WEB, Ground.SAME_MINOR_GROUP),
        (SOFTWARE, NETWORK, Ground.OTHER),
    ],
)
def test_an_occupation_is_near_within_its_isco_group(wanted: str, own: str, ground: Ground) -> None:
    posting = a_posting(occupations=(wanted,))
    assert found(Profile(occupations=(own,)), posting, Kind.OCCUPATION).ground is ground


def test_the_nearest_of_several_occupations_counts() -> None:
    posting = a_posting(occupations=(NETWORK, SOFTWARE))
    finding = found(Profile(occupations=(WEB, SOFTWARE)), posting, Kind.OCCUPATION)
    assert (finding.ground, finding.found) == (Ground.SAME, SOFTWARE)


@pytest.mark.parametrize(
    ("level", "ground"),
    [
        (Level.C1, Ground.LEVEL_REACHED),
        (Level.B2, Ground.LEVEL_REACHED),
        (Level.B1, Ground.ONE_LEVEL_BELOW),
        (Level.A2, Ground.LEVEL_BELOW),
        (None, Ground.LEVEL_NOT_TOLD),
    ],
)
def test_a_language_is_near_one_step_below(level: Level | None, ground: Ground) -> None:
    posting = a_posting(languages=(LanguageWanted(code="fi", level=Level.B2),))
    profile = Profile(languages=(LanguageKnown(code="fi", level=level),))
    assert found(profile, posting, Kind.LANGUAGE).ground is ground


@pytest.mark.parametrize(
    ("told", "ground"),
    [
        ({"municipality": OULU}, Ground.LIVES_THERE),
        ({"municipality": KUUSAMO, "willing_to": (OULU,)}, Ground.WILLING),
        ({"municipality": KEMPELE}, Ground.SAME_SUB_REGION),
        ({"municipality": KUUSAMO, "willing_to": ()}, Ground.OTHER),
        ({"municipality": KUUSAMO}, Ground.NOT_TOLD),
        ({"willing_to": (KEMPELE,)}, Ground.NOT_TOLD),
        ({}, Ground.NOT_TOLD),
    ],
)
def test_a_place_is_near_within_the_sub_region_and_missing_only_if_all_was_told(
    told: dict[str, Any], ground: Ground
) -> None:
    assert found(Profile(**told), a_posting(), Kind.PLACE).ground is ground


@pytest.mark.parametrize(
    ("own", "fit"), [("driving-ce", Fit.MET), ("driving-b", Fit.MET), ("driving-a", Fit.MISSING)]
)
def test_a_licence_may_include_another(own: str, fit: Fit) -> None:
    posting = a_posting(licences=("driving-b",))
    assert found(Profile(licences=(own,)), posting, Kind.LICENCE).fit is fit


def test_nothing_told_is_nothing_known_and_has_no_score() -> None:
    nothing = match(Profile(), a_posting(skills=(SkillWanted(uri=PYTHON),)))
    assert {f.fit for f in nothing.findings} == {Fit.UNKNOWN}
    assert (nothing.score, nothing.coverage, nothing.certain) == (None, 0, 0)


def test_the_score_counts_what_is_known_and_the_coverage_how_much_that_is() -> None:
    posting = a_posting(skills=(SkillWanted(uri=PYTHON), SkillWanted(uri=SQL, required=False)))
    half = match(Profile(occupations=(WEB,), skills=(PYTHON,)), posting)
    assert half.score == Fraction(2 + 3, 4 + 3 + 1)
    assert half.coverage == Fraction(4 + 3 + 1, 4 + 3 + 1 + 2 + 1)
    assert half.certain == Fraction(2 + 3, 4 + 3 + 1 + 2 + 1)


def test_a_finding_is_explained_in_each_language() -> None:
    posting = a_posting(languages=(LanguageWanted(code="fi", level=Level.B2),))
    profile = Profile(languages=(LanguageKnown(code="fi", level=Level.B1),), municipality=KEMPELE)
    language = found(profile, posting, Kind.LANGUAGE)
    assert explain(language, PLACES.codes, "fi") == (
        "Kielitaito: suomi B2 – lähellä: profiilissa taso B1, yhtä askelta alempi."
    )
    assert explain(found(profile, posting, Kind.PLACE), PLACES.codes, "sv").startswith(
        "Arbetsort: Uleåborg – nära"
    )


def test_every_ground_has_a_fit_and_words_in_all_languages() -> None:
    assert set(FITS) == set(WORDS) == set(Ground)
    assert all(words.translation(language) for words in WORDS.values() for language in LANGUAGES)


def some(codes: Any, most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw a few codes, each once."""
    return st.lists(st.sampled_from(sorted(codes)), max_size=most, unique=True).map(tuple)


LEVELS = st.sampled_from(Level)
WANTED = st.builds(
    a_posting,
    occupations=some(OCCUPATIONS).filter(bool),
    skills=st.dictionaries(st.sampled_from(sorted(SKILLS)), st.booleans(), max_size=4).map(
        lambda skills: tuple(SkillWanted(uri=u, required=r) for u, r in skills.items())
    ),
    languages=st.dictionaries(st.sampled_from(sorted(TONGUES)), LEVELS, max_size=3).map(
        lambda known: tuple(LanguageWanted(code=c, level=v) for c, v in known.items())
    ),
    licences=some(LICENCES),
    municipality=st.sampled_from(sorted(PLACES.codes)),
)
TOLD = st.builds(
    Profile,
    occupations=st.none() | some(OCCUPATIONS),
    skills=st.none() | some(SKILLS, 10),
    languages=st.none()
    | st.dictionaries(st.sampled_from(sorted(TONGUES)), st.none() | LEVELS, max_size=4).map(
        lambda known: tuple(LanguageKnown(code=c, level=v) for c, v in known.items())
    ),
    licences=st.none() | some(LICENCES),
    municipality=st.none() | st.sampled_from(sorted(PLACES.codes)),
    willing_to=st.none() | some(PLACES.codes),
    working_times=st.none() | some(["full_time", "part_time"]),
)


@given(TOLD, WANTED, st.sampled_from(sorted(SKILLS)), st.booleans())
def test_a_requirement_more_that_is_met_never_lowers_a_match(
    profile: Profile, posting: Posting, uri: str, required: bool
) -> None:
    others = tuple(s for s in posting.skills if s.uri != uri)
    able = profile.model_copy(update={"skills": tuple({*(profile.skills or ()), uri})})
    without = posting.model_copy(update={"skills": others})
    asked = without.model_copy(
        update={"skills": (*others, SkillWanted(uri=uri, required=required))}
    )
    before, after = match(able, without), match(able, asked)
    assert (after.score or 0) >= (before.score or 0)
    assert after.coverage >= before.coverage
    assert after.certain >= before.certain


@given(TOLD, WANTED)
def test_what_is_unknown_gains_nothing_and_loses_nothing(
    profile: Profile, posting: Posting
) -> None:
    whole = match(profile, posting)
    known = Match(tuple(f for f in whole.findings if f.fit is not Fit.UNKNOWN))
    assert 0 <= whole.certain <= whole.coverage <= 1
    assert whole.certain == (whole.score or 0) * whole.coverage
    if known.findings:
        assert whole.score == known.score == known.certain


@given(TOLD, WANTED)
def test_forgetting_what_was_told_never_makes_a_match_more_certain(
    profile: Profile, posting: Posting
) -> None:
    whole = match(profile, posting).certain
    for part in Profile.model_fields:
        less = profile.model_copy(update={part: None})
        assert match(less, posting).certain <= whole


@given(TOLD, WANTED)
def test_every_requirement_is_answered_once(profile: Profile, posting: Posting) -> None:
    findings = match(profile, posting).findings
    asked = 3 + len(posting.skills) + len(posting.languages) + len(posting.licences)
    assert len(findings) == asked
    assert all(
        explain(f, PLACES.codes, language).endswith(".") for f in findings for language in LANGUAGES
    )


@given(TOLD, WANTED, st.randoms(use_true_random=False))
def test_no_order_in_what_came_changes_a_match(profile: Profile, posting: Posting, r: Any) -> None:
    told, wanted = shuffled(profile, r), shuffled(posting, r)
    assert match(told, wanted.checked(PLACES.codes)) == match(
        profile, posting.checked(PLACES.codes)
    )
    assert match(told, wanted).certain == match(profile, posting).certain


def shuffled(value: Any, r: Any) -> Any:
    """Put each list of a posting or a profile in another order."""
    lists = {name: list(items) for name, items in value if isinstance(items, tuple)}
    for items in lists.values():
        r.shuffle(items)
    return value.model_copy(update={name: tuple(items) for name, items in lists.items()})


@given(TOLD, st.lists(WANTED, max_size=5), st.randoms(use_true_random=False))
def test_a_ranking_depends_on_no_order_and_breaks_ties_by_age(
    profile: Profile, postings: list[Posting], r: Any
) -> None:
    known = [(UUID(int=i), posting) for i, posting in enumerate([*postings, *postings])]
    mixed = known.copy()
    r.shuffle(mixed)
    best = ranked(profile, mixed)
    assert best == ranked(profile, known)
    keys = [rank(found, vacancy_id) for vacancy_id, found in best]
    assert keys == sorted(set(keys))
    twins = len(postings)
    places = [vacancy_id.int for vacancy_id, _ in best]
    assert all(places.index(i) < places.index(i + twins) for i in range(twins))
