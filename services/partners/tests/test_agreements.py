"""An agreement from draft to force, over HTTP on a real database."""

import asyncio
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from httpx import AsyncClient, Response
from kit import clock
from kit.database import Database
from kit.service import Role
from kit.testing import Harness
from kit.testing.passing import noon
from partners.commands.keep_calendar import keep_calendar
from sqlalchemy import text

PARTIES = [
    "oulu",
    "pohjois-pohjanmaa",
    "ely-pohjois-pohjanmaa",
    "te-pohjois-pohjanmaa",
    "kela-pohjoinen",
]
CODE = "oulun-tyollisyyden-ekosysteemi"
PATH = f"/agreements/{CODE}"
WAITING = text("""
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
""")
SOURCE = "Statistics Finland, tyonv 12r5"


def fi(words: str) -> dict[str, str | None]:
    return {"fi": words, "sv": None, "en": None}


def holds(told: Any, written: Any) -> bool:
    """Say whether all that was written is told, beside what was left to its default."""
    if isinstance(written, dict):
        return all(name in told and holds(told[name], value) for name, value in written.items())
    if isinstance(written, list):
        return len(told) == len(written) and all(map(holds, told, written))
    return bool(told == written)


def an_agreement(*, starts: int = 0, ends: int = 365, **changes: Any) -> dict[str, Any]:
    """Write the Oulu agreement, in force from some days from today to some others."""
    today = clock.today()
    return {
        "code": CODE,
        "name": fi("Kumppanuussopimus työllisyyden ekosysteemistä"),
        "vision": fi("Oulun seutu on työllisyyden edistämisen edelläkävijä vuonna 2025"),
        "text": None,
        "parties": PARTIES,
        "themes": [
            {"code": "businessasema", "name": fi("BusinessAsema"), "lead": "oulu"},
            {
                "code": "growth-services",
                "name": fi("Kasvupalvelukokeilut"),
                "lead": "te-pohjois-pohjanmaa",
            },
        ],
        "pilots": [
            {
                "code": "ict-recruitment",
                "name": fi("ICT-alan rekrytointipalvelut"),
                "theme": "growth-services",
                "owner": "te-pohjois-pohjanmaa",
            }
        ],
        "goals": [
            {
                "code": "unemployment-rate-2025",
                "indicator": "unemployment-rate",
                "area": "KU564",
                "name": fi("Työttömyysaste laskee"),
                "baseline": {"value": 11.7, "period": "2019-01", "source": SOURCE},
                "target": {"value": 9.0, "period": "2025", "source": "Kumppanuussopimus"},
            }
        ],
        "sharing": [
            {
                "code": "client-referral",
                "purpose": "client_referral",
                "data_classes": ["contact", "identity", "situation"],
                "from": "all",
                "to": ["kela-pohjoinen", "oulu", "te-pohjois-pohjanmaa"],
            }
        ],
        "valid_from": (today + timedelta(days=starts)).isoformat(),
        "valid_until": (today + timedelta(days=ends)).isoformat(),
        **changes,
    }


async def draft(service: Harness, **changes: Any) -> Response:
    coordinator = service.caller("oulu", "partners:coordinate")
    return await coordinator.post("/agreements", json=an_agreement(**changes))


async def step(service: Harness, name: str, revision: int = 1, **more: Any) -> Response:
    coordinator = service.caller("oulu", "partners:coordinate")
    headers = {"If-Match": f'"{revision}"'}
    return await coordinator.post(f"{PATH}/steps", json={"step": name, **more}, headers=headers)


async def propose(service: Harness, **changes: Any) -> Response:
    """Draft, and lay before the parties."""
    await draft(service, **changes)
    return await step(service, "propose")


async def pass_to(service: Harness, days: int) -> int:
    """Let the timer look at noon of a day from today."""
    return await service.look_at_the_clock(noon(days))


async def concluded(service: Harness, **changes: Any) -> None:
    """Let two parties sign an agreement of few words."""
    two = {**BARE, "parties": ["oulu", "kela-pohjoinen"], **changes}
    path = f"/agreements/{changes.get('code', CODE)}"
    made = await draft(service, **two)
    coordinator = service.caller("oulu", "partners:coordinate")
    body, tag = {"step": "propose"}, made.headers["etag"]
    made = await coordinator.post(f"{path}/steps", json=body, headers={"If-Match": tag})
    for party in two["parties"]:
        tag = made.headers["etag"]
        made = await service.caller(party).post(f"{path}/signatures", headers={"If-Match": tag})
        assert made.status_code == 201, made.text


async def status(service: Harness) -> str:
    return str((await service.caller("oulu").get(PATH)).json()["status"])


async def sign(who: AsyncClient, revision: int | None = None, body: Any = None) -> Response:
    """Sign at the revision that is there, or at another."""
    seen = revision or (await who.get(PATH)).json().get("revision", 1)
    return await who.post(f"{PATH}/signatures", json=body, headers={"If-Match": f'"{seen}"'})


async def test_an_agreement_is_concluded_when_the_last_party_has_signed(
    partners: Harness,
) -> None:
    drafted = await draft(partners)
    assert drafted.status_code == 201, drafted.text
    assert (drafted.json()["status"], drafted.json()["waits_for"]) == ("draft", PARTIES)
    assert (await step(partners, "propose")).json()["status"] == "proposed"
    for number, party in enumerate(PARTIES, start=1):
        answer = await sign(partners.caller(party, subject=f"officer-{number}"))
        assert answer.status_code == 201, answer.text
        assert answer.headers["etag"] == f'"{number + 2}"'
        assert answer.json()["waits_for"] == PARTIES[number:]
        assert answer.json()["status"] == ("signed" if number == 5 else "proposed")
    seen = (await partners.caller("some-reader").get(PATH)).json()
    assert [(s["organisation"], s["officer"]) for s in seen["signatures"]] == [
        (party, f"officer-{number}") for number, party in enumerate(PARTIES, start=1)
    ]
    assert {s["sha256"] for s in seen["signatures"]} == {seen["sha256"]}


async def test_what_is_shown_and_told_is_what_was_drafted(partners: Harness) -> None:
    written = an_agreement()
    made = (await draft(partners)).json()
    await step(partners, "propose")
    await sign(partners.caller("oulu"))
    told = [e for e in await partners.said() if e["subject"] == f"agreements/{CODE}"]
    assert [e["type"] for e in told] == [
        f"partners.agreement.{said}.v1" for said in ("drafted", "proposed", "signed")
    ]
    assert holds(made, written)
    for number, fact in enumerate(told, start=1):
        assert holds(fact["data"], written)
        assert holds({**fact["data"]["versions"][0], "code": CODE}, written)
        assert fact["sequence"] == str(number)
    assert [e["data"]["signed_by"] for e in told] == [[], [], ["oulu"]]
    assert (told[2]["data"]["signatory"], told[2]["data"]["signed_version"]) == ("oulu", 1)


async def test_the_timer_brings_a_signed_agreement_into_force_and_ends_it(
    partners: Harness,
) -> None:
    await concluded(partners, starts=2, ends=10)
    assert await pass_to(partners, 1) == 0
    assert await status(partners) == "signed"
    assert await pass_to(partners, 2) == 2  # it begins, and its end is near
    assert await status(partners) == "in_force"
    assert await pass_to(partners, 10) == 1  # seven days are left, or fewer
    assert await status(partners) == "in_force"
    assert await pass_to(partners, 11) == 1
    assert await status(partners) == "expired"
    assert await pass_to(partners, 400) == 0
    told = [e["type"].split(".")[2] for e in await partners.said() if "agreement." in e["type"]]
    assert told[-4:] == ["entered_into_force", "expiring", "expiring", "expired"]


async def test_what_fell_due_while_nobody_looked_is_caught_up_with(partners: Harness) -> None:
    await concluded(partners, starts=2, ends=10)
    assert await pass_to(partners, 500) == 2
    assert await status(partners) == "expired"


async def test_of_timers_that_look_at_once_each_thing_is_done_by_one(partners: Harness) -> None:
    await concluded(partners, starts=2, ends=10, warn_days=[])
    await asyncio.gather(*(pass_to(partners, 500) for _ in range(5)))
    await pass_to(partners, 500)
    told = [e["type"].split(".")[2] for e in await partners.said() if "agreement." in e["type"]]
    assert told[-2:] == ["entered_into_force", "expired"]
    assert (told.count("entered_into_force"), told.count("expired")) == (1, 1)


async def test_a_second_timer_program_waits_for_the_first_and_finds_the_thing_done(
    partners: Harness,
) -> None:
    await concluded(partners, starts=2, warn_days=[])
    moment = noon(2)
    programs = [Database(partners.service.settings.worker_url) for _ in range(2)]
    async with programs[0].begin() as first:
        assert await keep_calendar(first, moment)
        second = asyncio.create_task(keeping(programs[1], moment))
        async with asyncio.timeout(30), partners.service.worker.begin() as tx:
            while not await tx.scalar(WAITING):
                await asyncio.sleep(0.01)
    assert await second is False  # with no error: it had changed nothing that it had to take back
    assert len(await partners.said("partners.agreement.entered_into_force.v1")) == 1
    for program in programs:
        await program.close()


async def keeping(program: Database, moment: datetime) -> bool:
    """Look once, as a timer's program does."""
    async with program.begin() as tx:
        return await keep_calendar(tx, moment)


async def test_a_day_begins_at_midnight_in_finland(partners: Harness) -> None:
    await concluded(partners, starts=1, ends=1, warn_days=[])
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time(), clock.HELSINKI)
    assert await partners.look_at_the_clock(tomorrow - timedelta(seconds=1)) == 0
    assert await partners.look_at_the_clock(tomorrow) == 1
    assert await partners.look_at_the_clock(tomorrow + timedelta(hours=24)) == 1


async def test_the_service_looks_by_itself_at_the_databases_clock(partners: Harness) -> None:
    await concluded(partners)
    async with asyncio.timeout(60), partners.service.working(Role.TIME):
        while await status(partners) != "in_force":
            await asyncio.sleep(0.05)


async def test_the_notices_of_its_end_are_the_agreements_own(partners: Harness) -> None:
    assert (await draft(partners)).json()["warn_days"] == [90, 30, 7]
    await concluded(partners, code="other", warn_days=[20, 60])
    await pass_to(partners, 310)
    (fact,) = await partners.said("partners.agreement.expiring.v1")
    assert (fact["subject"], fact["data"]["notice"], fact["data"]["days_left"]) == (
        "agreements/other", 60, 55,
    )  # fmt: skip


async def test_the_coordinator_terminates_with_a_last_day_and_a_reason(partners: Harness) -> None:
    await concluded(partners)
    await pass_to(partners, 0)
    revision = (await partners.caller("oulu").get(PATH)).json()["revision"]
    last = (clock.today() + timedelta(days=3)).isoformat()
    why = {"reason": {"fi": "Osapuolet päättivät yhdessä"}}
    for missing in ({"last_day": last}, why):
        refused = await step(partners, "terminate", revision, **missing)
        assert refused.status_code == 422
        assert refused.json()["type"].endswith("/problems/field-missing")
    noted = await step(partners, "terminate", revision, last_day=last, **why)
    assert (noted.json()["status"], noted.json()["last_day"]) == ("in_force", last)
    again = await step(partners, "terminate", noted.json()["revision"], last_day=last, **why)
    assert again.headers["etag"] == noted.headers["etag"]
    await pass_to(partners, 4)
    assert await status(partners) == "terminated"
    (fact,) = await partners.said("partners.agreement.terminated.v1")
    assert fact["data"]["valid_until"] == last


async def test_a_draft_is_written_anew_and_only_a_draft(partners: Harness) -> None:
    await draft(partners)
    body = {k: v for k, v in an_agreement(vision=fi("Toinen")).items() if k != "code"}
    coordinator = partners.caller("oulu", "partners:coordinate")

    async def revise(revision: int) -> Response:
        headers = {"If-Match": f'"{revision}"'}
        return await coordinator.put(PATH, json=body, headers=headers)

    assert (await revise(1)).json()["vision"] == fi("Toinen")
    assert (await revise(2)).headers["etag"] == '"2"'  # the same words say nothing new
    await step(partners, "propose", 2)
    refused = await revise(3)
    assert (refused.status_code, refused.json()["legal"]) == (409, ["withdraw"])


async def test_a_draft_is_not_signed_and_what_was_withdrawn_neither(partners: Harness) -> None:
    await draft(partners)
    assert (await sign(partners.caller("oulu"))).json()["type"].endswith("/problems/illegal-step")
    assert (await step(partners, "withdraw")).json()["status"] == "withdrawn"
    assert (await sign(partners.caller("oulu"))).status_code == 409
    assert (await step(partners, "propose", 2)).json()["legal"] == []


async def test_another_document_than_the_proposed_one_is_not_signed(partners: Harness) -> None:
    shown = (await propose(partners)).json()["sha256"]
    oulu = partners.caller("oulu")
    refused = await sign(oulu, body={"sha256": "0" * 64})
    assert (refused.status_code, refused.json()["sha256"]) == (409, shown)
    assert (await sign(oulu, body={"sha256": shown})).status_code == 201


async def test_a_renewal_names_the_agreement_before_it(partners: Harness) -> None:
    await draft(partners)
    renewed = await draft(partners, code="next", renews=CODE)
    assert renewed.json()["renews"] == CODE
    assert (await partners.said("partners.agreement.drafted.v1"))[1]["data"]["renews"] == CODE
    refused = await draft(partners, code="third", renews="oulun-tyollisyyden-ekosysteem")
    assert (refused.status_code, refused.json()["suggestions"]) == (422, [CODE])


async def test_a_term_that_is_over_is_neither_proposed_nor_signed(partners: Harness) -> None:
    await draft(partners, starts=-10, ends=-1)
    refused = await step(partners, "propose")
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/problems/term-over")


async def test_a_party_signs_once(partners: Harness) -> None:
    await propose(partners)
    await sign(partners.caller("oulu"))
    refused = await sign(partners.caller("oulu"))
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/problems/already-signed")


async def test_who_is_no_party_cannot_sign_and_is_told_why(partners: Harness) -> None:
    await propose(partners)
    refused = await sign(partners.caller("some-ngo"))
    assert (refused.status_code, refused.json()["parties"]) == (403, PARTIES)


async def test_a_machine_names_the_officer_who_signs(partners: Harness) -> None:
    await propose(partners)
    machine = partners.caller("oulu", subject="case-system", officer="f7a1")
    assert (await sign(machine, body={})).json()["signatures"][0]["officer"] == "f7a1"


async def test_nothing_else_can_be_said_with_a_signature(partners: Harness) -> None:
    await propose(partners)
    refused = await sign(partners.caller("oulu"), body={"organisation": "kela-pohjoinen"})
    assert refused.status_code == 422


async def test_who_has_not_read_the_latest_cannot_sign(partners: Harness) -> None:
    await propose(partners)
    await sign(partners.caller("oulu"))
    kela = partners.caller("kela-pohjoinen")
    assert (await sign(kela, revision=2)).status_code == 412
    assert (await kela.post(f"{PATH}/signatures")).status_code == 428
    assert (await sign(partners.caller("oulu", "partners:read"), revision=3)).status_code == 403


async def test_of_parties_that_sign_at_once_one_is_first_and_none_is_lost(
    partners: Harness,
) -> None:
    await propose(partners)
    callers = [partners.caller(party) for party in PARTIES]
    answers = await asyncio.gather(*(sign(caller, revision=2) for caller in callers))
    assert sorted(a.status_code for a in answers) == [201, 412, 412, 412, 412]
    assert len((await callers[0].get(PATH)).json()["signatures"]) == 1


async def test_an_agreement_that_is_not_there_cannot_be_signed(partners: Harness) -> None:
    assert (await sign(partners.caller("oulu"))).status_code == 404
    assert (await partners.caller("oulu").get(PATH)).status_code == 404


async def test_a_code_is_given_once(partners: Harness) -> None:
    await draft(partners)
    assert (await draft(partners)).json()["type"].endswith("/problems/code-taken")


async def test_only_the_coordinator_drafts(partners: Harness) -> None:
    assert (await partners.caller("oulu").post("/agreements", json=an_agreement())).json()[
        "scope"
    ] == "partners:coordinate"


BARE: dict[str, Any] = {"themes": [], "pilots": [], "goals": [], "sharing": []}
CLAUSE = {
    "code": "all",
    "purpose": "client_referral",
    "data_classes": ["identity"],
    "from": "all",
    "to": "all",
}


@pytest.mark.parametrize(
    ("changes", "pointer", "suggestion"),
    [
        ({"parties": ["oulu", "kela-pohjonen"]}, "/body/parties/1", "kela-pohjoinen"),
        (
            {"themes": [{"code": "one", "name": fi("Yksi"), "lead": "ouluu"}]},
            "/body/themes/0/lead",
            "oulu",
        ),
        (
            {"pilots": [an_agreement()["pilots"][0] | {"theme": "growth-service"}]},
            "/body/pilots/0/theme",
            "growth-services",
        ),
        (
            {"pilots": [an_agreement()["pilots"][0] | {"owner": "te-pohjois"}]},
            "/body/pilots/0/owner",
            "te-pohjois-pohjanmaa",
        ),
        ({"goals": [an_agreement()["goals"][0] | {"area": "564"}]}, "/body/goals/0/area", "KU564"),
        ({"goals": [an_agreement()["goals"][0] | {"area": "ku56"}]}, "/body/goals/0/area", "KU564"),
        ({"goals": [an_agreement()["goals"][0] | {"area": "MK-17"}]}, "/body/goals/0/area", "MK17"),
        ({"sharing": [CLAUSE | {"from": ["olu"]}]}, "/body/sharing/0/from", "oulu"),
        ({"sharing": [CLAUSE | {"to": ["oulu", "zeta"]}]}, "/body/sharing/0/to", None),
    ],
)
async def test_what_names_an_unknown_code_is_refused_with_suggestions(
    partners: Harness, changes: dict[str, Any], pointer: str, suggestion: str | None
) -> None:
    bare = BARE if "parties" in changes else {}
    refused = await draft(partners, **(bare | changes))
    assert refused.status_code == 422
    assert refused.json()["pointer"] == pointer
    assert refused.json()["suggestions"][:1] == ([suggestion] if suggestion else [])


async def test_a_registered_organisation_that_is_no_party_leads_nothing_and_shares_nothing(
    partners: Harness,
) -> None:
    two = {**BARE, "parties": ["oulu", "kela-pohjoinen"]}
    lead = {"code": "one", "name": fi("Yksi"), "lead": "pohjois-pohjanmaa"}
    assert (await draft(partners, **(two | {"themes": [lead]}))).status_code == 422
    shared = CLAUSE | {"to": ["pohjois-pohjanmaa"]}
    assert (await draft(partners, **(two | {"sharing": [shared]}))).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": "2000-01-01"},
        {"parties": ["oulu"]},
        {"parties": ["oulu", "kela-pohjoinen", "oulu"]},
        {"sharing": [CLAUSE, CLAUSE]},
        {"sharing": [CLAUSE | {"purpose": "marketing"}]},
        {"sharing": [CLAUSE | {"to": []}]},
        {"goals": [an_agreement()["goals"][0] | {"baseline": {"value": 1, "period": "2019-01"}}]},
        {"goals": [{**an_agreement()["goals"][0], "indicator": "No Code"}]},
    ],
)
async def test_what_is_not_of_the_form_is_refused(partners: Harness, wrong: dict[str, Any]) -> None:
    refused = await draft(partners, **wrong)
    assert refused.status_code == 422
    assert refused.json()["type"].endswith("/problems/invalid-request")
    assert await partners.said("partners.agreement.drafted.v1") == []
