"""Kill cycles with SIGKILL at random moments, run them again, and compare what is stored with an undisturbed run.

usage: kills.py [--kills 60] [--seed 1] [--language '{"model": "blank"}']

Two cycles over two feeds on loopback: the real stages (poll, read, tag, compare, detect, deliver, publish), real
processes, a clock that stands still in each cycle so that rows can be compared in full. Each trial kills once, at a
moment drawn from the undisturbed run's time, then runs to the end. Prints what was lost, halved or told twice.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from crash_home import Site, list_hooks, make_home, serve_site

HERE = Path(__file__).resolve().parent
# What a run that was cut in two cannot have in common with one that was not: how long it took, who it was, what it did itself.
VOLATILE = {"run": ("counts", "process", "error"), "feed_fetch": ("duration_ms",), "schema_migration": ("applied_at",)}
Rows = dict[str, list[tuple[object, ...]]]


@dataclass(slots=True)
class Child:
    """One process running the rounds, with what it said."""

    home: Path
    site: Site
    first_round: int = 0
    said: list[dict[str, object]] = field(default_factory=list)
    seconds: float = 0.0

    def run(self, *, kill_after: float | None = None) -> bool:
        """Run until the end (True), or until so many seconds after it is ready (False). Raises where it fails by itself."""
        command = [
            sys.executable,
            str(HERE / "crash_child.py"),
            str(self.home),
            self.site.address,
            str(self.first_round),
        ]
        environment = {**os.environ, **list_hooks(self.site)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
            assert process.stdout is not None
            first = json.loads(process.stdout.readline())
            assert "ready" in first, first
            started = time.monotonic()
            if kill_after is not None:
                time.sleep(kill_after)
                process.send_signal(signal.SIGKILL)
            lines = process.stdout.read().splitlines()
            self.seconds = time.monotonic() - started
        self.said += [json.loads(line) for line in lines if line.endswith("}")]
        is_finished = any("finished" in said for said in self.said)
        if not is_finished and kill_after is None:
            message = f"the run failed by itself with {process.returncode}"
            raise RuntimeError(message)
        return is_finished

    def last_saved(self) -> dict[str, int]:
        """Return the rows by table that were last said to be saved."""
        return next((said["saved"] for said in reversed(self.said) if "saved" in said), {})  # type: ignore[return-value]

    def last_stage(self) -> str:
        """Return the stage that was under way."""
        return str(next((said["begun"] for said in reversed(self.said) if "begun" in said), "before the first stage"))


def load_rows(home: Path) -> Rows:
    """Return every table's rows, sorted, without the volatile columns."""
    with duckdb.connect(str(home / "warehouse" / "news.duckdb")) as con:
        con.execute("SET TimeZone = 'UTC'")
        tables = [row[0] for row in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()]
        return {table: _load_table(con, table) for table in tables}


def _load_table(con: duckdb.DuckDBPyConnection, table: str) -> list[tuple[object, ...]]:
    left_out = VOLATILE.get(table, ())
    columns = f"* EXCLUDE ({', '.join(left_out)})" if left_out else "*"
    rows = con.execute(f"SELECT {columns} FROM {table}").fetchall()
    return sorted((tuple(map(_round, row)) for row in rows), key=repr)


def _round(value: object) -> object:
    """Cut a figure to nine digits: DuckDB adds up in another order each time."""
    return float(f"{value:.9g}") if isinstance(value, float) else value


def find_halves(home: Path, clean: Rows) -> list[str]:
    """Return what is half stored after a kill: versions without origin or fetch, articles tagged in part, alerts alone."""
    checks = {
        "version without origin": "SELECT version_id FROM article_version ANTI JOIN origin USING (version_id)",
        "version without fetch": "SELECT version_id FROM article_version ANTI JOIN page_fetch USING (article_id)",
        "tagging without version": "SELECT version_id FROM tagging ANTI JOIN article_version USING (version_id)",
        "statement without tagging": "SELECT version_id FROM statement ANTI JOIN tagging USING (version_id, model_version)",
        "alert without delivery": "SELECT alert_key FROM alert ANTI JOIN delivery USING (alert_key, channel_id)",
        "poll without state": "SELECT feed_id FROM feed_fetch ANTI JOIN feed_state USING (feed_id)",
    }
    with duckdb.connect(str(home / "warehouse" / "news.duckdb")) as con:
        con.execute("SET TimeZone = 'UTC'")
        if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'delivery'").fetchall():
            return []  # killed before there were tables
        found = [name for name, sql in checks.items() if con.execute(sql).fetchall()]
        columns = [row[0] for row in con.execute("DESCRIBE statement").fetchall()]
        version = columns.index("version_id")
        tagged = {row[0] for row in con.execute("SELECT version_id FROM tagging").fetchall()}
        stored = _load_table(con, "statement")
    if stored != [row for row in clean["statement"] if row[version] in tagged]:
        found.append("statements of a tagged version")
    return found


def describe_difference(clean: Rows, rows: Rows) -> list[str]:
    """Return the tables that differ, with one differing row of each."""
    different = []
    for table in clean.keys() | rows.keys():
        one, other = clean.get(table, []), rows.get(table, [])
        if one != other:
            odd = [row for row in other if row not in one][:1] + [row for row in one if row not in other][:1]
            different.append(f"{table}: {len(one)} rows, then {len(other)}: {str(odd)[:400]}")
    return different


def count_lost(home: Path, saved: Mapping[str, int]) -> int:
    """Return how many acknowledged rows are gone after a kill."""
    with duckdb.connect(str(home / "warehouse" / "news.duckdb")) as con:
        counts = {t: con.execute(f"SELECT count(*) FROM {t}").fetchall()[0][0] for t in saved}
    return sum(max(0, saved[table] - count) for table, count in counts.items())


def measure(kills: int, seed: int, folder: Path, language: Mapping[str, object]) -> int:
    """Run the trials and print the figures; return 1 where a promise was broken."""
    chance = random.Random(seed)
    with serve_site() as site:
        whole = Child(make_home(folder / "whole", site, language=language), site)
        whole.run()
        clean = load_rows(whole.home)
        wanted = {hook: set(keys) for hook, keys in site.told.items()}
        sizes = {t: len(clean[t]) for t in ("entry", "article_version", "statement", "position_change", "delivery")}
        print(f"undisturbed: {whole.seconds:.1f} s, {sizes}", flush=True)
        results, stages, doubles = Counter[str](), Counter[str](), 0
        for number in range(kills):
            site.told.clear()
            home = make_home(folder / f"trial-{number}", site, language=language)
            broken, stage, double = try_once(home, site, clean, wanted, chance.uniform(0, whole.seconds))
            stages[stage] += 1
            doubles += double
            results.update(broken)
            for each in broken:
                print(f"trial {number}, killed in {stage}: {each}", flush=True)
            shutil.rmtree(home)
    print(f"{kills} kills, by the stage under way: {dict(stages)}")
    print(
        f"outbox: {sum(map(len, wanted.values()))} alerts on {len(wanted)} channels a run; {doubles} told twice, with the same key"
    )
    print("broken promises:", dict(results) or "none")
    return 1 if results else 0


def try_once(
    home: Path, site: Site, clean: Rows, wanted: Mapping[str, set[str]], moment: float, *, first_round: int = 0
) -> tuple[Sequence[str], str, int]:
    """Kill once, run again; return the broken promises, the stage that was under way and how many alerts came twice."""
    child = Child(home, site, first_round)
    is_finished = child.run(kill_after=moment)
    lost = count_lost(home, child.last_saved())
    broken = [f"{lost} acknowledged rows lost"] if lost else []
    broken += [f"half stored: {half}" for half in find_halves(home, clean)]
    stage = "nothing: it was done" if is_finished else child.last_stage()
    Child(home, site, first_round).run()
    broken += [f"other rows in {difference}" for difference in describe_difference(clean, load_rows(home))]
    told = {hook: Counter(keys) for hook, keys in site.told.items()}
    for hook, keys in wanted.items():
        broken += ["an alert was lost"] * len(keys - told.get(hook, Counter()).keys())
        broken += ["an alert that no undisturbed run tells"] * len(told.get(hook, Counter()).keys() - keys)
    if not (home / "warehouse" / "snapshot.duckdb").exists() or list((home / "warehouse").glob("*.tmp*")):
        broken.append("no snapshot, or litter")
    doubles = sum(count - 1 for keys in told.values() for count in keys.values())
    return broken, stage, doubles


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--language", type=json.loads, default={}, help="keys of settings.yml's language section, as JSON"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return measure(options.kills, options.seed, Path(folder), options.language)


if __name__ == "__main__":
    sys.exit(main())
