"""Whose rows are whose, by the database itself."""

from kit.migrate import script
from kit.ownership import begun, private

revision = "20261124_private"
down_revision = "20261124_areas"


def upgrade() -> None:
    """Bind each table to its organisation, and each child to its parent's."""
    script("""
        ALTER TABLE seeker ADD CONSTRAINT seeker_id_organisation_key UNIQUE (id, organisation);
        ALTER TABLE placement
            DROP CONSTRAINT placement_seeker_id_fkey,
            ADD CONSTRAINT placement_seeker_id_organisation_fkey
                FOREIGN KEY (seeker_id, organisation)
                REFERENCES seeker (id, organisation) ON UPDATE CASCADE;
    """)
    begun()
    private("seeker", sees="organisation = caller()")
    private("placement", sees="organisation = caller()")
