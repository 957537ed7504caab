"""What was delivered once stays as it was: assessments of the past rest on it."""

from hashlib import sha256
from importlib import resources

import pytest

DELIVERED = {
    "instruments/elamantilanne@1.json": (
        "1ed0efc4e8d1a7501b800f2662432ccf0e29d188040ffb125795ad3d0f1c5443"
    ),
    "rules/needs@1.json": "56afc92d0d07cda51fd8cab9c4b9fd7053f0b9fe1a5f27440d39c750bd5d9bd1",
}


@pytest.mark.parametrize(("file", "digest"), DELIVERED.items())
def test_no_word_of_a_delivered_version_ever_changes(file: str, digest: str) -> None:
    content = (resources.files("assessments") / file).read_bytes()
    assert sha256(content).hexdigest() == digest
