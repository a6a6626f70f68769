"""`volteface doctor`: is everything configured, installed and writable? It changes nothing and fetches nothing."""

from __future__ import annotations

import json
import os
import pyexpat
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from importlib import metadata
from pathlib import Path

import click

from volteface.adapters.clock import utc_now
from volteface.commands.context import Session, pass_session
from volteface.config import Config, find_config_errors
from volteface.errors import VoltefaceError, WarehouseLockedError
from volteface.feeds.health import find_notices
from volteface.models import FeedRecord, NoticeKind

MIN_FREE_BYTES = 2**30
# Releases known to break the pipeline in silence or at its start; pyproject.toml says how.
BELOW: dict[str, tuple[int, int]] = {"fastapi": (0, 155), "sqlalchemy": (2, 1), "duckdb": (2, 0)}
SAFE_EXPAT = (2, 7, 0)  # before it, a chain of 50,000 entities overflows the stack


class Status(StrEnum):
    """What a check found."""

    OK = "ok"
    WRONG = "wrong"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, and what was found in one line."""

    name: str
    status: Status
    detail: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the checks as one JSON list.")
@pass_session
def doctor(session: Session, *, as_json: bool) -> None:
    """Check configuration, language model, warehouse, folders and versions. Exit code 2 where something is wrong."""
    checks = []
    for check in run_checks(session):
        checks.append(check)
        if not as_json:
            click.echo(f"{check.status:<8}{check.name:<16}{check.detail}")
    if as_json:
        click.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1))
    if any(check.status is Status.WRONG for check in checks):
        sys.exit(2)


def run_checks(session: Session) -> Iterator[Check]:
    """Yield every check as it is made. What needs a configuration is skipped where that is wrong."""
    yield from _check_versions()
    yield _check_expat()
    errors = [Check("configuration", Status.WRONG, str(error)) for error in find_config_errors(session.home)]
    yield from errors
    needing: dict[str, Callable[[Config], Iterator[Check]]] = {
        "channels": _check_channels,
        "language model": _check_language,
        "warehouse": _check_warehouse,
        "folders": _check_folders,
    }
    if errors:
        reason = "not looked at while the configuration is wrong"
        yield from (Check(name, Status.SKIPPED, reason) for name in needing)
        return
    config = session.config()
    counts = f"{len(config.feeds)} feeds, {len(config.actors)} actors, {len(config.issues)} issues"
    yield Check("configuration", Status.OK, f"{session.home / 'config'}: {counts}, {len(config.rules.rules)} rules")
    for check in needing.values():
        yield from check(config)


def _check_versions() -> Iterator[Check]:
    for package, limit in BELOW.items():
        try:
            version = metadata.version(package)
        except metadata.PackageNotFoundError:
            yield Check(package, Status.WRONG, "not installed: pip install -e . -c constraints.txt")
            continue
        numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
        below = ".".join(str(number) for number in limit)
        fits = numbers < limit
        yield Check(package, Status.OK if fits else Status.WRONG, version if fits else f"{version}: needs < {below}")


def _check_expat() -> Check:
    """Tell of an XML parser that a hostile feed can end. It ends one worker process then, so nothing is wrong."""
    version = ".".join(map(str, pyexpat.version_info))
    note = "" if pyexpat.version_info >= SAFE_EXPAT else ": a hostile feed can end the process that reads it; "
    hint = note and "that costs this one feed, and a newer Python would cost none"
    return Check("expat", Status.OK, f"{version}{note}{hint}")


def _check_channels(config: Config) -> Iterator[Check]:
    enabled = [channel for channel in config.channels if channel.enabled]
    for channel in enabled:
        if channel.url_env and not os.environ.get(channel.url_env):
            reason = f"{channel.id}: its environment variable {channel.url_env} is not set"
            yield Check("channel", Status.WRONG, reason)
        else:
            yield Check("channel", Status.OK, f"{channel.id} ({channel.kind})")
    if not enabled:
        yield Check("channels", Status.OK, "none is enabled: changes are found, and nobody is told")


def _check_language(config: Config) -> Iterator[Check]:
    started = time.perf_counter()
    try:
        from volteface.language.pipeline import build_nlp  # noqa: PLC0415 -- spaCy takes a second

        nlp = build_nlp(config)
    except (VoltefaceError, ImportError) as error:
        yield Check("language model", Status.WRONG, str(error))
        return
    parts = ", ".join(nlp.pipe_names)
    seconds = time.perf_counter() - started
    yield Check("language model", Status.OK, f"{config.settings.language.model} ({parts}), built in {seconds:.1f} s")


def _check_warehouse(config: Config) -> Iterator[Check]:
    """Look at the file without migrating it; a run that is writing is no fault."""
    from volteface.adapters.warehouse.health import load_feed_records  # noqa: PLC0415 -- DuckDB takes a moment
    from volteface.adapters.warehouse.lock import hold_writer_lock  # noqa: PLC0415 -- DuckDB takes a moment
    from volteface.adapters.warehouse.reader import open_readonly  # noqa: PLC0415

    path = config.path(config.settings.paths.warehouse)
    if not path.exists():
        yield Check("warehouse", Status.OK, f"{path}: none yet; the first run makes it")
        return
    try:
        with hold_writer_lock(path, wait_seconds=0), open_readonly(path) as reader:
            tables = reader.list_tables()
            detail = f"{path}: {len(tables)} tables and views, {_show_size(path.stat().st_size)}"
            records = load_feed_records(reader, utc_now()) if "feed_fetch" in tables else []
        yield Check("warehouse", Status.OK, detail)
        yield from _check_collecting(config, records)
    except WarehouseLockedError as error:
        yield Check("warehouse", Status.OK, f"locked: {error}")
    except (VoltefaceError, OSError) as error:
        yield Check("warehouse", Status.WRONG, str(error))


def _check_collecting(config: Config, records: Sequence[FeedRecord]) -> Iterator[Check]:
    """Tell whether anything is collected at all: what stands still cannot say so itself, a timer that asks here can."""
    interval = timedelta(minutes=config.settings.collection.poll_minutes)
    notices = find_notices(records, utc_now(), interval)
    for notice in notices:
        is_dead = notice.kind is NoticeKind.NO_POLL_SUCCEEDS
        yield Check("collecting", Status.WRONG if is_dead else Status.OK, notice.text)
    if records and not notices:
        yield Check("collecting", Status.OK, f"{len(records)} feeds bring what they usually do")


def _check_folders(config: Config) -> Iterator[Check]:
    paths = config.settings.paths
    folders = [paths.captures, paths.warehouse.parent, paths.snapshot.parent, paths.report.parent]
    for folder in dict.fromkeys(config.path(folder) for folder in folders):
        yield _check_writable(folder)
    place = _find_existing(config.path(paths.captures))
    free = shutil.disk_usage(place).free
    detail = f"{_show_size(free)} free at {place}"
    enough = free >= MIN_FREE_BYTES
    yield Check(
        "disk", Status.OK if enough else Status.WRONG, detail if enough else f"{detail}: captures need 1 GiB at least"
    )


def _check_writable(folder: Path) -> Check:
    """Try it: a file that is gone at once, in the folder or, where it is still to be made, in the nearest above."""
    place = _find_existing(folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Check("folder", Status.WRONG, f"{folder}: cannot be written: {error.strerror} ({place})")
    return Check("folder", Status.OK, f"{folder}" + ("" if place == folder else ": to be made"))


def _find_existing(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.exists())


def _show_size(size: float) -> str:
    for unit in ("bytes", "KiB", "MiB"):
        if size < 1024:  # noqa: PLR2004 -- binary units
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"
