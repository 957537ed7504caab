"""What the rules refuse."""

from kit.problems import Refusal


class CodeTaken(Refusal):
    """Another thing of this kind has the code."""


class NotABusinessId(Refusal):
    """The business id is not valid; `pointer` says where it stands."""


class NotRegistered(Refusal):
    """The caller's organisation is no registered partner."""


class NotAParty(Refusal):
    """Only a party signs an agreement, and only for itself; `parties` names them."""


class AlreadySigned(Refusal):
    """The party has signed."""


class TermOver(Refusal):
    """The agreement's term has ended."""


class FieldMissing(Refusal):
    """The step needs a field that was not sent; `pointer` says which."""


class DocumentDiffers(Refusal):
    """The caller means another document than the one that is proposed; `sha256` is this one's."""


class AmendmentOpen(Refusal):
    """Another amendment is being prepared; `open_version` is its number."""


class OutsideTerm(Refusal):
    """An amendment begins or ends on a day on which it cannot; `earliest`, `latest` bound it."""


class NothingChanges(Refusal):
    """An amendment says what is agreed already."""


class AgreementTooLong(Refusal):
    """An agreement, with all its versions, would be too long to be told in one fact."""


class NothingToRehearse(Refusal):
    """The version is not one that is being prepared; `open_version` is, if any."""


class NotTheOwner(Refusal):
    """Only the party that runs a pilot concludes it; `owner` names it."""


class NotTheCommitter(Refusal):
    """Only the party that gives a resource reports its use; `party` names it."""


class UseIsCounted(Refusal):
    """The use of an offering's seats is counted from facts, and not reported."""


class OutsidePeriod(Refusal):
    """Nothing of the commitment can have been used in the month; `earliest`, `latest` bound it."""


class NotTheProvider(Refusal):
    """Only the organisation that gives a service declares its capacity."""


class ImportRefused(Refusal):
    """Records of an import cannot be taken; `records` says which and why. Nothing was."""


class LoneParty(Refusal):
    """An agreement would be left with one party."""


class NotEnding(Refusal):
    """Only an organisation whose last day is set passes on what it owns."""


class AlreadyWithdrawn(Refusal):
    """What was noted by mistake has been withdrawn."""


class OwnSuccessor(Refusal):
    """An organisation cannot succeed itself."""


class MalformedTable(Refusal):
    """A cell of a decision table cannot be used; `pointer` says which."""


class TableTooWide(Refusal):
    """A decision table falls into more cases than can be looked through."""


class FindingsNotAccepted(Refusal):
    """A table has overlaps or gaps that its provider has not said to accept; `report` has them."""


class NotAValue(Refusal):
    """What is given of a client is no value of its field; `pointer` says where."""
