"""Ids of the standard: UUIDs that stay, since each is derived from what it names."""

import re
from unicodedata import normalize
from uuid import UUID, uuid5

LOW = (1 << 64) - 1
NAMESPACE = UUID("6a0f4f2e-5f0b-5c7e-9a55-3f3f1d1c8f10")  # Kumppani's own, drawn once


def organization_id(code: str) -> UUID:
    """Give the id of a partner."""
    return uuid5(NAMESPACE, f"organisations/{code}")


def service_id(code: str) -> UUID:
    """Give the id of an offering that was born here; one from a directory keeps its own."""
    return uuid5(NAMESPACE, f"offerings/{code}")


def part_id(whole: UUID, *path: str | int) -> str:
    """Give the id of a part: it hangs on the place in the whole, and on nothing else."""
    return str(uuid5(whole, "/".join(str(step) for step in path)))


def spot_id(service: UUID, *path: str | int) -> UUID:
    """Give the id of a service at a location: its first half is the service's, so that who knows
    the one finds the other.
    """
    return UUID(
        int=first_half(service)[0].int | (uuid5(service, "/".join(map(str, path))).int & LOW)
    )


def first_half(of: UUID) -> tuple[UUID, UUID]:
    """Give the least and the greatest id with this one's first half."""
    return UUID(int=of.int & ~LOW), UUID(int=of.int | LOW)


def code_of(name: str, id_: UUID) -> str:
    """Make a code for an offering from a directory: its name in plain letters, and half of its id's
    first half, since many are called alike.
    """
    plain = normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{words[:50].strip('-') or 'palvelu'}-{id_.hex[:8]}"
