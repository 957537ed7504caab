"""What callers send and see of the sharing policy."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, Self

from kit import clock
from kit.days import Day
from kit.texts import Language
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sharing import Decision, Exchange, Reason, Rehearsed, Verdict
from sharing.codes import DataClass, Purpose
from sharing.words import VERDICTS

from partners.api.views import Sent

LANGUAGES: Mapping[Language, int] = {"fi": 0, "sv": 1, "en": 2}


class AskedExchange(Sent):
    """Data of one class that would move, or did, from one organisation to another."""

    model_config = ConfigDict(populate_by_name=True)

    giver: str = Field(alias="from", max_length=64, examples=["te-pohjois-pohjanmaa"])
    receiver: str = Field(alias="to", max_length=64, examples=["oulu"])
    purpose: Purpose
    data_class: DataClass
    theme: str | None = Field(None, max_length=64, description="Under which theme it is done")
    at: Day | None = Field(None, description="On which day; none: today")

    def exchange(self) -> Exchange:
        """Give what the policy judges."""
        named = self.model_dump(exclude={"at"})
        return Exchange(**named, on=self.at or clock.today())


class ReasonView(BaseModel):
    """One agreement's word, by the version that rules on the day; `clause` null: of its whole."""

    agreement: str
    version: int
    clause: str | None
    verdict: Verdict
    text: str = Field(description="In the caller's language")

    @classmethod
    def of(cls, reason: Reason, language: Language) -> Self:
        """Show a reason."""
        words = VERDICTS[reason.verdict][LANGUAGES[language]]
        return cls(**dict(reason), text=words)


class DecisionView(BaseModel):
    """Whether the data may move, with every reason."""

    decision: Literal["allow", "deny"]
    at: date
    reasons: list[ReasonView] = Field(description="Empty: there is no agreement at all")

    @classmethod
    def of(cls, decision: Decision, at: date, language: Language) -> Self:
        """Show a decision."""
        return cls(
            decision="allow" if decision.allowed else "deny",
            at=at,
            reasons=[ReasonView.of(reason, language) for reason in decision.reasons],
        )


class Rehearsal(Sent):
    """Which exchanges to judge: those named, else those that were asked about lately."""

    version: int | None = Field(None, ge=1, description="None: the one that is being prepared")
    exchanges: tuple[AskedExchange, ...] | None = Field(None, max_length=500)
    last_days: int | None = Field(None, strict=True, ge=1, le=30, description="None: thirty days")

    @model_validator(mode="after")
    def must_name_one_source(self) -> Self:
        """Refuse exchanges that are named and looked up at once."""
        if self.exchanges is not None and self.last_days is not None:
            raise ValueError("either exchanges or last_days")
        return self


class RehearsedView(BaseModel):
    """An exchange that newly opens or closes, with every reason now and then."""

    giver: str = Field(serialization_alias="from")
    receiver: str = Field(serialization_alias="to")
    purpose: Purpose
    data_class: DataClass
    theme: str | None
    judged_on: date
    times: int | None = Field(description="How often it was asked about; null: it was named")
    before: list[ReasonView]
    after: list[ReasonView]


class RehearsalView(BaseModel):
    """What would newly open and newly close if the version ruled, and how many stay as they are."""

    version: int
    opens: list[RehearsedView]
    closes: list[RehearsedView]
    stay_open: int
    stay_closed: int

    @classmethod
    def of(
        cls,
        version: int,
        found: list[Rehearsed],
        times: Mapping[Exchange, int] | None,
        language: Language,
    ) -> Self:
        """Show a rehearsal; `times` is in the order of what was found."""
        counts = list(times.values()) if times is not None else [None] * len(found)
        shown = [
            (each, rehearsed(each, n, language)) for each, n in zip(found, counts, strict=True)
        ]
        kept = [each for each in found if not each.opens and not each.closes]
        return cls(
            version=version,
            opens=[view for each, view in shown if each.opens],
            closes=[view for each, view in shown if each.closes],
            stay_open=sum(each.before.allowed for each in kept),
            stay_closed=sum(not each.before.allowed for each in kept),
        )


def rehearsed(each: Rehearsed, times: int | None, language: Language) -> RehearsedView:
    """Show one exchange of a rehearsal."""
    return RehearsedView(
        **each.exchange.model_dump(exclude={"on"}),
        judged_on=each.exchange.on,
        times=times,
        before=[ReasonView.of(reason, language) for reason in each.before.reasons],
        after=[ReasonView.of(reason, language) for reason in each.after.reasons],
    )
