"""A version of an agreement: its words, from when they hold, who put their names to them."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Self

import rfc8785

from partners.domain.agreement_terms import Signature, Terms
from partners.domain.lifecycle import LIFECYCLE, Role, Status, Step
from partners.domain.terms import Code, Term


class Version(Term):
    """The first version is the agreement as it was made; a further one amends another, its base."""

    number: int
    status: Status
    terms: Terms
    effective_on: date
    party_kinds: Mapping[Code, str]
    signatories: tuple[Code, ...]
    signatures: tuple[Signature, ...] = ()
    concluded_on: date | None = None
    base: int | None = None

    @property
    def begins(self) -> date | None:
        """The first day on which it holds: the day named, or that of the last signature if later.

        None while a signature is missing.
        """
        return self.concluded_on and max(self.effective_on, self.concluded_on)

    @property
    def signed_by(self) -> tuple[str, ...]:
        """The parties that have signed, in the order in which they did."""
        return tuple(signature.organisation for signature in self.signatures)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The parties that have not signed yet, as the version lists them."""
        return tuple(party for party in self.signatories if party not in self.signed_by)

    def document(self, agreement: str, renews: str | None) -> dict[str, Any]:
        """Give what is signed, as JSON. Words left out by its drafter stay out, so that it is the
        same document when agreements can say more than today.
        """
        return {
            "agreement": agreement,
            "version": self.number,
            "effective_on": self.effective_on.isoformat(),
            "renews": renews,
            "party_kinds": dict(self.party_kinds),
            "terms": self.terms.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        }

    def taking(self, step: Step, role: Role, **changes: Any) -> Self:
        """Take a step of the lifecycle. Raises `IllegalStep`, which names the legal ones."""
        to = LIFECYCLE.take(self.status, step, role)
        return self.model_copy(update={"status": to.status, **changes})

    def signed(self, signature: Signature, on: date) -> Self:
        """Add a party's word; the last one concludes the version. Raises `IllegalStep`."""
        signatures = (*self.signatures, signature)
        if self.waits_for == (signature.organisation,):
            step, role, concluded = Step.CONCLUDE, Role.LAST_PARTY, on
        else:
            step, role, concluded = Step.SIGN, Role.PARTY, None
        return self.taking(step, role, signatures=signatures, concluded_on=concluded)


def fingerprint(document: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a document's canonical JSON (RFC 8785), in hexadecimal."""
    return sha256(rfc8785.dumps(dict(document))).hexdigest()
