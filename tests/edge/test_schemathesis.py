"""schemathesis against every service on a real port: it reads the document, and tries all it says.

A fixed seed and few examples for CI. `EXAMPLES=200` (or more) and `SEED=…` make it look longer, and
at the bounds of every value as well, which takes a minute for each service.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from kit.testing import Harness
from kit.testing.harness import STANDING

from .calls import ME
from .serving import serving

EXAMPLES = os.environ.get("EXAMPLES", "5")
PHASES = "examples,fuzzing,stateful" + (",coverage" if "EXAMPLES" in os.environ else "")
SEED = os.environ.get("SEED", "20190812")
LINES = "/referrals/batches"  # of a form that schemathesis cannot write
CONFIG = Path(__file__).with_name("schemathesis.toml")
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance", "negative_data_rejection",
    "missing_required_header", "ignored_auth", "use_after_free",
)  # fmt: skip


async def test_a_service_does_all_that_its_document_says_and_no_more(
    service: Harness, tmp_path: Path
) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(service.app.openapi()))
    name = service.service.name
    scopes = [f"{name}:{scope}" for scope in ("read", "write", "events")] + ["partners:coordinate"]
    token = service.issuer.token(ME, scopes, "schemathesis", client=STANDING)
    service.service.stopping.set()  # the feed answers at once: nobody waits for facts
    async with serving(service.app) as (host, port):
        run = await asyncio.create_subprocess_exec(
            Path(sys.executable).parent / "schemathesis", "--config-file", CONFIG, "run", document,
            "--url", f"http://{host}:{port}", "--header", f"Authorization: Bearer {token}",
            "--checks", ",".join(CHECKS), "--phases", PHASES,
            "--max-examples", EXAMPLES, "--seed", SEED, "--no-color", "--request-timeout", "60",
            "--exclude-path", LINES, "--continue-on-failure", "--warnings", "off",
            cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        told, _ = await run.communicate()
    assert run.returncode == 0, told.decode()
