"""How the commands speak: what they do to the one side, why they cannot to the other."""

from typing import NoReturn

import typer
from rich.console import Console

out, err = Console(), Console(stderr=True)


def fail(line: str) -> NoReturn:
    """Say one line, and exit with 1."""
    err.print(line, style="red", soft_wrap=True)
    raise typer.Exit(1)
