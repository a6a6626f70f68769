"""Give a WARC file fixed record ids and dates, so that building it again gives the same bytes."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

DATED_BY_CONTENT = frozenset({"response", "revisit"})  # their dates say when something was fetched: kept


def fix_records(source: Path, target: Path, *, date: datetime) -> int:
    """Copy every record; its id becomes a hash of its content's digest, address and date. Return how many there are.

    ``date`` (UTC) becomes that of the records that otherwise tell when the file was made. Payloads are not touched.
    """
    count = 0
    with source.open("rb") as read, target.open("wb") as written:
        writer = WARCWriter(written, gzip=True, warc_version="1.1")
        for record in ArchiveIterator(read):
            headers = record.rec_headers
            if record.rec_type not in DATED_BY_CONTENT:
                headers.replace_header("WARC-Date", f"{date:%Y-%m-%dT%H:%M:%S}Z")
            if record.rec_type == "warcinfo":
                headers.replace_header("WARC-Filename", target.name)
            writer.ensure_digest(record, block=True, payload=False)
            names = ("WARC-Type", "WARC-Target-URI", "WARC-Date", "WARC-Block-Digest")
            key = " ".join(headers.get_header(name) or "" for name in names)
            headers.replace_header("WARC-Record-ID", f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, key)}>")
            writer.write_record(record)
            count += 1
    return count
