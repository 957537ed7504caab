"""An agreement: what its parties put their names to, version by version, and how it stands."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from kit.aggregates import Aggregate
from kit.texts import Text as Words
from sqlalchemy import Date, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain import agreement_events as said
from partners.domain.agreement_terms import (
    Evaluation,
    Signature,
    Station,
    Termination,
    Terms,
    Warned,
)
from partners.domain.amendment import stated
from partners.domain.changes import kinds_of
from partners.domain.errors import (
    AlreadySigned,
    AmendmentOpen,
    DocumentDiffers,
    NotAParty,
    TermOver,
)
from partners.domain.lifecycle import Role, Status, Step
from partners.domain.seat import passed
from partners.domain.tables import Stated, Table
from partners.domain.version import Version
from partners.domain.versioned import DAY, Versioned

Change = Callable[[date], said.AgreementFact]
FactKind = TypeVar("FactKind", bound=said.AgreementFact)


class Agreement(Versioned, Aggregate, Table):
    """Its versions, one of which rules; signed words never change, a further version does that."""

    __tablename__ = "agreement"

    status: Mapped[Status] = mapped_column(Text)
    warn_days: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    warned: Mapped[Warned | None] = mapped_column(Stated(Warned))
    evaluations: Mapped[tuple[Evaluation, ...]] = mapped_column(Stated(tuple[Evaluation, ...]))
    due_on: Mapped[date | None] = mapped_column(Date, index=True)

    @property
    def subject(self) -> str:
        """The agreement's name on the bus."""
        return f"agreements/{self.code}"

    @classmethod
    def drafted(
        cls,
        code: str,
        terms: Terms,
        party_kinds: Mapping[str, str],
        *,
        on: date,
        renews: str | None = None,
        warn_days: tuple[int, ...] = (),
    ) -> tuple["Agreement", said.AgreementDrafted]:
        """Begin an agreement that nobody has signed."""
        first = Version(
            number=1,
            status=Status.DRAFT,
            terms=terms,
            effective_on=terms.valid_from,
            party_kinds=party_kinds,
            signatories=terms.parties,
        )
        agreement = cls(
            code=code, status=Status.DRAFT, versions=(first,), stations=(), renews=renews,
            warn_days=sorted(warn_days, reverse=True), warned=None, termination=None,
            evaluations=(),
        )  # fmt: skip
        return agreement, agreement._fact(said.AgreementDrafted, on)

    def revise(
        self, terms: Terms, party_kinds: Mapping[str, str], *, on: date
    ) -> said.AgreementRevised:
        """Change the words of a draft that is no amendment. Raises `IllegalStep`."""
        draft = self.versions[0].taking(
            Step.REVISE,
            Role.COORDINATOR,
            terms=terms,
            effective_on=terms.valid_from,
            party_kinds=party_kinds,
            signatories=terms.parties,
        )
        self._replace(draft)
        return self._fact(said.AgreementRevised, on, revised_version=draft.number)

    def propose(self, *, on: date) -> said.AgreementFact:
        """Lay the draft before its parties. Raises `IllegalStep`, `TermOver`."""
        self._must_not_be_over(on)
        version = self._open_or_ruling.taking(Step.PROPOSE, Role.COORDINATOR)
        self._replace(version)
        if version.number == 1:
            return self._fact(said.AgreementProposed, on)
        return self._fact(said.AmendmentProposed, on, amendment=version.number)

    def withdraw(self, *, on: date) -> said.AgreementFact:
        """Take back what not all have signed. Raises `IllegalStep`."""
        version = self._open_or_ruling.taking(Step.WITHDRAW, Role.COORDINATOR)
        self._replace(version)
        if version.number == 1:
            return self._fact(said.AgreementWithdrawn, on)
        return self._fact(said.AmendmentWithdrawn, on, amendment=version.number)

    def amend(
        self, terms: Terms, party_kinds: Mapping[str, str], effective_on: date, *, on: date
    ) -> said.AmendmentDrafted:
        """Draft a further version.

        Raises `IllegalStep`, `AmendmentOpen`, `OutsideTerm`, `NothingChanges`.
        """
        self.ruling.taking(Step.AMEND, Role.COORDINATOR)
        if self.open:
            raise AmendmentOpen(open_version=self.open.number)
        version = Version(
            number=len(self.versions) + 1,
            status=Status.DRAFT,
            base=self.base.number,
            **stated(self, terms, party_kinds, effective_on, on=on),
        )
        self.versions = (*self.versions, version)
        kinds = kinds_of(self.base.terms, terms)
        return self._fact(said.AmendmentDrafted, on, amendment=version.number, kinds=kinds)

    def revise_amendment(
        self,
        number: int,
        terms: Terms,
        party_kinds: Mapping[str, str],
        effective_on: date,
        *,
        on: date,
    ) -> said.AmendmentRevised:
        """Draft an amendment anew. Raises `Missing`, `IllegalStep`, `OutsideTerm`,
        `NothingChanges`.
        """
        drafted = self.amendment(number).taking(Step.REVISE, Role.COORDINATOR)
        words = stated(self, terms, party_kinds, effective_on, on=on)
        self._replace(drafted.model_copy(update=words))
        kinds = kinds_of(self.base.terms, terms)
        return self._fact(said.AmendmentRevised, on, amendment=number, kinds=kinds)

    def sign(
        self, by: str, *, officer: str, at: datetime, on: date, sha256: str | None = None
    ) -> said.AgreementSigned:
        """Give a party's word, bound to the document's fingerprint.

        Raises `NotAParty`, `AlreadySigned`, `TermOver`, `IllegalStep`, `DocumentDiffers`.
        """
        version = self._open_or_ruling
        if by not in version.signatories:
            raise NotAParty(parties=list(version.signatories))
        if by in version.signed_by:
            raise AlreadySigned
        self._must_not_be_over(on)
        bound = self.sha256(version)
        if sha256 not in (None, bound):
            raise DocumentDiffers(sha256=bound)
        signature = Signature(organisation=by, officer=officer, at=at, sha256=bound)
        self._replace(version.signed(signature, on))
        return self._fact(said.AgreementSigned, on, signatory=by, signed_version=version.number)

    def pass_seat(
        self, leaves: str, comes: str, kinds: Mapping[str, str], *, on: date
    ) -> said.SeatPassed:
        """Let another organisation have a party's seat from a day on.

        Raises `AmendmentOpen`, `LoneParty`.
        """
        old = self.ruling
        if self.open or self.base is not old:
            raise AmendmentOpen(open_version=(self.open or self.base).number)
        new = passed(old, len(self.versions) + 1, leaves, comes, kinds, on)
        self._replace(old.taking(Step.SUPERSEDE, Role.CALENDAR))
        self.versions = (*self.versions, new)
        return self._fact(said.SeatPassed, on, predecessor=leaves, successor=comes)

    def terminate(self, last_day: date, reason: Words, *, on: date) -> said.TerminationNoted:
        """Let it end after a day within its term. Raises `IllegalStep`, `TermOver`."""
        self._replace(self.ruling.taking(Step.TERMINATE, Role.COORDINATOR))
        if not on <= last_day <= self.ruling.terms.valid_until:
            raise TermOver(valid_until=self.ruling.terms.valid_until)
        self.termination = Termination(last_day=last_day, reason=reason)
        return self._fact(said.TerminationNoted, on, reason=reason)

    def evaluate(self, evaluation: Evaluation, *, on: date) -> said.PilotEvaluated:
        """Conclude a pilot, as its owner does."""
        others = (e for e in self.evaluations if e.pilot != evaluation.pilot)
        self.evaluations = (*others, evaluation)
        return self._fact(said.PilotEvaluated, on, pilot=evaluation.pilot)

    def advance(self, on: date) -> said.AgreementFact | None:
        """Do the first thing that the calendar asks for by a day; none if there is nothing.

        What was missed is done in the order of its days. Of the warnings that were missed the
        last one alone is given: the others have nothing more to say.
        """
        changes = [due for due in self._changes() if due[0] <= on]
        if changes:
            day, change = min(changes, key=lambda due: due[0])
            return change(day)
        left = (self.final_day - on).days
        reached = [days for days in self._warnings() if days >= left]
        if not reached:
            return None
        self.warned = Warned(last_day=self.final_day, days=min(reached))
        return self._fact(said.AgreementExpiring, on, notice=min(reached), days_left=left)

    def _changes(self) -> list[tuple[date, Change]]:
        if self.ruling.status is Status.SIGNED and self.ruling.begins:
            return [(self.ruling.begins, self._begin)]
        if self.ruling.status is not Status.IN_FORCE:
            return []
        coming = [v for v in self.versions if v.status is Status.SIGNED]
        amendments = [(v.begins, self._take_effect) for v in coming if v.begins]
        return [*amendments[:1], (self.last_day + DAY, self._end)]

    def _warnings(self) -> list[int]:
        if self.ruling.status is not Status.IN_FORCE:
            return []
        given = self.warned if self.warned and self.warned.last_day == self.final_day else None
        return [days for days in self.warn_days if given is None or days < given.days]

    def _begin(self, on: date) -> said.AgreementBegan:
        self._replace(self.ruling.taking(Step.BEGIN, Role.CALENDAR))
        return self._fact(said.AgreementBegan, on)

    def _take_effect(self, on: date) -> said.AgreementAmended:
        old = self.ruling
        new = next(v for v in self.versions if v.status is Status.SIGNED)
        self._replace(old.taking(Step.SUPERSEDE, Role.CALENDAR))
        self._replace(new.taking(Step.BEGIN, Role.CALENDAR))
        before, after = old.terms, new.terms
        return self._fact(
            said.AgreementAmended,
            on,
            from_version=old.number,
            kinds=kinds_of(before, after),
            joined=[party for party in after.parties if party not in before.parties],
            left=[party for party in before.parties if party not in after.parties],
            prolonged_from=before.valid_until if after.valid_until > before.valid_until else None,
        )

    def _end(self, on: date) -> said.AgreementFact:
        cut = self.last_day < self.ruling.terms.valid_until
        step = Step.END if cut else Step.EXPIRE
        self._replace(self.ruling.taking(step, Role.CALENDAR))
        return self._fact(said.AgreementTerminated if cut else said.AgreementExpired, on)

    @property
    def _open_or_ruling(self) -> Version:
        return self.open or self.ruling

    def _must_not_be_over(self, on: date) -> None:
        if on > self.last_day:
            raise TermOver(valid_until=self.last_day)

    def _replace(self, version: Version) -> None:
        self.versions = tuple(version if v.number == version.number else v for v in self.versions)

    def _fact(self, kind: type[FactKind], on: date, **more: Any) -> FactKind:
        """Note where it stands since when, and when the calendar asks next; then say it all."""
        ruling = self.ruling
        if not self.stations or self.stations[-1].status is not ruling.status:
            self.stations = (*self.stations, Station(status=ruling.status, on=on))
        self.status = ruling.status
        warnings = [self.final_day - days * DAY for days in self._warnings()]
        self.due_on = min([*(day for day, _ in self._changes()), *warnings], default=None)
        return kind(
            code=self.code,
            **{name: getattr(ruling.terms, name) for name in TOP_WORDS},
            valid_until=self.last_day,
            signed_by=ruling.signed_by,
            status=ruling.status,
            version=ruling.number,
            versions=tuple(self.told(version) for version in self.versions),
            renews=self.renews,
            terminated_after=self.termination and self.termination.last_day,
            evaluations=self.evaluations,
            **more,
        )


TOP_WORDS = tuple(
    name
    for name in Terms.model_fields
    if name in said.AgreementFact.model_fields and name != "valid_until"
)
