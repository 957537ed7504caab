"""What an instrument is, and that the delivered one keeps to it."""

import json

import pytest
from assessments.domain.instruments import Instrument
from assessments.instruments import delivered
from kit.texts import LANGUAGES
from pydantic import ValidationError


def an_instrument(**changes: object) -> Instrument:
    (elamantilanne,) = delivered()
    document = elamantilanne.model_dump(mode="json")
    return Instrument.model_validate_json(json.dumps(document | changes))


def bands(*ends: tuple[int, int]) -> list[dict[str, object]]:
    return [
        {"code": f"band{number}", "least": least, "most": most, "name": {"fi": "Taso"}}
        for number, (least, most) in enumerate(ends)
    ]


def item(code: str) -> dict[str, object]:
    return {"code": code, "name": {"fi": "Uni"}, "text": {"fi": "Miten nukut?"}}


def test_the_delivered_instrument_asks_about_ten_areas_in_three_languages() -> None:
    instrument = an_instrument()
    texts = [instrument.name, instrument.instructions]
    texts += [text for one in instrument.items for text in (one.name, one.text)]
    texts += [band.name for band in instrument.bands]
    assert len(instrument.items) == 10
    assert all(text.translation(language) for text in texts for language in LANGUAGES)


@pytest.mark.parametrize(
    ("mark", "band"),
    [(0, "low"), (5, "low"), (6, "middle"), (7, "middle"), (8, "high"), (10, "high")],
)
def test_a_mark_is_read_by_the_band_that_it_falls_in(mark: int, band: str) -> None:
    assert an_instrument().band(mark).code == band


def test_no_answer_is_not_zero_and_has_no_band() -> None:
    assert an_instrument().bands_of({"health": 0}) == {"health": "low"}


def test_a_total_can_only_be_forbidden() -> None:
    with pytest.raises(ValidationError):
        an_instrument(total="sum")


@pytest.mark.parametrize(
    "ends",
    [
        [(0, 5), (6, 7)],
        [(1, 5), (6, 10)],
        [(0, 5), (7, 10)],
        [(0, 6), (6, 10)],
        [(6, 10), (0, 5)],
        [(5, 0), (0, 10), (3, 2)],
    ],
)
def test_bands_must_read_every_mark_once_and_rise(ends: list[tuple[int, int]]) -> None:
    with pytest.raises(ValidationError, match="each mark once"):
        an_instrument(bands=bands(*ends))


def test_two_items_cannot_share_a_code() -> None:
    with pytest.raises(ValidationError, match="codes of items must differ"):
        an_instrument(items=[item("sleep"), item("sleep")])


def test_an_age_range_cannot_be_turned_round() -> None:
    with pytest.raises(ValidationError, match="age_from must not be above age_to"):
        an_instrument(age_from=30, age_to=15)


@pytest.mark.parametrize("version", [0, -1, "1", 1.5, True])
def test_a_version_is_a_whole_number_from_one(version: object) -> None:
    with pytest.raises(ValidationError):
        an_instrument(version=version)
