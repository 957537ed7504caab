"""Decision tables for tests."""

from typing import Any

OUTPUTS = ("eligible", "because.fi", "because.sv", "because.en")


def a_row(id_: str, eligible: bool | None, /, **cells: str) -> dict[str, str]:
    """Write a rule; `cells` by field, with a double underscore for its stroke."""
    said = {} if eligible is None else {"eligible": str(eligible).lower()}
    words = {f"because.{code}": f'"{id_} {code}"' for code in ("fi", "sv", "en")}
    asked = {name.replace("__", "."): cell for name, cell in cells.items()}
    return {"_id": id_, **asked, **said, **words}


def a_table(*rows: dict[str, str], fields: tuple[str, ...] = ()) -> dict[str, Any]:
    """Write a document whose columns have their fields as ids."""
    named = {name for row in rows for name in row} - {"_id", *OUTPUTS}
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "field": name} for name in fields or sorted(named)],
        "outputs": [{"id": name, "field": name} for name in OUTPUTS],
        "rules": list(rows),
    }
    return {
        "nodes": [
            {"id": "in", "type": "inputNode"},
            {"id": "table", "type": "decisionTableNode", "content": content},
            {"id": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "to-table", "sourceId": "in", "targetId": "table"},
            {"id": "to-out", "sourceId": "table", "targetId": "out"},
        ],
    }


YOUNG = a_table(
    a_row("employed", False, situations__employed="true"),
    a_row("young", True, age="[15..29]", municipality='"564", "244"'),
    a_row("others", False),
)
