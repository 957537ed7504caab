"""What is said of data whose time is over: how much, of which class, never whose."""

from typing import Annotated

from kit.facts import Fact
from pydantic import Field

from referrals.domain.fact_fields import Code, Id


class RetentionPurged(Fact, type="referrals.retention.purged.v1", concerns=("organisation",)):
    """Data of an organisation's clients were purged, since their period is over."""

    purge_id: Id
    organisation: Code
    purged: Annotated[
        dict[str, int],
        Field(description="Records by class of data", examples=[{"client_record": 3}]),
    ]


RETENTION_FACTS: tuple[type[Fact], ...] = (RetentionPurged,)
