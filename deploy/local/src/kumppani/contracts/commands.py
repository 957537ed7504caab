"""`kumppani contracts`: write them, check them, release them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from kit import clock
from rich.markup import escape

from kumppani.console import fail, out
from kumppani.contracts import gate
from kumppani.contracts.export import RELEASED, changed, write

app = typer.Typer(help="contracts/, generated from the code.", no_args_is_help=True)

Root = Annotated[Path, typer.Option(help="The folder of the contracts")]
Despite = Annotated[str, typer.Option(help="Why what is refused is released all the same")]


@app.command()
def export(root: Root = Path("contracts")) -> None:
    """Write OpenAPI, JSON Schemas and examples of all services; say what changed for readers."""
    out.print(f"{write(root)} files written to {root}/", soft_wrap=True)
    tell(gate.findings(root))


@app.command()
def check(root: Root = Path("contracts")) -> None:
    """Fail where contracts/ differs from the code, or breaks what was released."""
    must_be_generated(root)
    must_break_nobody(gate.refused(gate.findings(root)))


@app.command()
def release(root: Root = Path("contracts"), despite: Despite = "") -> None:
    """Make the present contracts the released ones, which later changes are compared with."""
    must_be_generated(root)
    found = gate.findings(root)
    breaks = gate.refused(found)
    if not despite:
        must_break_nobody(breaks)
    gate.release(root, breaks, despite, clock.today())
    out.print(f"Released to {root / RELEASED}/, with changes: {len(found)}", soft_wrap=True)


def must_be_generated(root: Path) -> None:
    """Stop with one line where contracts/ differs from the code."""
    names = changed(root)
    if names:
        fail(f"contracts/ is older than the code ({', '.join(names)}): run make contracts")


def must_break_nobody(breaks: Sequence[gate.Finding]) -> None:
    """Stop where others' programs would break; say on what, and what to do."""
    if breaks:
        tell(breaks)
        fail(
            f"What was released would break ({len(breaks)}). Mend it; where what was released "
            "was never true: kumppani contracts release --despite WHY"
        )


def tell(found: Sequence[gate.Finding]) -> None:
    """Say what changed since the release, what it means, and what to do about what is refused."""
    for finding in found:
        mark = "[green]✓[/]" if finding.verdict.allowed else "[red]✗[/]"
        out.print(f"{mark} {escape(str(finding))}", soft_wrap=True, highlight=False)
    for line in gate.advice(gate.refused(found)):
        out.print(f"→ {line}", soft_wrap=True, highlight=False)
    if not found:
        out.print("Nothing changed for readers since the release")
