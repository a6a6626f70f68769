"""Poll the feeds that are due; keep their new entries, and an article for each one in scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime

from volteface.adapters.web.host_book import HostBook
from volteface.adapters.web.http import Fetcher, FetchRequest
from volteface.adapters.workers import Fault, WorkerPool
from volteface.articles.scope import build_scope
from volteface.config.feeds import FeedConfig
from volteface.feeds.schedule import advance_state, choose_address, drop_validators, is_due, match_state
from volteface.models import (
    Article,
    Entry,
    FeedFetch,
    FeedState,
    FetchOutcome,
    FetchResult,
    ParsedFeed,
    identify,
)
from volteface.stages.capture import keep_pages
from volteface.stages.job import Job
from volteface.stages.parsing import as_feed


@dataclass(frozen=True, slots=True)
class Poll:
    """One feed's poll: what was asked, what came (its body no longer), what it held."""

    feed: FeedConfig
    state: FeedState | None
    result: FetchResult
    parsed: ParsedFeed | None


@dataclass(frozen=True, slots=True)
class PollReport:
    """What polling brought, feed by feed."""

    fetches: tuple[FeedFetch, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return the sums that a run keeps."""
        return {
            "feeds_polled": len(self.fetches),
            "feeds_failed": sum(
                1 for row in self.fetches if row.error is not None and row.outcome is not FetchOutcome.POSTPONED
            ),
            "entries_new": sum(row.new_entry_count for row in self.fetches),
            "entries_in_scope": sum(row.in_scope_count for row in self.fetches),
        }


def poll_feeds(job: Job, run_id: str) -> PollReport:
    """Poll every due feed once and save what came: fetches, feed states, entries and the articles in scope.

    A feed that fails costs only itself: its outcome and the reason are its row. Raises WarehouseError.
    """
    now = job.clock()
    collection = job.config.settings.collection
    with job.open_warehouse() as warehouse:
        states = warehouse.load_feed_states()
        book = HostBook(warehouse.load_host_states())
    due = [feed for feed in job.config.feeds if is_due(feed, states.get(feed.id), now, collection)]
    polls = list(_fetch_feeds(job, run_id, due, states, book))
    with job.open_warehouse() as warehouse:
        ids = [entry.entry_id for poll in polls if poll.parsed for entry in poll.parsed.entries]
        known = warehouse.load_known_entry_ids(ids)
        terms = _match_scope(job, polls, known)
        fetches = tuple(_describe_poll(poll, run_id, known, terms) for poll in polls)
        fresh = [e for poll in polls if poll.parsed for e in poll.parsed.entries if e.entry_id not in known]
        articles = {article.article_id: article for article in _build_articles(polls, terms, now)}
        held = warehouse.load_articles(articles.keys())  # another feed's entry may have brought it before
        # All or nothing: validators saved without their entries would hide those entries for good.
        with warehouse.transaction():
            warehouse.save_entries(fresh, now, terms)
            warehouse.save_articles([article for article in articles.values() if article.article_id not in held])
            warehouse.save_feed_fetches(fetches)
            warehouse.save_host_states(book.changed())
            warehouse.save_feed_states(
                [advance_state(p.feed, p.state, p.result, p.parsed, now, collection) for p in polls]
            )
    return PollReport(fetches)


def _fetch_feeds(
    job: Job, run_id: str, due: Sequence[FeedConfig], states: dict[str, FeedState], book: HostBook
) -> Iterable[Poll]:
    """Fetch with validators and parse what is new, in order of completion."""
    collection, now = job.config.settings.collection, job.clock()
    configured = {feed.url for feed in job.config.feeds}
    by_url = {}
    requests = []
    for feed in due:
        state = drop_validators(match_state(feed, states.get(feed.id)), now, collection)
        address = choose_address(feed, state)
        url = feed.url if address in configured else address  # another feed is polled there
        by_url[url] = feed
        requests.append(
            FetchRequest(
                url=url,
                etag=state.etag if state else None,
                last_modified=state.last_modified if state else None,
                body_sha256=state.body_sha256 if state else None,
                max_bytes=collection.max_feed_bytes,
            )
        )
    with (
        Fetcher(collection, transport=job.transport, clock=job.clock, book=book) as fetcher,
        keep_pages(job, run_id, "feeds") as keep,
        job.open_feed_pool() as pool,
    ):
        coming: list[tuple[FeedConfig, FetchResult, Future[ParsedFeed | Fault] | None]] = []
        for done, result in enumerate(fetcher.fetch_all(requests), start=1):
            job.progress("poll", done, len(requests))
            feed = by_url[result.url]
            keep(replace(result, url=feed.url))  # a replay asks for the configured address, wherever it was read
            coming.append((feed, replace(result, body=None), _submit(pool, job, feed, result)))
        for feed, result, parsing in coming:
            yield Poll(feed, states.get(feed.id), result, as_feed(parsing.result()) if parsing else None)


def _submit(
    pool: WorkerPool[..., ParsedFeed], job: Job, feed: FeedConfig, result: FetchResult
) -> Future[ParsedFeed | Fault] | None:
    """Have a body parsed that is new; one that is the same as last time is not parsed again."""
    if result.outcome is not FetchOutcome.OK or result.body is None:
        return None
    return pool.submit(
        result.body,
        feed_id=feed.id,
        fetched_at=result.fetched_at,
        content_type=result.content_type,
        max_entries=job.config.settings.collection.max_entries_per_poll,
    )


def _match_scope(job: Job, polls: Iterable[Poll], known: set[str]) -> dict[str, str | None]:
    """Return, for each new entry, the term that brings it into scope, or None."""
    scope = build_scope(job.config.scope)
    terms: dict[str, str | None] = {}
    for poll in polls:
        for entry in poll.parsed.entries if poll.parsed else ():
            if entry.entry_id not in known:
                terms[entry.entry_id] = "(feed)" if poll.feed.in_scope else scope.match(entry.title, entry.summary)
    return terms


def _build_articles(polls: Iterable[Poll], terms: dict[str, str | None], now: datetime) -> Iterable[Article]:
    for poll in sorted(polls, key=lambda poll: poll.feed.id):  # polls come in order of completion
        for entry in poll.parsed.entries if poll.parsed else ():
            if terms.get(entry.entry_id) and entry.url and entry.canonical_url:
                yield _build_article(poll.feed, entry, entry.url, entry.canonical_url, now)


def _build_article(feed: FeedConfig, entry: Entry, url: str, canonical_url: str, now: datetime) -> Article:
    return Article(
        article_id=identify(canonical_url),
        feed_id=feed.id,
        outlet=feed.outlet,
        url=url,
        canonical_url=canonical_url,
        title=entry.title,
        first_seen_at=now,
        published_at=entry.published_at,
        published_at_basis="feed" if entry.published_at else "none",
        source_title=entry.source_title,
    )


def _describe_poll(poll: Poll, run_id: str, known: set[str], terms: dict[str, str | None]) -> FeedFetch:
    """Return the poll as the warehouse keeps it; ``error`` is the reason in words where anything went wrong."""
    entries = poll.parsed.entries if poll.parsed else ()
    fresh = [entry for entry in entries if entry.entry_id not in known]
    return FeedFetch(
        fetch_id=identify(run_id, poll.feed.id),
        feed_id=poll.feed.id,
        run_id=run_id,
        fetched_at=poll.result.fetched_at,
        outcome=poll.result.outcome,
        http_status=poll.result.http_status,
        parse_status=poll.parsed.status if poll.parsed else None,
        entry_count=len(entries),
        new_entry_count=len(fresh),
        in_scope_count=sum(1 for entry in fresh if terms.get(entry.entry_id)),
        body_sha256=poll.result.body_sha256,
        duration_ms=poll.result.duration_ms,
        error=poll.result.error or (poll.parsed.error if poll.parsed else None),
        truncated_entry_count=poll.parsed.truncated_entry_count if poll.parsed else 0,
        parse_fault=poll.parsed.fault if poll.parsed else None,
    )
