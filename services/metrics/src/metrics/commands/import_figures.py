"""Take official figures in: a new vintage where they say something new."""

from dataclasses import dataclass

from kit import clock
from kit.database import Transaction, dumps
from kit.outbox import publish
from sqlalchemy import text

from metrics.domain import jsonstat
from metrics.domain.figures import Figures, figures_of, name_of
from metrics.domain.series import Series, Vintage

# One statement for all cells: a row each would cost a round trip each.
KEEP = text("""
    INSERT INTO observation (series, vintage, position, area, period, metric, others, value, status)
    SELECT :series, :vintage, position, area, period, metric, CAST(others AS jsonb), value, status
    FROM unnest(
        CAST(:position AS integer[]), CAST(:area AS text[]), CAST(:period AS text[]),
        CAST(:metric AS text[]), CAST(:others AS text[]), CAST(:value AS double precision[]),
        CAST(:status AS text[])
    ) AS cell (position, area, period, metric, others, value, status)
""")


@dataclass(frozen=True)
class ImportFigures:
    """A parsed JSON document, and what its series and its file are called, if they are."""

    document: object
    organisation: str
    series: str | None = None
    file: str | None = None


async def import_figures(tx: Transaction, command: ImportFigures) -> tuple[Series, bool]:
    """Keep the figures unless the newest vintage says the same; say whether it is a new one.

    Raises `BadDocument` and `Unnamed`.
    """
    figures = figures_of(jsonstat.read(command.document))
    code = name_of(figures, command.series, command.file)
    series = await tx.get(Series, code, with_for_update=True)
    if series is not None and series.says(figures):
        return series, False
    if series is None:
        series = Series(code=code)
        tx.add(series)
    await publish(tx, series, series.revise(figures))
    await keep(tx, series, figures, command.organisation)
    return series, True


async def keep(tx: Transaction, series: Series, figures: Figures, organisation: str) -> None:
    """Write the vintage of the series's new revision, and its cells."""
    tx.add(
        Vintage(
            series=series.code,
            number=series.revision,
            label=figures.label,
            source=figures.source,
            updated=figures.updated,
            areas=figures.areas,
            metrics=figures.metrics,
            first_period=figures.periods[0],
            last_period=figures.periods[-1],
            observations=len(figures.rows),
            imported_at=clock.now(),
            imported_by=organisation,
        )
    )
    await tx.flush()  # its cells, written by hand, refer to it
    columns = ("position", "area", "period", "metric", "value", "status")
    cells = {name: [getattr(row, name) for row in figures.rows] for name in columns}
    cells["others"] = [dumps(row.others) for row in figures.rows]
    await tx.execute(KEEP, {"series": series.code, "vintage": series.revision, **cells})
