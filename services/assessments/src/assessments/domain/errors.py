"""What the rules refuse."""

from kit.problems import Refusal


class AlreadyPublished(Refusal):
    """The version of the instrument exists, and is never changed."""


class RulesDoNotFit(Refusal):
    """Some rules could never fire with this instrument; `misfits` names them."""


class AlreadyDecided(Refusal):
    """The need was decided, or stands in for another; `decided` lists all of these."""


class NotSuggested(Refusal):
    """Only a suggestion can be overridden; `suggested` lists them."""


class FieldMissing(Refusal):
    """The decision needs a field that did not come; `pointer` names it."""
