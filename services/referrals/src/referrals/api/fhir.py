"""The referrals as FHIR R4 serves them: its forms, its paging, its errors."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from kit.codes import known
from kit.database import dumps
from kit.documents import refuses
from kit.edge import Handler, Transaction
from kit.pages import Paging, paging
from kit.problems import TOLD, Missing, Problems, UnknownCode
from sharing.codes import DataClass

from referrals.api.callers import Reader
from referrals.api.logged import BAD, LoggedRoute
from referrals.api.step_views import ReferralRow
from referrals.domain.disclosures import log_referrals
from referrals.domain.errors import NotThisForm
from referrals.domain.referral import Referral
from referrals.domain.states import Status
from referrals.fhir.outcomes import operation_outcome
from referrals.fhir.resources import Resource, service_request, task
from referrals.queries.referrals import owned_by, row_of

FHIR: Final = "application/fhir+json"
FORMS: Final = (FHIR, "application/json", "application/*", "*/*")
UNPROCESSABLE, BAD_REQUEST = 422, 400


class FhirResponse(Response):
    """A resource."""

    media_type = FHIR


class FhirRoute(LoggedRoute):
    """A route in FHIR's manner: what is refused is an OperationOutcome."""

    refused_as = FHIR, {"type": "object", "description": "OperationOutcome"}
    refused_with: ClassVar[Mapping[int, int]] = {UNPROCESSABLE: BAD_REQUEST}

    def get_route_handler(self) -> Handler:
        """Wrap the service's handler with FHIR's forms."""
        inner = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                must_accept(request)
                return await inner(request)
            except TOLD as error:
                problems: Problems = request.app.state.problems
                return outcome(problems.translated(request, error))

        return handle

    async def leave(self, request: Request, answer: Response) -> None:
        """Write down of whom the answer has resources: they tell of the situation, and no more."""
        if answer.status_code < BAD:
            about = self.about(request) | {"classes": [DataClass.SITUATION]}
            entries = dict.fromkeys(referrals_of(orjson.loads(answer.body)), about)
            await log_referrals(request.state.tx, entries)


def must_accept(request: Request) -> None:
    """Refuse who wants another form than JSON. Raises `NotThisForm`."""
    wanted = request.headers.get("accept", "*/*").split(",")
    if not {kind.partition(";")[0].strip() for kind in wanted} & {*FORMS}:
        raise NotThisForm(accepted=[FHIR])


def outcome(answer: Response) -> Response:
    """Give a problem's answer in FHIR's form; what cannot be processed is a bad request there."""
    status = FhirRoute.refused_with.get(answer.status_code, answer.status_code)
    told = operation_outcome(json.loads(bytes(answer.body)), status)
    kept = {n: v for n, v in answer.headers.items() if n not in ("content-length", "content-type")}
    return FhirResponse(dumps(told), status, kept)


def referrals_of(resource: Resource) -> list[UUID]:
    """Give the referrals that a resource, or the entries of a Bundle, are of."""
    if resource["resourceType"] != "Bundle":
        return [UUID(resource["id"])]
    return [UUID(entry["resource"]["id"]) for entry in resource.get("entry", [])]


RESOURCE = {"schema": {"type": "object", "description": "A resource of FHIR R4"}}

router = APIRouter(
    prefix="/fhir",
    route_class=FhirRoute,
    tags=["fhir"],
    default_response_class=FhirResponse,
    responses={200: {"content": {FHIR: RESOURCE}}},
)


def shown(resource: Resource) -> Response:
    """Give a resource, and the version that it is of."""
    tag = f'W/"{resource["meta"]["versionId"]}"'
    return FhirResponse(dumps(resource), headers={"ETag": tag})


@router.get("/ServiceRequest/{id}")
@refuses(Missing, NotThisForm)
async def one_request(
    request: Request,
    id: UUID,  # noqa: A002 (the standard's name)
    caller: Reader,
    tx: Transaction,
) -> Response:
    """Read what a referral asks for, as a ServiceRequest."""
    return shown(service_request(await row_of(tx, id, caller.organisation), url_of(request)))


@router.get("/Task/{id}")
@refuses(Missing, NotThisForm)
async def one_task(
    request: Request,
    id: UUID,  # noqa: A002 (the standard's name)
    caller: Reader,
    tx: Transaction,
) -> Response:
    """Read how far a referral has come, as a Task."""
    return shown(task(await row_of(tx, id, caller.organisation), url_of(request)))


async def turn_of(
    request: Request,
    count: Annotated[int, Query(alias="_count", ge=1, le=200)] = 50,
    page: Annotated[str | None, Query(alias="_page", max_length=500)] = None,
) -> Paging:
    """Read which page is asked for, by FHIR's names."""
    return await paging(request, count, page)


@router.get("/Task")
@refuses(UnknownCode, NotThisForm)
async def tasks(
    request: Request,
    caller: Reader,
    tx: Transaction,
    page: Annotated[Paging, Depends(turn_of)],
    owner: Annotated[str | None, Query(max_length=100, examples=["oulu"])] = None,
    status: Annotated[str | None, Query(max_length=200, examples=["requested,accepted"])] = None,
) -> Response:
    """Search for the Tasks that one sent or was sent: by who is to do them, by status."""
    found = None if status is None else [as_status(code) for code in status.split(",")]
    organisation = owner and owner.removeprefix("Organization/")
    query = owned_by(caller.organisation, organisation, found)
    rows, after = await page.read(tx, query, Referral.id)
    seen = [ReferralRow.seen(row[0], caller.organisation) for row in rows]
    return FhirResponse(dumps(bundle(request, seen, after)))


def as_status(code: str) -> Status:
    """Read a status. Raises `UnknownCode`."""
    return Status(known(code, list(Status), "/query/status"))


def bundle(request: Request, rows: list[ReferralRow], after: str | None) -> Resource:
    """Put a page of Tasks into a Bundle, with links to itself and to the next one."""
    url = url_of(request)
    base = f"{url}/fhir/Task"
    links = [("self", request.url.include_query_params())]
    if after is not None:
        links.append(("next", request.url.include_query_params(_page=after)))
    entries: list[Any] = [
        {"fullUrl": f"{base}/{r.id}", "resource": task(r, url), "search": {"mode": "match"}}
        for r in rows
    ]
    found = {
        "resourceType": "Bundle",
        "type": "searchset",
        "link": [{"relation": name, "url": f"{base}?{at.query}".rstrip("?")} for name, at in links],
    }
    return found | ({"entry": entries} if entries else {})


def url_of(request: Request) -> str:
    """Give where this service is found."""
    url: str = request.app.state.service.settings.public_url
    return url
