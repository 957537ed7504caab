"""Who calls."""

from typing import Annotated

from kit.edge import may
from kit.tokens import Caller

Reader = Annotated[Caller, may("referrals:read")]
Writer = Annotated[Caller, may("referrals:write")]
Coordinator = Annotated[Caller, may("partners:coordinate")]

# Whom the issuer knows as an administrator of its organisation.
Administrator = Annotated[Caller, may("partners:administer", registered=False)]
