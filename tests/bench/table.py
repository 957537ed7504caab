"""What was measured, as one table: for a terminal, and for docs/performance.md."""

import platform
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import version
from pathlib import Path

import psutil
from kit import clock
from kit.programs import MAJOR

from .rounds import Figures

HEADINGS = (
    "",
    "measured",
    "ours",
    "compared with",
    "theirs",
    "ratio",
    "aim",
    "CPU µs, ours : theirs",
)
PACKAGES = ("fastapi", "uvicorn", "pydantic", "sqlalchemy", "asyncpg", "aiokafka", "faststream")


@dataclass(frozen=True)
class Line:
    """One comparison, in words and figures; what does not apply is empty."""

    bench: str
    measured: str
    ours: str
    against: str = ""
    theirs: str = ""
    ratio: str = ""
    aim: str = ""
    cpu: str = ""


RATE, CPU = "/s", "CPU µs"  # things each second, and the CPU that each of them took


def compared(bench: str, what: str, ours: Figures, name: str, theirs: Figures, aim: str) -> Line:
    """Compare two rates."""
    return Line(
        bench,
        what,
        f"{ours[RATE]:,.0f}/s",
        name,
        f"{theirs[RATE]:,.0f}/s",
        f"{ours[RATE] / theirs[RATE]:.2f}",
        aim,
        f"{ours[CPU]:,.0f} : {theirs[CPU]:,.0f}",
    )


def markdown(lines: Sequence[Line]) -> str:
    """Write the table; its columns are padded, so that it can be read as it is."""
    rows = [HEADINGS, *(astuple(line) for line in lines)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEADINGS))]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"
        for row in rows
    )


def circumstances(rounds: int) -> str:
    """Say when, on what and with which versions it was measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = round(psutil.virtual_memory().total / 2**30)
    busy = psutil.getloadavg()[2]
    return (
        f"{clock.today().isoformat()}; medians of {rounds} rounds; {processor()}, "
        f"{psutil.cpu_count()} cores, {memory} GB, {platform.system()}, "
        f"load average of the last 15 minutes {busy:.1f}; "
        f"Python {platform.python_version()}, PostgreSQL {MAJOR}, {packages}."
    )


def processor() -> str:
    """Name the processor, where the system tells."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
