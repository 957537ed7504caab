"""When an agreement ends in the middle, or a party leaves it: what waits for an answer comes back.

What was accepted goes on by the recipient's own duty. What another agreement permits is carried
on under that one; so a prolongation, of which the copy tells, closes nothing.
"""

from datetime import datetime
from uuid import UUID

from kit import clock
from kit.database import Transaction, hot

from referrals.commands.find import record
from referrals.commands.keep_time import acted, expire
from referrals.commands.permission import permission
from referrals.domain.codes import ExpiryReason
from referrals.domain.errors import NotPermitted
from referrals.domain.referral import Referral

# Asked of an open request; the index is on (agreement) of these alone.
SHUT = """
    SELECT r.id FROM referral r JOIN agreement_copy a ON a.code = r.agreement
    WHERE (r.status = 'requested' OR r.phase IN ('waitlisted', 'offered'))
      AND ((a.agreement->>'valid_until')::date < $1
           OR NOT (a.agreement->'parties' ? r.sender AND a.agreement->'parties' ? r.recipient))
    LIMIT 1
"""
STILL_OPEN = """
    SELECT 1 FROM referral
    WHERE id = $1 AND (status = 'requested' OR phase IN ('waitlisted', 'offered'))
"""


async def close_doors(tx: Transaction, at: datetime) -> bool:
    """Give back, or carry on, one request whose agreement has ended; say whether there was one."""
    day = clock.day_of(at)
    found = await hot(tx, SHUT, day)
    if not found:
        return False
    referral_id: UUID = found[0]["id"]
    referral = await tx.get(Referral, referral_id, with_for_update=True, populate_existing=True)
    if referral is None or not await hot(tx, STILL_OPEN, referral_id):
        return True
    try:
        agreement, clause = await permission(tx, referral, str(referral.recipient), day)
    except NotPermitted:
        await expire(tx, referral, ExpiryReason.AGREEMENT_ENDED, at)
        return True
    fact = referral.carry_on(agreement=str(agreement), clause=clause)
    await record(tx, referral, acted("carry_on"), fact, at)
    return True
