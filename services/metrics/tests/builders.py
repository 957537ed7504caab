"""Figures and facts as far as a test needs them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
from httpx import AsyncClient, Response
from kit import clock
from kit.events import Record
from kit.testing import Harness

COUNCIL, TE, OULU = "pohjois-pohjanmaa", "te-pohjois-pohjanmaa", "oulu"
UNEMPLOYED, LABOUR_FORCE = "TYOTTOMATLOPUSSA", "TYOVOIMATK"


def a_dataset(
    areas: tuple[str, ...] = ("KU564",),
    months: tuple[str, ...] = ("2023M09", "2023M10"),
    metrics: tuple[str, ...] = (UNEMPLOYED, LABOUR_FORCE),
    **changes: Any,
) -> dict[str, Any]:
    """Write a JSON-stat 2.0 dataset; without `value`, cells count 1, 2, 3 …"""
    dataset = {
        "version": "2.0",
        "class": "dataset",
        "label": "Unemployed jobseekers",
        "source": "Statistics Finland",
        "id": ["Alue", "Kuukausi", "Tiedot"],
        "size": [len(areas), len(months), len(metrics)],
        "role": {"time": ["Kuukausi"], "geo": ["Alue"], "metric": ["Tiedot"]},
        "dimension": {
            "Alue": {"label": "Alue", "category": {"index": list(areas)}},
            "Kuukausi": {"label": "Kuukausi", "category": {"index": list(months)}},
            "Tiedot": {"label": "Tiedot", "category": {"index": list(metrics)}},
        },
        "value": list(range(1, len(areas) * len(months) * len(metrics) + 1)),
    }
    return dataset | changes


async def imported(service: Harness, dataset: object, series: str = "tyonv-12r5") -> Response:
    """Post figures as the Council of Oulu Region."""
    caller = service.caller(COUNCIL)
    return await caller.post("/statistics", params={"series": series}, json=dataset)


async def values(service: Harness, code: str, **query: str) -> list[dict[str, Any]]:
    """Ask for an indicator's values."""
    answer = await service.caller(TE).get(f"/indicators/{code}/values", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def latest(caller: AsyncClient, code: str) -> dict[str, Any] | None:
    """Ask for an indicator's newest value."""
    answer = await caller.get("/indicators")
    found: dict[str, Any] = {i["code"]: i["latest"] for i in answer.json()["items"]}
    return found[code]


class Story:
    """Facts that are told to the service, each at a moment of its own, and can be told again."""

    def __init__(self, service: Harness) -> None:
        self.service = service
        self.told: list[Record] = []

    async def tell(
        self, type_: str, subject: str, at: datetime | None = None, **data: Any
    ) -> Record:
        """Tell the next fact of a subject, as of a moment."""
        first = sum(1 for record in self.told if record.attributes["subject"] == subject)
        attributes = {
            "id": str(uuid4()),
            "type": type_,
            "source": f"/services/{type_.partition('.')[0]}",
            "subject": subject,
            "sequence": str(first + 1),
            "epoch": 1,
            "time": (at or clock.now()).isoformat(),
        }
        record = Record(attributes, orjson.dumps(data))
        self.told.append(record)
        await self.service.receive(record)
        return record

    async def referral(
        self, decision: str | None, *, sent: datetime, hours: float = 1, recipient: str = OULU
    ) -> None:
        """Tell of a referral that is sent, and decided some hours later; perhaps confirmed."""
        referral_id = str(uuid4())
        about: dict[str, Any] = {
            "referral_id": referral_id, "client_id": str(uuid4()), "sender": TE,
            "recipient": recipient, "offering": None, "need": "job_search",
            "purpose": "client_referral",
        }  # fmt: skip
        subject, decided = f"referrals/{referral_id}", sent + timedelta(hours=hours)
        await self.tell("referrals.referral.sent.v1", subject, sent, **about)
        if decision in {"accepted", "confirmed"}:
            await self.tell("referrals.referral.accepted.v1", subject, decided, **about)
        if decision == "declined":
            await self.tell("referrals.referral.declined.v1", subject, decided, **about)
        if decision == "confirmed":
            await self.tell("referrals.referral.confirmed.v1", subject, decided, **about)

    async def agreement(self, code: str = "oulu-2026", **changes: Any) -> None:
        """Tell of an agreement that all have signed, with one goal and one pilot."""
        today = clock.today()
        agreement = {
            "code": code,
            "name": {"fi": "Oulun seudun työllisyyden ekosysteemi", "en": "Employment ecosystem"},
            "vision": {"fi": "Oulun seutu on edelläkävijä."},
            "parties": [TE, OULU],
            "signed_by": [TE, OULU],
            "pilots": [{"code": "ict-rekrytointi", "name": {"fi": "ICT-rekrytointi"}}],
            "goals": [a_goal()],
            "valid_from": today.isoformat(),
            "valid_until": (today + timedelta(days=30)).isoformat(),
        }
        await self.tell("partners.agreement.signed.v1", f"agreements/{code}", **agreement | changes)

    async def offering(self, code: str, capacity: int, at: datetime | None = None) -> None:
        """Tell how many seats an offering has."""
        subject = f"offerings/{code}"
        name = {"fi": f"Palvelu {code}"}
        kind = "partners.offering.published.v1"
        await self.tell(kind, subject, at, code=code, name=name, capacity=capacity)

    async def seats(self, offering: str, taken: int, at: datetime | None = None) -> None:
        """Tell how many seats are taken."""
        kind = "referrals.seats.taken.v1"
        await self.tell(kind, f"seats/{offering}", at, offering=offering, taken=taken)

    async def vacancy(self, name: str, kind: str, at: datetime | None = None, **state: Any) -> None:
        """Tell how a vacancy stands."""
        about = {"municipality": "564", "openings": 1, "filled": 0, "status": "open"} | state
        await self.tell(f"vacancies.vacancy.{kind}.v1", f"vacancies/{name}", at, **about)

    async def need(self, need: str, at: datetime | None = None) -> None:
        """Tell of a confirmed need."""
        kind = "assessments.assessment.need_confirmed.v1"
        await self.tell(kind, f"assessments/{uuid4()}", at, need=need)

    async def placement(self, pilot: str | None, at: datetime | None = None) -> None:
        """Tell of a placement."""
        kind = "vacancies.placement.recorded.v1"
        await self.tell(kind, f"placements/{uuid4()}", at, pilot=pilot)


def a_goal(**changes: Any) -> dict[str, Any]:
    """Write a goal of Oulu: from 12 % in 2019-12 to 9 % in 2025-12."""
    return {
        "code": "tyottomyysaste-2025",
        "indicator": "unemployment-rate",
        "area": "KU564",
        "name": {"fi": "Työttömyysaste laskee", "sv": "Arbetslösheten sjunker"},
        "baseline": {"value": 12.0, "period": "2019-12", "source": "Statistics Finland"},
        "target": {"value": 9.0, "period": "2025-12", "source": "The agreement"},
    } | changes
