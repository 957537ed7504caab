"""Whose rows are whose, by PostgreSQL itself: row-level security under a service's own scoping.

The application's role sees and writes what is the calling organisation's; who calls is told for
one transaction at a time (`Database.begin(caller=…)`), and afterwards it is nobody. The worker
(timers, listeners, relay) sees all rows. The owner is bound as well (FORCE), except while it
migrates, and in functions with its rights that others call: one for each purpose that reaches
beyond what its caller sees. A migration says it of each table that it makes, in one line:

    private("client", sees="organisation = caller()")
    part("message", of="referral", by="referral_id")

`tests/architecture/test_ownership.py` names a table that is neither private nor listed as open.
"""

from kit.migrate import script

# A setting that held for a transaction is '' afterwards, and not NULL.
V1 = """
CREATE FUNCTION caller() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('kit.organisation', true), '');
"""

PRIVATE = """
DO $$
DECLARE
    app text := quote_ident(current_database() || '_app');
    worker text := quote_ident(current_database() || '_worker');
BEGIN
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    EXECUTE format('CREATE POLICY sees ON {table} FOR SELECT TO %s USING ({sees})', app);
    EXECUTE format('CREATE POLICY adds ON {table} FOR INSERT TO %s WITH CHECK ({adds})', app);
    EXECUTE format('CREATE POLICY changes ON {table} FOR UPDATE TO %s USING ({sees})', app);
    EXECUTE format('CREATE POLICY removes ON {table} FOR DELETE TO %s USING ({sees})', app);
    EXECUTE format('CREATE POLICY works ON {table} TO %s USING (true)', worker);
    CREATE POLICY maintains ON {table} TO CURRENT_USER
        USING (session_user <> CURRENT_USER OR current_setting('kit.maintains', true) = 'on');
END $$;
"""


def private(table: str, *, sees: str, adds: str = "") -> None:
    """Keep a table's rows to those who see them, in a migration.

    `sees` is a condition in SQL on a row, in which `caller()` is the calling organisation's code
    (NULL where nobody calls); other tables are seen in it as the caller sees them. What may be
    added is what is seen, unless `adds` says otherwise.
    """
    quoted = {"sees": sees, "adds": adds or sees}
    script(PRIVATE.format(table=table, **{k: v.replace("'", "''") for k, v in quoted.items()}))


def part(table: str, *, of: str, by: str) -> None:
    """Let a table's rows be whoever's the row of `of` is to which the column `by` refers."""
    private(table, sees=f"EXISTS (SELECT FROM {of} WHERE {of}.id = {table}.{by})")


def begun() -> None:
    """Make what private tables need, in each service's database; kept answers are private too."""
    script(V1)
    private("idempotency", sees="organisation = caller()")
