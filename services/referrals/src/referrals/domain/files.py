"""Which files may come with a message: by their size, their name, and what they are in truth."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from referrals.domain.errors import FileRefused

MOST_BYTES: Final = 500 * 1024  # of one file, not encoded
MOST_FILES: Final = 3

# A type, the ends of names that say it, and the bytes that its content begins with.
TYPES: Final[Mapping[str, tuple[tuple[str, ...], bytes]]] = MappingProxyType(
    {
        "application/pdf": ((".pdf",), b"%PDF-"),
        "image/png": ((".png",), b"\x89PNG\r\n\x1a\n"),
        "image/jpeg": ((".jpg", ".jpeg"), b"\xff\xd8\xff"),
        "text/plain": ((".txt",), b""),
    }
)
A_NAME: Final = re.compile(r"[\w][\w .()\-]{0,98}\.[A-Za-z]{3,4}")


@dataclass(frozen=True)
class File:
    """A file that was looked at."""

    name: str
    type: str
    content: bytes


def looked_at(name: str, kind: str, encoded: str, pointer: str) -> File:
    """Look at a file's name, type and content. Raises `FileRefused` with what is wrong."""
    if kind not in TYPES:
        raise FileRefused(pointer=f"{pointer}/type", accepted=sorted(TYPES))
    ends, begins = TYPES[kind]
    if not A_NAME.fullmatch(name) or not name.lower().endswith(ends):
        raise FileRefused(pointer=f"{pointer}/name", accepted=list(ends))
    try:
        content = b64decode(encoded, validate=True)
    except (Error, ValueError):
        raise FileRefused(pointer=f"{pointer}/content", accepted=["base64"]) from None
    if (
        not 0 < len(content) <= MOST_BYTES
        or not content.startswith(begins)
        or not readable(kind, content)
    ):
        raise FileRefused(pointer=f"{pointer}/content", accepted=[kind], most_bytes=MOST_BYTES)
    return File(name, kind, content)


def readable(kind: str, content: bytes) -> bool:
    """Say whether what calls itself text is text."""
    if kind != "text/plain":
        return True
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False
