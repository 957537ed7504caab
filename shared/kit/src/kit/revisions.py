"""Revisions at the edge: `ETag` marks an answer, `If-Match` guards a change, 304 spares a read."""

from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Depends, Header, Request, Response

from kit.problem_types import IF_MATCH_MISSING, STALE
from kit.problems import Problem

LARGEST_REVISION = 2**63 - 1

# `responses=` of a GET whose answer the revision alone decides: not the language, the caller's
# role, the calendar or another row. Only there a revision that is known spares the answer.
UNCHANGED: dict[int | str, dict[str, Any]] = {
    304: {"description": "Not changed since the revision that `If-None-Match` names"}
}


async def expected_revision(
    if_match: Annotated[str | None, Header(description='The ETag last read, such as `"3"`')] = None,
) -> int:
    """Give the revision that the caller last read. Raises 428 without, 412 for no revision."""
    if if_match is None:
        raise Problem(IF_MATCH_MISSING)
    digits = if_match.strip().removeprefix("W/").strip('"')
    if not (digits.isascii() and digits.isdigit()) or int(digits[:20]) > LARGEST_REVISION:
        raise Problem(STALE)
    return int(digits)


class Revised(Protocol):
    """A view of an aggregate."""

    @property
    def revision(self) -> int:
        """The revision that is shown; a view may be frozen."""


Shown = TypeVar("Shown", bound=Revised)


class Tagger:
    """Marks an answer with the revision of the thing that it shows."""

    def __init__(self, response: Response) -> None:
        self._response = response

    def __call__(self, view: Shown) -> Shown:
        """Set the `ETag` to the view's revision, and give the view back."""
        self._response.headers["ETag"] = f'"{view.revision}"'
        return view


async def tagger(response: Response) -> Tagger:
    """Give what marks this answer."""
    return Tagger(response)


def spared(request: Request, answer: Response) -> Response:
    """Answer 304 to a caller that has this revision (RFC 9110, 13.1.2); else the answer itself."""
    tag = answer.headers.get("etag", "")
    named = request.headers.get("if-none-match", "").split(",")
    if tag and any(each.strip().removeprefix("W/") in (tag, "*") for each in named):
        return Response(status_code=304, headers={"ETag": tag})
    return answer


Expected = Annotated[int, Depends(expected_revision)]
ETag = Annotated[Tagger, Depends(tagger)]
