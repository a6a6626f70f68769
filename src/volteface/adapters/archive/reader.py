"""Read captures: an index in memory, payloads from the disk when they are asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml
from pydantic import ValidationError

from volteface.adapters.archive.records import FEEDS_URN, RecordHead, load_record, normalize_url, scan_records
from volteface.adapters.archive.replay import ReplayAdapter
from volteface.config.feeds import FeedConfig, Feeds
from volteface.errors import ArchiveError

TICK_GAP = timedelta(minutes=5)  # no configured interval between polls is near it; one cycle's records are nearer


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An HTTP answer as it was captured."""

    url: str
    date: datetime
    status: int
    headers: dict[str, str]
    payload: bytes


class CaptureReader:
    """Reads one .warc.gz or .warc file, or every one in a folder and below. Thread-safe.

    Only the records' heads stay in memory, less than a kilobyte each. Raises ArchiveError, naming the file, where there
    is nothing to read or a file is no WARC or is damaged. With ``salvage`` the whole records before a damaged place are
    used, as after a crash while writing; ``damage`` then says what was wrong.
    """

    def __init__(self, path: Path, *, salvage: bool = False) -> None:
        self._path = path
        self._by_url: dict[str, list[RecordHead]] = {}
        self._by_digest: dict[str, RecordHead] = {}
        self._feeds: RecordHead | None = None
        self.damage: tuple[str, ...] = ()
        for file in _find_files(path):
            self._index(file, salvage=salvage)
        for heads in self._by_url.values():
            heads.sort(key=lambda head: head.date)

    def _index(self, file: Path, *, salvage: bool) -> None:
        try:
            for head in scan_records(file):
                self._add(head)
        except ArchiveError as error:
            if not salvage:
                raise
            self.damage += (str(error),)

    def _add(self, head: RecordHead) -> None:
        if head.url == FEEDS_URN:
            self._feeds = head
        elif head.kind in {"response", "revisit"}:
            self._by_url.setdefault(head.url, []).append(head)
            if head.kind == "response" and head.digest:
                self._by_digest.setdefault(head.digest, head)

    def urls(self) -> tuple[str, ...]:
        """Return every address that was captured, in the order of the file."""
        return tuple(self._by_url)

    def feeds(self) -> tuple[FeedConfig, ...] | None:
        """Return the list of feeds that the capture carries, or None. Raises ArchiveError where it is not one."""
        if self._feeds is None:
            return None
        _, payload = load_record(self._feeds)
        try:
            return Feeds.model_validate(yaml.safe_load(payload)).feeds
        except (yaml.YAMLError, ValidationError) as error:
            raise ArchiveError(self._feeds.path, f"its list of feeds is not valid: {error}") from error

    def ticks(self) -> tuple[datetime, ...]:
        """Return the times of the cycles that the capture holds, oldest first.

        Records less than five minutes apart are one cycle, and its time is that of its last record: a replay whose
        clock stands there sees all that the cycle saw, pages too. Cycles that polled no feed of the capture's list are
        left out; without a list every cycle counts.
        """
        feeds = self.feeds()
        names = None if feeds is None else {normalize_url(feed.url) for feed in feeds}
        moments = sorted(
            (head.date, names is None or url in names) for url, heads in self._by_url.items() for head in heads
        )
        ticks: list[datetime] = []
        last: datetime | None = None
        has_poll = False
        for date, is_poll in moments:
            if last is not None and date - last >= TICK_GAP:
                ticks += [last] if has_poll else []
                has_poll = False
            last, has_poll = date, has_poll or is_poll
        return (*ticks, *([last] if last is not None and has_poll else []))

    def find(self, url: str, now: datetime) -> Snapshot | None:
        """Return the newest answer of an address that was captured at ``now`` or before, or None.

        A revisit is answered with the payload it stands for; one whose payload is not in the capture is passed over.
        """
        heads = self._by_url.get(normalize_url(url), [])
        end = bisect_right(heads, now, key=lambda head: head.date)
        for head in reversed(heads[:end]):
            source = self._find_source(head, heads[:end])
            if source is not None:
                return _build_snapshot(head, source)
        return None

    def _find_source(self, head: RecordHead, earlier: list[RecordHead]) -> RecordHead | None:
        """Return the record that holds the payload which a record stands for."""
        if head.kind == "response":
            return head
        if head.is_not_modified:
            before = [other for other in earlier if other.date <= head.date and not other.is_not_modified]
            return self._find_source(before[-1], earlier) if before else None
        return self._by_digest.get(head.digest or "")

    def load_payload(self, sha256: str) -> bytes | None:
        """Return the body with this digest (64 hexadecimal digits), or None: the page that a text was taken from."""
        head = self._by_digest.get(f"sha256:{sha256}")
        return load_record(head)[1] if head is not None else None

    def transport(self, clock: Callable[[], datetime]) -> ReplayAdapter:
        """Return a requests adapter that answers from this capture as of the clock's time."""
        return ReplayAdapter(self.find, clock)


def _find_files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for pattern in ("*.warc.gz", "*.warc") for file in path.rglob(pattern))
    if not files:
        raise ArchiveError(path, "the folder holds no .warc.gz or .warc file")
    return files


def _build_snapshot(head: RecordHead, source: RecordHead) -> Snapshot:
    """Join a record's own date and headers with the payload of the record that holds it."""
    record, payload = load_record(source)
    if record.http_headers is None:
        raise ArchiveError(source.path, f"the record at byte {source.offset} holds no HTTP answer")
    headers = {name.lower(): value for name, value in record.http_headers.headers}
    if head is not source and not head.is_not_modified:
        own, _ = load_record(head)
        headers |= {name.lower(): value for name, value in own.http_headers.headers} if own.http_headers else {}
    status = int(record.http_headers.get_statuscode() or 0)
    return Snapshot(url=head.url, date=head.date, status=status, headers=headers, payload=payload)
