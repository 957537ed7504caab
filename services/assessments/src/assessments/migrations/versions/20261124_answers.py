"""Erasure: who was erased, and of whom the kept answers tell."""

from kit import schema
from kit.migrate import script

revision = "20261124_answers"
down_revision = "20261124_private"


def upgrade() -> None:
    """Widen the tables."""
    script(schema.V2)
    script("""
        ALTER TABLE client_copy ADD erased_at timestamptz, ADD erased_ground text;
        ALTER TABLE assessment ADD erased_at timestamptz;
        CREATE INDEX assessment_client_id_idx ON assessment (client_id);
    """)
