"""An agreement from draft to force, over HTTP on a real database."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient, Response
from kit import clock
from kit.testing import Harness

PARTIES = [
    "oulu",
    "pohjois-pohjanmaa",
    "ely-pohjois-pohjanmaa",
    "te-pohjois-pohjanmaa",
    "kela-pohjoinen",
]
CODE = "oulun-tyollisyyden-ekosysteemi"
PATH = f"/agreements/{CODE}"
SOURCE = "Statistics Finland, tyonv 12r5"


def fi(words: str) -> dict[str, str | None]:
    return {"fi": words, "sv": None, "en": None}


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


async def sign(who: AsyncClient, revision: int | None = None, body: Any = None) -> Response:
    """Sign at the revision that is there, or at another."""
    seen = revision or (await who.get(PATH)).json().get("revision", 1)
    return await who.post(f"{PATH}/signatures", json=body, headers={"If-Match": f'"{seen}"'})


async def test_an_agreement_comes_into_force_when_the_last_party_has_signed(
    partners: Harness,
) -> None:
    drafted = await draft(partners)
    assert drafted.status_code == 201, drafted.text
    assert (drafted.json()["status"], drafted.json()["waits_for"]) == ("draft", PARTIES)
    for number, party in enumerate(PARTIES, start=1):
        answer = await sign(partners.caller(party, subject=f"officer-{number}"))
        assert answer.status_code == 201, answer.text
        assert answer.headers["etag"] == f'"{number + 1}"'
        assert answer.json()["waits_for"] == PARTIES[number:]
        assert answer.json()["status"] == ("in_force" if number == 5 else "draft")
    seen = (await partners.caller("some-reader").get(PATH)).json()
    assert [(s["organisation"], s["officer"]) for s in seen["signatures"]] == [
        (party, f"officer-{number}") for number, party in enumerate(PARTIES, start=1)
    ]


async def test_what_is_shown_and_told_is_what_was_drafted(partners: Harness) -> None:
    written = an_agreement()
    made = (await draft(partners)).json()
    await sign(partners.caller("oulu"))
    drafted, signed = [e for e in await partners.said() if e["subject"] == f"agreements/{CODE}"]
    words = written.items()
    assert words <= made.items()
    assert words <= drafted["data"].items()
    assert drafted["data"]["signed_by"] == []
    assert words <= signed["data"].items()
    assert signed["data"]["signed_by"] == ["oulu"]
    assert signed["data"]["signatory"] == "oulu"
    assert (drafted["sequence"], signed["sequence"]) == ("1", "2")


@pytest.mark.parametrize(
    ("starts", "ends", "status"),
    [(0, 0, "in_force"), (-10, 10, "in_force"), (1, 10, "signed"), (-10, 0, "in_force")],
)
async def test_the_calendar_decides_when_a_signed_agreement_is_in_force(
    partners: Harness, starts: int, ends: int, status: str
) -> None:
    await draft(partners, starts=starts, ends=ends, parties=["oulu", "kela-pohjoinen"], **BARE)
    await sign(partners.caller("oulu"))
    assert (await sign(partners.caller("kela-pohjoinen"))).json()["status"] == status
    assert (await partners.caller("oulu").get("/agreements")).json()["items"][0]["status"] == status


async def test_a_term_that_is_over_is_expired_and_cannot_be_signed(partners: Harness) -> None:
    assert (await draft(partners, starts=-10, ends=-1)).json()["status"] == "expired"
    refused = await sign(partners.caller("oulu"))
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/problems/term-over")


async def test_a_party_signs_once(partners: Harness) -> None:
    await draft(partners)
    await sign(partners.caller("oulu"))
    refused = await sign(partners.caller("oulu"))
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/problems/already-signed")


async def test_who_is_no_party_cannot_sign_and_is_told_why(partners: Harness) -> None:
    await draft(partners)
    refused = await sign(partners.caller("some-ngo"))
    assert (refused.status_code, refused.json()["parties"]) == (403, PARTIES)


async def test_a_machine_names_the_officer_who_signs(partners: Harness) -> None:
    await draft(partners)
    machine = partners.caller("oulu", subject="case-system", officer="f7a1")
    assert (await sign(machine, body={})).json()["signatures"][0]["officer"] == "f7a1"


async def test_nothing_else_can_be_said_with_a_signature(partners: Harness) -> None:
    await draft(partners)
    refused = await sign(partners.caller("oulu"), body={"organisation": "kela-pohjoinen"})
    assert refused.status_code == 422


async def test_who_has_not_read_the_latest_cannot_sign(partners: Harness) -> None:
    await draft(partners)
    await sign(partners.caller("oulu"))
    kela = partners.caller("kela-pohjoinen")
    assert (await sign(kela, revision=1)).status_code == 412
    assert (await kela.post(f"{PATH}/signatures")).status_code == 428
    assert (await sign(partners.caller("oulu", "partners:read"), revision=2)).status_code == 403


async def test_of_parties_that_sign_at_once_one_is_first_and_none_is_lost(
    partners: Harness,
) -> None:
    await draft(partners)
    callers = [partners.caller(party) for party in PARTIES]
    answers = await asyncio.gather(*(sign(caller, revision=1) for caller in callers))
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
