"""When a page's text is a new version of its article. A version is immutable; nothing is overwritten."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import datetime

from volteface.articles.boilerplate import Boilerplate
from volteface.articles.extract import EXTRACTOR
from volteface.models import ArticleVersion, ExtractedPage, ExtractOutcome, identify

PAGE = "page"
FEED_SUMMARY = "feed_summary"
MAX_VERSIONS = 24  # of one article; a text that goes on changing is a page's clockwork, not an editor's work


def digest_text(text: str) -> str:
    """Return the SHA-256 of a text whatever its white space and Unicode form: two texts that read the same share it."""
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", text).split()).encode("utf-8", "replace")).hexdigest()


def decide_version(
    *,
    article_id: str,
    latest: ArticleVersion | None,
    page: ExtractedPage,
    seen_at: datetime,
    raw_sha256: str | None,
    text_basis: str = PAGE,
    boilerplate: Boilerplate | None = None,
) -> ArticleVersion | None:
    """Return the article's next version, or None where there is nothing new.

    None for a page without text, for a text that differs from the latest in white space only, or in lines that
    ``boilerplate`` knows for clocks, counters and links, and for a feed's summary where the page itself has been read
    before. A text that comes back after an edit is a version of its own.
    """
    if page.outcome is not ExtractOutcome.OK or not page.text.strip():
        return None
    digest = digest_text(page.text)
    if latest is not None and (latest.text_sha256 == digest or (latest.text_basis == PAGE != text_basis)):
        return None
    if boilerplate and latest and latest.text_basis == text_basis and _reads_alike(latest.text, page.text, boilerplate):
        return None
    number = latest.version_number + 1 if latest is not None else 1
    return ArticleVersion(
        version_id=identify("version", article_id, number, digest),
        article_id=article_id,
        version_number=number,
        seen_at=seen_at,
        title=page.title,
        text=page.text,
        text_sha256=digest,
        text_basis=text_basis,
        extractor=EXTRACTOR if text_basis == PAGE else "feedparser",
        language=page.language,
        raw_sha256=raw_sha256,
    )


def _reads_alike(before: str, after: str, boilerplate: Boilerplate) -> bool:
    """Tell whether two texts are one article, but for boilerplate. Where all of a text is boilerplate, nothing is."""
    kept = boilerplate.drop(before)
    return bool(kept) and digest_text(kept) == digest_text(boilerplate.drop(after))
