"""Which exchanges were asked about lately."""

from kit.migrate import script

revision = "20261124_sharing"
down_revision = "20261124_stale"


def upgrade() -> None:
    """Make the table; it names organisations and data, and no person."""
    script("""
        CREATE TABLE exchange_asked (
            asked_on   date,
            giver      text,
            receiver   text,
            purpose    text,
            data_class text,
            theme      text,
            times      integer NOT NULL,
            CONSTRAINT exchange_asked_pkey
                PRIMARY KEY (asked_on, giver, receiver, purpose, data_class, theme)
        );
    """)
