"""Who calls."""

from typing import Annotated

from fastapi import Depends
from kit.edge import may
from kit.tokens import Caller

Reader = Annotated[Caller, may("referrals:read")]
Writer = Annotated[Caller, may("referrals:write")]
Coordinator = Annotated[Caller, may("partners:coordinate")]

# Whom the issuer knows as an administrator of its organisation.
Administers = Annotated[Caller, may("partners:administer", registered=False)]


async def reading(caller: Reader, _administers: Administers) -> Caller:
    """Let an administrator through whose client may read here."""
    return caller


async def writing(caller: Writer, _administers: Administers) -> Caller:
    """Let an administrator through whose client may write here."""
    return caller


ReadingAdministrator = Annotated[Caller, Depends(reading)]
WritingAdministrator = Annotated[Caller, Depends(writing)]
