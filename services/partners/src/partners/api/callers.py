"""Who calls, by the scope that a route needs."""

from typing import Annotated

from kit.edge import may
from kit.tokens import Caller

Reader = Annotated[Caller, may("partners:read")]
Writer = Annotated[Caller, may("partners:write")]
Coordinator = Annotated[Caller, may("partners:coordinate")]

# Whom the issuer knows as an administrator of its organisation: its client may be the first.
Administrator = Annotated[Caller, may("partners:administer", registered=False)]
