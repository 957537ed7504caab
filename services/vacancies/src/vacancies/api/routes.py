"""Parse, call, return."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from kit.documents import refuses
from kit.edge import UNCHANGED, ETag, Language, ServiceRoute, Transaction, may
from kit.pages import Listing, Page
from kit.problems import Missing, UnknownCode
from kit.tokens import Caller

from vacancies.api.views import MatchView, NewPlacement, PlacementView, SeekerView, VacancyView
from vacancies.commands.profile_seeker import ProfileSeeker, profile_seeker
from vacancies.commands.publish_vacancy import PublishVacancy, publish_vacancy
from vacancies.commands.record_placement import RecordPlacement, record_placement
from vacancies.commands.withdraw_vacancy import WithdrawVacancy, withdraw_vacancy
from vacancies.domain.codes import OCCUPATIONS, SKILLS, CodeSet
from vacancies.domain.errors import (
    AlreadyPlaced,
    AnotherPublisher,
    NoOpening,
    NotABusinessId,
    OpeningsFilled,
    PilotClosed,
)
from vacancies.domain.posting import Posting
from vacancies.domain.profile import Profile
from vacancies.domain.vacancy import Vacancy
from vacancies.queries.matches import Ranking, matches_of
from vacancies.queries.places import places_today
from vacancies.queries.seekers import seeker_of
from vacancies.queries.vacancies import Filters, listed, vacancy_of

Reader = Annotated[Caller, may("vacancies:read")]
Writer = Annotated[Caller, may("vacancies:write")]
BusinessId = Annotated[str, Path(max_length=16, examples=["0187690-1"])]
ExternalId = Annotated[str, Path(pattern=r"^[A-Za-z0-9._~-]{1,64}$", examples=["2026-117"])]
Words = Annotated[
    str | None, Query(min_length=1, max_length=200, description="Words that all must be there")
]
Code = Annotated[str | None, Query(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=100, description="How many items at most")]
After = Annotated[str | None, Query(max_length=500, description="`next` of the page before")]

ANEW: dict[int | str, dict[str, Any]] = {
    201: {"model": VacancyView, "description": "Published, or published again"}
}

router = APIRouter(route_class=ServiceRoute)


@router.put("/vacancies/{business_id}/{external_id}", tags=["vacancies"], responses=ANEW)
@refuses(NotABusinessId, AnotherPublisher, OpeningsFilled, UnknownCode)
async def put(
    business_id: BusinessId,
    external_id: ExternalId,
    body: Posting,
    caller: Writer,
    tx: Transaction,
    etag: ETag,
    response: Response,
) -> VacancyView:
    """Publish a vacancy of an employer, or say again what it is now."""
    command = PublishVacancy(caller.organisation, business_id, external_id, body)
    vacancy, anew = await publish_vacancy(tx, command)
    response.status_code = 201 if anew else 200
    return etag(VacancyView.model_validate(vacancy))


@router.delete("/vacancies/{business_id}/{external_id}", status_code=204, tags=["vacancies"])
@refuses(Missing, NotABusinessId)
async def withdraw(
    business_id: BusinessId, external_id: ExternalId, caller: Writer, tx: Transaction
) -> None:
    """Withdraw one's own vacancy; to withdraw it once more changes nothing."""
    await withdraw_vacancy(tx, WithdrawVacancy(caller.organisation, business_id, external_id))


@router.get("/vacancies", tags=["vacancies"])
@refuses(UnknownCode)
async def vacancies(
    _caller: Reader,
    tx: Transaction,
    page: Page,
    q: Words = None,
    occupation: Code = None,
    municipality: Code = None,
    skill: Code = None,
) -> Listing[VacancyView]:
    """List the vacancies of all publishers that are neither withdrawn nor expired."""
    places = await places_today(tx)
    filters = Filters(
        q,
        in_set(occupation, OCCUPATIONS, "/query/occupation"),
        in_set(municipality, places.codes, "/query/municipality"),
        in_set(skill, SKILLS, "/query/skill"),
    )
    rows, after = await page.read(tx, listed(filters), Vacancy.id)
    return Listing(items=[VacancyView.model_validate(row[0]) for row in rows], next=after)


@router.get("/vacancies/{vacancy_id}", tags=["vacancies"], responses=UNCHANGED)
@refuses(Missing)
async def vacancy(vacancy_id: UUID, caller: Reader, tx: Transaction, etag: ETag) -> VacancyView:
    """Show a vacancy."""
    return etag(VacancyView.model_validate(await vacancy_of(tx, vacancy_id, caller.organisation)))


@router.post("/seekers", status_code=201, tags=["seekers"])
@refuses(UnknownCode)
async def profile(body: Profile, caller: Writer, tx: Transaction, etag: ETag) -> SeekerView:
    """Keep the anonymous profile of a seeker."""
    seeker = await profile_seeker(tx, ProfileSeeker(caller.organisation, body))
    return etag(SeekerView.model_validate(seeker))


@router.get("/seekers/{seeker_id}", tags=["seekers"], responses=UNCHANGED)
@refuses(Missing)
async def seeker(seeker_id: UUID, caller: Reader, tx: Transaction, etag: ETag) -> SeekerView:
    """Show one's own seeker."""
    return etag(SeekerView.model_validate(await seeker_of(tx, seeker_id, caller.organisation)))


@router.get("/seekers/{seeker_id}/matches", tags=["seekers"])
@refuses(Missing)
async def matches(
    seeker_id: UUID,
    caller: Reader,
    tx: Transaction,
    language: Language,
    request: Request,
    response: Response,
    limit: Limit = 20,
    after: After = None,
) -> Listing[MatchView]:
    """Rank the open vacancies for one's own seeker, each requirement explained."""
    seeker, places = await seeker_of(tx, seeker_id, caller.organisation), await places_today(tx)
    found = await matches_of(tx, seeker, places)
    ranking = Ranking(request.app.state.service.seal, f"{request.url.path} {caller.organisation}")
    best, following = ranking.page(found, limit, after)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"
    return Listing(
        items=[MatchView.of(*one, places.codes, language) for one in best], next=following
    )


@router.post("/placements", status_code=201, tags=["placements"])
@refuses(Missing, NoOpening, AlreadyPlaced, PilotClosed, UnknownCode)
async def place(body: NewPlacement, caller: Writer, tx: Transaction, etag: ETag) -> PlacementView:
    """Record that one's own seeker got an opening."""
    command = RecordPlacement(caller.organisation, body.vacancy_id, body.seeker_id, body.pilot)
    return etag(PlacementView.model_validate(await record_placement(tx, command)))


def in_set(code: str | None, among: CodeSet, pointer: str) -> str | None:
    """Check a filter's code, if it is there. Raises `UnknownCode`."""
    return None if code is None else among.known(code, pointer)
