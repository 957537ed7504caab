"""Runs this service's migrations on the connection that kit hands in."""

from alembic import context
from assessments.domain import models
from kit.migrate import environment

environment(context, models.metadata)
