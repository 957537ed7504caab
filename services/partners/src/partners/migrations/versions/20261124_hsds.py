"""Offerings have the ids by which directories know them."""

from alembic import op
from kit.migrate import script
from partners.hsds.identity import service_id
from sqlalchemy import text

revision = "20261124_hsds"
down_revision = "20261124_lifecycle"


def upgrade() -> None:
    """Give those that are there the ids of what was born here."""
    script("ALTER TABLE offering ADD COLUMN directory_id uuid;")
    here = op.get_bind()
    named = text("UPDATE offering SET directory_id = :id WHERE code = :code")
    for code in here.scalars(text("SELECT code FROM offering")).all():
        here.execute(named, {"id": service_id(code), "code": code})
    script("""
        ALTER TABLE offering ALTER COLUMN directory_id SET NOT NULL;
        ALTER TABLE offering ADD CONSTRAINT offering_directory_id_key UNIQUE (directory_id);
    """)
