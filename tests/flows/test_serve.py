"""Where the deployments are served: a server started here, or the one that is named."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from flows.serve import is_healthy, use_server
from volteface.errors import VoltefaceError


def find_free_port() -> int:
    """Return a port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_is_started_and_ended_with_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Without PREFECT_API_URL a server answers while we serve, its database under the home, and is gone after."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)

    with use_server(tmp_path, host="127.0.0.1", port=find_free_port()) as api_url:
        assert is_healthy(api_url)

    assert not is_healthy(api_url)
    assert (tmp_path / "warehouse" / "prefect" / "prefect.db").is_file()


def test_a_named_server_that_does_not_answer_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A wrong PREFECT_API_URL is said, and no other server is started in its stead."""
    url = f"http://127.0.0.1:{find_free_port()}/api"
    monkeypatch.setenv("PREFECT_API_URL", url)

    with pytest.raises(VoltefaceError, match=url), use_server(tmp_path, host="127.0.0.1", port=find_free_port()):
        pytest.fail("nothing answers there")
