"""F38, F39: nothing in config/ becomes SQL; an analyst's SQL reaches the snapshot's data and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import describe_feed
from stored_home import NOW, MakeHome, count, make_job, make_quick_home

from volteface.adapters.warehouse.reader import export_tables, open_snapshot
from volteface.config import load_config
from volteface.errors import ConfigError, InputError

DROP = '"; DROP TABLE run; --'


@pytest.mark.parametrize("key", ["id", "publisher_family", "actor"])
def test_identifier_that_is_sql_is_refused(make_home: MakeHome, key: str) -> None:
    home = make_quick_home(make_home, [{**describe_feed("a", "https://a.example/"), key: DROP}])
    with pytest.raises(ConfigError, match="is not an id"):
        load_config(home)


def test_name_that_is_sql_is_a_name(make_home: MakeHome) -> None:
    home = make_quick_home(
        make_home, [describe_feed("a", "https://a.example/'; DROP TABLE run; --") | {"outlet": DROP}]
    )
    job = make_job(home)
    with job.open_warehouse() as warehouse:
        warehouse.save_dimensions(job.config)
        assert warehouse.load_ids("SELECT outlet FROM feed") == {DROP}
        assert count(warehouse, "run") == 0


@pytest.mark.parametrize("folder", ["a'b", 'a"b', "a;b"])
def test_path_that_is_sql_is_a_path(make_home: MakeHome, folder: str) -> None:
    home = make_quick_home(make_home, [])
    path = home / "config" / "settings.yml"
    settings = yaml.safe_load(path.read_text())
    settings["paths"] = {"warehouse": f"{folder}/live.duckdb", "snapshot": f"{folder}/read.duckdb"}
    path.write_text(yaml.safe_dump(settings))
    with make_job(home).open_warehouse() as warehouse:
        warehouse.publish_snapshot(home / folder / "read.duckdb", run_id="r", published_at=NOW)
    assert export_tables(home / folder / "read.duckdb", ["run"], home / folder, "csv")[0][0].exists()


@pytest.mark.parametrize(
    "query",
    [
        "COPY run TO '{folder}/escaped.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
        "ATTACH '{folder}/other.duckdb' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "EXPORT DATABASE '{folder}/all'",
        "SELECT * FROM '{folder}/x.csv'",
        "CREATE TABLE t (i INTEGER)",
        "DROP TABLE run",
    ],
)
def test_analysts_sql_reaches_no_file_no_network_and_no_setting(
    make_home: MakeHome, tmp_path: Path, query: str
) -> None:
    home = make_quick_home(make_home, [])
    published = home / "snapshot.duckdb"
    with make_job(home).open_warehouse() as warehouse:
        warehouse.publish_snapshot(published, run_id="r", published_at=NOW)
    before = sorted(path.name for path in tmp_path.iterdir())
    with open_snapshot(published) as snapshot, pytest.raises(InputError):
        snapshot.answer(query.format(folder=tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == before
