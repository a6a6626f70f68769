"""F29, F30: an alert is told at least once, with the same key if twice; one channel that fails costs no other."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from stored_home import HOUR, NOW, MakeHome, count, make_alert, make_job, make_quick_home
from werkzeug import Request, Response

from volteface.config.settings import AlertPolicy
from volteface.stages.deliver import deliver_alerts

_DELIVER = """
import sys
from pathlib import Path
from volteface.config import load_config
from volteface.stages.deliver import deliver_alerts
from volteface.stages.job import Job
from datetime import datetime, UTC
job = Job(load_config(Path(sys.argv[1])), clock=lambda: datetime(2024, 4, 2, 6, tzinfo=UTC))
print("ready", flush=True)
sys.stdin.readline()
print(deliver_alerts(job, "").sent_count)
"""
KEY = re.compile(r"alert ([0-9a-f]{20})")


def open_desk(name: str = "desk") -> dict[str, object]:
    return {"kind": "apprise", "url_env": f"HOOK_{name.upper()}"}


def deliver(home: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _DELIVER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("kills_before_answer", [True, False], ids=["while it is sent", "before it is marked"])
def test_sender_that_is_killed_loses_nothing_and_doubles_only_what_it_was_sending(
    make_home: MakeHome, httpserver: HTTPServer, kills_before_answer: bool
) -> None:
    home = make_quick_home(make_home, [], desk=open_desk())
    with make_job(home).open_warehouse() as warehouse:
        warehouse.enqueue_notices([make_alert(number, "desk") for number in range(12)])
    told: list[str] = []
    victim: list[subprocess.Popen[str]] = []
    fatal = {3, 8}

    def take(request: Request) -> Response:
        told.extend(KEY.findall(request.get_data(as_text=True)))
        if len(told) in fatal and kills_before_answer:
            victim[-1].send_signal(signal.SIGKILL)
            victim[-1].wait(10)
        response = Response("", status=200)
        if len(told) in fatal and not kills_before_answer:
            response.call_on_close(lambda: victim[-1].send_signal(signal.SIGKILL))
        return response

    httpserver.expect_request("/hook").respond_with_handler(take)
    environment = {"HOOK_DESK": httpserver.url_for("/hook").replace("http", "json")}
    for _ in range(3):
        with deliver(home, environment) as process:
            victim.append(process)
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            process.communicate("\n", timeout=60)

    wanted = {f"{number:020x}" for number in range(12)}
    assert set(told) == wanted
    doubles = {key: times for key, times in Counter(told).items() if times > 1}
    assert len(doubles) <= len(fatal)
    assert set(doubles.values()) <= {2}
    with make_job(home).open_warehouse() as warehouse:
        assert warehouse.query("SELECT DISTINCT state FROM delivery") == [{"state": "sent"}]


def test_channel_that_fails_keeps_its_own_and_the_other_gets_all_once(
    make_home: MakeHome, httpserver: HTTPServer
) -> None:
    home = make_quick_home(make_home, [], good=open_desk("good"), bad=open_desk("bad"))
    httpserver.expect_request("/good").respond_with_data("")
    httpserver.expect_request("/bad").respond_with_data("", status=500)
    environment = {f"HOOK_{n.upper()}": httpserver.url_for(f"/{n}").replace("http", "json") for n in ("good", "bad")}
    job = make_job(home, environ=environment)
    with job.open_warehouse() as warehouse:
        warehouse.enqueue_notices([make_alert(n, channel) for n in range(3) for channel in ("good", "bad")])

    first = deliver_alerts(job, "")
    second = deliver_alerts(job, "")  # at once: nothing is due

    assert (first.sent_count, len(first.failures), second.sent_count, len(second.failures)) == (3, 3, 0, 0)
    asked = Counter(request.path for request, _ in httpserver.log)
    assert asked == {"/good": 3, "/bad": 3}  # Apprise does not try again by itself
    with job.open_warehouse() as warehouse:
        rows = warehouse.query("SELECT channel_id, state, count(*) AS n FROM delivery GROUP BY ALL ORDER BY ALL")
    assert [(r["channel_id"], r["state"], r["n"]) for r in rows] == [("bad", "pending", 3), ("good", "sent", 3)]


def test_channel_that_stays_down_is_tried_eight_times_in_a_day_then_kept_as_dead(make_home: MakeHome) -> None:
    home = make_quick_home(make_home, [], desk={"kind": "apprise", "url_env": "HOOK_DESK"})
    with make_job(home).open_warehouse() as warehouse:
        warehouse.enqueue_notices([make_alert(1, "desk")])
    tried, now = [], NOW
    for _ in range(12):
        if deliver_alerts(make_job(home, now, environ={}), "").failures:
            tried.append(now - NOW)
        with make_job(home).open_warehouse() as warehouse:
            due = warehouse.query("SELECT next_attempt_at FROM delivery")[0]["next_attempt_at"]
        while isinstance(due, datetime) and now < due:
            now += HOUR / 2  # the next cycle that finds it due

    assert len(tried) == AlertPolicy().max_attempts == 8
    assert timedelta(hours=24) <= tried[-1] <= timedelta(hours=29)
    with make_job(home).open_warehouse() as warehouse:
        (row,) = warehouse.query("SELECT state, attempt_count, last_error FROM delivery")
    assert (row["state"], row["attempt_count"]) == ("dead", 8)
    assert "HOOK_DESK is not set" in str(row["last_error"])


def test_same_key_is_in_every_form_of_the_message(make_home: MakeHome) -> None:
    home = make_quick_home(make_home, [], file={"kind": "file", "path": "alerts.jsonl"})
    job = make_job(home)
    with job.open_warehouse() as warehouse:
        warehouse.enqueue_notices([make_alert(5, "file")] * 2)
        assert count(warehouse, "delivery") == 1
    deliver_alerts(job, "")
    (line,) = (home / "alerts.jsonl").read_text().splitlines()
    assert json.loads(line)["alert_key"] == f"{5:020x}"
