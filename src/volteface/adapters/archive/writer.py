"""Write captures: WARC/1.1, one gzip member a record."""

from __future__ import annotations

import hashlib
import http
import io
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import yaml
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from volteface import __version__
from volteface.adapters.archive.records import (
    FEEDS_URN,
    NOT_MODIFIED,
    SAME_PAYLOAD,
    format_date,
    normalize_url,
    scan_records,
)
from volteface.config.feeds import FeedConfig
from volteface.errors import ArchiveError
from volteface.models import FetchOutcome, FetchResult

_KEPT = frozenset({FetchOutcome.OK, FetchOutcome.UNCHANGED, FetchOutcome.NOT_MODIFIED, FetchOutcome.HTTP_ERROR})

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # libyaml's is ten times as fast, where it is there


class CaptureWriter:
    """Writes what was fetched to one .warc.gz file. Use as a context manager, from one thread.

    A record is written in one piece and flushed; the file is fsynced when it is closed. A file that is there already is
    added to; if its last record was cut off by a crash it is refused (ArchiveError), as nothing is ever cut away here.
    A payload that the file already holds is written as a revisit. Bodies are stored decoded, so no Content-Encoding is
    claimed. Raises ArchiveError where the disk refuses.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self._payloads: dict[str, tuple[str, str]] = {}  # digest -> URL and date of the record that holds it
        self._builder = WARCWriter(io.BytesIO(), gzip=True, warc_version="1.1")

    def __enter__(self) -> Self:
        try:
            is_new = not self._path.exists() or self._path.stat().st_size == 0
            if not is_new:
                self._load_payloads()
            self._file = self._path.open("ab")
        except OSError as error:
            raise ArchiveError(self._path, f"cannot be opened for writing: {error.strerror}") from error
        if is_new:
            info = {"software": f"volteface/{__version__}", "format": "WARC File Format 1.1"}
            self._append(self._builder.create_warcinfo_record(self._path.name, info))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            try:
                self._file.flush()
                os.fsync(self._file.fileno())
            finally:
                self._file.close()
                self._file = None

    def write(self, result: FetchResult) -> bool:
        """Keep what one request brought; return whether there was anything to keep.

        A page that was redirected becomes two records: the redirect of the address asked for, and the page. A request
        without an answer, or with one that was not read to its end, leaves none.
        """
        if result.outcome not in _KEPT or result.http_status is None:
            return False
        asked, url = normalize_url(result.url), normalize_url(result.final_url or result.url)
        if url != asked:
            self._write_response(asked, result, http.HTTPStatus.FOUND, [("Location", url)], b"")
        if result.outcome is FetchOutcome.NOT_MODIFIED:
            self._write_revisit(url, result, NOT_MODIFIED, {})
            return True
        payload = result.body or b""
        digest = f"sha256:{hashlib.sha256(payload).hexdigest()}"
        first = self._payloads.get(digest) if payload else None
        if first is not None:
            refers = {"WARC-Refers-To-Target-URI": first[0], "WARC-Refers-To-Date": first[1]}
            self._write_revisit(url, result, SAME_PAYLOAD, refers | {"WARC-Payload-Digest": digest})
        else:
            self._write_response(url, result, result.http_status, _list_headers(result), payload)
            self._payloads[digest] = (url, format_date(result.fetched_at))
        return True

    def write_feeds(self, feeds: Sequence[FeedConfig]) -> None:
        """Keep the list of feeds beside what they gave, as feeds.yml would hold it."""
        rows = [feed.model_dump(mode="json", exclude_defaults=True) for feed in feeds]
        payload = yaml.dump({"feeds": rows}, Dumper=_DUMPER, sort_keys=False, allow_unicode=True).encode()
        record = self._builder.create_warc_record(
            FEEDS_URN, "resource", io.BytesIO(payload), length=len(payload), warc_content_type="application/yaml"
        )
        self._append(record)

    def _load_payloads(self) -> None:
        for head in scan_records(self._path):
            if head.kind == "response" and head.digest:
                self._payloads.setdefault(head.digest, (head.url, format_date(head.date)))

    def _write_response(
        self, url: str, result: FetchResult, status: int, headers: list[tuple[str, str]], payload: bytes
    ) -> None:
        headers = [*headers, ("Content-Length", str(len(payload)))]
        record = self._builder.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(payload),
            length=len(payload),
            http_headers=_build_status(status, headers),
            warc_headers_dict={
                "WARC-Date": format_date(result.fetched_at),
                "WARC-Payload-Digest": f"sha256:{hashlib.sha256(payload).hexdigest()}",
            },
        )
        self._append(record)

    def _write_revisit(self, url: str, result: FetchResult, profile: str, headers: dict[str, str]) -> None:
        record = self._builder.create_warc_record(
            url,
            "revisit",
            http_headers=_build_status(result.http_status or http.HTTPStatus.NOT_MODIFIED, _list_headers(result)),
            warc_headers_dict={"WARC-Date": format_date(result.fetched_at), "WARC-Profile": profile, **headers},
        )
        self._append(record)

    def _append(self, record: object) -> None:
        """Build a record in memory, then write it at once: a crash leaves a whole record or the beginning of one."""
        if self._file is None:
            raise ArchiveError(self._path, "the capture is not open")
        buffer = io.BytesIO()
        self._builder.out = buffer
        self._builder.write_record(record)
        try:
            self._file.write(buffer.getvalue())
            self._file.flush()
        except OSError as error:
            raise ArchiveError(self._path, f"cannot be written: {error.strerror}") from error


def _list_headers(result: FetchResult) -> list[tuple[str, str]]:
    known = (
        ("Content-Type", result.content_type),
        ("ETag", result.etag),
        ("Last-Modified", result.last_modified),
        ("Retry-After", None if result.retry_after_seconds is None else f"{result.retry_after_seconds:.0f}"),
    )
    return [(name, value) for name, value in known if value is not None]


def _build_status(status: int, headers: list[tuple[str, str]]) -> StatusAndHeaders:
    phrase = http.HTTPStatus(status).phrase if status in {entry.value for entry in http.HTTPStatus} else "Unknown"
    return StatusAndHeaders(f"{status} {phrase}", headers, protocol="HTTP/1.1")
