"""Whose rows are whose, by the database itself."""

from kit.migrate import script
from kit.ownership import begun, private

revision = "20261124_private"
down_revision = "20261124_clients"


def upgrade() -> None:
    """Bind each table to its organisation, and each child to its parent's."""
    script("""
        ALTER TABLE client_copy
            ADD CONSTRAINT client_copy_id_organisation_key UNIQUE (id, organisation);
        ALTER TABLE assessment ADD CONSTRAINT assessment_client_id_organisation_fkey
            FOREIGN KEY (client_id, organisation)
            REFERENCES client_copy (id, organisation) ON UPDATE CASCADE;
    """)
    begun()
    private("client_copy", sees="organisation = caller()")
    private("assessment", sees="organisation = caller()")
