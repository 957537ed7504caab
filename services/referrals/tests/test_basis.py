"""By what right data moves: a clause and a basis, both; which law, or which consent."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from kit import clock
from kit.testing import Harness
from referrals.domain.basis import Asked, Lack, permit
from referrals.domain.consent import Consent
from referrals.domain.errors import NoBasis, NotPermitted
from referrals.domain.statutes import STATUTES, TABLE, general
from sharing import Decision
from sharing.codes import DataClass, Purpose

from .builders import OFFERING, OTHER, OULU, TE, consented, drafted, given, sent, step, walked

TODAY = date(2026, 11, 24)
ASKED = Asked(OULU, Purpose.CLIENT_REFERRAL, DataClass.SITUATION, TODAY)


def a_consent(**changes: Any) -> Consent:
    """Give a consent that covers what is asked."""
    fields = {
        "id": uuid4(), "classes": ["situation"], "recipients": [OULU],
        "purposes": ["client_referral"], "valid_until": TODAY, "withdrawn_at": None,
    }  # fmt: skip
    return Consent(**(fields | changes))


@pytest.mark.parametrize(
    ("changes", "lack"),
    [
        ({"recipients": [OTHER]}, Lack.RECIPIENT),
        ({"purposes": ["recruitment"]}, Lack.PURPOSE),
        ({"classes": ["identity"]}, Lack.DATA_CLASS),
        ({"valid_until": TODAY - timedelta(days=1)}, Lack.EXPIRED),
        ({"withdrawn_at": clock.now()}, Lack.WITHDRAWN),
    ],
)
def test_a_consent_covers_recipient_purpose_and_class_until_its_last_day(
    changes: dict[str, Any], lack: Lack
) -> None:
    assert a_consent().lacks(ASKED) == []
    assert a_consent(**changes).lacks(ASKED) == [lack]
    with pytest.raises(NoBasis) as refused:
        permit(None, [a_consent(**changes)], ASKED)
    assert refused.value.extra["reasons"] == [lack]


def test_neither_clause_nor_basis_stands_in_for_the_other() -> None:
    holds = a_consent()
    with pytest.raises(NotPermitted):
        permit(Decision(reasons=()), [holds], ASKED)
    with pytest.raises(NoBasis):
        permit(None, [], ASKED)
    other = a_consent(recipients=[OTHER])
    assert permit(None, [other, holds], ASKED)[1] is holds


def test_a_law_covers_its_purposes_and_classes_while_it_is_law() -> None:
    law = STATUTES["youth"]
    assert law.lacks(ASKED) == []
    recruiting = Asked(OULU, Purpose.RECRUITMENT, DataClass.HEALTH, date(2016, 12, 31))
    assert law.lacks(recruiting) == [Lack.NOT_IN_FORCE, Lack.PURPOSE, Lack.DATA_CLASS]
    assert general(date(2024, 12, 31)).code == "public_employment_services"
    assert general(date(2025, 1, 1)).code == "employment_services"
    assert len(STATUTES) == len(TABLE)


async def test_who_names_no_basis_rests_on_the_law_of_the_relationship(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    client = (await te.post("/clients", json={"statute": "youth"})).json()
    assert client["statute"] == "youth"
    draft = await te.post("/referrals", json={"client_id": client["id"]})
    path = f"/referrals/{draft.json()['id']}"
    await te.put(path, json={"offering": OFFERING}, headers={"If-Match": '"1"'})
    assert (await step(te, draft.json(), "send")).status_code == 200
    log = (await te.get(f"/clients/{client['id']}/disclosures")).json()["items"]
    assert log[0]["statute"] == "youth"
    assert log[-1]["legal_basis"] == "statute"
    assert log[-1]["statute"] == "youth"


async def test_an_unknown_law_and_a_law_of_the_past_are_refused(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    for law in ("yuoth", "municipal_trial"):
        assert (await te.post("/clients", json={"statute": law})).status_code == 422
        referral = await drafted(te, {"offering": OFFERING})
        refused = await step(te, referral, "send", statute=law)
        assert (refused.status_code, refused.json()["pointer"]) == (422, "/body/statute")


async def test_sending_on_consent_says_what_it_lacks(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    referral = await drafted(te, {"offering": OFFERING})
    refused = await step(te, referral, "send", legal_basis="consent")
    assert (refused.status_code, refused.json()["reasons"]) == (403, ["no_consent"])
    assert refused.json()["type"].endswith("/problems/no-basis")
    other = await consented(te, referral["client_id"], recipients=[OTHER], classes=["plan"])
    refused = await step(te, referral, "send", consent_id=other["id"])
    assert refused.json()["reasons"] == ["recipient", "data_class"]
    stranger = await consented(te, (await drafted(te, {"offering": OFFERING}))["client_id"])
    refused = await step(te, referral, "send", consent_id=stranger["id"])
    assert refused.json()["reasons"] == ["no_consent"]
    both = await step(te, referral, "send", legal_basis="statute", consent_id=other["id"])
    assert both.status_code == 422
    holds = await consented(te, referral["client_id"])
    assert (await step(te, referral, "send", legal_basis="consent")).status_code == 200
    log = (await te.get(f"/clients/{referral['client_id']}/disclosures")).json()["items"]
    assert (log[-1]["legal_basis"], log[-1]["consent_id"]) == ("consent", holds["id"])


async def test_a_draft_that_follows_rests_on_the_same_consent_which_is_asked_anew(
    referrals: Harness,
) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te, "consent")
    to = {"recipient": TE}
    await walked(te, oulu, referral, ("reroute", {"to": to}))
    (draft,) = (await te.get("/referrals?box=sent&status=draft")).json()["items"]
    refused = await step(te, draft, "send")
    assert refused.json()["reasons"] == ["recipient"]
    assert (await step(te, draft, "send", legal_basis="statute")).status_code == 200
