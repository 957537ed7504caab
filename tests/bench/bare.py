"""The other side of (a): FastAPI and SQLAlchemy's ORM as a first tutorial has them.

It inserts the same row and promises nothing: no token, no idempotency, no fact, no history.

    python -m tests.bench.bare --url URL --pool 8 --port PORT [--tuned]
"""

import argparse
import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

import uvicorn
from fastapi import Depends, FastAPI
from kit.run import stop_with_the_input
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.ext.declarative import DeferredReflection
from sqlalchemy.orm import DeclarativeBase

SENDER = "te-pohjois-pohjanmaa"


class Base(DeclarativeBase):
    """The tables."""


class Referral(DeferredReflection, Base):
    """The service's own table, as the database tells it."""

    __tablename__ = "referral"


class NewReferral(BaseModel):
    """What is sent."""

    client_id: UUID
    need: str | None = Field(None, max_length=64)
    purpose: str = "client_referral"


class ReferralView(BaseModel):
    """What is answered."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    client_id: UUID
    sender: str
    recipient: str | None
    offering: str | None
    need: str | None
    purpose: str
    status: str
    reason: str | None
    declined_by: str | None
    outcome: str | None
    agreement: str | None
    clause: str | None
    drafted_at: datetime
    revision: int


def bare(url: str, pool: int) -> FastAPI:
    """Make the application."""
    engine = create_async_engine(url, pool_size=pool, max_overflow=0)
    sessions = async_sessionmaker(engine, expire_on_commit=False)

    @asynccontextmanager
    async def mapped(_app: FastAPI) -> AsyncIterator[None]:
        async with engine.connect() as connection:
            await connection.run_sync(Referral.prepare)
        yield

    app = FastAPI(lifespan=mapped)

    async def session() -> AsyncIterator[AsyncSession]:
        async with sessions() as opened:
            yield opened

    @app.get("/-/ready")
    async def ready() -> dict[str, str]:
        return {}

    @app.post("/referrals", status_code=201)
    async def draft(
        body: NewReferral, session: Annotated[AsyncSession, Depends(session)]
    ) -> ReferralView:
        referral = Referral(
            id=uuid4(),
            client_id=body.client_id,
            sender=SENDER,
            need=body.need,
            purpose=body.purpose,
            mode="referral",
            status="draft",
            loop="open",
            responsible=SENDER,
            author="officer",
            urgent=False,
            escalated=False,
            drafted_at=datetime.now(UTC),
            revision=1,
        )
        session.add(referral)
        await session.commit()
        return ReferralView.model_validate(referral)

    return app


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--pool", type=int, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--tuned", action="store_true", help="collect garbage as kit.service does")
    asked = parser.parse_args()
    threading.Thread(target=stop_with_the_input, daemon=True).start()
    app = bare(asked.url, asked.pool)
    if asked.tuned:
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
    uvicorn.run(app, port=asked.port, access_log=False, log_level="warning")
