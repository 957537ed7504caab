"""Codes: an unknown one is an error with suggestions, never a silent empty result."""

from collections.abc import Collection
from difflib import get_close_matches

from kit.problems import UnknownCode


def known(code: str, among: Collection[str], pointer: str) -> str:
    """Give the code back if it is in its set. Raises `UnknownCode` with the nearest ones."""
    if code not in among:
        raise UnknownCode(pointer=pointer, suggestions=nearest(code, among))
    return code


def nearest(code: str, among: Collection[str]) -> list[str]:
    """Give up to three codes that may have been meant, whatever the case of their letters."""
    written = {each.lower(): each for each in sorted(among)}
    found = get_close_matches(code.lower(), written, n=3, cutoff=0.5)
    return [written[each] for each in found]
