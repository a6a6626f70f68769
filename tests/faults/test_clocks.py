"""F33: instants are UTC whatever the machine's zone; a clock that jumps skips no poll and holds no alert."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer
from stored_home import HOUR, NOW, MakeHome, make_alert, make_job, make_quick_home, serve_stories

from volteface.commands import run as run_command
from volteface.stages.cycle import run_cycle
from volteface.stages.deliver import deliver_alerts

_AROUND_DST = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from volteface.config import load_config
from volteface.feeds.schedule import is_due
from volteface.models import FeedState
from volteface.stages.job import open_warehouse
config = load_config(Path(sys.argv[1]))
begin = datetime(2024, 4, 19, 20, tzinfo=UTC)  # the night on which Gaza's clocks went forward
moments = [begin + timedelta(minutes=30 * n) for n in range(16)]
feed = config.feeds[0]
with open_warehouse(config) as warehouse:
    due = []
    for moment in moments:
        state = warehouse.load_feed_states().get(feed.id)
        due.append(is_due(feed, state, moment, config.settings.collection))
        warehouse.save_feed_states([FeedState(feed_id=feed.id, url=feed.url, polled_at=moment,
            next_poll_at=moment + timedelta(minutes=30))])
        assert warehouse.load_feed_states()[feed.id].polled_at == moment
    kinds = warehouse.load_ids("SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal AND data_type LIKE 'TIMESTAMP%'")
print(all(due), kinds)
"""


@pytest.mark.parametrize("zone", ["Asia/Gaza", "America/St_Johns", "Pacific/Kiritimati"])
def test_night_of_the_clock_change_loses_no_poll_and_no_hour(
    make_home: MakeHome, httpserver: HTTPServer, zone: str
) -> None:
    home = make_quick_home(make_home, serve_stories(httpserver, 1))
    done = subprocess.run(
        [sys.executable, "-c", _AROUND_DST, str(home)],
        capture_output=True,
        text=True,
        env={**os.environ, "TZ": zone},
        check=False,
        timeout=60,
    )
    assert done.stdout.strip() == "True {'TIMESTAMP WITH TIME ZONE'}", done.stderr


def test_clock_that_was_ahead_by_a_day_skips_no_poll_once_it_is_right(
    make_home: MakeHome, httpserver: HTTPServer
) -> None:
    home = make_quick_home(make_home, serve_stories(httpserver, 1))
    run_cycle(make_job(home, NOW + 24 * HOUR), with_publish=False)
    report = run_cycle(make_job(home, NOW), with_publish=False)
    assert report.run.counts["feeds_polled"] == 1


def test_alert_put_off_by_a_clock_that_was_ahead_goes_out_at_once(make_home: MakeHome) -> None:
    home = make_quick_home(
        make_home, [], file={"kind": "file", "path": "told.jsonl"}, web={"kind": "file", "path": "/"}
    )
    with make_job(home).open_warehouse() as warehouse:
        warehouse.enqueue_notices([make_alert(1, "web")])
    ahead = NOW + timedelta(days=30)
    assert len(deliver_alerts(make_job(home, ahead), "").failures) == 1
    assert len(deliver_alerts(make_job(home, ahead), "").failures) == 0  # it waits its minutes
    assert len(deliver_alerts(make_job(home, NOW), "").failures) == 1


def test_pause_between_cycles_does_not_follow_the_clock_on_the_wall(
    make_home: MakeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_quick_home(make_home, [])
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        raise KeyboardInterrupt

    monkeypatch.setattr(run_command, "run_cycle", lambda *_, **__: None)
    monkeypatch.setattr(run_command, "print_cycle", lambda *_, **__: None)
    monkeypatch.setattr("volteface.adapters.clock.utc_now", lambda: datetime(1999, 1, 1, tzinfo=UTC))
    monkeypatch.setattr(run_command.time, "sleep", sleep)
    from volteface.cli import main  # noqa: PLC0415

    started = time.monotonic()
    with pytest.raises(BaseException):  # noqa: B017, PT011 -- the interrupt, as click tells it
        main(["--home", str(home), "run"])
    assert time.monotonic() - started < 20
    assert pauses[0] == pytest.approx(1800, abs=20)
