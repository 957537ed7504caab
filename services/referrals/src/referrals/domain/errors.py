"""What the rules refuse."""

from types import MappingProxyType

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


class NotYourStep(Refusal):
    """The step is possible now, but another's; `roles` may take it, `legal` lists one's own."""


class OfferingClosed(Refusal):
    """The offering takes nobody new: it is paused, or has ended."""


class NoTimeToHold(Refusal):
    """A seat is held until a time to come, within 30 days; `pointer` names the field."""


class MessagesClosed(Refusal):
    """Nothing is written in a referral whose recipient is shown nothing of the client."""


class FileRefused(Refusal):
    """A file's type, name or content will not do; `pointer` says which, `accepted` what will."""


class NoConsent(Refusal):
    """The referral does not rest on consent, so there is none to withdraw."""


class NoBasis(Refusal):
    """Neither the law nor the consent that was named covers this now; `reasons` says what lacks."""


class ConsentTime(Refusal):
    """A consent was given before now, and holds today at least; `pointer` names the field."""


class AlreadyWithdrawn(Refusal):
    """The consent was withdrawn before."""


class FeedbackClosed(Refusal):
    """A client says once whether a service helped, of a referral that was accepted."""


class NothingToReceive(Refusal):
    """No consent was withdrawn on which the referral rests, so there is no receipt to give."""


class SecondPersonNeeded(Refusal):
    """An error is established by two persons, of whom one is the author."""


class ReferralsOpen(Refusal):
    """A client is not erased while a referral is open; `open` lists those that are."""


class RecordRequired(Refusal):
    """Law requires the record for longer; `law` says which, `until` the last day."""


class NotFirstInLine(Refusal):
    """Others have waited longer for a seat; `first` is the place that is next."""


class BatchSize(Refusal):
    """A batch has lines, and not too many; `most` says how many it may have."""


class OutOfContact(Refusal):
    """Partners was not heard for longer than `hours`, `since` when: nothing is disclosed."""

    headers = MappingProxyType({"Retry-After": "300"})


class MergedAway(Refusal):
    """The record was merged into another one of the same client; `kept` is that one."""


class NotOnePerson(Refusal):
    """The two records are of two persons, or the one to be kept knows less who it is."""


class NotSucceeded(Refusal):
    """Partners told of no succession by which the task came there by today."""


class ClientsNotNamed(Refusal):
    """Several have the task now, so each client that passes is named."""


class NotYourHandover(Refusal):
    """The giver's administrator hands over, or the receiver's once the giver has ended."""


class AlreadyBegun(Refusal):
    """The handover was begun before."""


class NotThisForm(Refusal):
    """The answer is to be had in the forms of `accepted` only."""
