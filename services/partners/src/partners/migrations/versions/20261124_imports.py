"""Imports of directories, and what became of each of their records."""

from kit.migrate import script

revision = "20261124_imports"
down_revision = "20261124_clients"


def upgrade() -> None:
    """Make the tables."""
    script("""
        CREATE TABLE catalogue_import (
            id           uuid CONSTRAINT catalogue_import_pkey PRIMARY KEY,
            imported_by  text NOT NULL,
            organisation text NOT NULL REFERENCES organisation (code),
            format       text NOT NULL,
            reading      jsonb NOT NULL,
            total        integer NOT NULL,
            begun_at     timestamptz NOT NULL,
            ended_at     timestamptz,
            revision     bigint NOT NULL
        );
        CREATE INDEX catalogue_import_ended_at_idx ON catalogue_import (ended_at);

        CREATE TABLE catalogue_import_record (
            import_id uuid NOT NULL REFERENCES catalogue_import (id),
            number    integer NOT NULL,
            record    jsonb,
            steps     text[] NOT NULL,
            outcome   text,
            offering  text,
            notes     jsonb NOT NULL,
            PRIMARY KEY (import_id, number)
        );
    """)
