"""Texts that people read: Finnish, Swedish, English."""

from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["fi", "sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


class Text(BaseModel):
    """One text in up to three languages; Finnish is always there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fi: str = Field(min_length=1, max_length=4000, examples=["Ohjaamo Oulu"])
    sv: str | None = Field(None, min_length=1, max_length=4000, examples=["Navigatorn i Uleåborg"])
    en: str | None = Field(None, min_length=1, max_length=4000, examples=["One-Stop Guidance Oulu"])

    def read(self, language: Language) -> str:
        """Give the text in a language, else in Finnish."""
        return self.translation(language) or self.fi

    def translation(self, language: Language) -> str | None:
        """Give the text in a language, or nothing: the caller then marks its fallback."""
        texts: dict[Language, str | None] = {"fi": self.fi, "sv": self.sv, "en": self.en}
        return texts[language]


def text(fi: str, sv: str, en: str) -> Text:
    """Write a text in all three languages."""
    return Text(fi=fi, sv=sv, en=en)


def preferred(accept_language: str | None, default: Language = "fi") -> Language:
    """Choose the language that an `Accept-Language` header asks for (RFC 9110, 12.5.4)."""
    ranked = sorted((ranges(accept_language or "")), key=lambda item: -item[1])
    for tag, quality in ranked:
        for language in LANGUAGES:
            if quality > 0 and tag.split("-")[0] == language:
                return language
    return default


def ranges(header: str) -> list[tuple[str, float]]:
    """Split a header into language tags and their weights; what cannot be read weighs nothing."""
    parts = [part.strip().lower().partition(";q=") for part in header.split(",")]
    return [(tag, weight(quality) if mark else 1.0) for tag, mark, quality in parts]


def weight(quality: str) -> float:
    """Read a weight between 0 and 1."""
    try:
        return min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return 0.0
