"""The instruments that are delivered with this package, `<code>@<version>.json`: our own wording.

A delivered version is never edited: a changed word makes a file with the next version.
"""

from importlib import resources

from assessments.domain.instruments import Instrument


def delivered() -> list[Instrument]:
    """Read them all, in the order of their codes and versions."""
    files = (file for file in resources.files(__name__).iterdir() if file.name.endswith(".json"))
    read = (Instrument.model_validate_json(file.read_text("utf-8")) for file in files)
    return sorted(read, key=lambda instrument: (instrument.code, instrument.version))
