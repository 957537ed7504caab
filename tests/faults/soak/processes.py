"""A process of the soak that is ended in many ways, and begun again."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[3]
END_SECONDS = 10.0


class Program:
    """One program of one service: the same command, environment and address at each start."""

    def __init__(
        self,
        label: str,
        arguments: list[str],
        environment: dict[str, str],
        log: Path,
        address: str | None,
        complain: Callable[[str], None],
    ) -> None:
        self.label = label
        self.address = address
        self._arguments = arguments
        self._environment = environment
        self._log = log
        self._complain = complain
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, unless it runs. It ends with us, however we end."""
        if self._process is not None:
            return
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.faults.soak.program", *self._arguments, "--tied",
                cwd=ROOT, env=os.environ | self._environment, stdin=asyncio.subprocess.PIPE,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    async def kill(self) -> None:
        """End it as a power cut does."""
        await self._end(signal.SIGKILL)

    async def terminate(self) -> None:
        """End it in order. One that was up must end within 10 s, with 0; else we complain."""
        was_up = await self.is_up()
        began = time.monotonic()
        code = await self._end(signal.SIGTERM)
        took = time.monotonic() - began
        if took > END_SECONDS:
            self._complain(f"slow: {self.label} ended {took:.1f} s after SIGTERM")
        elif code not in ((0,) if was_up else (0, None, -signal.SIGTERM)):
            self._complain(f"disorderly: {self.label} ended with {code} after SIGTERM")

    async def freeze(self, seconds: float) -> None:
        """Let it stand still, as a machine does that is moved: it notices nothing."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            self._process.send_signal(signal.SIGCONT)

    async def is_up(self) -> bool:
        """Say whether it answers that it is ready; one without an address cannot say so."""
        if self.address is None:
            return False
        try:
            async with httpx.AsyncClient(timeout=2) as http:
                return (await http.get(f"{self.address}/-/ready")).is_success
        except httpx.HTTPError:
            return False

    async def _end(self, how: signal.Signals) -> int | None:
        """End it, and give its exit code; complain if it had ended by itself."""
        process, self._process = self._process, None
        if process is None:
            return None
        if process.returncode is not None:
            self._complain(f"gone: {self.label} had ended by itself with {process.returncode}")
            return None
        process.send_signal(how)
        try:
            return await asyncio.wait_for(process.wait(), END_SECONDS * 2)
        except TimeoutError:
            process.kill()
            return await process.wait()
