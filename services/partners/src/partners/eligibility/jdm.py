"""The part of the JSON Decision Model that our tables use, and nothing looser.

zen-engine runs what it is given: a table that is not wired to the output, a cell in a column
that does not exist, a condition that cannot be parsed, all mean "nothing" to it. So a document
is read strictly before it is used, and what the editor keeps of its own is limited to positions.
"""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

OUTPUTS = ("eligible", "because.fi", "because.sv", "because.en")

Id = Annotated[str, Field(min_length=1, max_length=64)]
Name = Annotated[str, Field(max_length=200)]
Cell = Annotated[str, Field(max_length=2000)]


class Part(BaseModel):
    """A part of the document."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True
    )


class Spot(Part):
    """Where the editor draws a node."""

    x: float = Field(strict=True, allow_inf_nan=False, examples=[80])
    y: float = Field(strict=True, allow_inf_nan=False, examples=[120])


class Nothing(Part):
    """A node's content where there is none."""


class InputColumn(Part):
    """A column of conditions; cells are kept by its `id`, and `field` says what they ask of."""

    id: Id = Field(examples=["in-age"])
    name: Name = Field("", examples=["Ikä"])
    field: str = Field(max_length=64, examples=["age"])


class OutputColumn(Part):
    """A column of what rules say."""

    id: Id
    name: Name = ""
    field: Literal["eligible", "because.fi", "because.sv", "because.en"]


class Content(Part):
    """The table itself: the first rule that fits decides."""

    hit_policy: Literal["first"] = Field(alias="hitPolicy")
    inputs: tuple[InputColumn, ...] = Field(min_length=1, max_length=12)
    outputs: tuple[OutputColumn, ...] = Field(min_length=4, max_length=4)
    rules: tuple[dict[Id, Cell], ...] = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def must_be_consistent(self) -> Self:
        """Refuse other outputs than ours, ids and fields used twice, and cells in no column."""
        columns = [*(c.id for c in self.inputs), *(c.id for c in self.outputs)]
        rows = [row.get("_id", "") for row in self.rules]
        fields = [column.field for column in self.inputs]
        if tuple(column.field for column in self.outputs) != OUTPUTS:
            raise ValueError(f"the outputs are {', '.join(OUTPUTS)}, in this order")
        if any(not row or "/" in row for row in rows) or len({*rows, *columns}) < len(rows) + len(
            columns
        ):
            raise ValueError("every rule and every column needs an id of its own, without a stroke")
        if len(set(fields)) < len(fields):
            raise ValueError("two columns ask of the same field")
        if any(row.keys() - {"_id", "_description", *columns} for row in self.rules):
            raise ValueError("a rule has a cell that stands in no column")
        return self


class Node(Part):
    """What all nodes have."""

    id: Id
    name: Name = ""
    position: Spot | None = None


class Input(Node):
    """Where what is known of the client comes in."""

    type: Literal["inputNode"]
    content: Nothing = Nothing()


class Table(Node):
    """The decision table."""

    type: Literal["decisionTableNode"]
    content: Content


class Output(Node):
    """Where the decision comes out."""

    type: Literal["outputNode"]
    content: Nothing = Nothing()


class Edge(Part):
    """A wire from one node to another."""

    id: Id
    type: Literal["edge"] = "edge"
    source: Id = Field(alias="sourceId")
    target: Id = Field(alias="targetId")


class Document(Part):
    """A whole document: the client → one table → the decision."""

    content_type: Literal["application/vnd.gorules.decision"] = Field(
        "application/vnd.gorules.decision", alias="contentType"
    )
    nodes: tuple[Input, Table, Output] = Field(
        description="The input, the table, the output, in this order"
    )
    edges: tuple[Edge, ...] = Field(min_length=2, max_length=2)

    @model_validator(mode="after")
    def must_be_one_line(self) -> Self:
        """Refuse any graph but the one that leads from the input over the table to the output."""
        path = [node.id for node in self.nodes]
        if {(edge.source, edge.target) for edge in self.edges} != set(pairwise(path)):
            raise ValueError("it must lead from one input over one table to one output")
        return self

    @property
    def content(self) -> Content:
        """The table."""
        return self.nodes[1].content
