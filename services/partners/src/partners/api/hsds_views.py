"""Pages and filters of the standard's API."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel, BeforeValidator, Field

from partners.queries.hsds import Sought

Item = TypeVar("Item")
MOST_PAGES = 1_000_000
MOST_MINIMAL = 10_000  # the standard aims to give all of them in one page

MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[ +-]\d\d:\d\d)?)?")


def as_written(moment: object) -> object:
    """Refuse what pydantic would take for an instant as well: a number of seconds."""
    if not (isinstance(moment, str) and MOMENT.fullmatch(moment)):
        raise ValueError("a moment is written like 2026-11-24T12:00:00Z")
    # A plus sign that was not escaped arrives as a space.
    return re.sub(r" (\d\d:\d\d)$", r"+\1", moment) if "T" in moment else moment


Moment = Annotated[datetime, BeforeValidator(as_written)]


class HsdsPage(BaseModel):
    """A page of a list, in the standard's form."""

    total_items: int
    total_pages: int
    page_number: int
    size: int = Field(description="How many are on this page")
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]] = Field(
        description="As the schema of the standard for this list says"
    )


class Turned:
    """Which page the caller asks for."""

    def __init__(
        self,
        page: Annotated[int, Query(ge=1, le=MOST_PAGES, description="From 1 on")] = 1,
        per_page: Annotated[
            int | None, Query(ge=1, le=500, description="How many at most; else 50")
        ] = None,
        format: Annotated[  # noqa: A002, ARG002 (the standard's name; there is no other)
            Literal["json"], Query(description="Pages of JSON")
        ] = "json",
    ) -> None:
        self._page = page
        self._asked = per_page
        self.most = per_page or 50

    def minimal(self) -> None:
        """Give all in one page, unless the caller asked for so many."""
        self.most = self._asked or MOST_MINIMAL

    @property
    def skip(self) -> int:
        """How many come before this page."""
        return (self._page - 1) * self.most

    def shown(
        self, found: Sequence[Item], total: int, write: Callable[[Item], dict[str, Any]]
    ) -> HsdsPage:
        """Write the page."""
        pages = -(-total // self.most)
        return HsdsPage(
            total_items=total,
            total_pages=pages,
            page_number=self._page,
            size=len(found),
            first_page=self._page == 1,
            last_page=self._page >= pages,
            empty=not found,
            contents=[write(each) for each in found],
        )


Search = Annotated[str | None, Query(max_length=200, description="Words, each of which must occur")]


def sought_services(
    search: Search = None,
    taxonomy_term_id: UUID | None = None,
    taxonomy_id: UUID | None = None,
    organization_id: UUID | None = None,
    modified_after: Annotated[
        Moment | None, Query(description="At this moment or later; a day is its beginning, in UTC")
    ] = None,
) -> Sought:
    """Read the filters of lists of services."""
    if modified_after is not None and modified_after.tzinfo is None:
        modified_after = modified_after.replace(tzinfo=UTC)
    return Sought(search, taxonomy_term_id, taxonomy_id, organization_id, modified_after)


def sought_organizations(
    search: Search = None,
    taxonomy_term_id: UUID | None = None,
    taxonomy_id: UUID | None = None,
) -> Sought:
    """Read the filters of the list of organisations."""
    return Sought(search, taxonomy_term_id, taxonomy_id)


Turn = Annotated[Turned, Depends()]
Services = Annotated[Sought, Depends(sought_services)]
Organizations = Annotated[Sought, Depends(sought_organizations)]


def in_list(written: dict[str, Any]) -> dict[str, Any]:
    """Leave out what there may be many of, as the standard's lists do."""
    return {
        name: in_list(value) if isinstance(value, dict) else value
        for name, value in written.items()
        if not isinstance(value, list)
    }
