"""The two walls, each of which can be broken: the services' own scoping, and the policies."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
from kit.database import Transaction
from kit.embedded import Cluster
from kit.problems import Missing
from referrals.domain.client import Client
from referrals.domain.referral import Referral
from referrals.domain.states import Role
from referrals.domain.worklist import Desk, Work
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from .twins import Twins


async def any_client(tx: Transaction, client_id: UUID, organisation: str) -> Client:
    client = await tx.get(Client, client_id)
    if client is None:
        raise Missing
    return client


async def any_identity(
    tx: Transaction, by: InstrumentedAttribute[bytes | None], sought: bytes, organisation: str
) -> list[Client]:
    found = select(Client).where(by == sought)
    return list((await tx.scalars(found)).all())


def any_referral(*_: Any) -> Select[Referral]:
    return select(Referral)


def any_id(_: str) -> Select[UUID]:
    return select(Referral.id)


def anybodys_work(desk: Desk, organisation: str) -> ColumnElement[bool]:
    return Work.desk == desk


def any_role(referral: Referral, organisation: str) -> tuple[Role, ...]:
    return (Role.SENDER,)


async def any_assessment(tx: Transaction, assessment_id: UUID, *more: Any) -> Any:
    views = import_module("assessments.api.views")
    find = import_module("assessments.commands.find")
    kind = import_module("assessments.domain.assessment").Assessment
    assessment = await tx.get(kind, assessment_id)
    if assessment is None:
        raise Missing
    instrument = await find.instrument_of(tx, assessment)
    return views.AssessmentView.shown(assessment, instrument, more[-1])


def any_assessments(*_: Any) -> Any:
    return select(import_module("assessments.domain.assessment").Assessment)


async def any_seeker(tx: Transaction, seeker_id: UUID, organisation: str) -> Any:
    seeker = await tx.get(import_module("vacancies.domain.seeker").Seeker, seeker_id)
    if seeker is None:
        raise Missing
    return seeker


# Where each service says whose what is, and the same without saying it.
SCOPING: Mapping[str, Mapping[str, Callable[..., Any]]] = MappingProxyType(
    {
        "referrals": {
            "referrals.domain.referral:Referral.roles_of": any_role,
            "referrals.queries.clients:client_of": any_client,
            "referrals.queries.clients:clients_by_hash": any_identity,
            "referrals.queries.referrals:in_box": any_referral,
            "referrals.queries.referrals:owned_by": any_referral,
            "referrals.queries.accountability:known_to": any_id,
            "referrals.queries.worklist:of_desk": anybodys_work,
        },
        "assessments": {
            "assessments.queries.assessments:assessment_view": any_assessment,
            "assessments.queries.assessments:own_assessments": any_assessments,
        },
        "vacancies": {"vacancies.queries.seekers:seeker_of": any_seeker},
    }
)


def forget(patch: pytest.MonkeyPatch, place: str) -> None:
    """Break the scoping at one place, for all who call it."""
    module, _, path = place.partition(":")
    package = module.partition(".")[0]
    instead = SCOPING[package][place]
    owner, _, name = path.rpartition(".")
    if owner:
        return patch.setattr(getattr(import_module(module), owner), name, instead)
    found = getattr(import_module(module), name)
    for each in [m for m in sys.modules.values() if m.__name__.startswith(f"{package}.")]:
        if vars(each).get(name) is found:
            patch.setattr(each, name, instead)
    return None


OFF = """
DO $$ DECLARE name regclass; BEGIN
    FOR name IN SELECT oid FROM pg_class WHERE relforcerowsecurity LOOP
        EXECUTE format('ALTER TABLE %s {} ROW LEVEL SECURITY', name);
    END LOOP;
END $$;
"""


@asynccontextmanager
async def no_policies(cluster: Cluster, pair: Twins) -> AsyncIterator[None]:
    """Let PostgreSQL show everyone everything, while the body runs."""
    names = [str(t.service.database.engine.url.database) for t in (pair.bare, pair.full)]
    for name in names:
        await asyncio.to_thread(cluster.sql, OFF.format("DISABLE"), name)
    yield
    for name in names:
        await asyncio.to_thread(cluster.sql, OFF.format("ENABLE"), name)
