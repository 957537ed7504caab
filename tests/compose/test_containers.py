"""What the compose file promises, read from the file."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from kumppani.estate import SERVICES

from .estate import (
    BESIDE,
    COMPOSE,
    CONTAINERS,
    DOCKERFILE,
    IMAGES,
    LASTING,
    ONCE,
    ROOT,
    TEXT,
    VARIABLE,
    variables,
)

EXAMPLE = (ROOT / "deploy" / "env.example").read_text()
REALM = (ROOT / "deploy" / "keycloak" / "kumppani-realm.json").read_text()
GATEWAY = (ROOT / "deploy" / "gateway" / "kumppani.conf.template").read_text()
NAMES = set(re.findall(r"^(\w+)=", EXAMPLE, re.MULTILINE))
ONLY_WHILE_ROTATED = "${REFERRALS_SPARE_MASTER_KEY:-}"


def environment(container: str) -> dict[str, str]:
    """Give a container's environment, with each variable's own name as its value."""
    given = CONTAINERS[container]["environment"]
    return {name: VARIABLE.sub(r"\1", str(value)) for name, value in given.items()}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_has_no_privilege_and_writes_only_to_volumes_and_memory(name: str) -> None:
    made = CONTAINERS[name]
    assert made["read_only"] is True
    assert made["cap_drop"] == ["ALL"]
    assert made["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"\d+[mg]", made["mem_limit"])
    assert "privileged" not in made


@pytest.mark.parametrize("name", CONTAINERS)
def test_no_container_runs_as_root(name: str) -> None:
    made = CONTAINERS[name]
    user = made.get("user") or last_user(made["build"]["target"])
    assert int(user.partition(":")[0]) > 0


def last_user(target: str) -> str:
    """Find the user of a stage of the Dockerfile."""
    stage = DOCKERFILE.partition(f" AS {target}\n")[2].partition("\nFROM ")[0]
    return re.findall(r"^USER (\S+)$", stage, re.MULTILINE)[-1]


def test_what_lasts_is_watched_and_begins_again_and_what_runs_once_does_neither() -> None:
    assert {"databases", *(f"migrate-{service}" for service in SERVICES)} == ONCE
    assert set(SERVICES) < LASTING
    for name in LASTING:
        assert CONTAINERS[name]["restart"] == "unless-stopped"
        assert CONTAINERS[name]["healthcheck"]["test"][0] == "CMD", name
    assert not any("healthcheck" in CONTAINERS[name] for name in ONCE)


def test_only_the_gateway_is_reached_from_outside_and_it_does_not_reach_the_data() -> None:
    assert {name for name, made in CONTAINERS.items() if "ports" in made} == {"gateway"}
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert CONTAINERS["gateway"]["networks"] == ["front"]
    for name in ("postgres", "kafka", *ONCE):
        assert CONTAINERS[name]["networks"] == ["back"]


def test_every_variable_is_in_the_example_and_every_name_of_it_is_used() -> None:
    assert variables(TEXT) | variables(BESIDE) | variables(REALM) == NAMES
    assert set(re.findall(r"\$\{(\w+)\}", GATEWAY)) == {"KUMPPANI_URL"}


def test_a_variable_that_is_missing_stops_the_start_and_none_has_a_default() -> None:
    guarded = {name for name, guard in VARIABLE.findall(TEXT) if guard}
    assert guarded == variables(TEXT)
    assert TEXT.count("${") == len(VARIABLE.findall(TEXT)) + TEXT.count(ONLY_WHILE_ROTATED)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_told_all_that_it_asks_and_hears_whom_it_listens_to(
    service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(service).items():
        assert name.startswith(f"{service.upper()}_")
        monkeypatch.setenv(name, value + "*" * 32 if name.endswith(("_SECRET", "_KEY")) else value)
    settings = import_module(f"{service}.settings").Settings()
    heard = import_module(f"{service}.reactions").REACTIONS.sources
    assert set(heard) <= settings.feeds.keys()
    assert settings.feeds == {name: f"http://{name}:8000" for name in SERVICES}
    assert settings.public_url.endswith(f"/{service}")
    told = {name.removeprefix(f"{service.upper()}_").lower() for name in environment(service)}
    assert told <= type(settings).model_fields.keys()


@pytest.mark.parametrize("service", SERVICES)
def test_only_the_migration_knows_the_owner_and_the_service_waits_for_it(service: str) -> None:
    owner = f"{service.upper()}_OWNER_PASSWORD"
    knowing = {name for name in CONTAINERS if owner in variables(str(CONTAINERS[name]))}
    assert knowing == {f"migrate-{service}", "databases"}
    assert set(environment(f"migrate-{service}")) == {f"{service.upper()}_OWNER_URL"}
    waits = {f"migrate-{service}": {"condition": "service_completed_successfully"}}
    assert CONTAINERS[service]["depends_on"] == waits
    assert CONTAINERS[service]["build"] == CONTAINERS[f"migrate-{service}"]["build"]
    assert CONTAINERS[service]["build"]["args"] == {"SERVICE": service}


def test_images_are_named_by_a_version_and_code_comes_after_packages() -> None:
    assert len(IMAGES) == 5
    for image in IMAGES:
        assert re.search(r":[^:]+$", image), image
        assert not image.endswith(":latest")
    assert "# syntax" not in DOCKERFILE
    installed = DOCKERFILE.rindex("--constraint requirements.lock")
    assert installed < DOCKERFILE.index("COPY shared/kit shared/kit")


def test_the_example_fills_what_is_missing_keeps_what_is_there_and_shows_it_to_nobody(
    tmp_path: Path,
) -> None:
    env = tmp_path / ".env"
    wrote = run_env(env)
    assert f"{len(NAMES)} " in wrote
    first = values(env)
    assert first.keys() == NAMES
    assert (env.stat().st_mode & 0o777) == 0o600
    secrets = [value for name, value in first.items() if not name.startswith("KUMPPANI_")]
    assert len(set(secrets)) == len(secrets)
    assert all(len(secret) >= 32 for secret in secrets)
    env.write_text("".join(f"{n}={v}\n" for n, v in first.items() if n != "OULU_CLIENT_SECRET"))
    env.chmod(0o644)
    assert "1 " in run_env(env)
    second = values(env)
    assert second.pop("OULU_CLIENT_SECRET") not in ("", first.pop("OULU_CLIENT_SECRET"))
    assert second == first
    assert (env.stat().st_mode & 0o777) == 0o600
    assert run_env(env) == ""


def run_env(target: Path) -> str:
    """Run the program that writes .env."""
    program = [sys.executable, "-I", str(ROOT / "deploy" / "env.py"), str(target)]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout


def values(env: Path) -> dict[str, Any]:
    """Read a .env."""
    return dict(re.findall(r"^(\w+)=(.*)$", env.read_text(), re.MULTILINE))
