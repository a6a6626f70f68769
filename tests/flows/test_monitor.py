"""The flows end to end against a site on loopback, under Prefect's own test server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import describe_feed, render_page, render_rss
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import ConcurrencyLimitStrategy
from prefect.testing.utilities import prefect_test_harness
from pytest_httpserver import HTTPServer

from flows.monitor import monitor
from flows.publish import publish
from flows.serve import build_deployments
from volteface.config import load_config
from volteface.stages.job import open_warehouse


@pytest.fixture(scope="module")
def prefect_server() -> Iterator[None]:
    """Start Prefect's server once for the module: it takes seconds."""
    with prefect_test_harness():
        yield


@pytest.fixture
def home(make_home: Callable[..., Path], httpserver: HTTPServer) -> Path:
    """Make a home with one good feed and one dead one."""
    page = httpserver.url_for("/rafah")
    rss = render_rss(httpserver.url_for("/"), [("Netanyahu on Rafah", page, "Wed, 27 Mar 2024 12:00:00 GMT")])
    httpserver.expect_request("/feed").respond_with_data(rss, content_type="application/rss+xml")
    paragraphs = [
        "Israeli Prime Minister Benjamin Netanyahu said on Wednesday that he supports an operation in Rafah."
    ] * 3
    httpserver.expect_request("/rafah").respond_with_data(
        render_page("Netanyahu on Rafah", paragraphs), content_type="text/html"
    )
    return make_home(
        [describe_feed("good", httpserver.url_for("/feed")), describe_feed("missing", httpserver.url_for("/none"))]
    )


@pytest.mark.usefixtures("prefect_server")
def test_monitor_runs_twice_and_converges(home: Path):
    """The first run stores the article; the second, over the same feed, adds nothing."""
    first = monitor(home=str(home))
    second = monitor(home=str(home))

    assert (first["feeds_polled"], first["feeds_failed"], first["entries_in_scope"]) == (2, 1, 1)
    assert first["versions_new"] == first["articles_tagged"] == 1
    assert (second["entries_new"], second["versions_new"], second["alerts_sent"]) == (0, 0, 0)
    with open_warehouse(load_config(home)) as warehouse:
        assert warehouse.query("SELECT count(*) AS n FROM article_version") == [{"n": 1}]


@pytest.mark.usefixtures("prefect_server")
def test_monitor_leaves_artifacts(home: Path):
    """Each run shows what was collected, each feed's health and the changes."""
    monitor(home=str(home))

    with get_client(sync_client=True) as client:
        found = client.request("POST", "/artifacts/filter", json={}).json()
    shown = {artifact["key"]: str(artifact["data"]) for artifact in found}
    assert "missing" in shown["feed-health"]
    assert "feeds polled" in shown["collected"]
    assert "# No change of position" in shown["changes"]


@pytest.mark.usefixtures("prefect_server")
def test_publish_writes_snapshot_and_report(home: Path):
    """The publish flow alone gives analysts a snapshot and a page."""
    snapshot = Path(publish(home=str(home)))

    assert snapshot.is_file()
    assert (home / "warehouse" / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_deployments_run_one_at_a_time(home: Path):
    """Each deployment carries its schedule and lets one run at a time; a second one is cancelled."""
    deployments = {deployment.name: deployment for deployment in build_deployments(home)}

    assert set(deployments) == {"monitor", "publish"}
    for deployment in deployments.values():
        assert deployment.concurrency_limit == 1
        assert deployment.concurrency_options is not None
        assert deployment.concurrency_options.collision_strategy is ConcurrencyLimitStrategy.CANCEL_NEW
        assert deployment.schedules
