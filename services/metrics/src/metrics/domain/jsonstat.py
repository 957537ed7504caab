"""A reader of JSON-stat 2.0 datasets (https://json-stat.org/full/), as PxWeb publishes them.

Every cell keeps its status. `.` (cannot exist), `..` (not available, or too uncertain) and
`...` (secret) mean different things, and none of them is 0: such a cell has no value at all.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from metrics.domain.places import Part, optional_text

Role = Literal["time", "geo", "metric"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

NOT_APPLICABLE, NOT_AVAILABLE, SECRET = ".", "..", "..."
MARKS: Final = frozenset({NOT_APPLICABLE, NOT_AVAILABLE, SECRET})

MOST_CELLS: Final = 500_000
LARGEST: Final = 1e15  # beyond it a float no longer tells whole numbers apart


@dataclass(frozen=True)
class Cell:
    """A figure, or the mark that stands in its place; neither where nothing is known."""

    value: float | None
    status: str | None = None


@dataclass(frozen=True)
class Dimension:
    """One axis of the cube: its categories in order, code to label."""

    code: str
    label: str
    categories: Mapping[str, str]
    role: Role | None


@dataclass(frozen=True)
class Dataset:
    """A cube of cells in row-major order: the last dimension runs fastest."""

    label: str | None
    source: str | None
    updated: str | None
    table: str | None
    dimensions: tuple[Dimension, ...]
    cells: tuple[Cell, ...]

    def of_role(self, role: Role) -> tuple[Dimension, ...]:
        """Give the dimensions that play a role."""
        return tuple(d for d in self.dimensions if d.role == role)

    def observations(self) -> Iterator[tuple[dict[str, str], Cell]]:
        """Give each cell with the category that it has in each dimension."""
        for position, cell in enumerate(self.cells):
            yield self.coordinates(position), cell

    def coordinates(self, position: int) -> dict[str, str]:
        """Find a cell's category in each dimension from its position."""
        found: dict[str, str] = {}
        for dimension in reversed(self.dimensions):
            position, nth = divmod(position, len(dimension.categories))
            found[dimension.code] = list(dimension.categories)[nth]
        return {d.code: found[d.code] for d in self.dimensions}

    def at(self, **codes: str) -> Cell:
        """Give the cell of one category in each dimension; `KeyError` where there is none."""
        position = 0
        for dimension in self.dimensions:
            order = {code: n for n, code in enumerate(dimension.categories)}
            position = position * len(order) + order[codes[dimension.code]]
        return self.cells[position]


def read(document: object) -> Dataset:
    """Read a dataset; raises `BadDocument` with the place of what is wrong."""
    root = Part(document)
    must_be_a_dataset(root)
    dimensions = read_dimensions(root)
    count = math.prod(len(d.categories) for d in dimensions)
    if count > MOST_CELLS:
        raise root.need("size").bad(f"must not make more than {MOST_CELLS} cells")
    return Dataset(
        label=optional_text(root.find("label")),
        source=optional_text(root.find("source")),
        updated=optional_text(root.find("updated")),
        table=table_of(root),
        dimensions=dimensions,
        cells=read_cells(root, count),
    )


def must_be_a_dataset(root: Part) -> None:
    """Refuse the other classes of JSON-stat, and its older versions."""
    if root.need("version").value != "2.0":
        raise root.need("version").bad("must be 2.0")
    if root.need("class").value != "dataset":
        raise root.need("class").bad("must be dataset")


def table_of(root: Part) -> str | None:
    """Give the name of the PxWeb table that the figures come from, where it is told."""
    extension = root.find("extension")
    px = extension.find("px") if extension else None
    return optional_text(px.find("tableid")) if px else None


def read_dimensions(root: Part) -> tuple[Dimension, ...]:
    """Read the axes in the order of `id`; their sizes must agree with `size`."""
    codes, sizes = root.need("id").texts(), root.need("size").items()
    if not codes:
        raise root.need("id").bad("must name at least one dimension")
    if len(sizes) != len(codes):
        raise root.need("size").bad(f"must have as many numbers as id has names: {len(codes)}")
    roles, described = read_roles(root, codes), root.need("dimension")
    dimensions = tuple(read_dimension(described.need(c), c, roles.get(c)) for c in codes)
    for dimension, size in zip(dimensions, sizes, strict=True):
        if size.natural() != len(dimension.categories):
            raise size.bad(f"differs from the categories, of which there are "
                           f"{len(dimension.categories)}")  # fmt: skip
    return dimensions


def read_roles(root: Part, codes: tuple[str, ...]) -> dict[str, Role]:
    """Read which dimension plays which role; one dimension plays one."""
    role = root.find("role")
    roles: dict[str, Role] = {}
    for name in ROLES if role else ():
        named = role.find(name) if role else None
        for code in named.items() if named else ():
            if code.text() not in codes:
                raise code.bad("is not among the dimensions of id")
            if code.text() in roles:
                raise code.bad("has another role already")
            roles[code.text()] = name
    return roles


def read_dimension(part: Part, code: str, role: Role | None) -> Dimension:
    """Read one axis; a label that is not given is the code itself."""
    label, category = part.find("label"), part.need("category")
    labels = read_labels(category)
    order = read_order(category, labels)
    return Dimension(code, optional_text(label) or code, {c: labels.get(c, c) for c in order}, role)


def read_labels(category: Part) -> dict[str, str]:
    """Read the labels of categories, code to label."""
    labels = category.find("label")
    return {code: part.text() for code, part in labels.members()} if labels else {}


def read_order(category: Part, labels: dict[str, str]) -> tuple[str, ...]:
    """Read the categories' codes in order: an array, or an object of code to position.

    A dimension of one category may leave the index out; then its label names it.
    """
    index = category.find("index")
    if index is None:
        if len(labels) != 1:
            raise category.need("index").bad("is missing")
        return tuple(labels)
    codes = index.texts() if isinstance(index.value, list) else by_position(index)
    if not codes:
        raise index.bad("must name at least one category")
    return codes


def by_position(index: Part) -> tuple[str, ...]:
    """Order codes by the positions that an object gives them: 0, 1, 2 … each once."""
    positions = {code: part.natural() for code, part in index.members()}
    if sorted(positions.values()) != list(range(len(positions))):
        raise index.bad(f"must give the positions 0 to {len(positions) - 1}, each once")
    return tuple(sorted(positions, key=positions.__getitem__))


def read_cells(root: Part, count: int) -> tuple[Cell, ...]:
    """Put values and statuses together, cell by cell."""
    values = spread(root.need("value"), count)
    statuses = read_statuses(root.find("status"), count)
    return tuple(read_cell(values.get(n), statuses.get(n)) for n in range(count))


def read_statuses(status: Part | None, count: int) -> dict[int, Part]:
    """Read statuses: one for all cells, an array, or an object of position to status."""
    if status is None:
        return {}
    if isinstance(status.value, str):
        return dict.fromkeys(range(count), status)
    return spread(status, count)


def spread(part: Part, count: int) -> dict[int, Part]:
    """Read a dense array, or a sparse object of position to value, as position to part."""
    if isinstance(part.value, list):
        dense = part.items()
        if len(dense) != count:
            raise part.bad(f"must have a place for each cell: {count}, not {len(dense)}")
        return dict(enumerate(dense))
    if isinstance(part.value, dict):
        return {position(p, name, count): p for name, p in part.members()}
    raise part.bad("must be an array, or an object of position to value")


def position(part: Part, name: str, count: int) -> int:
    """Read the name of a sparse cell, which is its position."""
    if not (name.isascii() and name.isdigit() and len(name) < 10 and int(name) < count):
        raise part.bad(f"must be named by a position between 0 and {count - 1}")
    if name != str(int(name)):
        raise part.bad("must be named without leading zeros")
    return int(name)


def read_cell(value: Part | None, status: Part | None) -> Cell:
    """Read one cell; where a mark stands, there can be no figure."""
    mark = optional_text(status) if status and status.value is not None else None
    number = None if value is None or value.value is None else figure(value)
    if value is not None and number is not None and mark in MARKS:
        raise value.bad("must be null, since the cell's status says that there is no figure")
    return Cell(number, mark)


def figure(part: Part) -> float:
    """Read a finite number; a string in its place is an error, never a guess."""
    value = part.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise part.bad("must be a number or null")
    if not -LARGEST <= value <= LARGEST:  # also refuses NaN, which compares with nothing
        raise part.bad("must be a finite number of at most 15 digits")
    return float(value)
