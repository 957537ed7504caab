"""Runs this service's migrations on the connection that kit hands in."""

from alembic import context
from kit.migrate import environment
from metrics.domain import models

environment(context, models.metadata)
