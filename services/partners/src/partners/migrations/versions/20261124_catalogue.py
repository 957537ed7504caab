"""Offerings say how to get in, where, when and for how much, and have a life."""

from kit.migrate import script

revision = "20261124_catalogue"
down_revision = "20261124_areas"


def upgrade() -> None:
    """Add the columns. Offerings that are there are published; nobody confirmed their capacity
    since, so it is stale until its provider does.
    """
    script("""
        ALTER TABLE offering
            ADD COLUMN status           text NOT NULL DEFAULT 'published',
            ADD COLUMN situations       text[] NOT NULL DEFAULT '{}',
            ADD COLUMN languages        text[] NOT NULL DEFAULT '{}',
            ADD COLUMN access           text NOT NULL DEFAULT 'both',
            ADD COLUMN channels         jsonb NOT NULL DEFAULT '[]',
            ADD COLUMN places           jsonb NOT NULL DEFAULT '[]',
            ADD COLUMN price            jsonb NOT NULL DEFAULT '{"cents": null, "note": null}',
            ADD COLUMN theme            text,
            ADD COLUMN taken_elsewhere  integer NOT NULL DEFAULT 0 CHECK (taken_elsewhere >= 0),
            ADD COLUMN capacity_unit    text NOT NULL DEFAULT 'client',
            ADD COLUMN capacity_period  jsonb,
            ADD COLUMN confirmed_at     timestamptz,
            ADD COLUMN stale_after_days integer NOT NULL DEFAULT 30,
            ADD COLUMN changed_at       timestamptz NOT NULL DEFAULT now();
        ALTER TABLE offering
            ALTER COLUMN status DROP DEFAULT,
            ALTER COLUMN situations DROP DEFAULT,
            ALTER COLUMN languages DROP DEFAULT,
            ALTER COLUMN access DROP DEFAULT,
            ALTER COLUMN channels DROP DEFAULT,
            ALTER COLUMN places DROP DEFAULT,
            ALTER COLUMN price DROP DEFAULT,
            ALTER COLUMN taken_elsewhere DROP DEFAULT,
            ALTER COLUMN capacity_unit DROP DEFAULT,
            ALTER COLUMN stale_after_days DROP DEFAULT,
            ALTER COLUMN changed_at DROP DEFAULT;
    """)
