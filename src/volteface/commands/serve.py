"""`volteface serve`: the scheduled deployments, with the Prefect UI."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from volteface.commands.context import Session, pass_session
from volteface.errors import ConfigError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where a server is started, if none is named.")
@click.option("--port", default=4200, show_default=True, help="Its port.")
@pass_session
def serve(session: Session, *, host: str, port: int) -> None:
    """Register the scheduled deployments and run them. Uses the server at PREFECT_API_URL, or starts one."""
    session.config()
    root = find_flows(session.home)
    # Only flows/ knows Prefect, and flows/ is no part of this package: it is loaded by name from its folder.
    # Prefect loads it again by path in each run's own process, which starts where this one stands.
    os.chdir(root)
    sys.path.insert(0, str(root))
    import_module("flows.serve").serve_deployments(session.home, host=host, port=port)


def find_flows(home: Path) -> Path:
    """Return the folder that holds flows/: the home, or the checkout that this program runs from. Raises ConfigError."""
    for folder in (home, Path(__file__).resolve().parents[3]):
        if (folder / "flows" / "serve.py").is_file():
            return folder
    raise ConfigError(home / "flows" / "serve.py", "", "the flows are missing: install from a checkout")
