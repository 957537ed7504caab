"""Searching the catalogue: what is found, in which order, and why."""

from math import asin, atan2, cos, degrees, pi, radians, sin
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from kit.testing import Harness
from partners.domain.vocabulary import errors, like, words_in
from partners.queries.search import EARTH_KM, circle

from .catalogue import PATH, a_place, an_offering, fi, offer, put, seats, step

LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


def said(name: str, description: str = "-", sv: str | None = None, en: str | None = None) -> Any:
    return {"name": fi(name) | {"sv": sv, "en": en}, "description": fi(description)}


async def add(service: Harness, code: str, **changes: Any) -> None:
    made = await offer(service, code=code, **{"audience": {}, "places": []} | changes)
    assert made.status_code == 201, made.text


async def found(service: Harness, **query: Any) -> dict[str, Any]:
    reader = service.caller("te-pohjois-pohjanmaa")
    answer = await reader.get("/catalogue/search", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def codes(service: Harness, **query: Any) -> list[str]:
    return [item["offering"]["code"] for item in (await found(service, **query))["items"]]


async def test_words_are_found_in_three_languages_and_in_their_forms(partners: Harness) -> None:
    await add(partners, "career", **said("Uraohjaus", sv="Karriärvägledning", en="Career coaching"))
    await add(partners, "debt", **said("Velkaneuvonta", "Apua talouden pulmiin"))
    for q in ("uraohjaus", "uraohjauksen", "URAOHJAUSTA", "uraohj", "karriärvägledningen",
              "career", "coaching"):  # fmt: skip
        assert await codes(partners, q=q) == ["career"], q
    assert await codes(partners, q="talous") == ["debt"]


@pytest.mark.parametrize("q", ["uraohjus", "uroahjaus", "uraojaus", "uraohjjaus", "uraohkaus"])
async def test_a_typing_error_finds_what_was_meant_and_is_told(partners: Harness, q: str) -> None:
    await add(partners, "career", **said("Uraohjaus"))
    answer = await found(partners, q=q)
    assert [i["offering"]["code"] for i in answer["items"]] == ["career"]
    assert answer["words"] == [{"asked": q, "read_as": ["uraohjaus"]}]
    (reason, _) = answer["items"][0]["because"]
    assert (reason["points"], reason["text"]["fi"]) == (15, "Nimessä: uraohjaus")


async def test_a_word_that_nobody_has_is_told_and_leaves_nothing_out(partners: Harness) -> None:
    await add(partners, "career", **said("Uraohjaus"))
    answer = await found(partners, q="uraohjaus ja avaruuslentäminen")
    assert [i["offering"]["code"] for i in answer["items"]] == ["career"]
    assert answer["words"] == [
        {"asked": "uraohjaus", "read_as": ["uraohjaus"]},
        {"asked": "avaruuslentäminen", "read_as": []},
    ]
    nothing = await found(partners, q="avaruuslentäminen")
    assert (nothing["items"], nothing["found"]) == ([], 0)


async def test_all_words_that_somebody_has_must_be_there(partners: Harness) -> None:
    await add(partners, "career", **said("Uraohjaus", "nuorille"))
    await add(partners, "sport", **said("Liikunta", "nuorille"))
    assert await codes(partners, q="uraohjaus nuorille") == ["career"]
    assert await codes(partners, q="nuorille") == ["career", "sport"]


async def test_a_name_counts_more_than_a_description_and_points_add_up(partners: Harness) -> None:
    await add(partners, "a-text", **said("Valmennus", "Uraohjaus ja muuta"))
    await add(partners, "b-name", **said("Uraohjaus", "Valmennus"))
    answer = await found(partners, q="uraohjaus")
    assert [i["offering"]["code"] for i in answer["items"]] == ["b-name", "a-text"]
    for item in answer["items"]:
        assert item["score"] == sum(reason["points"] for reason in item["because"])
    assert [r["what"] for r in answer["items"][0]["because"]] == ["name", "room"]


async def test_filters_leave_out_and_what_is_not_stated_stays_in(partners: Harness) -> None:
    await add(partners, "open")
    audience = {"age_from": 18, "age_to": 29, "municipalities": ["564"], "languages": ["sv"]}
    await add(partners, "young", audience=audience, needs=["housing"])
    everything, opened = ["young", "open"], ["open"]
    for query, expected in [
        ({"need": "housing"}, ["young"]),
        ({"municipality": "564"}, everything),
        ({"municipality": "244"}, opened),
        ({"language": "sv"}, everything),
        ({"language": "en"}, opened),
        ({"age": 18}, everything),
        ({"age": 29}, everything),
        ({"age": 17}, opened),
        ({"age": 30}, opened),
        ({"age": 20, "municipality": "564", "language": "sv", "need": "housing"}, ["young"]),
    ]:
        assert await codes(partners, **query) == expected, query


async def test_the_nearest_place_counts_and_what_is_too_far_is_left_out(partners: Harness) -> None:
    oulu, kempele = a_place(), a_place(code="zeppelin", latitude=64.9126, longitude=25.5018)
    helsinki = a_place(latitude=60.17, longitude=24.94)
    await add(partners, "a-kempele", places=[helsinki | {"code": "far"}, kempele])
    await add(partners, "b-oulu", places=[oulu])
    await add(partners, "c-helsinki", places=[helsinki])
    await add(partners, "d-nowhere")
    answer = await found(partners, near="65.0121,25.4651")
    assert [i["offering"]["code"] for i in answer["items"]] == ["b-oulu", "a-kempele"]
    assert answer["items"][0]["km"] == pytest.approx(0, abs=0.001)
    assert answer["items"][1]["km"] == pytest.approx(11.19, abs=0.05)
    assert await codes(partners, near="65.0121,25.4651", within_km=5) == ["b-oulu"]
    south = await codes(partners, near="60.17,24.94", within_km=500)
    assert south == ["a-kempele", "c-helsinki"]  # a service that comes also to Kempele


async def test_room_counts_and_less_where_nobody_confirmed_it(partners: Harness) -> None:
    code = an_offering()["code"]
    await add(partners, code, capacity=3, taken_elsewhere=0)
    await add(partners, "full", capacity=0, taken_elsewhere=0)
    assert await codes(partners, with_room=True) == [code]
    assert await codes(partners) == [code, "full"]
    await seats(partners, "taken", 2, held=1)
    assert await codes(partners, with_room=True) == []


async def test_only_what_is_published_is_found_and_a_drafts_words_are_not_told(
    partners: Harness,
) -> None:
    await add(partners, "secret", status="draft", **said("Salahanke"))
    answer = await found(partners, q="salahakne")
    assert (answer["items"], answer["words"][0]["read_as"]) == ([], [])
    await offer(partners, **said("Uraohjaus"))
    await step(partners, "pause", 1)
    assert await codes(partners, q="uraohjaus") == []


async def test_a_change_is_found_at_once(partners: Harness) -> None:
    body = an_offering(**said("Uraohjaus"))
    await offer(partners, **said("Uraohjaus"))
    service = {n: body[n] for n in body if n not in ("code", "status") and "capacity" not in n}
    service.pop("taken_elsewhere")
    await put(partners, PATH, service | said("Velkaneuvonta"))
    assert await codes(partners, q="velkaneuvnta") == [body["code"]]
    assert await codes(partners, q="uraohjaus") == []


async def test_how_many_there_are_is_told_beyond_the_best(partners: Harness) -> None:
    for i in range(3):
        await add(partners, f"offering-{i}")
    answer = await found(partners, limit=2)
    assert (len(answer["items"]), answer["found"]) == (2, 3)


@pytest.mark.parametrize("q", ["' | !", "&&&", "a:*b", "ja", "<->", "\\", "(" * 100, "%_", "日本"])
async def test_no_text_breaks_a_search(partners: Harness, q: str) -> None:
    await add(partners, "career")
    await found(partners, q=q)


@pytest.mark.parametrize("near", ["91,25", "65.0", "65,200", "north", "65.0,25.0,1"])
async def test_a_point_that_is_none_is_refused(partners: Harness, near: str) -> None:
    refused = await partners.caller("oulu").get("/catalogue/search", params={"near": near})
    assert refused.status_code == 422


words = st.text(LETTERS, min_size=4, max_size=14)


@given(words, st.data())
def test_every_single_error_is_one_and_is_mended(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    wrong = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else word[1:],
            ]
        )
    )
    assume(wrong != word)
    assert errors(wrong, word) == errors(word, wrong) == 1
    assert like(wrong, [word, "zzzzzzzzzzzzzzzzz"]) == [word]
    assert variants(wrong) & variants(word)  # so the index finds it


def variants(word: str) -> set[str]:
    """Write what the index keeps of a word."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def test_what_is_too_different_is_not_meant() -> None:
    assert like("ohjaus", ["ohjain"]) == []
    assert like("valmennsu", ["valmennus", "vallennus"]) == ["valmennus"]
    assert like("uraohjauksen", ["uraohjaus", "uraohjaaja", "uraputki"]) == ["uraohjaus"]
    assert like("uranousu", ["uraohjaus"]) == []
    assert words_in("Ura-ohjaus, URA_ohjaus!") == ["ura", "ohjaus"]


@given(st.floats(-89, 89), st.floats(-170, 170), st.floats(1, 500), st.floats(0, 2 * pi))
def test_the_box_holds_all_of_the_circle(
    latitude: float, longitude: float, km: float, way: float
) -> None:
    box = circle(latitude, longitude, km)
    lat, lon, far = radians(latitude), radians(longitude), km / EARTH_KM * 0.999
    north = asin(sin(lat) * cos(far) + cos(lat) * sin(far) * cos(way))
    east = lon + atan2(sin(way) * sin(far) * cos(lat), cos(far) - sin(lat) * sin(north))
    assert abs(degrees(north) - latitude) <= box["high"]
    assert abs(degrees(east) - longitude) <= box["wide"]
