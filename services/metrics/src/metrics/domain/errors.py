"""What the rules refuse."""

from kit.problems import Refusal


class BadDocument(Refusal):
    """A part of a document is not what it must be.

    `place` is a JSON pointer (RFC 6901) to the part; `reason` never holds the part's value.
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(errors=[{"pointer": f"/body{place}", "message": reason}])
        self.place = place
        self.reason = reason


class Unnamed(Refusal):
    """Figures came without a name for their series, and with nothing that could make one."""


class Backwards(Refusal):
    """A span ends before it begins; `pointer` names its end."""
