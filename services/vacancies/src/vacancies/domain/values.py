"""What postings and profiles are made of."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from vacancies.domain.codes import ESCO, CodeSet

Item = TypeVar("Item")

BY_CODE, BY_URI = attrgetter("code"), attrgetter("uri")
AN_OCCUPATION, A_SKILL = ESCO.occupations[0].uri, ESCO.skills[0].uri

Uri = Annotated[str, Field(max_length=200)]
Code = Annotated[str, Field(max_length=64)]


class Value(BaseModel):
    """A value that callers send; what it does not know it refuses."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def distinct(key: Callable[[Any], str] = str) -> AfterValidator:
    """Refuse a code that is given twice."""

    def once_each(items: tuple[Item, ...] | None) -> tuple[Item, ...] | None:
        if items is not None and len({key(item) for item in items}) < len(items):
            raise ValueError("a code is given twice")
        return items

    return AfterValidator(once_each)


def check(codes: Iterable[str] | None, among: CodeSet, pointer: str, part: str = "") -> None:
    """Check codes against their set. Raises `UnknownCode`, pointing at the first unknown one."""
    for i, code in enumerate(codes or ()):
        among.known(code, f"{pointer}/{i}{part}")
