"""Register the deployments and run them: the only place that schedules.

A server named by PREFECT_API_URL is used; else one is started on this machine, with its database under warehouse/.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click
import prefect
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.monitor import monitor
from flows.publish import publish
from volteface.config import load_config
from volteface.errors import VoltefaceError

START_SECONDS = 60


def build_deployments(home: Path) -> tuple[RunnerDeployment, ...]:
    """Return the deployments with the schedules of settings.yml. One run of each at a time: a second is cancelled."""
    schedule = load_config(home).settings.schedule
    alone = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    return (
        RunnerDeployment.from_flow(
            monitor,
            name="monitor",
            cron=schedule.monitor,
            parameters={"home": str(home)},
            concurrency_limit=alone,
            description="Poll, read, tag, detect, alert, publish.",
            tags=["volteface"],
        ),
        RunnerDeployment.from_flow(
            publish,
            name="publish",
            cron=schedule.publish,
            parameters={"home": str(home)},
            concurrency_limit=alone,
            description="Publish the snapshot and the report.",
            tags=["volteface"],
        ),
    )


def serve_deployments(home: Path, *, host: str, port: int) -> None:
    """Serve the deployments until interrupted, on the named server or on one started for it."""
    with use_server(home, host=host, port=port) as api_url:
        click.echo(f"Prefect UI: {api_url.removesuffix('/api')}")
        # Prefect read its settings when it was imported; the runs' own processes inherit these.
        with temporary_settings({PREFECT_API_URL: api_url}):
            prefect.serve(*build_deployments(home), limit=1)


@contextmanager
def use_server(home: Path, *, host: str, port: int) -> Iterator[str]:
    """Lend the address of a server that answers: the one that PREFECT_API_URL names, or one started here."""
    named = os.environ.get("PREFECT_API_URL")
    api_url = named or f"http://{host}:{port}/api"
    if named or is_healthy(api_url):
        if not is_healthy(api_url):
            message = f"no Prefect server answers at {api_url} (PREFECT_API_URL)"
            raise VoltefaceError(message)
        yield api_url
        return
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    server = subprocess.Popen(command, env=server_environment(home, api_url), stdout=subprocess.DEVNULL)  # noqa: S603 -- our own arguments
    try:
        wait_until_healthy(api_url, server)
        yield api_url
    finally:
        server.terminate()
        server.wait(timeout=20)


def server_environment(home: Path, api_url: str) -> dict[str, str]:
    """Return the environment of a server started here: its database under the home, no calls to the outside."""
    folder = home / "warehouse" / "prefect"
    folder.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "PREFECT_HOME": os.environ.get("PREFECT_HOME", str(folder)),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_API_URL": api_url,  # else the pages in the browser ask port 4200, whatever the port is
    }


def is_healthy(api_url: str) -> bool:
    """Tell whether a Prefect server answers at this address."""
    try:
        with urlopen(f"{api_url}/health", timeout=2) as answer:  # noqa: S310 -- an address of the operator's
            return bool(answer.status == 200)  # noqa: PLR2004 -- HTTP's OK
    except (URLError, OSError):
        return False


def wait_until_healthy(api_url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers. Raises VoltefaceError when it ends or does not answer in a minute."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            message = f"the Prefect server for {api_url} ended with code {server.returncode}; is its port taken?"
            raise VoltefaceError(message)
        if is_healthy(api_url):
            return
        time.sleep(0.5)
    message = f"the Prefect server did not answer at {api_url} within {START_SECONDS} s"
    raise VoltefaceError(message)
