"""The compose file as its tests see it."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
BESIDE = (ROOT / "deploy" / "observability" / "compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
ONCE = {name for name, made in CONTAINERS.items() if made["restart"] == "no"}
LASTING = CONTAINERS.keys() - ONCE
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
STAGES = set(re.findall(r" AS (\w+)$", DOCKERFILE, re.MULTILINE))
TAGS = set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) - STAGES
IMAGES = TAGS | {made["image"] for made in CONTAINERS.values() if "image" in made}
VARIABLE = re.compile(r"\$\{(\w+)(:\?run make \.env)?\}")


def variables(text: str) -> set[str]:
    """Name the variables that a file asks for."""
    return {name for name, _ in VARIABLE.findall(text)}
