"""Choose and re-flow White House documents (works of the US government, public domain) for the demo capture."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from site_writing import SitePage

OUTLET = "The White House"

MIN_MENTIONS = 3
MIN_MENTIONS_PER_1000_CHARACTERS = 2.0
MAX_CHARACTERS = 6000

_TOPIC = re.compile(r"\b(Gaza|hostages?|cease-?fire|humanitarian (?:aid|assistance|pauses?)|Hamas|Rafah)\b")
# "Q  Thank you." and "MR. KIRBY:" mark transcripts, in which the White House is not the only one that speaks.
_TRANSCRIPT = re.compile(r"^(?:Q\s|[A-Z][A-Z. \u2019'-]{3,}:)", re.MULTILINE)
# Others' words (press round-ups, an op-ed, statements signed with other governments) are not the government's alone.
_OTHERS_WORDS = re.compile(r"^(?:ICYMI|WHAT THEY ARE SAYING)|Joint Statement")
_MARKUP = re.compile(
    r"<sup>|</sup>|(?<!\w)\*+|\*+(?!\w)|\[(?P<words>[^\]]+)\]\([^)\s]+\)|\\(?=#)"
)  # left by an HTML converter
_BROKEN = re.compile(r"\\(?:u[0-9A-F]{4}|x[0-9A-F]{2})")  # escapes left in the source's titles


def load_white_house_pages(path: Path) -> list[SitePage]:
    """Return the chosen documents of a JSONL file ({date, published, url, category, title, text}), oldest first."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        chosen = choose_documents(json.loads(line) for line in lines)
    return sorted(chosen, key=lambda page: (page.published_at or datetime.min.replace(tzinfo=UTC), page.url))


def choose_documents(documents: Iterable[Mapping[str, str]]) -> list[SitePage]:
    """Return statements and readouts about Gaza as pages: no transcript, no text or address twice, none about other things."""
    pages, seen = [], set()
    for document in documents:
        keys = {document["url"], document["text"]}
        if seen & keys or not is_chosen(document):
            continue
        seen |= keys
        pages.append(_build_page(document))
    return pages


def is_chosen(document: Mapping[str, str]) -> bool:
    """Tell whether a document is a short one of the government's own, mainly about Gaza."""
    text, title = document["text"], document["title"]
    mentions = len(_TOPIC.findall(text))
    return (
        document["category"] == "statements-releases"
        and len(text) <= MAX_CHARACTERS
        and mentions >= MIN_MENTIONS
        and 1000 * mentions / len(text) >= MIN_MENTIONS_PER_1000_CHARACTERS
        and not _TRANSCRIPT.search(text)
        and not _OTHERS_WORDS.search(title)
        and not _BROKEN.search(title + text)
    )


def reflow(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a hard-wrapped text, each on one line and without marks of emphasis and links.

    A word broken after its hyphen is joined.
    """
    paragraphs = []
    for block in re.split(r"\n\s*\n", text.strip()):
        joined = re.sub(r"(?<=\w-)\s*\n\s*(?=\w)", "", block)
        plain = _MARKUP.sub(lambda match: match["words"] or "", joined)
        paragraphs.append(" ".join(plain.split()))
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _build_page(document: Mapping[str, str]) -> SitePage:
    return SitePage(
        url=document["url"],
        outlet=OUTLET,
        title=" ".join(
            document["title"].replace("\u2019 s ", "\u2019s ").split()
        ),  # a gap that the source's typesetting left
        paragraphs=reflow(document["text"]),
        published_at=datetime.fromisoformat(document["published"]).astimezone(UTC),
    )
