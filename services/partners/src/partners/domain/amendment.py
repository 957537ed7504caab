"""An amendment as it is drafted: what it says of the version on which it is based."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from partners.domain.agreement_terms import Terms
from partners.domain.errors import NothingChanges, OutsideTerm
from partners.domain.versioned import Versioned


def stated(
    agreement: Versioned,
    terms: Terms,
    party_kinds: Mapping[str, str],
    effective_on: date,
    *,
    on: date,
) -> dict[str, Any]:
    """Give what an amendment states; the parties of both versions sign it, those that leave too.

    Raises `OutsideTerm`, `NothingChanges`.
    """
    base = agreement.base
    earliest, latest = max(on, base.effective_on), min(agreement.last_day, terms.valid_until)
    if not earliest <= effective_on <= latest:
        raise OutsideTerm(earliest=earliest, latest=latest)
    if terms == base.terms:
        raise NothingChanges
    return {
        "terms": terms,
        "party_kinds": party_kinds,
        "effective_on": effective_on,
        "signatories": tuple(dict.fromkeys([*base.terms.parties, *terms.parties])),
    }
