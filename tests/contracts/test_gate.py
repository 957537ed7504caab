"""The gate: contracts/ as the code has it, beside what was released."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from kumppani.contracts import gate
from kumppani.contracts.commands import app
from kumppani.contracts.export import changed
from kumppani.contracts.rules import Change
from kumppani.contracts.schemas import Json
from typer.testing import CliRunner, Result

CONTRACTS = Path(__file__).parents[2] / "contracts"
FACT = "partners.organisation.registered"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a copy of the contracts, just released."""
    shutil.copytree(CONTRACTS, tmp_path / "contracts", ignore=shutil.ignore_patterns("released"))
    run("release", tmp_path / "contracts")
    return tmp_path / "contracts"


def run(command: str, root: Path, *options: str) -> Result:
    """Run `kumppani contracts`."""
    return CliRunner().invoke(app, [command, "--root", str(root), *options])


def schema(version: int = 1) -> str:
    """Name the file of the fact's schema."""
    return f"events/{FACT}.v{version}.schema.json"


def change(file: Path, how: Callable[[Json], object]) -> None:
    """Change a document."""
    document = json.loads(file.read_text())
    how(document)
    file.write_text(json.dumps(document))


def was_wider(root: Path) -> None:
    """Make it so that what was released had a field which the code no longer has."""
    released = root / "released" / schema()
    change(released, lambda was: was["properties"].update(email={"type": "string"}))


def found(root: Path) -> list[tuple[str, str, Change]]:
    """List what the gate finds."""
    all_of = gate.findings(root)
    return [(each.contract, each.difference.path, each.difference.change) for each in all_of]


def test_contracts_are_those_of_the_code_and_break_nobody() -> None:
    assert changed(CONTRACTS) == []
    assert gate.refused(gate.findings(CONTRACTS)) == []


def test_what_was_just_released_has_not_changed(root: Path) -> None:
    assert found(root) == []
    assert "Nothing changed for readers since the release" in run("export", root).stdout
    assert run("check", root).exit_code == 0


def test_a_new_fact_is_allowed_and_a_fact_that_is_gone_is_not(root: Path) -> None:
    (root / "released" / schema()).unlink()
    assert found(root) == [(f"{FACT}.v1", "", Change.FACT_ADDED)]
    assert gate.refused(gate.findings(root)) == []
    (root / schema()).rename(root / "released" / schema())
    assert found(root) == [(f"{FACT}.v1", "", Change.FACT_REMOVED)]
    assert gate.refused(gate.findings(root)) == gate.findings(root)


def test_a_break_of_a_fact_is_a_new_version_beside_the_old(root: Path) -> None:
    shutil.copy(root / schema(1), root / schema(2))
    change(root / schema(2), lambda new: new["properties"].pop("name"))
    assert found(root) == [(f"{FACT}.v2", "", Change.FACT_ADDED)]
    (root / schema(2)).rename(root / schema(1))
    assert found(root) == [(f"{FACT}.v1", "name", Change.FIELD_REMOVED)]


def test_a_service_that_is_gone_takes_all_its_routes_with_it(root: Path) -> None:
    (root / "openapi" / "metrics.json").unlink()
    told = found(root)
    assert {change for _, _, change in told} == {Change.ROUTE_REMOVED}
    assert ("metrics: GET /goals", "", Change.ROUTE_REMOVED) in told


def test_export_says_what_changed_and_what_it_means(root: Path) -> None:
    released = root / "released"
    change(released / schema(), lambda was: was["properties"].pop("municipality"))
    change(released / schema(), lambda was: was["required"].remove("municipality"))
    change(released / "openapi/metrics.json", lambda was: was["paths"].pop("/goals"))
    said = run("export", root).stdout.splitlines()
    assert said[1:] == [
        f"✗ {FACT}.v1 municipality is new, and must be there: old facts lack it, and are still "
        "read",
        "✓ metrics: GET /goals is a new route: nobody need call it",
        "→ Leave the published version as it is, class and all, and say a new one beside it, with "
        "the next number at its end (.v2), until nobody reads the old.",
    ]


def test_check_refuses_a_break_and_says_what_to_do(root: Path) -> None:
    was_wider(root)
    answer = run("check", root)
    assert answer.exit_code == 1
    assert answer.stdout.splitlines()[0] == (
        f"✗ {FACT}.v1 email is gone: readers miss it; its name may come back with another meaning"
    )
    assert "→ Leave the published version as it is" in answer.stdout
    assert answer.stderr.startswith("What was released would break (1). Mend it;")


def test_check_refuses_contracts_that_are_older_than_the_code(root: Path) -> None:
    change(root / schema(), lambda now: now.update(title="Other"))
    (root / "events" / "partners.organisation.left.v1.schema.json").write_text("{}")
    answer = run("check", root)
    assert answer.exit_code == 1
    assert "partners.organisation.left.v1.schema.json, events/" in answer.stderr
    assert answer.stderr.endswith("run make contracts\n")


def test_a_release_is_what_later_changes_are_compared_with(root: Path) -> None:
    (root / "released" / schema()).unlink()
    assert run("release", root).stdout.endswith("with changes: 1\n")
    assert found(root) == []
    assert not (root / "released" / gate.BREAKS).exists()


def test_a_break_is_released_for_a_reason_only_which_is_kept(root: Path) -> None:
    was_wider(root)
    assert run("release", root).exit_code == 1
    assert len(found(root)) == 1
    assert run("release", root, "--despite", "It was never sent").exit_code == 0
    assert found(root) == []
    kept = (root / "released" / gate.BREAKS).read_text()
    assert "It was never sent\n\n- partners.organisation.registered.v1 email is gone" in kept
    was_wider(root)
    run("release", root, "--despite", "Nor was it later")
    assert (root / "released" / gate.BREAKS).read_text().count("\n## ") == 2
