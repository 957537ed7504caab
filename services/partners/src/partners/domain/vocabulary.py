"""The words that offerings use, so that one that is written wrong can be read right."""

import re
from collections.abc import Iterable
from itertools import takewhile

from kit.database import Transaction
from sqlalchemy import Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.offering import Offering
from partners.domain.tables import Table

SHORTEST, LONGEST = 4, 40  # letters of a word in which errors are looked for
TWO_ERRORS_FROM = 8  # letters

KEEP = text("""
    INSERT INTO catalogue_word (word, variants)
    SELECT word, word_variants(word) FROM unnest(CAST(:words AS text[])) AS word
    ORDER BY word
    ON CONFLICT DO NOTHING
""")


class CatalogueWord(Table):
    """A word, and what it becomes where one of its letters is missing."""

    __tablename__ = "catalogue_word"
    __table_args__ = (Index(None, "variants", postgresql_using="gin"),)

    word: Mapped[str] = mapped_column(Text, primary_key=True)
    variants: Mapped[list[str]] = mapped_column(ARRAY(Text))


async def keep_words(tx: Transaction, offering: Offering) -> None:
    """Keep the words of an offering; they stay, also when it says otherwise later."""
    said = [each for text in (offering.name, offering.description) for _, each in text if each]
    found = {word for each in said for word in words_in(each) if SHORTEST <= len(word) <= LONGEST}
    await tx.execute(KEEP, {"words": sorted(found)})


def words_in(said: str) -> list[str]:
    """Give the words of a text in small letters, each once."""
    return list(dict.fromkeys(re.findall(r"[^\W_]+", said.lower())))


def like(word: str, others: Iterable[str]) -> list[str]:
    """Give those of other words that may have been meant.

    These are the ones with the fewest errors, if few enough; else the ones that go on the
    longest like it, since stemmers leave a Finnish word in more forms than one (-us, -uksen).
    """
    candidates = list(others)
    most = 2 if len(word) >= TWO_ERRORS_FROM else 1
    apart = {other: errors(word, other) for other in candidates}
    least = min(apart.values(), default=most + 1)
    if least <= most:
        return sorted(other for other, n in apart.items() if n == least)
    shared = {other: beginning(word, other) for other in candidates}
    longest = max(shared.values(), default=0)
    return sorted(o for o, n in shared.items() if n == longest) if longest >= start(word) else []


def beginning(one: str, other: str) -> int:
    """Count the first letters that two words share."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def start(word: str) -> int:
    """Count the letters that forms of one word share at least: two thirds, never under five."""
    return max(5, -(-2 * len(word) // 3))


def errors(one: str, other: str) -> int:
    """Count the letters to be added, left out, exchanged or swapped with their neighbour.

    The optimal string alignment distance: Damerau–Levenshtein, no letter touched twice.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
