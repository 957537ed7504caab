"""The next record of an import is found without a look at those that were taken."""

from kit.migrate import script

revision = "20261125_waiting"
down_revision = "20261124_answers"


def upgrade() -> None:
    """Add the index."""
    script("""
        CREATE INDEX catalogue_import_record_import_id_number_idx
            ON catalogue_import_record (import_id, number) WHERE outcome IS NULL;
    """)
