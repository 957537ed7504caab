"""What an ending organisation passes on: parse, call, return."""

from fastapi import APIRouter
from kit.documents import refuses
from kit.edge import ServiceRoute, Transaction
from kit.problems import Missing, UnknownCode
from pydantic import BaseModel, Field, model_validator

from partners.api.callers import Coordinator
from partners.api.views import Sent
from partners.commands.hand_over import HandedOver, HandOver, Move, hand_over
from partners.domain.errors import (
    AgreementTooLong,
    AmendmentOpen,
    LoneParty,
    NotEnding,
    OwnSuccessor,
)
from partners.domain.terms import Code, refuse_twins

router = APIRouter(route_class=ServiceRoute, tags=["organisations"])


class Passed(Sent):
    """One thing, and who has it from now on."""

    code: Code = Field(examples=["ohjaamo-oulu-guidance"])
    to: Code = Field(examples=["oulun-tyollisyysalue"])


class Handover(Sent):
    """All that moves; what is not named stays where it is."""

    agreements: tuple[Passed, ...] = Field((), max_length=200, description="Seats in these")
    offerings: tuple[Passed, ...] = Field((), max_length=1000)

    @model_validator(mode="after")
    def must_move_each_once(self) -> "Handover":
        """Refuse a thing that is named twice, and a command that moves nothing."""
        for kind in ("agreements", "offerings"):
            refuse_twins(kind, (each.code for each in getattr(self, kind)))
        if not (self.agreements or self.offerings):
            raise ValueError("nothing moves")
        return self


class HandoverView(BaseModel):
    """What moved, and what the organisation still has."""

    organisation: str
    agreements: list[str]
    offerings: list[str]
    agreements_left: list[str] = Field(description="In force, with a seat of it")
    offerings_left: list[str] = Field(description="Not ended")

    @classmethod
    def of(cls, organisation: str, done: HandedOver) -> "HandoverView":
        """Tell what was done."""
        return cls(
            organisation=organisation,
            agreements=[agreement.code for agreement in done.agreements],
            offerings=[offering.code for offering in done.offerings],
            agreements_left=done.agreements_left,
            offerings_left=done.offerings_left,
        )


@router.post("/organisations/{code}/handovers")
@refuses(Missing, NotEnding, OwnSuccessor, UnknownCode, AmendmentOpen, LoneParty, AgreementTooLong)
async def handed_over(
    code: str, body: Handover, _coordinator: Coordinator, tx: Transaction
) -> HandoverView:
    """Pass seats and offerings of an ending organisation to successors, all at once or none."""
    agreements = [Move(each.code, each.to) for each in body.agreements]
    offerings = [Move(each.code, each.to) for each in body.offerings]
    return HandoverView.of(code, await hand_over(tx, HandOver(code, agreements, offerings)))
