"""(k) What row-level security costs a read: with it, and with the policies switched off."""

from .asked import serving
from .ground import Ground
from .reads import on_and_off
from .table import Line

OFF = """
    DO $$ DECLARE bound regclass; BEGIN
        FOR bound IN SELECT oid FROM pg_class WHERE relrowsecurity AND relkind IN ('r', 'p') LOOP
            EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', bound);
        END LOOP;
    END $$
"""


async def measure(ground: Ground, rounds: int, times: int = 2_000) -> list[Line]:
    """Measure both, in turn."""
    services = {
        "bound": serving(ground, "bound"),
        "no row-level security": serving(ground, "unbound", OFF),
    }
    return await on_and_off(
        "k", "GET /referrals/{id}, row-level security on", services, rounds, times
    )
