"""A JSON document in which every part knows its place, so that an error can name it."""

from collections.abc import Iterator
from typing import Final

from metrics.domain.errors import BadDocument


class Part:
    """One value of a document and where it stands."""

    def __init__(self, value: object, place: str = "") -> None:
        self.value: Final = value
        self.place: Final = place

    def bad(self, reason: str) -> BadDocument:
        """Make the error that points here."""
        return BadDocument(self.place, reason)

    def find(self, name: str) -> "Part | None":
        """Give an object's member, or nothing where it is absent or null."""
        member = self.mapping().get(name)
        return None if member is None else self._inside(name, member)

    def need(self, name: str) -> "Part":
        """Give an object's member that must be there."""
        member = self.find(name)
        if member is None:
            raise self._inside(name, None).bad("is missing")
        return member

    def mapping(self) -> dict[str, object]:
        """Give the value, which must be an object."""
        if not isinstance(self.value, dict):
            raise self.bad("must be an object")
        return self.value

    def members(self) -> Iterator[tuple[str, "Part"]]:
        """Give an object's members in their order."""
        return ((name, self._inside(name, value)) for name, value in self.mapping().items())

    def items(self) -> list["Part"]:
        """Give the parts of an array."""
        if not isinstance(self.value, list):
            raise self.bad("must be an array")
        return [self._inside(str(n), value) for n, value in enumerate(self.value)]

    def text(self) -> str:
        """Give the value, which must be a string with something in it."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.bad("must be a string that is not empty")
        return self.value

    def texts(self) -> tuple[str, ...]:
        """Give the strings of an array; each may be there once."""
        texts = tuple(part.text() for part in self.items())
        if len(set(texts)) < len(texts):
            raise self.bad("must not name anything twice")
        return texts

    def natural(self) -> int:
        """Give the value, which must be a whole number, zero or more."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            raise self.bad("must be a whole number, 0 or more")
        return self.value

    def _inside(self, name: str, value: object) -> "Part":
        token = name.replace("~", "~0").replace("/", "~1")
        return Part(value, f"{self.place}/{token}")


def optional_text(part: Part | None) -> str | None:
    """Read a string that may be absent."""
    return None if part is None else part.text()
