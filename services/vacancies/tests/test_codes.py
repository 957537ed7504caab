"""The code sets: a name is no code, but it leads to one."""

import pytest
from kit import clock
from kit.problems import UnknownCode
from vacancies.domain.codes import ESCO, ISCO, LICENCES, OCCUPATIONS, SKILLS, CodeSet
from vacancies.domain.places import Places


def suggested(codes: CodeSet, code: str) -> list[str]:
    """Give the names of what is suggested for an unknown code."""
    with pytest.raises(UnknownCode) as refused:
        codes.known(code, "/body/skills/0")
    assert refused.value.extra["pointer"] == "/body/skills/0"
    return [codes.name(c).fi for c in refused.value.extra["suggestions"]]


def test_esco_comes_with_its_version_and_its_source() -> None:
    assert ESCO.version
    assert "European Union" in ESCO.source
    uris = [concept.uri for concept in (*ESCO.occupations, *ESCO.skills)]
    assert len(set(uris)) == len(uris)
    assert all(uri.startswith("http://data.europa.eu/esco/") for uri in uris)
    assert set(ISCO) == set(OCCUPATIONS)


@pytest.mark.parametrize(
    ("codes", "meant", "name"),
    [
        (SKILLS, "Python", "Python (ohjelmointi)"),
        (SKILLS, "pyhton", "Python (ohjelmointi)"),
        (SKILLS, "datorprogrammering", "tietokoneohjelmointi"),
        (OCCUPATIONS, "Software Developer", "ohjelmistokehittäjä"),
        (OCCUPATIONS, "webutvecklare", "verkkokehittäjä"),
        (Places.on(clock.today()).codes, "Oulu", "Oulu"),
        (LICENCES, "hot work", "tulityökortti"),
    ],
)
def test_a_name_or_a_slip_leads_to_the_code(codes: CodeSet, meant: str, name: str) -> None:
    assert suggested(codes, meant)[0] == name


def test_a_slip_in_a_uri_leads_to_the_uri_and_a_strange_one_to_none() -> None:
    uri = ESCO.skills[0].uri
    assert suggested(SKILLS, uri.replace("ccd0", "ccd1"))[0] == ESCO.skills[0].label.fi
    assert suggested(SKILLS, "http://example.org/skills/juggling") == []
    assert suggested(SKILLS, "") == []
