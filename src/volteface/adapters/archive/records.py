"""What our WARC records look like: shared by the writer and the reader of captures."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import requests
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from volteface.errors import ArchiveError

FEEDS_URN = "urn:volteface:feeds"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_GZIP = b"\x1f\x8b"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True, slots=True)
class RecordHead:
    """Where one record stands and what it is about: all that is kept in memory of it."""

    path: Path
    offset: int
    kind: str  # WARC-Type
    url: str
    date: datetime
    digest: str | None  # "sha256:" and 64 hexadecimal digits for records of ours
    is_not_modified: bool


def format_date(instant: datetime) -> str:
    """Return an instant as WARC/1.1 writes it, to the microsecond."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def normalize_url(url: str) -> str:
    """Return a URL as requests sends it, so that a capture is asked in the words that the network would hear."""
    prepared = requests.PreparedRequest()
    try:
        prepared.prepare_url(url, None)
    except requests.RequestException:  # an address that no request can be made for names itself
        return url
    return prepared.url or url


def scan_records(path: Path) -> Iterator[RecordHead]:
    """Yield the head of every record of a WARC file, in the file's order.

    Raises ArchiveError for a file that is no WARC, and at the place where a file was cut off: warcio by itself would
    take the cut for the end.
    """
    with _open_archive(path) as stream:
        records = ArchiveIterator(stream)
        offset = 0
        try:
            for record in records:
                head = _read_head(path, record, records)
                offset = records.get_record_offset()
                if head is not None:
                    yield head
            stream.seek(offset)
            _check_last_member(stream.read())
        except (ArchiveLoadFailed, EOFError, ValueError, OSError, zlib.error) as error:
            raise ArchiveError(path, f"not a WARC file, or a damaged one: {error}") from error


def _check_last_member(packed: bytes) -> None:
    """Raise EOFError where the last gzip member does not end: what follows would be unreadable."""
    if packed.startswith(_GZIP):
        unpacker = zlib.decompressobj(wbits=31)
        unpacker.decompress(packed)
        if not unpacker.eof:
            message = "the last record was cut off"
            raise EOFError(message)


def load_record(head: RecordHead) -> tuple[ArcWarcRecord, bytes]:
    """Return one record with its payload, read at its place. Raises ArchiveError."""
    with _open_archive(head.path) as stream:
        stream.seek(head.offset)
        try:
            record = next(iter(ArchiveIterator(stream)))
            return record, record.content_stream().read()
        except (ArchiveLoadFailed, StopIteration, EOFError, ValueError, OSError) as error:
            raise ArchiveError(head.path, f"the record at byte {head.offset} cannot be read: {error}") from error


def _open_archive(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise ArchiveError(path, f"cannot be opened: {error.strerror}") from error


def _read_head(path: Path, record: ArcWarcRecord, records: ArchiveIterator) -> RecordHead | None:
    """Return a record's head; None for one without date or address (warcinfo)."""
    headers = record.rec_headers
    url, date = headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date")
    offset = records.get_record_offset()  # reads the record to its end: a file that ends too early shows here
    # A revisit may claim the length of a head that its writer left out; nothing of it is needed.
    is_short = record.rec_type != "revisit" and getattr(record.raw_stream, "limit", 0) > 0
    if is_short or not headers.get_header("WARC-Type"):
        message = f"the record at byte {offset} was cut off"
        raise EOFError(message)
    if not url or not date:
        return None
    instant = datetime.fromisoformat(date)
    return RecordHead(
        path=path,
        offset=offset,
        kind=record.rec_type,
        url=url if url.startswith("urn:") else normalize_url(url),
        date=instant if instant.tzinfo else instant.replace(tzinfo=UTC),  # WARC/1.0 dates are UTC by definition
        digest=headers.get_header("WARC-Payload-Digest"),
        is_not_modified=headers.get_header("WARC-Profile") == NOT_MODIFIED,
    )
