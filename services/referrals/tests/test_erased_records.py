"""A person of two records is erased and given out whole."""

import pytest
from kit.testing import Harness

from .builders import TE, given
from .test_clients import rows
from .test_erasure import erased
from .test_merges import changed, drafted, merged, registered

LEFT = """
    SELECT (SELECT count(*) FROM data_key WHERE wrapped IS NOT NULL) AS keys,
        (SELECT count(*) FROM client WHERE name_sealed IS NOT NULL) AS names,
        (SELECT count(*) FROM client WHERE erased_at IS NULL) AS not_erased
"""


@pytest.mark.parametrize("asked", [0, 1])
async def test_all_records_of_a_person_are_erased(referrals: Harness, asked: int) -> None:
    te = referrals.caller(TE)
    pair = [await registered(te, {"name": name}) for name in ("Aino", "Aino M.")]
    await merged(te, *pair)
    await erased(te, {"id": pair[asked]}, "objection")
    assert (await rows(referrals, LEFT))[0] == {"keys": 0, "names": 0, "not_erased": 0}
    erasures = referrals.service.erasures
    assert erasures is not None
    assert {str(line.subject) for line in erasures.book.read()} == set(pair)


async def test_the_export_of_the_kept_record_has_what_the_other_has(referrals: Harness) -> None:
    await given(referrals)
    te = referrals.caller(TE)
    kept, other = [await registered(te, {"name": name}) for name in ("Aino", "Aino M.")]
    of_other = await drafted(te, other)
    await merged(te, kept, other)
    held = (await te.get(f"/clients/{kept}/export")).json()
    assert [each["id"] for each in held["referrals"]] == [of_other["id"]]
    assert {entry["client_id"] for entry in held["disclosures"]} == {kept, other}
    refused = await te.get(f"/clients/{other}/export")
    assert refused.json()["type"].endswith("/problems/merged-away")


async def test_nobody_is_merged_with_who_was_erased(referrals: Harness) -> None:
    te = referrals.caller(TE)
    kept, other = [await registered(te, {"name": name}) for name in ("Aino", "Aino M.")]
    await erased(te, {"id": other}, "objection")
    refused = await changed(te, kept, "/merges", **{"with": other})
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (
        409,
        "client-erased",
    )
