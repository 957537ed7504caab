"""Fields that facts share, with their examples."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

Code = Annotated[str, Field(examples=["oulu"])]
Id = Annotated[UUID, Field(examples=["0193a5b0-0000-7000-8000-000000000001"])]
