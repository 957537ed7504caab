"""A referral as a ServiceRequest and a Task of FHIR R4 (https://hl7.org/fhir/R4/).

Both are made of the row that the caller sees, and tell nothing more: ids and codes. Client and
organisations are logical references, since who they are is not served here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from referrals.api.step_views import ReferralRow
from referrals.domain.states import Loop, Status

Resource = dict[str, Any]

FULFIL: Final = {
    "coding": [{"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "fulfill"}]
}

# Request status by Task status (https://hl7.org/fhir/R4/valueset-request-status.html).
ASKED: Final[Mapping[Status, str]] = MappingProxyType(
    {
        Status.DRAFT: "draft",
        Status.REQUESTED: "active",
        Status.ACCEPTED: "active",
        Status.IN_PROGRESS: "active",
        Status.ON_HOLD: "on-hold",
        Status.REJECTED: "revoked",
        Status.CANCELLED: "revoked",
        Status.COMPLETED: "completed",
        Status.FAILED: "completed",
        Status.ENTERED_IN_ERROR: "entered-in-error",
    }
)


def service_request(row: ReferralRow, url: str) -> Resource:
    """Tell what is asked for."""
    return present(
        {
            **common("ServiceRequest", row, url),
            "status": ASKED[row.status],
            "code": concept(url, "needs", row.need),
            "subject": named(url, "Patient", "clients", str(row.client_id)),
            "performer": listed(named(url, "Organization", "organisations", row.recipient)),
        }
    )


def task(row: ReferralRow, url: str) -> Resource:
    """Tell how far it has come; the phase is its business status, what came of it its output."""
    loop = None if row.loop is Loop.OPEN else row.loop
    outputs = [output(url, "outcome", row.outcome), output(url, "loop", loop)]
    return present(
        {
            **common("Task", row, url),
            "focus": {"reference": f"ServiceRequest/{row.id}"},
            "code": FULFIL,
            "status": row.status,
            "statusReason": concept(url, "reasons", row.reason),
            "businessStatus": concept(url, "phases", row.phase),
            "for": named(url, "Patient", "clients", str(row.client_id)),
            "owner": named(url, "Organization", "organisations", row.recipient),
            "output": [each for each in outputs if each] or None,
        }
    )


def common(kind: str, row: ReferralRow, url: str) -> Resource:
    """Tell what both resources tell."""
    return {
        "resourceType": kind,
        "id": str(row.id),
        "meta": {"versionId": str(row.revision)},
        "identifier": [{"system": f"{url}/referrals", "value": str(row.id)}],
        "intent": "order",
        "priority": "urgent" if row.urgent else "routine",
        "authoredOn": row.drafted_at.isoformat(),
        "requester": named(url, "Organization", "organisations", row.sender),
    }


def named(url: str, kind: str, register: str, value: str | None) -> Resource | None:
    """Refer to somebody by an identifier of this service's registers."""
    if value is None:
        return None
    return {"type": kind, "identifier": {"system": f"{url}/{register}", "value": value}}


def concept(url: str, code_set: str, code: str | None) -> Resource | None:
    """Give a code of this service's code sets."""
    return (
        None if code is None else {"coding": [{"system": f"{url}/codes/{code_set}", "code": code}]}
    )


def output(url: str, kind: str, code: str | None) -> Resource | None:
    """Give what came of a task."""
    value = concept(url, f"{kind}s", code)
    return value and {"type": {"text": kind}, "valueCodeableConcept": value}


def listed(one: Resource | None) -> list[Resource] | None:
    """Give a list of one, or none: FHIR has no empty lists."""
    return None if one is None else [one]


def present(resource: Resource) -> Resource:
    """Leave out what is not there: FHIR has no nulls."""
    return {name: value for name, value in resource.items() if value is not None}
