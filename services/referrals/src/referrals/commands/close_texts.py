"""Close the notes and places of visits that were written before these were closed: a timer's work.

It is done while the service works, and again for what a process of before still writes meanwhile.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from kit.database import Transaction, hot
from kit.vault import DataKey, Place, Vault, made_key

from referrals.domain.history import place_of_note
from referrals.domain.referral import Referral

log = structlog.get_logger()

AT_ONCE = 200  # texts in one transaction

NOTES = """
    SELECT h.referral_id, h.revision, h.note AS text, r.client_id, r.sender
    FROM history h JOIN referral r ON r.id = h.referral_id
    WHERE h.note IS NOT NULL LIMIT $1 FOR UPDATE OF h SKIP LOCKED
"""
CLOSE_NOTE = """
    UPDATE history SET note = NULL, note_sealed = $3 WHERE referral_id = $1 AND revision = $2
"""
PLACES = """
    SELECT id AS referral_id, visit_place AS text, client_id, sender FROM referral
    WHERE visit_place IS NOT NULL LIMIT $1 FOR UPDATE SKIP LOCKED
"""
CLOSE_PLACE = "UPDATE referral SET visit_place = NULL, visit_place_sealed = $2 WHERE id = $1"

Found = Mapping[str, Any]


async def close_texts(vault: Vault, tx: Transaction, _at: datetime) -> bool:
    """Close some, and say whether there were any."""
    notes = await hot(tx, NOTES, AT_ONCE)
    for row in notes:
        place = place_of_note(row["referral_id"], row["revision"])
        sealed = (await key_for(tx, vault, row)).close(row["text"], place)
        await hot(tx, CLOSE_NOTE, row["referral_id"], row["revision"], sealed)
    places = await hot(tx, PLACES, AT_ONCE)
    for row in places:
        place = Place(Referral.__tablename__, "visit_place_sealed", row["referral_id"])
        sealed = (await key_for(tx, vault, row)).close(row["text"], place)
        await hot(tx, CLOSE_PLACE, row["referral_id"], sealed)
    if done := len(notes) + len(places):
        log.info("texts closed", count=done)
    return bool(done)


async def key_for(tx: Transaction, vault: Vault, row: Found) -> DataKey:
    """Give the key of the client of whom a text is."""
    return await made_key(tx, vault, row["client_id"], row["sender"])
