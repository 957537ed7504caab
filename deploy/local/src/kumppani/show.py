"""What the audience of the demo sees: acts, steps, and under each step the facts that it made."""

from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum

import httpx
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from kumppani.feeds import Event, Reader, news


class Act(StrEnum):
    """The acts of the main job."""

    AGREEMENT = "The partners conclude their agreement"
    CATALOGUE = "Services are offered"
    ASSESSMENT = "A client is assessed"
    REFERRAL = "A referral closes its loop, one is declined and goes on, one is refused"
    PLACEMENT = "A vacancy is filled"
    FIGURES = "Every indicator tells what was done"


class Show:
    """Tells steps and facts line by line; a terminal also shows how far the acts are."""

    def __init__(self, out: Console, readers: Sequence[Reader]) -> None:
        self._out = out
        self._readers = readers
        self.progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            console=out, transient=True, disable=not out.is_terminal,
        )  # fmt: skip
        self._acts = self.progress.add_task("", total=len(Act))

    async def begin(self) -> None:
        """Pass over what was said before."""
        await news(self._readers)

    def act(self, act: Act) -> None:
        """Open an act."""
        number = list(Act).index(act)
        self.progress.update(self._acts, completed=number, description=act)
        self._out.print(f"[bold]{number + 1} {act}[/]", highlight=False)

    async def step(self, line: str) -> None:
        """Tell a step that was taken, and the facts that the services told since the last one."""
        self._out.print(f"  [green]✓[/] {escape(line)}", soft_wrap=True)
        await self.facts()

    async def failure(self, line: str) -> None:
        """Tell what went wrong, after the facts that came before it."""
        with suppress(httpx.HTTPError):
            await self.facts()
        self._out.print(f"  [red]✗ {escape(line)}[/]", soft_wrap=True)

    async def facts(self) -> None:
        """Tell the facts that are new."""
        for event in await news(self._readers):
            self.fact(event)

    def fact(self, event: Event) -> None:
        """Tell a fact: who spoke, what happened, to what, and as which of its revisions."""
        speaker = event["source"].rpartition("/")[2]
        line = f"      {speaker:11} {event['type']}  {event['subject']}  #{event['sequence']}"
        self._out.print(line, style="dim", markup=False, highlight=False, soft_wrap=True)
