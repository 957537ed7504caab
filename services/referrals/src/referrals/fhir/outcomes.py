"""A problem as an OperationOutcome (https://hl7.org/fhir/R4/operationoutcome.html)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

# Issue types by HTTP status (https://hl7.org/fhir/R4/valueset-issue-type.html).
ISSUES: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: "invalid",
        401: "login",
        403: "forbidden",
        404: "not-found",
        406: "not-supported",
        503: "transient",
    }
)


def operation_outcome(problem: Mapping[str, Any], status: int) -> dict[str, Any]:
    """Tell a problem (RFC 9457) as an outcome; `details` has its type and its title."""
    system, _, code = str(problem["type"]).rpartition("/")
    pointers = [error["pointer"] for error in problem.get("errors", [])]
    issue = {
        "severity": "error",
        "code": ISSUES.get(status, "processing"),
        "details": {"coding": [{"system": system, "code": code}], "text": problem["title"]},
        "diagnostics": " ".join([problem["detail"], *pointers]),
    }
    return {"resourceType": "OperationOutcome", "issue": [issue]}
