"""An agreement is kept as its versions, with a status that the calendar moves on.

What was there becomes the first version of each; its timer begins, or ends, it at its next look.
"""

from kit.migrate import script

revision = "20261124_lifecycle"
down_revision = "20261124_successions"


def upgrade() -> None:
    """Fold the words of each agreement into its first version."""
    script("""
        ALTER TABLE agreement
            ADD COLUMN status      text,
            ADD COLUMN versions    jsonb,
            ADD COLUMN stations    jsonb NOT NULL DEFAULT '[]',
            ADD COLUMN renews      text
                CONSTRAINT agreement_renews_fkey REFERENCES agreement,
            ADD COLUMN warn_days   integer[] NOT NULL DEFAULT '{90,30,7}',
            ADD COLUMN warned      jsonb,
            ADD COLUMN termination jsonb,
            ADD COLUMN due_on      date;
        UPDATE agreement SET status =
            CASE WHEN jsonb_array_length(signatures) = cardinality(parties)
                 THEN 'signed' ELSE 'proposed' END;
        UPDATE agreement SET
            due_on = CASE status WHEN 'signed' THEN valid_from END,
            stations = jsonb_build_array(jsonb_build_object('status', status, 'on',
                (SELECT CASE agreement.status WHEN 'signed' THEN max(day) ELSE
                     LEAST(min(day), valid_from, (now() AT TIME ZONE 'Europe/Helsinki')::date) END
                 FROM jsonb_array_elements(signatures) s,
                      LATERAL (SELECT ((s->>'at')::timestamptz
                                       AT TIME ZONE 'Europe/Helsinki')::date) AS given (day)))),
            versions = jsonb_build_array(jsonb_build_object(
                'number', 1,
                'status', status,
                'effective_on', valid_from,
                'party_kinds', (SELECT COALESCE(jsonb_object_agg(o.code, o.kind), '{}')
                                FROM organisation o WHERE o.code = ANY (parties)),
                'signatories', to_jsonb(parties),
                'signatures', signatures,
                'concluded_on', CASE status WHEN 'signed' THEN
                    (SELECT max((s->>'at')::timestamptz AT TIME ZONE 'Europe/Helsinki')::date
                     FROM jsonb_array_elements(signatures) s) END,
                'terms', jsonb_build_object(
                    'name', name, 'vision', vision, 'text', text, 'parties', to_jsonb(parties),
                    'themes', themes, 'pilots', pilots, 'goals', goals, 'sharing', sharing,
                    'valid_from', valid_from, 'valid_until', valid_until)));
        ALTER TABLE agreement
            ALTER COLUMN status SET NOT NULL,
            ALTER COLUMN versions SET NOT NULL,
            ALTER COLUMN stations DROP DEFAULT,
            ALTER COLUMN warn_days DROP DEFAULT,
            DROP COLUMN name, DROP COLUMN vision, DROP COLUMN text, DROP COLUMN parties,
            DROP COLUMN themes, DROP COLUMN pilots, DROP COLUMN goals, DROP COLUMN sharing,
            DROP COLUMN valid_from, DROP COLUMN valid_until, DROP COLUMN signatures;
        CREATE INDEX agreement_due_on_idx ON agreement (due_on);
    """)
