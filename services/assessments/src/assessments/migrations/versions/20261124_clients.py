"""Machine clients that organisations registered."""

from kit import schema
from kit.migrate import script

revision = "20261124_clients"
down_revision = "20261124_elamantilanne"


def upgrade() -> None:
    """Make the table of this service's copy."""
    script(schema.CLIENTS)
