"""Who took a task over: chains of successions, as partners told of them.

A succession is of tasks that law gave to an authority (laki työvoimapalveluiden järjestämisestä,
380/2023, took employment services from the state's offices to employment areas on 2025-01-01):
who succeeds by law takes over what rests on that law.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from referrals.domain.errors import ClientsNotNamed, NotSucceeded
from referrals.domain.statutes import STATUTES

# The laws on which relationships rest that are of a task; relationships under other laws stay.
LAWS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "employment_services": frozenset({"public_employment_services", "employment_services"}),
        "trial_employment_services": frozenset({"municipal_trial"}),
        "multi_sector_service": frozenset({"multi_sector_joint_service", "multi_sector_promotion"}),
    }
)
# Under which law a relationship goes on whose own law has ended.
FOLLOWED_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "public_employment_services": "employment_services",
        "municipal_trial": "employment_services",
        "multi_sector_joint_service": "multi_sector_promotion",
    }
)


class Succession(BaseModel):
    """Tasks that are a successor's from a day on; one that was withdrawn passed nothing on."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    tasks: tuple[str, ...]
    areas: tuple[dict[str, Any], ...] = ()  # none: everywhere
    successor: str
    on: date
    withdrawn: dict[str, Any] | None = None


@dataclass(frozen=True)
class Link:
    """One organisation took the task over from another on a day."""

    on: date
    source: str
    organisation: str
    whole: bool  # everywhere, not in some areas only


Told = Mapping[str, Sequence[Succession]]  # by the organisation that passed something on


def heirs(task: str, giver: str, told: Told, today: date) -> dict[str, tuple[Link, ...]]:
    """Give all that have come to an organisation's task by today, each with its chain of links.

    A link counts from its day on, and only after the one before it.
    """
    chains: dict[str, tuple[Link, ...]] = {giver: ()}
    rest = [giver]
    while rest:
        source = rest.pop(0)
        since = chains[source][-1].on if chains[source] else date.min
        for each in told.get(source, ()):
            counts = task in each.tasks and each.withdrawn is None and since <= each.on <= today
            if counts and each.successor not in chains:
                link = Link(each.on, source, each.successor, whole=not each.areas)
                chains[each.successor] = (*chains[source], link)
                rest.append(each.successor)
    del chains[giver]
    return chains


def chain_to(
    receiver: str, giver: str, task: str, told: Told, today: date, *, ended: bool, named: bool
) -> tuple[Link, ...]:
    """Give the chain by which a receiver came to the giver's task.

    Where several have the task now, or the giver keeps it in some areas, nobody here knows whose
    a client is: clients are `named`. Raises `NotSucceeded`, `ClientsNotNamed`.
    """
    found = heirs(task, giver, told, today)
    if receiver not in found:
        raise NotSucceeded(successors=sorted(found))
    passed_on = {link.source for chain in found.values() for link in chain}
    holders = sorted(found.keys() - passed_on)
    keeps_some = not ended and not all(link.whole for link in found[receiver])
    if not named and (len(holders) > 1 or keeps_some):
        raise ClientsNotNamed(successors=holders)
    return found[receiver]


def goes_on_under(statute: str, today: date) -> str:
    """Give the law under which a relationship goes on: its own, or the one that came after it."""
    if STATUTES[statute].in_force(today):
        return statute
    return FOLLOWED_BY.get(statute, statute)
