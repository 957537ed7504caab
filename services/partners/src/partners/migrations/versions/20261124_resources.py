"""What is used of the commitments, and what owners conclude of their pilots."""

from kit.migrate import script

revision = "20261124_resources"
down_revision = "20261124_search"


def upgrade() -> None:
    """Make the tables, and the column of conclusions."""
    script("""
        ALTER TABLE agreement ADD COLUMN evaluations jsonb NOT NULL DEFAULT '[]';
        ALTER TABLE agreement ALTER COLUMN evaluations DROP DEFAULT;
        CREATE TABLE resource_use (
            agreement  text CONSTRAINT resource_use_agreement_fkey REFERENCES agreement,
            commitment text,
            month      text,
            party      text NOT NULL,
            amount     double precision NOT NULL,
            revision   bigint NOT NULL,
            CONSTRAINT resource_use_pkey PRIMARY KEY (agreement, commitment, month)
        );
        CREATE TABLE seats_taken_copy (
            offering text,
            month    text,
            taken    integer NOT NULL,
            CONSTRAINT seats_taken_copy_pkey PRIMARY KEY (offering, month)
        );
    """)
