"""Agreements from before there were versions: nothing that was agreed is lost in the migration."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from kit import clock
from kit.database import Database
from kit.embedded import Cluster
from kit.testing.harness import of_old
from kit.timers import Timer, Timers
from partners.commands.keep_calendar import keep_calendar
from partners.domain.agreement import Agreement
from partners.domain.lifecycle import Status
from sqlalchemy import Connection, text

BEFORE = "20261124_successions"
TODAY = clock.today()
PARTIES = ["oulu", "kela-pohjoinen"]
GOAL = {
    "code": "rate", "indicator": "unemployment-rate", "name": {"fi": "Laskee"}, "area": "KU564",
    "baseline": {"value": 11.7, "period": "2019-01", "source": "12r5"},
    "target": {"value": 9.0, "period": "2025", "source": "Sopimus"},
}  # fmt: skip
CLAUSE = {
    "code": "referral", "purpose": "client_referral", "data_classes": ["identity"],
    "from": "all", "to": ["oulu"],
}  # fmt: skip
PILOT = {"code": "ict", "name": {"fi": "ICT"}, "theme": "work", "owner": "oulu"}
THEME = {"code": "work", "name": {"fi": "Työ"}, "lead": "oulu"}

INSERT = text("""
    INSERT INTO agreement (code, name, vision, text, parties, themes, pilots, goals, sharing,
                           valid_from, valid_until, signatures, revision)
    VALUES (:code, :name, NULL, :text, :parties, :themes, :pilots, :goals, :sharing,
            :valid_from, :valid_until, :signatures, :revision)
""")


def signature(by: str, at: datetime) -> dict[str, Any]:
    return {"organisation": by, "officer": "o-1", "at": at.isoformat()}


# Late in the evening of UTC it is the next day in Finland.
FIRST, LAST = datetime(2020, 1, 7, 12, tzinfo=UTC), datetime(2020, 1, 8, 22, 30, tzinfo=UTC)
BOTH = [signature("oulu", FIRST), signature("kela-pohjoinen", LAST)]
SOON, LONG_AGO, LATER = TODAY + timedelta(days=20), date(2020, 1, 1), TODAY + timedelta(days=400)
OLD: dict[str, tuple[date, date, list[dict[str, Any]]]] = {
    "running": (LONG_AGO, LATER, BOTH),
    "over": (LONG_AGO, date(2021, 12, 31), BOTH),
    "to-come": (SOON, LATER, BOTH),
    "half-signed": (SOON, LATER, BOTH[:1]),
    "unsigned": (SOON, LATER, []),
}


def fill(connection: Connection) -> None:
    """Write what the software of then had written."""
    for code in PARTIES:
        kind = "city" if code == "oulu" else "kela"
        connection.execute(
            text("""
                INSERT INTO organisation (code, kind, name, units, mandates, successions, revision)
                VALUES (:c, :k, :n, '[]', '[]', '[]', 1)
            """),
            {"c": code, "k": kind, "n": json.dumps({"fi": code})},
        )
    for code, (valid_from, valid_until, signatures) in OLD.items():
        words = {"themes": [THEME], "pilots": [PILOT], "goals": [GOAL], "sharing": [CLAUSE]}
        values = {name: json.dumps(value) for name, value in words.items()} | {
            "code": code, "name": json.dumps({"fi": f"Sopimus {code}"}),
            "text": json.dumps({"fi": "Teksti"}), "parties": PARTIES, "valid_from": valid_from,
            "valid_until": valid_until, "signatures": json.dumps(signatures),
            "revision": 2 + len(signatures),
        }  # fmt: skip
        connection.execute(INSERT, values)


@pytest.fixture
async def migrated(cluster: Cluster) -> AsyncIterator[Database]:
    """Make a database of then, with rows, and bring it up to date."""
    async with of_old(cluster, "partners", BEFORE, fill) as database:
        yield database


async def read(database: Database) -> dict[str, Agreement]:
    async with database.begin() as tx:
        found = {code: await tx.get_one(Agreement, code) for code in OLD}
        tx.expunge_all()
        return found


async def test_every_word_party_and_signature_is_in_the_first_version(migrated: Database) -> None:
    for code, agreement in (await read(migrated)).items():
        (version,) = agreement.versions
        words = version.terms.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        valid_from, valid_until, signatures = OLD[code]
        assert words == {
            "name": {"fi": f"Sopimus {code}"}, "text": {"fi": "Teksti"}, "parties": PARTIES,
            "themes": [THEME], "pilots": [PILOT], "goals": [GOAL], "sharing": [CLAUSE],
            "valid_from": valid_from.isoformat(), "valid_until": valid_until.isoformat(),
        }  # fmt: skip
        assert [(s.organisation, s.officer, s.at) for s in version.signatures] == [
            (s["organisation"], s["officer"], datetime.fromisoformat(s["at"])) for s in signatures
        ]
        assert version.party_kinds == {"oulu": "city", "kela-pohjoinen": "kela"}
        assert (version.signatories, agreement.revision) == (tuple(PARTIES), 2 + len(signatures))
        assert len(agreement.sha256(version)) == 64


async def test_it_stands_where_it_stood(migrated: Database) -> None:
    found = await read(migrated)
    assert {code: a.status for code, a in found.items()} == {
        "running": Status.SIGNED, "over": Status.SIGNED, "to-come": Status.SIGNED,
        "half-signed": Status.PROPOSED, "unsigned": Status.PROPOSED,
    }  # fmt: skip
    concluded = date(2020, 1, 9)  # of the last signature, by Finland's clock
    assert found["running"].versions[0].concluded_on == concluded
    assert found["half-signed"].versions[0].concluded_on is None
    assert found["running"].status_on(concluded) is Status.IN_FORCE
    assert found["over"].status_on(date(2022, 1, 1)) is Status.EXPIRED
    assert found["to-come"].status_on(TODAY) is Status.SIGNED
    assert found["half-signed"].status_on(TODAY) is Status.PROPOSED
    assert found["unsigned"].status_on(TODAY) is Status.PROPOSED  # not only from its first day


async def test_the_calendar_does_once_what_is_due_of_them(migrated: Database) -> None:
    timers = Timers(migrated, [Timer("calendar", keep_calendar)])
    assert await timers.catch_up() == 3  # one begins; one begins and ends
    assert await timers.catch_up() == 0
    found = await read(migrated)
    assert {code: a.status for code, a in found.items()} == {
        "running": Status.IN_FORCE, "over": Status.EXPIRED, "to-come": Status.SIGNED,
        "half-signed": Status.PROPOSED, "unsigned": Status.PROPOSED,
    }  # fmt: skip
    assert [s.status for s in found["over"].stations] == ["signed", "in_force", "expired"]
    assert found["over"].stations[-1].on == date(2022, 1, 1)
