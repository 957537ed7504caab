"""What the rules refuse."""

from kit.problems import Refusal


class NotAddressed(Refusal):
    """A draft without a recipient cannot be sent."""


class NotPermitted(Refusal):
    """No agreement in force lets this data move; `reasons` has every clause's word."""


class FieldMissing(Refusal):
    """The step needs a field that did not come; `pointer` names it."""


class NoSeat(Refusal):
    """Every seat of the offering is taken."""


class NotADraft(Refusal):
    """Only a draft can be addressed."""


class NotAnIdentityCode(Refusal):
    """The personal identity code is not valid."""


class AlreadyRegistered(Refusal):
    """The organisation has a client with this personal identity code."""
