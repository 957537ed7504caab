"""Who calls."""

from typing import Annotated

from kit.edge import may
from kit.tokens import Caller

Reader = Annotated[Caller, may("referrals:read")]
Writer = Annotated[Caller, may("referrals:write")]
Coordinator = Annotated[Caller, may("partners:coordinate")]
