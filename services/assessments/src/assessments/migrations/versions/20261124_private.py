"""Whose rows are whose, by the database itself."""

from kit.ownership import begun, private

revision = "20261124_private"
down_revision = "20261124_clients"


def upgrade() -> None:
    """Bind each table to its organisation."""
    # No reference to the copy of clients: a replay may make that anew.
    begun()
    private("client_copy", sees="organisation = caller()")
    private("assessment", sees="organisation = caller()")
