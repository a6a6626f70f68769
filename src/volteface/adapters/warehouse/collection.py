"""What collection brought, in the warehouse: polls, entries, articles, page fetches and versions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from volteface.adapters.warehouse.rows import encode_model
from volteface.adapters.warehouse.store import TableStore, dump_ids
from volteface.models import Article, ArticleVersion, Entry, FeedFetch, FeedState, HostState, PageFetch

# An attempt after which another one makes sense only for edits, or never: our own rules do not change by asking again.
_SETTLED = "('ok', 'unchanged', 'not_modified', 'refused', 'too_large')"
_GONE = 410


class CollectionTables(TableStore):
    """feed_state, host_state, feed_fetch, entry, article, page_fetch, article_version."""

    # ----------------------------------------------------------------------------------------------------------- feeds
    def load_feed_states(self) -> dict[str, FeedState]:
        """Return what is remembered of each feed, by feed id."""
        return {state.feed_id: state for state in self.load(FeedState, "FROM feed_state AS t")}

    def save_feed_states(self, states: Sequence[FeedState]) -> None:
        """Save what is to be remembered of feeds; the last one saved counts."""
        self.save_models("feed_state", states, is_updating=True)

    def load_host_states(self) -> list[HostState]:
        """Return what is remembered of hosts."""
        return self.load(HostState, "FROM host_state AS t")

    def save_host_states(self, states: Sequence[HostState]) -> None:
        """Save what is to be remembered of hosts; the last one saved counts."""
        self.save_models("host_state", states, is_updating=True)

    def save_feed_fetches(self, fetches: Sequence[FeedFetch]) -> None:
        """Save polls; one that is there already stays as it is."""
        self.save_models("feed_fetch", fetches)

    def load_known_entry_ids(self, ids: Collection[str]) -> set[str]:
        """Return those of the ids whose entries have been seen before."""
        return self.load_ids(
            """SELECT entry_id FROM entry WHERE entry_id IN (SELECT unnest(from_json_strict(?, '["VARCHAR"]')))""",
            [dump_ids(ids)],
        )

    def save_entries(
        self, entries: Sequence[Entry], first_seen_at: datetime, scope_terms: Mapping[str, str | None]
    ) -> None:
        """Save entries as first seen; ``scope_terms`` says by entry id which term brought it into scope, if any."""
        rows = [
            {**encode_model(entry), "first_seen_at": first_seen_at, "scope_term": scope_terms.get(entry.entry_id)}
            for entry in entries
        ]
        self.save_rows("entry", rows)

    # -------------------------------------------------------------------------------------------------------- articles
    def load_articles(self, ids: Collection[str]) -> dict[str, Article]:
        """Return the articles with these ids that are known, by id."""
        found = self.load(
            Article,
            """FROM article AS t WHERE article_id IN (SELECT unnest(from_json_strict(?, '["VARCHAR"]')))""",
            [dump_ids(ids)],
        )
        return {article.article_id: article for article in found}

    def save_articles(self, articles: Sequence[Article]) -> None:
        """Save articles; of one that is there, all but ``first_seen_at`` takes the new values."""
        kept = self.load_articles({article.article_id for article in articles})
        rows = [encode_model(article) for article in articles]
        for row in rows:
            if before := kept.get(str(row["article_id"])):
                row["first_seen_at"] = before.first_seen_at
        self.save_rows("article", rows, is_updating=True)

    def save_page_fetches(self, fetches: Sequence[PageFetch]) -> None:
        """Save attempts at pages; one that is there already stays as it is."""
        self.save_models("page_fetch", fetches)

    def load_recheck_articles(self, now: datetime, hours: tuple[int, ...]) -> list[Article]:
        """Return articles to read again for edits: an hour mark after first sight has passed since the last attempt.

        Articles without any attempt are not among them; see ``load_unfetched_articles``.
        """
        tail = """FROM article AS t JOIN (SELECT article_id, max(fetched_at) AS tried_at FROM page_fetch GROUP BY ALL)
                    AS last USING (article_id)
                  WHERE EXISTS (FROM (SELECT unnest(?::INTEGER[]) AS h) AS mark
                    WHERE first_seen_at + to_hours(h) <= ? AND tried_at < first_seen_at + to_hours(h))
                  ORDER BY first_seen_at, article_id"""
        return self.load(Article, tail, [list(hours), now]) if hours else []

    def load_unfetched_articles(self, limit: int, max_attempts: int = 3) -> list[Article]:
        """Return articles whose page was never had though it may yet be, newest first: no attempt, or failed ones.

        A page that our own rules refused, that is too large or gone (410) is not asked for again.
        """
        tail = f"""FROM article AS t LEFT JOIN page_fetch AS f USING (article_id) GROUP BY ALL
                  HAVING count(f.fetch_id) < ? AND count(*) FILTER (f.outcome IN {_SETTLED} OR f.http_status = {_GONE}) = 0
                  ORDER BY first_seen_at DESC, article_id LIMIT ?"""
        return self.load(Article, tail, [max_attempts, limit])

    def load_summaries(self, article_ids: Collection[str]) -> dict[str, str]:
        """Return what feeds say of these articles in their own words, the longest each, where they say anything."""
        sql = """SELECT article_id, arg_max(summary, (length(summary), entry_id)) AS summary
                 FROM article JOIN entry USING (canonical_url)
                 WHERE article_id IN (SELECT unnest(from_json_strict(?, '["VARCHAR"]'))) AND summary <> ''
                 GROUP BY article_id"""
        return {str(row["article_id"]): str(row["summary"]) for row in self.query(sql, [dump_ids(article_ids)])}

    # -------------------------------------------------------------------------------------------------------- versions
    def load_latest_versions(self, article_ids: Collection[str]) -> dict[str, ArticleVersion]:
        """Return the newest version of each of these articles that has one, by article id."""
        tail = """FROM article_version AS t WHERE article_id IN (SELECT unnest(from_json_strict(?, '["VARCHAR"]')))
                   QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version_number DESC) = 1"""
        return {version.article_id: version for version in self.load(ArticleVersion, tail, [dump_ids(article_ids)])}

    def save_versions(self, versions: Sequence[ArticleVersion]) -> None:
        """Save versions; they are immutable, so one that is there already stays."""
        self.save_models("article_version", versions)
