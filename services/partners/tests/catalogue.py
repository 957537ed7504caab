"""Offerings for tests: one that says all there is to say, and the calls that make and move it."""

from typing import Any

from httpx import Response
from kit.testing import Harness

CODE = "ohjaamo-oulu-guidance"
PATH = f"/offerings/{CODE}"


def fi(words: str) -> dict[str, str | None]:
    return {"fi": words, "sv": None, "en": None}


def hours(**changes: Any) -> dict[str, Any]:
    return {
        "days": ["MO", "TU", "WE"],
        "opens": "09:00",
        "closes": "16:00",
        "valid_from": None,
        "valid_until": None,
        "note": None,
        **changes,
    }


def a_place(**changes: Any) -> dict[str, Any]:
    return {
        "code": "torikatu",
        "name": fi("Ohjaamo, keskusta"),
        "municipality": "564",
        "street": "Torikatu 34",
        "postal_code": "90100",
        "latitude": 65.0121,
        "longitude": 25.4651,
        "hours": [hours()],
        **changes,
    }


def a_service(**changes: Any) -> dict[str, Any]:
    """Say all that an offering states but its capacity."""
    return {
        "name": fi("Ohjaamo Oulu, ohjaus"),
        "description": fi("Matalan kynnyksen ohjausta alle 30-vuotiaille"),
        "needs": ["career_guidance", "everyday_life"],
        "audience": {
            "age_from": 15,
            "age_to": 29,
            "municipalities": ["564", "244"],
            "situations": ["unemployed", "outside"],
            "languages": ["fi", "sv"],
        },
        "access": "both",
        "channels": [
            {"kind": "phone", "address": "+358 44 000 0000", "name": None, "hours": [hours()]}
        ],
        "places": [a_place()],
        "price": {"cents": 0, "note": None},
        "intensity": "guidance",
        "theme": None,
        "stale_after_days": 30,
        **changes,
    }


def an_offering(**changes: Any) -> dict[str, Any]:
    """Write what a provider sends."""
    return a_service() | {
        "code": CODE,
        "status": "published",
        "capacity": 12,
        "taken_elsewhere": 2,
        "capacity_unit": "client",
        "capacity_period": None,
        **changes,
    }


async def offer(service: Harness, by: str = "oulu", **changes: Any) -> Response:
    return await service.caller(by).post("/offerings", json=an_offering(**changes))


async def declare(service: Harness, by: str, capacity: Any, revision: int = 1) -> Response:
    return await put(service, f"{PATH}/capacity", {"capacity": capacity}, revision, by=by)


async def put(
    service: Harness, path: str, body: Any, revision: int = 1, by: str = "oulu"
) -> Response:
    headers = {"If-Match": f'"{revision}"'}
    return await service.caller(by).put(path, json=body, headers=headers)


async def step(service: Harness, name: str, revision: int, by: str = "oulu") -> Response:
    headers = {"If-Match": f'"{revision}"'}
    return await service.caller(by).post(f"{PATH}/steps", json={"step": name}, headers=headers)


async def seats(service: Harness, kind: str, taken: int, held: int = 0) -> None:
    """Let the service hear how many seats are taken."""
    await service.hear(
        f"referrals.seats.{kind}.v1",
        f"seats/{CODE}",
        offering=CODE,
        organisation="oulu",
        taken=taken,
        held=held,
        maximum=12,
        declaration=1,
    )
