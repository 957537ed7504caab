"""Municipalities beyond those that come with the software, as they are imported in partners."""

from datetime import timedelta
from typing import Any

import pytest
from kit import clock
from kit.testing import Harness

from .builders import EMPLOYER, OULU, TE, a_posting, posted, profiled

KUOPIO, SIILINJARVI, UTAJARVI = "297", "749", "889"


async def imported(
    vacancies: Harness, kind: str, code: str, name: str, members: list[dict[str, Any]] | None = None
) -> None:
    """Tell that an area was imported."""
    await vacancies.hear(
        "partners.area.imported.v1", f"areas/{kind}:{code}", kind=kind, code=code,
        name={"fi": name}, valid_from=None, valid_until=None, members=members or [],
    )  # fmt: skip


def member(municipality: str, **period: str) -> dict[str, Any]:
    """Write that a municipality belongs to an area."""
    return {"municipality": municipality, "valid_from": None, "valid_until": None, **period}


async def test_an_imported_municipality_is_known_and_before_that_it_is_not(
    vacancies: Harness,
) -> None:
    te = vacancies.caller(TE)
    path, body = f"/vacancies/{EMPLOYER}/1", a_posting(municipality=KUOPIO)
    refused = await te.put(path, json=body)
    assert (refused.status_code, refused.json()["pointer"]) == (422, "/body/municipality")
    await imported(vacancies, "municipality", KUOPIO, "Kuopio")
    assert (await te.put(path, json=body)).status_code == 201
    found = await te.get("/vacancies", params={"municipality": KUOPIO})
    assert len(found.json()["items"]) == 1
    await profiled(te, municipality=KUOPIO, willing_to=[KUOPIO])
    meant = await te.get("/vacancies", params={"municipality": "kuopio"})
    assert meant.json()["suggestions"] == [KUOPIO]


@pytest.mark.parametrize(
    ("days", "ground"), [(1, "same_sub_region"), (-1, "not_told")], ids=["today", "no longer"]
)
async def test_work_is_near_within_an_imported_sub_region_while_both_belong_to_it(
    vacancies: Harness, days: int, ground: str
) -> None:
    until = (clock.today() + timedelta(days=days)).isoformat()
    for code, name in ((KUOPIO, "Kuopio"), (SIILINJARVI, "Siilinjärvi")):
        await imported(vacancies, "municipality", code, name)
    members = [member(KUOPIO), member(SIILINJARVI, valid_until=until)]
    await imported(vacancies, "sub_region", "112", "Kuopion seutukunta", members)
    await imported(vacancies, "employment_area", "pohjois-savo", "Pohjois-Savo", members)
    te = vacancies.caller(TE)
    await posted(te, municipality=KUOPIO)
    seeker = await profiled(te, municipality=SIILINJARVI)
    (match,) = (await te.get(f"/seekers/{seeker}/matches")).json()["items"]
    (place,) = [f for f in match["findings"] if f["kind"] == "place"]
    assert place["ground"] == ground
    assert "Kuopio" in place["text"]


async def test_an_import_may_change_what_came_with_the_software(vacancies: Harness) -> None:
    oulu = vacancies.caller(OULU)
    await posted(oulu, municipality="564")
    seeker = await profiled(oulu, municipality=UTAJARVI)

    async def ground() -> str:
        (match,) = (await oulu.get(f"/seekers/{seeker}/matches")).json()["items"]
        return next(str(f["ground"]) for f in match["findings"] if f["kind"] == "place")

    assert await ground() == "not_told"
    members = [member(code) for code in ("564", UTAJARVI)]
    await imported(vacancies, "sub_region", "171", "Oulun seutukunta", members)
    assert await ground() == "same_sub_region"
