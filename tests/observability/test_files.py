"""Alerts, dashboards and runbooks speak of what is there, and of all of it."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from kit.numbers import GAUGES, Numbers

ROOT = Path(__file__).parents[2]
HERE = ROOT / "deploy" / "observability"
PROMETHEUS = HERE / "prometheus"
ALERTS: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((PROMETHEUS / "alerts.yml").read_text())["groups"]
    for rule in group["rules"]
]
DASHBOARDS = sorted((HERE / "grafana" / "dashboards").glob("*.json"))
EXPRESSIONS = {f"alert {alert['alert']}": str(alert["expr"]) for alert in ALERTS} | {
    f"dashboard {file.stem}: {panel['title']} {target['refId']}": target["expr"]
    for file in DASHBOARDS
    for panel in json.loads(file.read_text())["panels"]
    for target in panel["targets"]
}
OTHERS = {"restore.md"}  # pages for what no alert tells
OF_PROMETHEUS = {"up", "ALERTS"}


def known() -> set[str]:
    """Give the names that a service's registry can show."""
    numbers = Numbers("any")
    numbers.request("GET", "/", 200, 0.1)
    shown = {sample.name for family in numbers.registry.collect() for sample in family.samples}
    return shown | GAUGES.keys() | OF_PROMETHEUS


def names(expression: str) -> set[str]:
    """Give the metrics that an expression asks for."""
    bare = re.sub(r'"[^"]*"', '""', expression)
    return set(re.findall(r"\b(?:(?:kumppani|process|python)_\w+|up|ALERTS)\b", bare))


@pytest.mark.parametrize("where", EXPRESSIONS)
def test_each_metric_that_is_asked_for_is_one_that_the_code_shows(where: str) -> None:
    asked = names(EXPRESSIONS[where])
    assert asked
    assert asked <= known()


def test_each_gauge_is_looked_at_by_an_alert_or_a_dashboard() -> None:
    assert GAUGES.keys() <= set.union(*(names(text) for text in EXPRESSIONS.values()))


def test_each_alert_has_its_page_and_each_page_its_alert() -> None:
    pages = {alert["alert"]: alert["annotations"]["runbook_url"] for alert in ALERTS}
    there = {f"docs/runbooks/{page.name}" for page in (ROOT / "docs" / "runbooks").glob("*.md")}
    assert set(pages.values()) == there - {f"docs/runbooks/{name}" for name in OTHERS}
    for alert, page in pages.items():
        text = (ROOT / page).read_text()
        assert f"`{alert}`" in text.splitlines()[2], page
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [
            "What it means", "What to look at", "What to do",
        ]  # fmt: skip
        assert len(text.splitlines()) <= 50


def test_each_service_names_its_runbooks() -> None:
    for readme in (ROOT / "services").glob("*/README.md"):
        assert "../../docs/runbooks/" in readme.read_text(), readme


def test_each_alert_is_tried_when_it_speaks_and_when_it_is_silent() -> None:
    well, ill = yaml.safe_load((PROMETHEUS / "alerts.test.yml").read_text())["tests"]
    for tests, speaks in ((well, False), (ill, True)):
        tried = {t["alertname"]: bool(t["exp_alerts"]) for t in tests["alert_rule_test"]}
        assert tried == {alert["alert"]: speaks for alert in ALERTS}


def test_prometheus_finds_the_rules_right_and_what_they_say(tmp_path: Path) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("NO PROMTOOL, the rules are not tried: it is in Debian's package prometheus")
    shown = tmp_path / "dashboards.yml"
    rules = [
        {"record": f"panel:{n}", "expr": text.replace("$service", ".*")}
        for n, text in enumerate(EXPRESSIONS.values())
    ]
    shown.write_text(yaml.safe_dump({"groups": [{"name": "dashboards", "rules": rules}]}))
    for asked in (
        ("check", "config", "prometheus.yml"),
        ("check", "rules", "alerts.yml", str(shown)),
        ("test", "rules", "alerts.test.yml"),
    ):
        said = subprocess.run(
            [promtool, *asked], cwd=PROMETHEUS, capture_output=True, text=True, check=False
        )
        assert said.returncode == 0, said.stdout + said.stderr


def test_every_process_of_the_compose_file_is_scraped_and_sends_its_traces() -> None:
    (job,) = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())["scrape_configs"]
    targets = {target.partition(":")[0] for target in job["static_configs"][0]["targets"]}
    services = {folder.parent.name for folder in (ROOT / "services").glob("*/pyproject.toml")}
    assert targets == services
    beside = yaml.safe_load((HERE / "compose.yml").read_text())["services"]
    assert services < beside.keys()
    for service in services:
        assert beside[service] == {
            "environment": {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://jaeger:4318"}
        }


def test_dashboards_ask_the_sources_that_are_provided_and_panels_do_not_overlap() -> None:
    provided = yaml.safe_load(
        (HERE / "grafana" / "provisioning" / "datasources" / "sources.yml").read_text()
    )
    uids = {source["uid"] for source in provided["datasources"]}
    for file in DASHBOARDS:
        board = json.loads(file.read_text())
        assert set(re.findall(r'"uid": "([a-z]+)"', file.read_text())) <= uids
        taken: set[tuple[int, int]] = set()
        for panel in board["panels"]:
            place = panel["gridPos"]
            cells = {
                (x, y)
                for x in range(place["x"], place["x"] + place["w"])
                for y in range(place["y"], place["y"] + place["h"])
            }
            assert not cells & taken, panel["title"]
            taken |= cells
