"""What was collected: feeds, entries, pages, articles and their origins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from volteface.models.vocabulary import ExtractOutcome, FetchOutcome, ParseStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What we remember of a feed between polls. Validators are kept verbatim."""

    feed_id: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    failure_count: int = 0
    next_poll_at: datetime | None = None
    url: str | None = None  # the configured address that all this is about
    moved_to: str | None = None  # where it redirects for good
    moved_since: datetime | None = None
    moved_polls: int = 0  # in a row that said so


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """What one request brought. ``body`` is set only for OK and UNCHANGED."""

    url: str
    outcome: FetchOutcome
    fetched_at: datetime
    final_url: str | None = None
    http_status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_type: str | None = None
    retry_after_seconds: float | None = None
    body: bytes | None = None
    body_sha256: str | None = None
    error: str | None = None
    duration_ms: int = 0
    moved_to: str | None = None  # where permanent redirects led, as far as all up to there were permanent


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What we remember of a host ("name:port") between runs.

    ``robots_until`` says how long ``robots_text`` counts: its robots.txt, empty where it has none, None where it could
    not be had.
    """

    host: str
    wait_until: datetime | None = None
    robots_text: str | None = None
    robots_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed. ``published_at`` is None where the feed gives no usable date."""

    entry_id: str
    feed_id: str
    guid: str | None
    url: str | None
    canonical_url: str | None
    title: str
    summary: str
    published_raw: str | None
    published_at: datetime | None
    source_title: str | None = None  # RSS <source>: whose item this really is
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed body read: its entries, or why there are none."""

    status: ParseStatus
    entries: tuple[Entry, ...] = ()
    title: str | None = None
    ttl_minutes: int | None = None
    error: str | None = None
    truncated_entry_count: int = 0
    fault: str | None = (
        None  # what the body did to the process that read it: timeout, out_of_memory, crashed, too_large
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFetch:
    """One poll of one feed, as the warehouse keeps it."""

    fetch_id: str
    feed_id: str
    run_id: str
    fetched_at: datetime
    outcome: FetchOutcome
    http_status: int | None
    parse_status: ParseStatus | None
    entry_count: int
    new_entry_count: int
    in_scope_count: int
    body_sha256: str | None
    duration_ms: int
    error: str | None
    truncated_entry_count: int = 0
    parse_fault: str | None = None  # timeout, out_of_memory, crashed, too_large


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedPage:
    """The article that a page holds, or why it holds none. Text is NFC with LF line ends."""

    outcome: ExtractOutcome
    title: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    language: str | None = None
    site_name: str | None = None
    credited_agency: str | None = None  # a wire's credit found in the page: Reuters, AP, AFP
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page at a canonical URL. Its texts are its versions."""

    article_id: str
    feed_id: str
    outlet: str
    url: str
    canonical_url: str
    title: str
    first_seen_at: datetime
    published_at: datetime | None
    published_at_basis: str  # feed | page | none
    source_title: str | None = None  # RSS <source>: whose item an aggregator's entry really is


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVersion:
    """One state of an article's text, immutable."""

    version_id: str
    article_id: str
    version_number: int
    seen_at: datetime
    title: str
    text: str
    text_sha256: str
    text_basis: str  # page | feed_summary
    extractor: str
    language: str | None
    raw_sha256: str | None  # payload digest of the WARC record that the text was taken from


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFetch:
    """One attempt at one article's page, with what the extraction made of it."""

    fetch_id: str
    article_id: str
    run_id: str
    url: str
    fetched_at: datetime
    outcome: FetchOutcome
    http_status: int | None
    extract_outcome: ExtractOutcome | None
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The independent source of reporting that an article version belongs to. Unknown is its own origin."""

    version_id: str
    origin_id: str
    basis: str  # wire | official | publisher_family | source | near_duplicate | own
    own_origin_id: str | None = None  # what it would be without its copies; None: the same
    own_basis: str | None = None
    cluster_id: str | None = None  # the version of the cluster that was seen first; None: nobody has looked for copies
    similarity: float | None = None  # to the copy it is most like, 0 to 1; None: it has none
    assigned_at: datetime | None = None  # when origin_id last changed


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSignature:
    """What one version's text is compared by, to find its copies. Only signatures of one scheme can be compared."""

    version_id: str
    scheme: str
    is_short: bool
    shingle_count: int
    bands: tuple[int, ...]  # 32-bit values; two texts that share enough of them are looked at
    sample: tuple[int, ...]  # 32-bit hashes of some of the shingles
