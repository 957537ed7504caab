"""Which class of data each field about a client is of: one table, for what is shown and logged.

A view that names a client (`client_id`) or a referral has no field that is not here; a field
that tells of the work and not of the person has no class.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sharing.codes import DataClass

IDENTITY, CONTACT = DataClass.IDENTITY, DataClass.CONTACT
SITUATION, PLAN = DataClass.SITUATION, DataClass.PLAN

CLASSES: Mapping[str, DataClass | None] = {
    **dict.fromkeys(("identity_code", "pseudonym", "name"), IDENTITY),
    **dict.fromkeys(("phone", "email", "address"), CONTACT),
    # That a referral exists tells of the person's situation.
    **dict.fromkeys(
        (
            "client_id", "referral_id", "need", "offering", "recipient", "status", "phase",
            "reason", "declined_by", "outcome", "note", "eligibility", "loop", "kind", "follows",
            "place_in_line", "fact", "step", "by_client", "urgent", "why",
            "text", "helped", "attachments", "duplicates", "alternatives", "recipients",
            "judgement",
        ),
        SITUATION,
    ),
    **dict.fromkeys(("visit", "review_on", "to"), PLAN),
    **dict.fromkeys(
        (
            "id", "number", "action", "classes", "version", "organisation", "sender", "purpose",
            "mode", "responsible", "agreement",
            "clause", "legal_basis", "statute", "consent_id", "pseudonymous", "purposes", "manner",
            "given_at", "recorded_at", "valid_until", "withdrawn_at", "withdrawn_manner",
            "withdrawn_officer", "receipts", "received_at",
            "drafted_at", "registered_at", "revision", "next_steps",
            "history", "since", "officer", "role", "at", "reminded_of", "overdue", "deadlines",
            "due_at", "paused_at", "timed", "remark", "moved_at", "ground", "erased_at",
            "messages", "sent_at", "read_at", "consents", "feedback",
        ),
        None,
    ),
}  # fmt: skip


def classes_in(content: Any) -> set[DataClass]:
    """Give the classes of all that a piece of JSON tells; null tells nothing."""
    found: set[DataClass] = set()
    if isinstance(content, list):
        found.update(*map(classes_in, content))
    elif isinstance(content, dict):
        for name, value in content.items():
            kind = CLASSES.get(name)
            if kind is not None and value is not None:
                found.add(kind)
            elif kind is None:
                found |= classes_in(value)
    return found


def referrals_in(content: Any) -> Iterator[tuple[UUID, Any]]:
    """Find the views of referrals in a piece of JSON, each with the referral that it is of."""
    if isinstance(content, list):
        for item in content:
            yield from referrals_in(item)
    elif isinstance(content, dict):
        named = content.get("referral_id") or ("client_id" in content and content.get("id"))
        if named:
            yield UUID(named), content
        for value in content.values():
            yield from referrals_in(value)


def clients_in(content: Any) -> Iterator[tuple[UUID, Any]]:
    """Find the views of clients: the answer itself, or the items of a list."""
    for item in content.get("items", [content]):
        yield UUID(item.get("client_id") or item["id"]), item
