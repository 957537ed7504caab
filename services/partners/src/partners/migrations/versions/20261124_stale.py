"""Capacity that nobody confirms goes stale, and is told of once; seats are held, too."""

from kit.migrate import script

revision = "20261124_stale"
down_revision = "20261124_eligibility"


def upgrade() -> None:
    """Add the columns. What was never confirmed is stale since it was last changed."""
    script("""
        ALTER TABLE offering
            ADD COLUMN stale_at   timestamptz,
            ADD COLUMN stale_told boolean NOT NULL DEFAULT false;
        UPDATE offering SET stale_at = least(
            coalesce(confirmed_at + make_interval(days => stale_after_days), changed_at),
            (((capacity_period ->> 'ends')::date + 1)::timestamp AT TIME ZONE 'Europe/Helsinki')
        );
        ALTER TABLE offering
            ALTER COLUMN stale_at SET NOT NULL,
            ALTER COLUMN stale_told DROP DEFAULT;
        CREATE INDEX offering_stale_at_idx ON offering (stale_at) WHERE NOT stale_told;
        ALTER TABLE seats_copy ADD COLUMN held integer NOT NULL DEFAULT 0;
        ALTER TABLE seats_copy ALTER COLUMN held DROP DEFAULT;
    """)
