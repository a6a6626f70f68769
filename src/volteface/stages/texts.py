"""Which text is kept of what was read: a new version, the feed's summary where the page holds none, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from volteface.articles.boilerplate import Boilerplate, build_boilerplate
from volteface.articles.extract import MIN_TEXT
from volteface.articles.versions import FEED_SUMMARY, MAX_VERSIONS, decide_version
from volteface.config.boilerplate import load_boilerplate
from volteface.models import Article, ArticleVersion, ExtractedPage, ExtractOutcome, FetchResult


@dataclass(frozen=True, slots=True)
class Reading:
    """One page: the article, what came, what was found in it, and the new version that it makes, if any."""

    article: Article
    result: FetchResult
    page: ExtractedPage | None
    version: ArticleVersion | None = None


def find_without_text(readings: Sequence[Reading], latest: Mapping[str, ArticleVersion]) -> set[str]:
    """Return the articles whose page was had and holds no article, and of which nothing is known yet."""
    return {
        reading.article.article_id
        for reading in readings
        if reading.page is not None
        and reading.page.outcome is not ExtractOutcome.OK
        and reading.article.article_id not in latest
    }


def choose_texts(
    readings: Sequence[Reading], latest: Mapping[str, ArticleVersion], summaries: Mapping[str, str]
) -> list[Reading]:
    """Return the readings with their new versions. After MAX_VERSIONS texts a page is flapping, and keeps what it has.

    ``summaries`` holds the feed's words by article id, for the articles of ``find_without_text``; one too short to be an
    article is none. What the extraction made of the page stays in the reading.
    """
    boilerplate = build_boilerplate(load_boilerplate())
    chosen = []
    for reading in readings:
        version = _keep_page(reading, latest.get(reading.article.article_id), boilerplate)
        summary = summaries.get(reading.article.article_id, "")
        if version is None and len(summary) >= MIN_TEXT:
            version = _keep_summary(reading, summary)
        chosen.append(_limit(replace(reading, version=version)))
    return chosen


def _keep_page(reading: Reading, latest: ArticleVersion | None, boilerplate: Boilerplate) -> ArticleVersion | None:
    if reading.page is None:
        return None
    return decide_version(
        article_id=reading.article.article_id,
        latest=latest,
        page=reading.page,
        seen_at=reading.result.fetched_at,
        raw_sha256=reading.result.body_sha256,
        boilerplate=boilerplate,
    )


def _keep_summary(reading: Reading, summary: str) -> ArticleVersion | None:
    return decide_version(
        article_id=reading.article.article_id,
        latest=None,
        page=ExtractedPage(outcome=ExtractOutcome.OK, title=reading.article.title, text=summary),
        seen_at=reading.result.fetched_at,
        raw_sha256=None,
        text_basis=FEED_SUMMARY,
    )


def _limit(reading: Reading) -> Reading:
    if reading.version is None or reading.page is None or reading.version.version_number <= MAX_VERSIONS:
        return reading
    page = replace(
        reading.page, outcome=ExtractOutcome.FLAPPING, error=f"its text changes at every look: {MAX_VERSIONS} are kept"
    )
    return replace(reading, page=page, version=None)
