"""Referrals from before the three axes stand where they stood, in the right worklists."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from kit.database import Database
from kit.embedded import Cluster
from kit.testing.harness import of_old
from referrals.domain.referral import Referral
from referrals.domain.worklist import place_of, wanted
from sqlalchemy import Connection, text

BEFORE = "20261124_first"
TE, OULU = "te-pohjois-pohjanmaa", "oulu"
CLIENT = uuid4()
DRAFTED = datetime(2026, 1, 7, 12, 30, 15, 250_000, tzinfo=UTC)
SENT = (("draft", TE), ("send", TE))
TAKEN = (*SENT, ("accept", OULU), ("start", OULU))
REPORTED = (*TAKEN, ("report_outcome", OULU))

# status of then, its outcome, its steps; status, loop, seat and worklists of now
Row = tuple[str, str | None, tuple[tuple[str, str], ...], tuple[str, str, str | None]]
OLD: dict[str, Row] = {
    "draft": ("draft", None, SENT[:1], ("draft", "open", None)),
    "requested": ("requested", None, SENT, ("requested", "open", None)),
    "cancelled": ("cancelled", None, (*SENT, ("withdraw", TE)), ("cancelled", "open", None)),
    "rejected": ("rejected", None, (*SENT, ("decline", OULU)), ("rejected", "open", None)),
    "accepted": ("accepted", None, TAKEN[:3], ("accepted", "open", "taken")),
    "in-progress": ("in-progress", None, TAKEN, ("in-progress", "open", "taken")),
    "reported": (
        "outcome-reported", "service_received", REPORTED, ("completed", "outcome_reported", None),
    ),
    "discontinued": (
        "outcome-reported", "discontinued", REPORTED, ("failed", "outcome_reported", None),
    ),
    "confirmed": (
        "confirmed", "service_received", (*REPORTED, ("confirm", TE)),
        ("completed", "confirmed", None),
    ),
    "disputed": (
        "disputed", "discontinued", (*REPORTED, ("dispute", TE)), ("failed", "disputed", None),
    ),
}  # fmt: skip
IDS = {name: uuid4() for name in OLD}

REFERRAL = text("""
    INSERT INTO referral (id, client_id, sender, recipient, offering, need, purpose, legal_basis,
                          agreement, clause, status, reason, outcome, drafted_at, revision)
    VALUES (:id, :client, :sender, :recipient, 'ohjaamo', 'job_search', 'client_referral',
            'employment_services_act', :agreement, :clause, :status, 'no_show', :outcome,
            :drafted_at, :revision)
""")
HISTORY = text("""
    INSERT INTO history (referral_id, revision, step, organisation, officer, at)
    VALUES (:id, :revision, :step, :organisation, :officer, :at)
""")


def fill(connection: Connection) -> None:
    """Write what the software of then had written."""
    connection.execute(
        text(
            "INSERT INTO client (id, organisation, registered_at, revision) VALUES (:i, :o, :a, 1)"
        ),
        {"i": CLIENT, "o": TE, "a": DRAFTED},
    )
    connection.execute(text("INSERT INTO seats VALUES ('ohjaamo', :o, 2, 5, 1, 3)"), {"o": OULU})
    for name, (status, outcome, steps, _) in OLD.items():
        sent = len(steps) > 1
        connection.execute(REFERRAL, {
            "id": IDS[name], "client": CLIENT, "sender": TE, "recipient": OULU if sent else None,
            "agreement": "sopimus" if sent else None, "clause": "referral" if sent else None,
            "status": status, "outcome": outcome, "drafted_at": DRAFTED, "revision": len(steps),
        })  # fmt: skip
        for number, (step, organisation) in enumerate(steps, 1):
            connection.execute(HISTORY, {
                "id": IDS[name], "revision": number, "step": step, "organisation": organisation,
                "officer": f"officer-{organisation}", "at": DRAFTED,
            })  # fmt: skip


@pytest.fixture
async def migrated(cluster: Cluster) -> AsyncIterator[Database]:
    """Make a database of then, with rows, and bring it up to date."""
    async with of_old(cluster, "referrals", BEFORE, fill) as database:
        yield database


async def read(database: Database) -> dict[str, Referral]:
    async with database.begin() as tx:
        found = {name: await tx.get_one(Referral, id_) for name, id_ in IDS.items()}
        tx.expunge_all()
        return found


async def rows(database: Database, query: str) -> list[Any]:
    async with database.begin() as tx:
        return list((await tx.execute(text(query))).all())


async def test_each_stands_on_its_axes_where_it_stood(migrated: Database) -> None:
    for name, referral in (await read(migrated)).items():
        status, outcome, steps, expected = OLD[name]
        state = referral.state  # every axis is one that the software knows
        assert (state.status, state.loop, referral.seat) == expected, name
        assert state.phase is None
        assert (referral.outcome, referral.reason) == (outcome, "no_show")
        assert (referral.responsible, referral.author) == (TE, f"officer-{TE}")
        assert (referral.revision, referral.was_sent) == (len(steps), status != "draft")


async def test_each_can_go_on_from_there(migrated: Database) -> None:
    found = await read(migrated)
    legal = {
        (name, who): {str(step) for step in found[name].legal_steps(who)}
        for name, who in (
            ("draft", TE), ("requested", OULU), ("accepted", OULU), ("in-progress", OULU),
            ("reported", TE), ("disputed", OULU),
        )
    }  # fmt: skip
    assert "send" in legal["draft", TE]
    assert {"accept", "decline"} <= legal["requested", OULU]
    assert "schedule" in legal["accepted", OULU]
    assert "report_outcome" in legal["in-progress", OULU]
    assert {"confirm", "dispute"} <= legal["reported", TE]
    assert "report_outcome" in legal["disputed", OULU]


async def test_every_step_is_remembered_with_who_took_it_and_as_what(migrated: Database) -> None:
    told = {
        (row.referral_id, row.revision): (row.step, row.organisation, row.officer, row.role)
        for row in await rows(migrated, "SELECT * FROM history")
    }
    ends = {TE: "sender", OULU: "recipient"}
    assert told == {
        (IDS[name], number): (step, who, f"officer-{who}", ends[who])
        for name, (_, _, steps, _) in OLD.items()
        for number, (step, who) in enumerate(steps, 1)
    }


async def test_the_worklists_say_what_they_would_after_its_last_step(migrated: Database) -> None:
    kept: dict[UUID, dict[str, tuple[str, str, str]]] = {}
    for row in await rows(migrated, "SELECT * FROM work"):
        kept.setdefault(row.referral_id, {})[row.desk] = (row.owner, row.why, row.place)
    for name, referral in (await read(migrated)).items():
        after = wanted(referral, OLD[name][2][-1][0])
        expected = {
            str(desk): (owner, str(why), place_of(referral, why, None))
            for desk, (owner, why) in after.items()
        }
        assert kept.get(IDS[name], {}) == expected, name


async def test_seats_that_were_taken_are_taken(migrated: Database) -> None:
    ((taken, held, elsewhere),) = await rows(migrated, "SELECT taken, held, elsewhere FROM seats")
    assert (taken, held, elsewhere) == (2, 0, 0)


async def test_each_client_and_referral_rests_on_the_general_law_of_its_day(
    migrated: Database,
) -> None:
    clients = await rows(migrated, "SELECT statute FROM client")
    assert {row.statute for row in clients} == {"employment_services"}
    referrals = await rows(migrated, "SELECT statute, consent_id FROM referral")
    assert {(row.statute, row.consent_id) for row in referrals} == {("employment_services", None)}


async def test_of_what_was_sent_the_recipient_is_shown_the_situation(migrated: Database) -> None:
    for name, referral in (await read(migrated)).items():
        assert referral.classes == (["situation"] if referral.was_sent else None), name
