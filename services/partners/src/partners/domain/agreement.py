"""An agreement: what its parties put their names to, version by version, and how it stands."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from kit.aggregates import Aggregate
from kit.texts import Text as Words
from sqlalchemy import Date, ForeignKey, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain import agreement_events as said
from partners.domain.agreement_terms import Signature, Station, Termination, Terms, Warned
from partners.domain.errors import AlreadySigned, DocumentDiffers, NotAParty, TermOver
from partners.domain.lifecycle import HELD, OPEN, Role, Status, Step
from partners.domain.tables import Stated, Table
from partners.domain.version import Version, fingerprint

DAY = timedelta(days=1)
Change = Callable[[date], said.AgreementFact]
FactKind = TypeVar("FactKind", bound=said.AgreementFact)


class Agreement(Aggregate, Table):
    """Its versions, one of which rules; signed words never change, a further version does that."""

    __tablename__ = "agreement"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    status: Mapped[Status] = mapped_column(Text)
    versions: Mapped[tuple[Version, ...]] = mapped_column(Stated(tuple[Version, ...]))
    stations: Mapped[tuple[Station, ...]] = mapped_column(Stated(tuple[Station, ...]))
    renews: Mapped[str | None] = mapped_column(ForeignKey("agreement.code"))
    warn_days: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    warned: Mapped[Warned | None] = mapped_column(Stated(Warned))
    termination: Mapped[Termination | None] = mapped_column(Stated(Termination))
    due_on: Mapped[date | None] = mapped_column(Date, index=True)

    @property
    def subject(self) -> str:
        """The agreement's name on the bus."""
        return f"agreements/{self.code}"

    @property
    def ruling(self) -> Version:
        """The version that rules, or ruled last; the first one while none has."""
        held = [version for version in self.versions if version.status in HELD]
        return held[-1] if held else self.versions[0]

    @property
    def open(self) -> Version | None:
        """The version that is being prepared, if any."""
        return next((v for v in reversed(self.versions) if v.status in OPEN), None)

    @property
    def last_day(self) -> date:
        """The last day on which it holds, as things stand."""
        end = self.ruling.terms.valid_until
        return min(end, self.termination.last_day) if self.termination else end

    def document(self, version: Version) -> dict[str, Any]:
        """Give what is signed of a version, as JSON."""
        return version.document(self.code, self.renews)

    def sha256(self, version: Version) -> str:
        """Give the fingerprint of a version's document, which signatures are bound to."""
        return fingerprint(self.document(version))

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
        )  # fmt: skip
        return agreement, agreement._fact(said.AgreementDrafted, on)

    def revise(
        self, terms: Terms, party_kinds: Mapping[str, str], *, on: date
    ) -> said.AgreementRevised:
        """Change the words of the draft. Raises `IllegalStep`."""
        draft = self._open_or_ruling.taking(
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
        self._replace(self._open_or_ruling.taking(Step.PROPOSE, Role.COORDINATOR))
        return self._fact(said.AgreementProposed, on)

    def withdraw(self, *, on: date) -> said.AgreementFact:
        """Take back what not all have signed. Raises `IllegalStep`."""
        self._replace(self._open_or_ruling.taking(Step.WITHDRAW, Role.COORDINATOR))
        return self._fact(said.AgreementWithdrawn, on)

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

    def terminate(self, last_day: date, reason: Words, *, on: date) -> said.TerminationNoted:
        """Let it end after a day within its term. Raises `IllegalStep`, `TermOver`."""
        self._replace(self.ruling.taking(Step.TERMINATE, Role.COORDINATOR))
        if not on <= last_day <= self.ruling.terms.valid_until:
            raise TermOver(valid_until=self.ruling.terms.valid_until)
        self.termination = Termination(last_day=last_day, reason=reason)
        return self._fact(said.TerminationNoted, on, reason=reason)

    def advance(self, on: date) -> said.AgreementFact | None:
        """Do the first thing that the calendar asks for by a day; none if there is nothing.

        What was missed is done in the order of its days. Of the warnings that were missed the
        last one alone is given: the others have nothing more to say.
        """
        changes = [due for due in self._changes() if due[0] <= on]
        if changes:
            day, change = min(changes, key=lambda due: due[0])
            return change(day)
        left = (self.last_day - on).days
        reached = [days for days in self._warnings() if days >= left]
        if not reached:
            return None
        self.warned = Warned(last_day=self.last_day, days=min(reached))
        return self._fact(said.AgreementExpiring, on, notice=min(reached), days_left=left)

    def _changes(self) -> list[tuple[date, Change]]:
        if self.ruling.status is Status.SIGNED and self.ruling.begins:
            return [(self.ruling.begins, self._begin)]
        if self.ruling.status is Status.IN_FORCE:
            return [(self.last_day + DAY, self._end)]
        return []

    def _warnings(self) -> list[int]:
        if self.ruling.status is not Status.IN_FORCE:
            return []
        given = self.warned if self.warned and self.warned.last_day == self.last_day else None
        return [days for days in self.warn_days if given is None or days < given.days]

    def _begin(self, on: date) -> said.AgreementBegan:
        self._replace(self.ruling.taking(Step.BEGIN, Role.CALENDAR))
        return self._fact(said.AgreementBegan, on)

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
        warnings = [self.last_day - days * DAY for days in self._warnings()]
        self.due_on = min([*(day for day, _ in self._changes()), *warnings], default=None)
        return kind(
            code=self.code,
            **{name: getattr(ruling.terms, name) for name in TOP_WORDS},
            valid_until=self.last_day,
            signed_by=ruling.signed_by,
            status=ruling.status,
            version=ruling.number,
            versions=tuple(self._stated(version) for version in self.versions),
            renews=self.renews,
            terminated_after=self.termination and self.termination.last_day,
            **more,
        )

    def _stated(self, version: Version) -> said.VersionStated:
        return said.VersionStated(
            **dict(version.terms),
            **version.model_dump(
                include={
                    "number",
                    "status",
                    "effective_on",
                    "concluded_on",
                    "party_kinds",
                    "signatories",
                }
            ),
            signed_by=version.signed_by,
            sha256=self.sha256(version),
        )


TOP_WORDS = tuple(
    name
    for name in Terms.model_fields
    if name in said.AgreementFact.model_fields and name != "valid_until"
)
