"""What is told in words, in Finnish, Swedish and English."""

from collections.abc import Sequence

from kit.texts import Text, text

NOBODY = text(
    "Kukaan ei ollut toimivaltainen.", "Ingen var behörig.", "Nobody was competent."
)  # fmt: skip


def found_in_words(names: Sequence[Text]) -> Text:
    """Tell who was competent; that more than one was is said first."""
    if not names:
        return NOBODY
    fi, sv, en = (
        ", ".join(name.read(language) for name in names) for language in ("fi", "sv", "en")
    )
    if len(names) == 1:
        return text(f"Toimivaltainen: {fi}.", f"Behörig: {sv}.", f"Competent: {en}.")
    return text(
        f"Useampi kuin yksi oli toimivaltainen: {fi}.",
        f"Fler än en var behörig: {sv}.",
        f"More than one was competent: {en}.",
    )
