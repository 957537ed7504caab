"""The base of this service's tables."""

from kit.database import Base, named


class Table(Base):
    """A table of the metrics database."""

    __abstract__ = True
    metadata = named()
