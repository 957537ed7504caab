"""What is over, and when something will be: by the periods of `domain/retention.csv`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kit import clock
from kit.database import Transaction, hot

from referrals.domain.retention import years_of
from referrals.domain.states import ENDED, Loop

# A referral is open until both ends know what came of it.
OPEN = "(r.status <> ALL ('{ended}') OR r.loop IN ('{reported}', '{disputed}'))".format(
    ended="{" + ",".join(sorted(ENDED)) + "}",
    reported=Loop.OUTCOME_REPORTED,
    disputed=Loop.DISPUTED,
)

# All records of a person, the kept one's id given; what was merged into it is no record by itself.
RECORDS = """
    ARRAY(
        WITH RECURSIVE record AS (
            SELECT c.id
            UNION ALL
            SELECT m.id FROM client AS m JOIN record ON m.same_as = record.id
            WHERE m.merged_at IS NOT NULL
        ) SELECT id FROM record
    )
"""

# The last event of a client: what was known of it changed, it consented or took that back, or a
# referral of it moved.
LAST = f"""
    greatest((
        SELECT max(k.active_at) FROM client AS k WHERE k.id = ANY ({RECORDS})
    ), (
        SELECT max(greatest(s.recorded_at, s.withdrawn_at))
        FROM consent AS s WHERE s.client_id = ANY ({RECORDS})
    ), (
        SELECT max(greatest(h.at, r.wrote_at))
        FROM referral AS r JOIN history AS h ON h.referral_id = r.id
        WHERE r.client_id = ANY ({RECORDS})
    ))
"""  # noqa: S608 (all of it stands above)
OF_REFERRAL = """
    greatest(r.wrote_at, (SELECT max(h.at) FROM history AS h WHERE h.referral_id = r.id))
"""
CLOSED = f"""
    NOT EXISTS (SELECT FROM referral AS r WHERE r.client_id = ANY ({RECORDS}) AND {OPEN})
"""

UNTIL = f"""
    SELECT {LAST} + make_interval(years => $2) AS until FROM client AS c WHERE c.id = $1
"""  # noqa: S608 (all of it stands above)

CLIENTS_OVER = f"""
    SELECT c.id, c.organisation FROM client AS c
    WHERE c.erased_at IS NULL AND c.merged_at IS NULL
      AND c.active_at < $1::timestamptz - make_interval(years => $2)
      AND {CLOSED} AND {LAST} < $1::timestamptz - make_interval(years => $2)
    ORDER BY c.organisation, c.id LIMIT $3
"""  # noqa: S608 (all of it stands above)

# The organisation is the client's, as the referral's sender may have changed since.
MESSAGES_OVER = f"""
    SELECT r.id, c.organisation FROM referral AS r JOIN client AS c ON c.id = r.client_id
    WHERE EXISTS (SELECT FROM message AS m WHERE m.referral_id = r.id) AND NOT {OPEN}
      AND {OF_REFERRAL} < $1::timestamptz - make_interval(years => $2)
    ORDER BY c.organisation, r.id LIMIT $3 FOR UPDATE OF r SKIP LOCKED
"""  # noqa: S608 (all of it stands above)

DUE_NEXT = f"""
    SELECT min({LAST} + make_interval(years => $2)) AS at FROM client AS c
    WHERE c.organisation = $1 AND c.erased_at IS NULL AND c.merged_at IS NULL AND {CLOSED}
"""  # noqa: S608 (all of it stands above)
MESSAGES_DUE_NEXT = f"""
    SELECT min({OF_REFERRAL} + make_interval(years => $2)) AS at
    FROM referral AS r JOIN client AS c ON c.id = r.client_id
    WHERE c.organisation = $1 AND NOT {OPEN}
      AND EXISTS (SELECT FROM message AS m WHERE m.referral_id = r.id)
"""  # noqa: S608 (all of it stands above)

Rows = Sequence[Mapping[str, Any]]


async def kept_until(tx: Transaction, client_id: UUID) -> datetime:
    """Say until when a client's record is kept, if nothing more happens."""
    found = await hot(tx, UNTIL, client_id, years_of("client_record"))
    until: datetime = found[0]["until"]
    return until


async def clients_over(tx: Transaction, at: datetime, most: int) -> Rows:
    """List clients whose record's period is over, and nothing of whom is open."""
    return await hot(tx, CLIENTS_OVER, at, years_of("client_record"), most)


async def messages_over(tx: Transaction, at: datetime, most: int) -> Rows:
    """List closed referrals whose messages' period is over."""
    return await hot(tx, MESSAGES_OVER, at, years_of("messages"), most)


async def due_next(tx: Transaction, organisation: str) -> dict[str, date | None]:
    """Say on which day something of an organisation's is over next, by class of data."""
    asked = {"client_record": DUE_NEXT, "messages": MESSAGES_DUE_NEXT}
    found = {
        data: (await hot(tx, query, organisation, years_of(data)))[0]["at"]
        for data, query in asked.items()
    }
    return {data: at and clock.day_of(at) for data, at in found.items()}
