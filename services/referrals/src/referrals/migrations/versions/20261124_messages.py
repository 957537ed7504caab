"""Messages between the two ends, with attachments, under the client's key."""

from kit.migrate import script

revision = "20261124_messages"
down_revision = "20261124_work"


def upgrade() -> None:
    """Make the tables."""
    script("""
        ALTER TABLE referral ADD wrote_at timestamptz;
        CREATE TABLE message (
            id           uuid CONSTRAINT message_pkey PRIMARY KEY,
            referral_id  uuid NOT NULL CONSTRAINT message_referral_id_fkey REFERENCES referral,
            organisation text NOT NULL,
            officer      text NOT NULL,
            text_sealed  bytea NOT NULL,
            sent_at      timestamptz NOT NULL,
            read_at      timestamptz
        );
        CREATE INDEX message_referral_id_id_idx ON message (referral_id, id);
        CREATE TABLE content (
            referral_id    uuid NOT NULL CONSTRAINT content_referral_id_fkey REFERENCES referral,
            sha256         bytea NOT NULL,
            content_sealed bytea NOT NULL,
            CONSTRAINT content_pkey PRIMARY KEY (referral_id, sha256)
        );
        CREATE TABLE attachment (
            id          uuid CONSTRAINT attachment_pkey PRIMARY KEY,
            message_id  uuid NOT NULL CONSTRAINT attachment_message_id_fkey REFERENCES message,
            referral_id uuid NOT NULL,
            sha256      bytea NOT NULL,
            name_sealed bytea NOT NULL,
            type        text NOT NULL,
            CONSTRAINT attachment_referral_id_fkey
                FOREIGN KEY (referral_id, sha256) REFERENCES content (referral_id, sha256)
        );
        CREATE INDEX attachment_message_id_idx ON attachment (message_id);
    """)
