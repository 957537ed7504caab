"""Whose rows are whose: what an organisation may know of referrals, by the database itself."""

from kit.migrate import script
from kit.ownership import begun, part, private

revision = "20261124_private"
down_revision = "20261124_disclosures"

# As `Referral.roles_of` says. Who coordinates is told of what nobody answered, where it asks so.
ENDS = """
    sender = caller() OR (recipient = caller() AND clause IS NOT NULL)
    OR (escalated AND current_setting('referrals.coordinates', true) = 'on' AND agreement IN
        (SELECT code FROM agreement_copy WHERE agreement_copy.agreement -> 'parties' ? caller()))
"""
OWN = """EXISTS (
    SELECT FROM client WHERE client.id = {table}.client_id AND client.organisation = caller())"""
REFERRED = "EXISTS (SELECT FROM referral WHERE referral.client_id = {table}.{by})"


def upgrade() -> None:
    """Bind each table to its organisation, and each child to its parent's."""
    script("""
        ALTER TABLE client ADD CONSTRAINT client_id_organisation_key UNIQUE (id, organisation);
        ALTER TABLE referral
            ADD CONSTRAINT referral_id_client_id_key UNIQUE (id, client_id),
            DROP CONSTRAINT referral_client_id_fkey,
            ADD CONSTRAINT referral_client_id_sender_fkey FOREIGN KEY (client_id, sender)
                REFERENCES client (id, organisation) ON UPDATE CASCADE,
            DROP CONSTRAINT referral_follows_fkey,
            ADD CONSTRAINT referral_follows_client_id_fkey FOREIGN KEY (follows, client_id)
                REFERENCES referral (id, client_id) ON UPDATE CASCADE;
        ALTER TABLE message ADD CONSTRAINT message_id_referral_id_key UNIQUE (id, referral_id);
        ALTER TABLE attachment
            DROP CONSTRAINT attachment_message_id_fkey,
            ADD CONSTRAINT attachment_message_id_referral_id_fkey
                FOREIGN KEY (message_id, referral_id) REFERENCES message (id, referral_id);

        -- How many wait, never who: a caller sees its own alone, and its place is among all.
        CREATE FUNCTION waiting(what text, whose text, before integer) RETURNS bigint
        LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = public, pg_temp
        RETURN (
            SELECT count(*) FROM referral
            WHERE phase = 'waitlisted' AND offering IS NOT DISTINCT FROM what
              AND (whose IS NULL OR recipient = whose) AND (before IS NULL OR line < before));
    """)
    begun()
    private("client", sees="organisation = caller()")
    private("referral", sees=ENDS, adds="sender = caller()")
    key = REFERRED.format(table="data_key", by="subject")
    private("data_key", sees=f"organisation = caller() OR {key}")
    for table in ("history", "deadline", "message", "content", "attachment"):
        part(table, of="referral", by="referral_id")
    at_desk = "EXISTS (SELECT FROM referral WHERE referral.id = work.referral_id)"
    private("work", sees=f"(desk <> 'coordinator' AND owner = caller()) OR {at_desk}")
    own = OWN.format(table="disclosure")
    referred = REFERRED.format(table="disclosure", by="client_id")
    private("disclosure", sees=own, adds=f"{own} OR {referred}")
    private("disclosure_head", sees=OWN.format(table="disclosure_head"))
