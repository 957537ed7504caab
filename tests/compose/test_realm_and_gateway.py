"""Keycloak's realm and the gateway agree with the services, read from their files."""

import json
import re
from importlib import import_module
from typing import Any

import pytest
from kit.feed import LONGEST_WAIT
from kit.problem_types import MALFORMED, MISSING, TOO_LARGE, TOO_MANY, UNAVAILABLE, ProblemType
from kit.problems import EDGE
from kit.requests import LARGER, MOST_BYTES
from kumppani import proxy
from kumppani.estate import AUDIENCE, OWNERS, SERVICES, STANDING
from kumppani.issuers import COORDINATOR, OPERATOR, scopes_of
from kumppani.oulu import PARTIES

from .estate import ROOT

REALM: dict[str, Any] = json.loads(
    (ROOT / "deploy" / "keycloak" / "kumppani-realm.json").read_text()
)
CLIENTS: dict[str, dict[str, Any]] = {c["clientId"]: c for c in REALM["clients"]}
GATEWAY = (ROOT / "deploy" / "gateway" / "kumppani.conf.template").read_text()
KINDS = ("read", "write", "events", "operate")
EVERYONES = "kumppani"
COORDINATE, ADMINISTER = "partners:coordinate", "partners:administer"
READ_WRITE = {f"{service}:{kind}" for service in SERVICES for kind in ("read", "write")}


def granted(client: str) -> set[str]:
    """Give the scopes of a client's tokens."""
    scopes: list[str] = CLIENTS[client]["defaultClientScopes"]
    assert EVERYONES in scopes
    assert CLIENTS[client]["optionalClientScopes"] == []
    return set(scopes) - {EVERYONES}


def organisation(client: str) -> str:
    """Give the organisation that a client acts for."""
    (mapper,) = CLIENTS[client]["protocolMappers"]
    assert mapper["protocolMapper"] == "oidc-hardcoded-claim-mapper"
    assert mapper["config"]["claim.name"] == "organisation"
    return str(mapper["config"]["claim.value"])


def test_the_realm_has_every_scope_and_each_tells_itself_in_the_token() -> None:
    scopes = {scope["name"]: scope for scope in REALM["clientScopes"]}
    ours = {f"{service}:{kind}" for service in SERVICES for kind in KINDS}
    assert scopes.keys() == ours | {COORDINATE, ADMINISTER, EVERYONES}
    for name, scope in scopes.items():
        told = scope["attributes"]["include.in.token.scope"]
        assert told == ("false" if name == EVERYONES else "true")


def test_every_token_names_its_audience_and_its_subject() -> None:
    (common,) = (scope for scope in REALM["clientScopes"] if scope["name"] == EVERYONES)
    mappers = {mapper["protocolMapper"]: mapper["config"] for mapper in common["protocolMappers"]}
    assert mappers["oidc-audience-mapper"]["included.custom.audience"] == AUDIENCE
    assert mappers["oidc-sub-mapper"]["access.token.claim"] == "true"


def test_the_realm_has_a_client_for_all_who_act() -> None:
    assert CLIENTS.keys() == {*PARTIES, "coordinator", "operator", *SERVICES}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_is_a_machine_whose_secret_comes_from_the_environment(client: str) -> None:
    made = CLIENTS[client]
    assert made["secret"] == f"${{{client.upper().replace('-', '_')}_CLIENT_SECRET}}"
    assert made["serviceAccountsEnabled"] is True
    for way in ("publicClient", "standardFlowEnabled", "directAccessGrantsEnabled"):
        assert made[way] is False
    assert made["fullScopeAllowed"] is False


@pytest.mark.parametrize("party", PARTIES)
def test_an_organisation_reads_and_writes_as_itself(party: str) -> None:
    assert (organisation(party), granted(party)) == (party, READ_WRITE | {ADMINISTER})


def test_the_coordinator_is_the_city_and_the_operator_operates() -> None:
    assert organisation("coordinator") == "oulu"
    assert granted("coordinator") == READ_WRITE | {COORDINATE}
    operates = {f"{service}:{kind}" for service in SERVICES for kind in ("operate", "events")}
    assert granted("operator") == operates


@pytest.mark.parametrize("client", [*PARTIES, COORDINATOR, OPERATOR])
def test_a_client_may_do_here_what_it_may_on_a_machine_of_ones_own(client: str) -> None:
    assert granted(client) == set(scopes_of(client))


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reads_the_feeds_that_it_listens_to_and_no_more(service: str) -> None:
    heard = import_module(f"{service}.reactions").REACTIONS.sources
    assert granted(service) == {f"{source}:events" for source in heard}
    assert organisation(service) == OWNERS[service]


def test_the_same_clients_stand_here_and_on_a_machine_of_ones_own() -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    (told,) = re.findall(r"x-standing: &standing '(.*?)'", compose)
    assert tuple(json.loads(told)) == STANDING
    assert {*STANDING} == CLIENTS.keys() - PARTIES.keys()
    for service in SERVICES:
        assert f"{service.upper()}_STANDING: *standing" in compose


def test_the_gateways_paths_are_the_services() -> None:
    lists = re.findall(r"\(\?<(?:named|service)>([a-z|]+)\)|\^/\(([a-z|]+)\)\$", GATEWAY)
    assert len(lists) == 3
    for found in lists:
        assert tuple("".join(found).split("|")) == SERVICES


@pytest.mark.parametrize("kind", [MALFORMED, MISSING, TOO_LARGE, TOO_MANY, UNAVAILABLE])
def test_a_problem_of_the_gateway_is_one_that_services_explain(kind: ProblemType) -> None:
    assert kind in EDGE
    bodies = [json.loads(body.replace("\\'", "'").replace("$most_bytes", "1")) for body in PROBLEMS]
    (body,) = (b for b in bodies if b["type"].endswith(f"/problems/{kind.code}"))
    assert body["type"] == f"${{KUMPPANI_URL}}/$explained_by/problems/{kind.code}"
    assert body["status"] == kind.status
    assert (body["title"], body["detail"]) == (kind.title.read("en"), kind.advice.read("en"))


PROBLEMS = re.findall(r"return \d+ '(\{.*\})\\n'", GATEWAY)


def test_the_gateway_has_no_other_problems() -> None:
    assert len(PROBLEMS) == 5


def test_the_gateway_waits_longer_than_a_feed_and_takes_no_more_than_a_service() -> None:
    (read,) = re.findall(r"proxy_read_timeout (\d+)s;", GATEWAY)
    assert int(read) > LONGEST_WAIT
    routes = {f"/{name}{path}": most for name in SERVICES for path, most in larger(name)}
    most, *_ = sizes = re.findall(r"client_max_body_size (\d+)m;", GATEWAY)
    assert int(most) * 1024 * 1024 == MOST_BYTES
    own = r"location = (\S+) \{[^}]*?client_max_body_size (\d+)m;"
    allowed = {path: int(size) * 1024 * 1024 for path, size in re.findall(own, GATEWAY)}
    assert allowed == routes == proxy.LARGER
    assert len(sizes) == 1 + len(routes)
    (told,) = re.findall(r"map \$uri \$most_bytes \{\s*(.*?)\}", GATEWAY, re.DOTALL)
    written = "".join(
        f"{path} {most};" for path, most in [*routes.items(), ("default", MOST_BYTES)]
    )
    assert told.replace("\n    ", "").strip() == written


def larger(name: str) -> list[tuple[str, int]]:
    """Give the routes of a service that take larger bodies than all do, by its document."""
    paths = json.loads((ROOT / f"contracts/openapi/{name}.json").read_text())["paths"]
    said = ((path, told.get(LARGER)) for path, of in paths.items() for told in of.values())
    return [(path, most) for path, most in said if most]
