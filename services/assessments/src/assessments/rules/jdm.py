"""The part of the JSON Decision Model that our tables use, and nothing looser.

zen-engine runs what it is given: a table that is not wired to the output, a cell in a column
that does not exist, a word without quotes, a condition that cannot be parsed, all mean "nothing
to suggest" to it. So a file is read strictly here before the engine gets it.
"""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

OUTPUTS = ("need", "strength", "because.fi", "because.sv", "because.en")
BANDS = "bands."


class MalformedRules(Exception):
    """A rule table cannot be used; the message names the file and the place in it."""


class Part(BaseModel):
    """A part of the document; what only the editor reads is let through."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Condition(Part):
    """A column of conditions on one item's band; cells are kept by its `id`."""

    id: str
    name: str
    field: str = Field(pattern=r"^bands\.[a-z][a-z0-9_]*$")

    @property
    def item(self) -> str:
        """The item whose band the column reads."""
        return self.field.removeprefix(BANDS)


class Output(Part):
    """A column of what rules say."""

    id: str
    name: str
    field: str


class Content(Part):
    """The table itself; every rule that fits counts, so the hit policy is always collect."""

    hit_policy: Literal["collect"] = Field(alias="hitPolicy")
    inputs: tuple[Condition, ...] = Field(min_length=1)
    outputs: tuple[Output, ...]
    rules: tuple[dict[str, str], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def is_consistent(self) -> Self:
        """Refuse other outputs than ours, ids used twice, and cells outside the columns."""
        columns = [*(column.id for column in self.inputs), *(column.id for column in self.outputs)]
        rows = [row.get("_id", "") for row in self.rules]
        if tuple(column.field for column in self.outputs) != OUTPUTS:
            raise ValueError(f"the outputs must be {', '.join(OUTPUTS)}, in this order")
        if "" in rows or len({*rows, *columns}) < len(rows) + len(columns):
            raise ValueError("every rule and every column needs an id of its own")
        for row in self.rules:
            if row.keys() - {"_id", "_description", *columns}:
                raise ValueError(f"rule {row['_id']} has a cell that stands in no column")
        return self


class Input(Part):
    """Where the bands come in."""

    id: str
    type: Literal["inputNode"]


class Table(Part):
    """The decision table."""

    id: str
    type: Literal["decisionTableNode"]
    content: Content


class End(Part):
    """Where the suggestions come out."""

    id: str
    type: Literal["outputNode"]


class Edge(Part):
    """A wire from one node to another."""

    source: str = Field(alias="sourceId")
    target: str = Field(alias="targetId")


class Document(Part):
    """A whole file: bands → one table → suggestions."""

    nodes: tuple[Annotated[Input | Table | End, Field(discriminator="type")], ...]
    edges: tuple[Edge, ...]

    @model_validator(mode="after")
    def is_one_line(self) -> Self:
        """Refuse any graph but the one that leads from the input over the table to the output."""
        kinds = {node.type: node.id for node in self.nodes}
        path = [kinds.get(kind) for kind in ("inputNode", "decisionTableNode", "outputNode")]
        wires = {(edge.source, edge.target) for edge in self.edges}
        if len(self.nodes) != len(path) or wires != set(pairwise(path)):
            raise ValueError("must lead from one input over one table to one output")
        return self


def read(name: str, content: str) -> Table:
    """Read the table of one file. Raises `MalformedRules`, naming every fault that was found."""
    try:
        document = Document.model_validate_json(content)
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise MalformedRules(f"{name}: {'; '.join(faults)}") from error
    return next(node for node in document.nodes if isinstance(node, Table))
