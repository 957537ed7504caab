"""How the words of a search are read: as they are, or as what was probably meant."""

from dataclasses import dataclass

from kit.database import Transaction
from sqlalchemy import text

from partners.domain.vocabulary import LONGEST, SHORTEST, like, start, words_in

MOST_WORDS = 8

KNOWN = text("""
    SELECT asked.word, CAST(word_query(asked.word) AS text) AS query,
        numnode(plainto_tsquery('finnish', asked.word)) = 0
            OR numnode(plainto_tsquery('swedish', asked.word)) = 0
            OR numnode(plainto_tsquery('english', asked.word)) = 0 AS empty,
        EXISTS (
            SELECT FROM offering
            WHERE words @@ word_query(asked.word) AND status = 'published'
        ) AS known
    FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS asked (word, n) ORDER BY n
""")
NEAR = text("""
    SELECT near.word, CAST(word_query(near.word) AS text) AS query
    FROM catalogue_word AS near
    WHERE (near.variants && word_variants(:word) OR near.word ^@ :start)
        AND EXISTS (
            SELECT FROM offering
            WHERE words @@ word_query(near.word) AND status = 'published'
        )
""")


@dataclass(frozen=True)
class Reading:
    """A word that was asked for, the words that it is read as, and PostgreSQL's query of these.

    None: it stands in no offering, and nothing like it does.
    """

    asked: str
    read_as: tuple[str, ...]
    query: str | None

    @property
    def mended(self) -> bool:
        """Whether it is read otherwise than it was written."""
        return bool(self.read_as) and self.read_as != (self.asked,)


async def read_words(tx: Transaction, q: str) -> list[Reading]:
    """Read a search's words; those that mean nothing by themselves (and, or) are left out."""
    words = words_in(q)[:MOST_WORDS]
    rows = (await tx.execute(KNOWN, {"words": words})).all() if words else []
    return [
        Reading(row.word, (row.word,), row.query) if row.known else await mended(tx, row.word)
        for row in rows
        if not row.empty
    ]


async def mended(tx: Transaction, word: str) -> Reading:
    """Read a word that no offering has as those that are the most like it."""
    if not SHORTEST <= len(word) <= LONGEST:
        return Reading(word, (), None)
    queries = {
        row.word: row.query
        for row in await tx.execute(NEAR, {"word": word, "start": word[: start(word)]})
    }
    meant = like(word, queries)
    either = " | ".join(f"( {queries[each]} )" for each in meant)
    return Reading(word, tuple(meant), either or None)
