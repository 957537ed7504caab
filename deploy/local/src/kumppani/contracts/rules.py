"""What may change of a contract that others rely on: one table.

One idea makes all of it. What is *asked* may only grow wider: whatever an old client sends is
still taken. What is *answered* may only grow narrower: whatever comes, an old client knows it;
fields that it does not name it passes over. A *fact* is read in both directions, the new one by
old readers and the old one, which outboxes and logs keep for ever, by new readers: so it stays
as it is, but for fields that may be missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    """Who speaks to whom: a client to a service, a service to a client, a service to all."""

    REQUEST = "request"
    ANSWER = "answer"
    FACT = "fact"


class Change(StrEnum):
    """What can happen to a contract; the value says it, of a field where it is one's."""

    FIELD_ADDED = "is new, and may be left out"
    FIELD_DEMANDED = "is new, and must be there"
    FIELD_REMOVED = "is gone"
    FIELD_RETIRED = "is gone, as its deprecation announced"
    MUST_BE_THERE = "may no longer be left out"
    MAY_BE_MISSING = "may be left out now"
    TYPE_WIDENED = "may also be"
    TYPE_NARROWED = "may no longer be"
    CODE_ADDED = "has a new code"
    CODE_REMOVED = "has lost a code"
    LIMIT_LOOSENED = "has a looser limit"
    LIMIT_TIGHTENED = "has a tighter limit"
    DEFAULT_CHANGED = "means something else where it is left out"
    OPENED = "takes fields of any name"
    CLOSED = "takes no other fields now"
    ROUTE_ADDED = "is a new route"
    ROUTE_REMOVED = "is no longer a route"
    ROUTE_RETIRED = "is no longer a route, as its deprecation announced"
    SCOPE_ADDED = "needs another scope"
    SCOPE_REMOVED = "needs a scope less"
    STATUS_ADDED = "may also answer"
    STATUS_REMOVED = "no longer answers"
    ERROR_ADDED = "may also end with"
    ERROR_REMOVED = "no longer ends with"
    FACT_ADDED = "is a new fact"
    FACT_REMOVED = "is no longer a fact"


@dataclass(frozen=True)
class Verdict:
    """Whether a change may be released, and what it means for who relies on the contract."""

    allowed: bool
    meaning: str


def yes(meaning: str) -> Verdict:
    """Allow."""
    return Verdict(True, meaning)


def no(meaning: str) -> Verdict:
    """Refuse."""
    return Verdict(False, meaning)


Row = Mapping[Role, Verdict]


def row(
    request: Verdict | None = None, answer: Verdict | None = None, fact: Verdict | None = None
) -> Row:
    """Make a row of the table; what cannot happen in a role has no verdict."""
    cells = {Role.REQUEST: request, Role.ANSWER: answer, Role.FACT: fact}
    return MappingProxyType({role: verdict for role, verdict in cells.items() if verdict})


IGNORED = "old readers pass it over"
KEPT = "facts that were said before are still read, and say otherwise"

RULES: Final[Mapping[Change, Row]] = MappingProxyType(
    {
        Change.FIELD_ADDED: row(
            yes("old clients go on without it"),
            yes(IGNORED),
            yes(f"{IGNORED}; new readers must do without it, since old facts lack it"),
        ),
        Change.FIELD_DEMANDED: row(
            no("old clients do not send it"),
            yes(IGNORED),
            no("old facts lack it, and are still read"),
        ),
        Change.FIELD_REMOVED: row(
            no("clients that send it are refused"),
            no("clients that read it find nothing"),
            no("readers miss it; its name may come back with another meaning"),
        ),
        Change.FIELD_RETIRED: row(
            yes("clients were told to stop sending it"),
            yes("clients were told to stop reading it"),
            no("old facts still have it; its name may come back with another meaning"),
        ),
        Change.MUST_BE_THERE: row(
            no("clients that leave it out are refused"),
            yes("clients find it always"),
            no("old facts may lack it, and are still read"),
        ),
        Change.MAY_BE_MISSING: row(
            yes("clients need not send it"),
            no("clients count on it"),
            no("readers count on it"),
        ),
        Change.TYPE_WIDENED: row(
            yes("clients may go on as before"),
            no("clients do not expect it"),
            no("readers do not expect it"),
        ),
        Change.TYPE_NARROWED: row(
            no("clients that send it are refused"),
            yes("clients meet less than they expect"),
            no(KEPT),
        ),
        Change.CODE_ADDED: row(
            yes("clients need not use it"),
            no("clients do not know it"),
            no("readers do not know it"),
        ),
        Change.CODE_REMOVED: row(
            no("clients that send it are refused"),
            yes("clients no longer meet it"),
            no("old facts have it, and are still read"),
        ),
        Change.LIMIT_LOOSENED: row(
            yes("clients may go on as before"),
            no("clients may have no room for it"),
            no("readers may have no room for it"),
        ),
        Change.LIMIT_TIGHTENED: row(
            no("clients that go beyond it are refused"),
            yes("clients meet less than they expect"),
            no(KEPT),
        ),
        Change.DEFAULT_CHANGED: row(
            no("clients that leave it out get something else"),
            yes("what is meant stands in the answer"),
            no("old facts that leave it out would say something else"),
        ),
        Change.OPENED: row(yes("clients may go on as before"), yes(IGNORED), yes(IGNORED)),
        Change.CLOSED: row(
            no("clients that send more are refused"),
            yes("clients meet less than they expect"),
            yes("fields that nobody names are passed over"),
        ),
        Change.ROUTE_ADDED: row(request=yes("nobody need call it")),
        Change.ROUTE_REMOVED: row(request=no("clients that call it are answered 404")),
        Change.ROUTE_RETIRED: row(request=yes("clients were told to stop calling it")),
        Change.SCOPE_ADDED: row(request=no("tokens without it are refused")),
        Change.SCOPE_REMOVED: row(request=yes("tokens may go on as before")),
        Change.STATUS_ADDED: row(answer=no("clients do not expect it")),
        Change.STATUS_REMOVED: row(answer=no("clients wait for it")),
        Change.ERROR_ADDED: row(answer=yes("problems are read alike; 304 comes to who asks")),
        Change.ERROR_REMOVED: row(answer=yes("clients no longer meet it")),
        Change.FACT_ADDED: row(fact=yes("who does not declare it passes it over")),
        Change.FACT_REMOVED: row(fact=no("outboxes keep it, and readers that start from zero")),
    }
)

ADVICE: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.REQUEST: "Keep taking what was taken: give a new field a default, keep the old one "
        "beside it, or mark what shall go deprecated=True, release that, and take it away in the "
        "release after.",
        Role.ANSWER: "Keep answering what was answered, and put what is new in a field or a route "
        "of its own; mark what shall go deprecated=True, release that, and take it away in the "
        "release after.",
        Role.FACT: "Leave the published version as it is, class and all, and say a new one beside "
        "it, with the next number at its end (.v2), until nobody reads the old.",
    }
)
