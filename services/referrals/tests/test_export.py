"""A person is given all that is held: for programs, and to read."""

from html.parser import HTMLParser

import pytest
from kit.testing import Harness
from pydantic import BaseModel
from referrals.api.export_views import ClientExport
from referrals.api.export_words import FIELDS

from .builders import OULU, TE, given, sent
from .test_clients import CODE
from .test_consents import only_consent, withdrawn
from .test_erasure import CANARY, erased, with_a_referral


async def test_all_that_is_held_is_in_it(referrals: Harness) -> None:
    client = await with_a_referral(referrals)
    te = referrals.caller(TE)
    answer = await te.get(f"/clients/{client['id']}/export")
    held = answer.json()
    assert held["client"]["identity_code"] == CODE
    assert held["client"]["name"] == f"{CANARY} name"
    [referral] = held["referrals"]
    assert [m["text"] for m in referral["messages"]] == [f"{CANARY} text"]
    assert referral["messages"][0]["attachments"][0]["name"] == f"{CANARY}.txt"
    assert f"{CANARY} note" in {entry["note"] for entry in referral["history"]}
    assert referral["feedback"]["text"] == f"{CANARY} word"
    assert len(held["disclosures"]) > 5
    assert held["elsewhere"] == [
        {"service": "assessments", "path": f"/clients/{client['id']}/export"}
    ]


async def test_consents_are_in_it_with_their_withdrawals_and_receipts(referrals: Harness) -> None:
    await given(referrals)
    te, oulu = referrals.caller(TE), referrals.caller(OULU)
    referral = await sent(te, "consent")
    consent = await only_consent(te, referral["client_id"])
    await withdrawn(te, consent)
    assert (await oulu.post(f"/referrals/{referral['id']}/receipts")).status_code == 200
    [seen] = (await te.get(f"/clients/{referral['client_id']}/export")).json()["consents"]
    assert seen == await only_consent(te, referral["client_id"])
    assert (seen["id"], seen["withdrawn_manner"]) == (consent["id"], "orally")
    assert [(r["recipient"], r["received_at"] is None) for r in seen["receipts"]] == [(OULU, False)]


async def test_it_is_for_the_clients_own_organisation_only(referrals: Harness) -> None:
    client = await with_a_referral(referrals)
    assert (await referrals.caller(OULU).get(f"/clients/{client['id']}/export")).status_code == 404


@pytest.mark.parametrize("form", ["text/html", "application/json"])
async def test_it_is_in_the_disclosure_log_in_either_form(referrals: Harness, form: str) -> None:
    client = await with_a_referral(referrals)
    te = referrals.caller(TE)
    answer = await te.get(f"/clients/{client['id']}/export", headers={"Accept": form})
    assert answer.headers["content-type"].partition(";")[0] == form
    last = (await te.get(f"/clients/{client['id']}/disclosures")).json()["items"][-1]
    assert (last["action"], last["purpose"]) == ("read", "access_request")
    assert last["classes"] == ["contact", "identity", "plan", "situation"]


class Outline(HTMLParser):
    """What a reader of the page meets: its language, and its headings in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language: str | None = None
        self.headings: list[int] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attrs)["lang"]
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi", "Sinusta tallennetut tiedot"),
        ("sv", "Uppgifter som sparats om dig"),
        ("en", "What is held about you"),
    ],
)
async def test_a_page_is_in_the_language_asked_for(
    referrals: Harness, language: str, title: str
) -> None:
    client = await with_a_referral(referrals)
    te = referrals.caller(TE, Accept="text/html", **{"Accept-Language": language})
    page = (await te.get(f"/clients/{client['id']}/export")).text
    outline = Outline(page)
    assert (outline.language, f"<h1>{title}</h1>" in page) == (language, True)
    steps = zip(outline.headings, outline.headings[1:], strict=False)
    assert outline.headings[0] == 1
    assert all(after <= before + 1 for before, after in steps)  # no level is left out
    assert f"{CANARY} text" in page


async def test_what_was_written_is_no_part_of_the_page(referrals: Harness) -> None:
    te = referrals.caller(TE, Accept="text/html")
    client = (await te.post("/clients", json={})).json()
    name = {"name": "<script>alert(1)</script>"}
    await te.patch(f"/clients/{client['id']}", json=name, headers={"If-Match": '"1"'})
    page = (await te.get(f"/clients/{client['id']}/export")).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


async def test_of_an_erased_client_the_log_is_left(referrals: Harness) -> None:
    client = await with_a_referral(referrals)
    te = referrals.caller(TE)
    await erased(te, client)
    held = (await te.get(f"/clients/{client['id']}/export")).json()
    assert held["client"]["erased_at"] is not None
    assert held["referrals"][0]["messages"] == []
    assert len(held["disclosures"]) > 5


def test_every_field_has_its_words() -> None:
    assert fields_of(ClientExport) <= FIELDS.keys() | {"conditions", "met"}


def fields_of(model: type[BaseModel]) -> set[str]:
    """Give the names of a model's fields, and of the models' in it."""
    found: set[str] = set()
    for definition in model.model_json_schema()["$defs"].values():
        found |= set(definition.get("properties", ()))
    return found
