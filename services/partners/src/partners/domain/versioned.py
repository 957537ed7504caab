"""What can be read off the versions of an agreement: which one rules, ruled or will, and when."""

from datetime import date, timedelta
from typing import Any

from kit.problems import Missing
from sharing import Agreement as Policy
from sharing import Version as PolicyVersion
from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from partners.domain.agreement_events import VersionStated
from partners.domain.agreement_terms import Pilot, Station, Termination
from partners.domain.errors import NotTheOwner
from partners.domain.lifecycle import HELD, OPEN, SIGNED, Status
from partners.domain.tables import Stated
from partners.domain.version import Version, fingerprint

DAY = timedelta(days=1)


class Versioned:
    """The part of an agreement that only reads."""

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    versions: Mapped[tuple[Version, ...]] = mapped_column(Stated(tuple[Version, ...]))
    stations: Mapped[tuple[Station, ...]] = mapped_column(Stated(tuple[Station, ...]))
    renews: Mapped[str | None] = mapped_column(ForeignKey("agreement.code"))
    termination: Mapped[Termination | None] = mapped_column(Stated(Termination))

    @property
    def ruling(self) -> Version:
        """The version that rules, or ruled last; the first one while none has."""
        held = [version for version in self.versions if version.status in HELD]
        return held[-1] if held else self.versions[0]

    @property
    def base(self) -> Version:
        """The version on which an amendment is based: the last that all have signed."""
        signed = [version for version in self.versions if version.status in SIGNED]
        return signed[-1] if signed else self.versions[0]

    @property
    def open(self) -> Version | None:
        """The version that is being prepared, if any."""
        return next((v for v in reversed(self.versions) if v.status in OPEN), None)

    @property
    def last_day(self) -> date:
        """The last day on which it holds, as things stand."""
        return self.last_day_by(self.ruling)

    @property
    def final_day(self) -> date:
        """The last day once all that is signed has taken effect."""
        return self.last_day_by(self.base)

    def last_day_by(self, version: Version) -> date:
        """Give the last day while a version rules."""
        end = version.terms.valid_until
        return min(end, self.termination.last_day) if self.termination else end

    def version_on(self, day: date) -> Version:
        """Give the version that holds on a day; the first one before any does."""
        begun = [v for v in self.versions if v.status in SIGNED and v.begins and v.begins <= day]
        return begun[-1] if begun else self.versions[0]

    def status_on(self, day: date) -> Status | None:
        """Say where it stood on a day, or will as things are; none before there was a draft."""
        version = self.version_on(day)
        if version.begins is None or day < version.begins:
            return next((s.status for s in reversed(self.stations) if s.on <= day), None)
        if day <= self.last_day_by(version):
            return Status.IN_FORCE
        cut = self.last_day_by(version) < version.terms.valid_until
        return Status.TERMINATED if cut else Status.EXPIRED

    def held(self, version: Version) -> tuple[date | None, date | None]:
        """Give the first and the last day on which a version rules; none where it never does."""
        if version.status not in SIGNED or version.begins is None:
            return None, None
        after = (v.begins for v in self.versions[version.number :] if v.status in SIGNED)
        later = next((begins for begins in after if begins), None)
        ends = self.last_day_by(version)
        return version.begins, min(ends, later - DAY) if later else ends

    def amendment(self, number: int) -> Version:
        """Find an amendment, whatever became of it. Raises `Missing`."""
        found = next((v for v in self.versions if v.number == number and v.base), None)
        if found is None:
            raise Missing
        return found

    def base_of(self, version: Version) -> Version | None:
        """Give the version that another one amends; none for the first."""
        return self.versions[version.base - 1] if version.base else None

    def document(self, version: Version) -> dict[str, Any]:
        """Give what is signed of a version, as JSON."""
        return version.document(self.code, self.renews)

    def sha256(self, version: Version) -> str:
        """Give the fingerprint of a version's document, which signatures are bound to."""
        return fingerprint(self.document(version))

    def pilot_of(self, code: str, organisation: str) -> Pilot:
        """Find a pilot for its owner. Raises `Missing`, `NotTheOwner`."""
        pilot = next((p for p in self.ruling.terms.pilots if p.code == code), None)
        if pilot is None:
            raise Missing
        if pilot.owner != organisation:
            raise NotTheOwner(owner=pilot.owner)
        return pilot

    def told(self, version: Version) -> VersionStated:
        """Give what a fact tells of a version."""
        return VersionStated(
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

    def policy(self, *, as_if: Version | None = None, on: date | None = None) -> Policy:
        """Give what the sharing policy reads; `as_if` is then concluded on a day, as the newest."""
        known = [version for version in self.versions if as_if is None or version.status in SIGNED]
        versions = [stated(version, version.concluded_on) for version in known]
        if as_if is not None:
            versions.append(stated(as_if, on))
        ruling = self.ruling
        return Policy(
            code=self.code,
            parties=frozenset(ruling.terms.parties),
            signed_by=frozenset(ruling.signed_by),
            valid_from=ruling.terms.valid_from,
            valid_until=self.last_day,
            sharing=ruling.terms.sharing,
            versions=tuple(versions),
            terminated_after=self.termination and self.termination.last_day,
        )


def stated(version: Version, concluded_on: date | None) -> PolicyVersion:
    """Give what the sharing policy reads of a version."""
    terms = version.terms
    return PolicyVersion(
        number=version.number,
        effective_on=version.effective_on,
        concluded_on=concluded_on,
        parties=frozenset(terms.parties),
        party_kinds=version.party_kinds,
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        sharing=terms.sharing,
    )
