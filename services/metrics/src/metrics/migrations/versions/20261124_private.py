"""Answers that are kept are their caller's, by the database itself."""

from kit.ownership import begun

revision = "20261124_private"
down_revision = "20261124_witness"


def upgrade() -> None:
    """Let nobody see another's."""
    begun()
