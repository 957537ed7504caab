"""A key for each client, and what names or reaches the person closed with it."""

from kit import schema
from kit.migrate import script

revision = "20261124_client_keys"
down_revision = "20261124_loop"


def upgrade() -> None:
    """Make the keys' table and the closed columns; nothing ever opened what was sealed before."""
    script(schema.KEYS)
    script("""
        ALTER TABLE client
            DROP identity_sealed,
            ADD identity_code_sealed bytea,
            ADD name_sealed          bytea,
            ADD phone_sealed         bytea,
            ADD email_sealed         bytea,
            ADD address_sealed       bytea;
    """)
