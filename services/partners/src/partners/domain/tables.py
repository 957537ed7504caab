"""The base of this service's tables, and how values of the domain are stored in them."""

from typing import Any

from kit.database import Base, named
from pydantic import TypeAdapter
from sqlalchemy import Dialect, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB


class Table(Base):
    """A table of the partners database."""

    __abstract__ = True
    metadata = named()


class Stated(TypeDecorator[Any]):
    """A value of the domain, as JSON: written and read by its own model."""

    impl = JSONB(none_as_null=True)
    cache_ok = True

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model
        self._adapter: TypeAdapter[Any] = TypeAdapter(model)  # made once: it is dear

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 (SQLAlchemy's)
        """Write a value."""
        return (
            None if value is None else self._adapter.dump_python(value, mode="json", by_alias=True)
        )

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 (SQLAlchemy's)
        """Read a value."""
        return None if value is None else self._adapter.validate_python(value)
