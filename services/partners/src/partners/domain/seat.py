"""A seat in an agreement passes to a successor: by law, without anybody's signature anew."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from partners.domain.agreement_terms import Signature, Terms
from partners.domain.errors import LoneParty
from partners.domain.version import Version

# The words of an agreement that name a party.
NAMING = frozenset({"parties", "lead", "owner", "party", "from", "to"})


def passed(
    version: Version, number: int, leaves: str, comes: str, kinds: Mapping[str, str], on: date
) -> Version:
    """Give the version that rules from a day on: another organisation in all the places of one.

    It stands behind the word that was given for the seat: that signature keeps its officer, its
    time and the document that it was bound to. Raises `LoneParty`.
    """
    words = version.terms.model_dump(mode="json", by_alias=True)
    if {*version.terms.parties} <= {leaves, comes}:
        raise LoneParty
    terms = Terms.model_validate(renamed(words, leaves, comes))
    return version.model_copy(
        update={
            "number": number,
            "terms": terms,
            "effective_on": on,
            "concluded_on": on,
            "base": version.number,
            "party_kinds": {party: kinds.get(party, "") for party in terms.parties},
            "signatories": terms.parties,
            "signatures": tuple(given(version.signatures, leaves, comes)),
        }
    )


def given(signatures: tuple[Signature, ...], leaves: str, comes: str) -> list[Signature]:
    """Give the signatures: a successor that is a party already keeps its own."""
    others = [each for each in signatures if each.organisation != leaves]
    if any(each.organisation == comes for each in others):
        return others
    return [
        each.model_copy(update={"organisation": comes}) if each.organisation == leaves else each
        for each in signatures
    ]


def renamed(words: Any, leaves: str, comes: str, name: str = "") -> Any:
    """Write words anew with another organisation's code where they name a party."""
    if isinstance(words, dict):
        return {key: renamed(part, leaves, comes, key) for key, part in words.items()}
    if isinstance(words, list):
        parts = [renamed(part, leaves, comes, name) for part in words]
        return list(dict.fromkeys(parts)) if name in NAMING else parts
    return comes if name in NAMING and words == leaves else words
