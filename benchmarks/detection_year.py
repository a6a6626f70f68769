"""Measure detection over a simulated year: a day's cycle against a full rebuild, which must give the same rows.

usage: detection_year.py FOLDER [--days N] [--articles N] [--cycles N] [--json]

FOLDER gets the warehouse (some 2 GB for a year) and must not have one. Actors are the configured ones and as many made-up
ids as make 300; issues are the configured ones. Who speaks how often follows a power law. Each actor holds a sign on each
issue, and one in twelve changes it once; nine in ten statements are read right. Most are known on the day they are made,
one in a hundred up to forty days later. The first cycle takes in all days but the last ``--cycles``, which follow one by
one; then everything is followed anew and compared.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from volteface.adapters.warehouse import Warehouse
from volteface.config import Config, load_config
from volteface.stages.detect import bring_up_to_date
from volteface.stages.job import Job

MODEL = "simulated"
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
ACTORS = 300
STATEMENTS_AN_ARTICLE = 5.5

_ARTICLES = """
INSERT INTO article_version
SELECT 'v' || i, 'a' || i, 1, $first::TIMESTAMPTZ + to_days($day) + to_seconds(i % 80000), 'title', '', 'v' || i, 'page',
       'simulation', 'en', NULL
FROM range($day * $articles, ($day + 1) * $articles) AS r(i)"""
_ORIGINS = """
INSERT INTO origin (version_id, origin_id, basis, assigned_at)
SELECT 'v' || i, 'family:' || hash(i, 'outlet') % 60, 'publisher_family', $first::TIMESTAMPTZ + to_days($day)
FROM range($day * $articles, ($day + 1) * $articles) AS r(i)"""
_TAGGING = """
INSERT INTO tagging (version_id, model_version, tagged_at, statement_count, claim_count)
SELECT 'v' || i, 'simulated', $first::TIMESTAMPTZ + to_days($day + 1), 0, 0
FROM range($day * $articles, ($day + 1) * $articles) AS r(i)"""
_STATEMENTS = """
INSERT INTO statement BY NAME
WITH drawn AS (
  SELECT i, floor($articles * (hash(i, 'article') % 1000000) / 1e6)::BIGINT + $day * $articles AS article,
         $actors[1 + floor(len($actors) * pow((hash(i, 'actor') % 1000000) / 1e6, 2.2))::INTEGER] AS actor_id,
         $issues[1 + floor(len($issues) * pow((hash(i, 'issue') % 1000000) / 1e6, 1.3))::INTEGER] AS issue_id,
         (hash(i, 'basis') % 1000) / 1e3 AS footing, (hash(i, 'right') % 1000) / 1e3 AS luck,
         (hash(i, 'late') % 1000) / 1e3 AS late, hash(i, 'shade') % 1000 AS shade,
         $actors[1 + (hash(i, 'reporter') % len($actors))::INTEGER] AS reporter
  FROM range(($day * $articles * $per)::BIGINT, (($day + 1) * $articles * $per)::BIGINT) AS r(i)),
dated AS (
  SELECT *, greatest($day - CASE WHEN late < .01 THEN hash(i, 'days') % 40 WHEN late < .05 THEN hash(i, 'days') % 5
                            ELSE 0 END::INTEGER, 0) AS said_on,
         hash(actor_id, issue_id) AS series
  FROM drawn),
signed AS (
  SELECT *, (series % 2 + (series % 12 = 0 AND said_on > (series // 12) % 365)::INTEGER) % 2 AS sign FROM dated)
SELECT 's' || i AS statement_id, 'a' || article AS article_id, 'v' || article AS version_id, 'v' || article AS origin_id,
       CASE WHEN footing < .08 THEN 'anonymous:' || actor_id ELSE actor_id END AS actor_id, 'somebody' AS speaker_text,
       issue_id,
       CASE WHEN shade < 8 THEN 'no_position' WHEN shade < 30 THEN 'mixed'
            WHEN (luck < .9) = (sign = 1) THEN 'support' ELSE 'oppose' END AS stance,
       1 + (shade % 3 > 0)::INTEGER AS strength,
       CASE WHEN footing < .08 THEN 'anonymous' WHEN footing < .18 THEN 'reported_by_other' WHEN footing < .23 THEN 'act'
            WHEN footing < .25 THEN 'vote' ELSE 'on_record' END AS basis,
       CASE shade % 3 WHEN 0 THEN 'direct' WHEN 1 THEN 'mixed' ELSE 'indirect' END AS quote_type,
       'words that stand in the text of an article and are some hundred letters long, number ' || i AS evidence,
       0 AS evidence_start, 90 AS evidence_end,
       $first::TIMESTAMPTZ + to_days(said_on) + to_seconds(i % 80000) AS stated_at,
       $first::TIMESTAMPTZ + to_days($day) + to_seconds(i % 80000) AS known_from,
       .6 + .39 * (shade / 1000) AS confidence, 'rule' AS rule_id, 'simulated' AS model_version, 'text' AS evidence_in,
       shade % 13 = 0 AS conditional, NULL AS condition, 'actual' AS modality,
       CASE WHEN shade % 19 = 0 THEN 'because of reason ' || chr((97 + i % 20)::INTEGER) || 'ardvark' END AS rationale,
       NULL AS cue, CASE WHEN footing BETWEEN .08 AND .18 THEN reporter END AS reported_by,
       footing < .02 AS is_private, shade < 8 AS is_declined, FALSE AS is_reported_change, 'rules' AS decided_by
FROM signed"""


_TRUE_FLIPS = """
WITH flip AS (SELECT state, changed_at::DATE - $first::DATE AS day, hash(actor_id, issue_id) AS series
              FROM position_change WHERE kind = 'flip' AND basis = 'on_record')
SELECT count(*) FILTER (state = 'confirmed') AS confirmed,
       count(*) FILTER (state = 'confirmed' AND series % 12 = 0
                        AND day - ((series // 12) % 365)::INTEGER BETWEEN 0 AND 31) AS right
FROM flip"""


def simulate_day(warehouse: Warehouse, day: int, articles: int, names: dict[str, list[str]]) -> None:
    """Put one day's articles and statements into the warehouse."""
    known = {"first": FIRST, "day": day, "articles": articles}
    for sql in (_ARTICLES, _TAGGING, _ORIGINS):
        warehouse.execute(sql, known)
    warehouse.execute(_STATEMENTS, {**known, **names, "per": STATEMENTS_AN_ARTICLE})


def place(config: Config, folder: Path) -> Config:
    """Return the configuration with its warehouse in a folder."""
    paths = config.settings.paths.model_copy(update={"warehouse": folder / "year.duckdb"})
    return replace(config, settings=config.settings.model_copy(update={"paths": paths}))


def name_actors(config: Config) -> list[str]:
    """Return ids: the configured actors first, made-up ones after."""
    return [*(actor.id for actor in config.actors), *(f"made-up-{n}" for n in range(ACTORS))][:ACTORS]


@contextmanager
def timed(times: list[float]) -> Iterator[None]:
    """Append the seconds that the block takes."""
    began = time.perf_counter()
    yield
    times.append(time.perf_counter() - began)


def load_rows(warehouse: Warehouse) -> dict[str, set[tuple[object, ...]]]:
    """Return positions and changes, without when this machine came upon them."""
    sql = {
        "positions": "SELECT * FROM position",
        "changes": "SELECT * EXCLUDE (detected_at, state_since) FROM position_change WHERE state <> 'retracted'",
    }
    return {name: {tuple(map(str, row.values())) for row in warehouse.query(text)} for name, text in sql.items()}


def main() -> None:
    """Simulate, detect day by day, rebuild, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--cycles", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    config = place(load_config(Path(__file__).resolve().parents[1]), arguments.folder)
    names = {"actors": name_actors(config), "issues": [issue.id for issue in config.issues]}
    today = FIRST
    job = Job(config, clock=lambda: today)
    first, cycles, rebuild = list[float](), list[float](), list[float]()
    with job.hold_warehouse(), job.open_warehouse() as warehouse:
        warehouse.save_dimensions(config)
        for day in range(arguments.days):
            simulate_day(warehouse, day, arguments.articles, names)
            today = FIRST + timedelta(days=day + 1)
            left = arguments.days - day - 1
            if left <= arguments.cycles:
                with timed(cycles if left < arguments.cycles else first):
                    bring_up_to_date(job, MODEL)
        count = warehouse.query("SELECT count(*) AS n FROM statement")[0]["n"]
        kept = load_rows(warehouse)
        warehouse.forget_detection(keeps_weeks=True)
        with timed(rebuild):
            bring_up_to_date(job, MODEL)
        anew = load_rows(warehouse)
        flips = warehouse.query(_TRUE_FLIPS, {"first": FIRST})[0]
    differing = {name: len(kept[name] ^ anew[name]) for name in kept}
    result = {
        "statements": count,
        "first_seconds": round(first[0], 1),
        "cycle_seconds": [round(seconds, 2) for seconds in cycles],
        "rebuild_seconds": round(rebuild[0], 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "rows": {name: len(rows) for name, rows in anew.items()},
        "rows_that_differ": differing,
        "flips": flips,
    }
    if arguments.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:17} {value}")


if __name__ == "__main__":
    main()
