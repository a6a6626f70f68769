"""F26: cycles killed at any moment lose nothing that was said to be saved, halve nothing, and converge when run again."""

from __future__ import annotations

import time
from pathlib import Path

from crash_home import make_home, serve_site
from kills import Child, load_rows, try_once
from stored_home import QUICK

MOMENTS = (0.1, 0.45, 0.7, 0.9)  # of the time that an undisturbed run takes


def test_killed_cycles_converge_to_the_rows_of_an_undisturbed_one(tmp_path: Path) -> None:
    """benchmarks/kills.py does the same sixty times; here each stage of a cycle is hit about once."""
    started = time.monotonic()
    with serve_site() as site:
        whole = Child(make_home(tmp_path / "whole", site, language=QUICK), site, first_round=1)
        whole.run()
        clean = load_rows(whole.home)
        wanted = {hook: set(keys) for hook, keys in site.told.items()}
        assert min(len(clean[table]) for table in ("article_version", "statement", "position_change", "delivery")) > 5
        stages = set()
        for moment in MOMENTS:
            site.told.clear()
            home = make_home(tmp_path / str(moment), site, language=QUICK)
            broken, stage, _ = try_once(home, site, clean, wanted, moment * whole.seconds, first_round=1)
            assert broken == [], (moment, stage)
            stages.add(stage)
    assert len(stages) > 1
    assert time.monotonic() - started < 240
