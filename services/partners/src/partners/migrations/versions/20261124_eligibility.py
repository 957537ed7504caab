"""Decision tables say who may get in."""

from kit.migrate import script

revision = "20261124_eligibility"
down_revision = "20261124_hsds"


def upgrade() -> None:
    """Make the table; offerings that are there have none."""
    script("""
        ALTER TABLE offering ADD COLUMN eligibility_version integer;
        CREATE TABLE eligibility_table (
            offering     text NOT NULL
                CONSTRAINT eligibility_table_offering_fkey REFERENCES offering,
            version      integer NOT NULL,
            document     jsonb NOT NULL,
            published_at timestamptz NOT NULL,
            CONSTRAINT eligibility_table_pkey PRIMARY KEY (offering, version)
        );
    """)
