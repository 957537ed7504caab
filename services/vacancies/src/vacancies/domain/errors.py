"""What the rules refuse."""

from kit.problems import Refusal


class NotABusinessId(Refusal):
    """The employer's business id is not valid."""


class AnotherPublisher(Refusal):
    """Another organisation published the vacancy that has these ids."""


class OpeningsFilled(Refusal):
    """More openings are filled than the posting would have; `filled` says how many."""


class NoOpening(Refusal):
    """The vacancy has no opening to fill; `vacancy_status` says why."""


class AlreadyPlaced(Refusal):
    """The seeker is placed in this vacancy."""


class PilotClosed(Refusal):
    """No agreement in force has the pilot for this organisation; `reasons` has each one's word."""
