"""Reading matches: one seeker with every vacancy that can still be applied for, the best first."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from kit import clock
from kit.database import Transaction
from kit.problem_types import BAD_CURSOR
from kit.problems import Problem
from kit.seals import BrokenSeal, Seal
from sqlalchemy import or_, select

from vacancies.domain.findings import Match
from vacancies.domain.matching import Rank, rank, ranked
from vacancies.domain.places import Places
from vacancies.domain.posting import Posting
from vacancies.domain.seeker import Seeker
from vacancies.domain.vacancy import Vacancy
from vacancies.queries.vacancies import current

Found = tuple[UUID, Match, Posting]


async def matches_of(tx: Transaction, seeker: Seeker, places: Places) -> list[Found]:
    """Match a seeker with all vacancies that have an opening and a deadline ahead."""
    deadline = Vacancy.posting["deadline"].astext
    open_ones = select(Vacancy.id, Vacancy.posting).where(
        *current(),
        Vacancy.filled < Vacancy.posting["openings"].as_integer(),
        or_(deadline.is_(None), deadline >= clock.today().isoformat()),
    )
    postings = {row.id: Posting.model_validate(row.posting) for row in await tx.execute(open_ones)}
    return [(i, match, postings[i]) for i, match in ranked(seeker.told, postings.items(), places)]


@dataclass(frozen=True)
class Ranking:
    """A ranked list, a page at a time: a cursor is the rank of the last match that was shown."""

    seal: Seal
    bound_to: str

    def page(
        self, found: list[Found], limit: int, after: str | None
    ) -> tuple[list[Found], str | None]:
        """Cut the page after a cursor. Raises a `bad-cursor` problem."""
        ranks = [rank(match, vacancy_id) for vacancy_id, match, _ in found]
        start = bisect_right(ranks, self._opened(after)) if after is not None else 0
        end = start + limit
        return found[start:end], self._closed(ranks[end - 1]) if end < len(found) else None

    def _closed(self, last: Rank) -> str:
        return self.seal.close_text(" ".join(map(str, last)).encode(), self.bound_to)

    def _opened(self, cursor: str) -> Rank:
        try:
            certain, score, vacancy_id = self.seal.open_text(cursor, self.bound_to).split()
        except BrokenSeal:
            raise Problem(BAD_CURSOR) from None
        return Fraction(certain.decode()), Fraction(score.decode()), UUID(vacancy_id.decode())
