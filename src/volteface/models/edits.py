"""What an outlet did to its article after it was published: pairs of versions, and the edits found in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from volteface.models.vocabulary import EditKind, WordClass


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPair:
    """Two versions of one article that one model has read, the later one being the next that it read."""

    article_id: str
    before_version_id: str
    after_version_id: str
    before_title: str
    before_text: str
    after_title: str
    after_text: str
    known_from: datetime  # when the later one was first seen


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionComparison:
    """A pair of versions was compared, with the count of attributed spans by what became of them."""

    before_version_id: str
    after_version_id: str
    model_version: str
    unchanged_count: int
    moved_count: int
    typographic_count: int
    altered_count: int
    attribution_changed_count: int
    removed_count: int
    added_count: int
    is_rewrite: bool  # most of the text is another: what is gone from it was not edited away


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteEdit:
    """An attributed span that an outlet altered, took out or gave to another speaker after publication.

    ``before_text`` is ``text[before_start:before_end]`` of the earlier version (of its title where ``evidence_in`` is
    "title"), ``after_text`` likewise of the later one, None where the words are gone. Without a statement the span is
    a quotation whose speaker no tracked issue brought up.
    """

    edit_id: str
    article_id: str
    before_version_id: str
    after_version_id: str
    kind: EditKind
    word_class: WordClass | None  # the gravest thing that was changed; None where no word was
    is_quoted: bool  # the change is between quotation marks, not in the outlet's own words
    statement_id: str | None
    after_statement_id: str | None
    actor_id: str | None
    after_actor_id: str | None
    issue_id: str | None
    model_version: str
    evidence_in: str
    before_text: str
    before_start: int
    before_end: int
    after_text: str | None
    after_start: int | None
    after_end: int | None
    word_diff: str  # "will [-not-] {+now+} go", cut to what surrounds the changes
    known_from: datetime
