"""A JSON document that comes as the body, or as a file in a form."""

import json
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from kit.requests import parsed
from starlette.datastructures import UploadFile

FORM: Final = "multipart/form-data"

DATASET: Final = {"type": "object", "description": "A JSON-stat 2.0 dataset"}

# FastAPI would describe and parse one of the two forms only.
EITHER: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": DATASET},
            FORM: {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    }
}


@dataclass(frozen=True)
class Document:
    """What was sent, parsed, and the name of its file if it has one."""

    content: object
    file: str | None


async def document_of(request: Request) -> Document:
    """Read the document. Raises `RequestValidationError`, which answers 422."""
    if not request.headers.get("content-type", "").startswith(FORM):
        return Document(load(await request.body(), ("body",)), None)
    async with request.form(max_files=1, max_fields=1) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise RequestValidationError([error(("body", "file"), "missing", "is missing")])
        return Document(load(await file.read(), ("body", "file")), file.filename)


def load(content: bytes, place: tuple[str, ...]) -> object:
    """Parse what was sent, as strictly as any body."""
    try:
        return parsed(content)
    except json.JSONDecodeError:
        raise RequestValidationError([error(place, "json_invalid", "is not JSON")]) from None


def error(place: tuple[str, ...], code: str, message: str) -> dict[str, Any]:
    """Describe what is wrong, as pydantic would."""
    return {"loc": place, "type": code, "msg": message}


Sent = Annotated[Document, Depends(document_of)]
