"""How old the newest word of partners is, for whoever watches the service."""

from kit.gauges import age
from kit.numbers import Value
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from referrals.domain.contact import Contact


async def contact_age(connection: AsyncConnection) -> Value:
    """Give the seconds since partners said what was heard last."""
    row = (await connection.execute(select(Contact.source, Contact.heard_at))).one()
    return Value("kumppani_contact_seconds", age(row.heard_at), (row.source,))
