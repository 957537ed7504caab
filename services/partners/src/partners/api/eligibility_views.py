"""What callers send and see of eligibility."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StrictBool, StrictInt, StrictStr

from partners.api.views import Sent
from partners.eligibility.check import Answer
from partners.eligibility.jdm import Document
from partners.eligibility.report import Report

Given = dict[
    Annotated[str, Field(max_length=64)],
    StrictBool | StrictInt | Annotated[StrictStr, Field(max_length=64)],
]


class TableSent(Sent):
    """A decision table in the JSON Decision Model."""

    table: Document


class NewTable(TableSent):
    """A table that its provider publishes."""

    accept_findings: StrictBool = Field(
        False, description="Publish although it has overlaps or gaps: they are meant"
    )


class TableView(BaseModel):
    """A published table, and what is to be known of it."""

    offering: str
    version: int
    published_at: datetime
    table: Document
    report: Report


class Asking(Sent):
    """What is known of a client; what is not there is unknown, never untrue."""

    given: Given = Field(
        max_length=100,
        examples=[{"age": 24, "municipality": "564", "situations.unemployed": True}],
    )


class CheckView(Answer):
    """What the offering's audience and its table say of a client."""

    version: int | None = Field(description="The table's; null: there is none")
