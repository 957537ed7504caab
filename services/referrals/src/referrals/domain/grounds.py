"""On what ground somebody is erased: Regulation (EU) 2016/679, article 17(1)."""

from enum import StrEnum
from typing import Final, Literal


class Ground(StrEnum):
    """Points (a) to (e); the last is the storage limitation of article 5(1)(e)."""

    NO_LONGER_NEEDED = "no_longer_needed"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    OBJECTION = "objection"
    UNLAWFUL_PROCESSING = "unlawful_processing"
    DUTY_TO_ERASE = "duty_to_erase"
    RETENTION_OVER = "retention_over"


# What somebody may be erased for on request; the last one is time's alone.
Asked = Literal[
    Ground.NO_LONGER_NEEDED,
    Ground.CONSENT_WITHDRAWN,
    Ground.OBJECTION,
    Ground.UNLAWFUL_PROCESSING,
    Ground.DUTY_TO_ERASE,
]

# A record that should not exist, or that law orders away, is none that law requires to be kept
# (article 17(3)(b)).
PASSES: Final = frozenset({Ground.UNLAWFUL_PROCESSING, Ground.DUTY_TO_ERASE, Ground.RETENTION_OVER})
