"""Where a text brings up a tracked issue. Says which issue and with which sign, not who thinks what of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc

from volteface.config.issues import Issue
from volteface.language.annotations import IssueHit
from volteface.language.phrases import Match, PhraseTable, Tokenize, keep_longest, norm_words


class _Source(StrEnum):
    TERM = "term"
    PAIRED = "paired"
    NEAR = "near"
    CONTEXT = "context"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class _Term:
    issue_id: str
    source: _Source
    sign: int = 1
    pair: int = -1  # which paired_terms entry of the issue
    within: int = 0


class IssueFinder:
    """The issues' wording, ready to be found in Docs that have sentence boundaries."""

    def __init__(self, tokenize: Tokenize, issues: Iterable[Issue]) -> None:
        entries = [entry for issue in issues for entry in _list_terms(issue)]
        self._table: PhraseTable[_Term] = PhraseTable(tokenize, entries)

    def find(self, doc: Doc) -> tuple[IssueHit, ...]:
        """Return the hits in text order; none overlaps another. A context term needs its issue in the text."""
        words = norm_words(doc)
        full: list[Match[_Term]] = []
        context: list[Match[_Term]] = []
        for sentence in doc.sents:
            found = list(self._table.find(words, sentence.start, sentence.end))
            context += [match for match in found if match.key.source is _Source.CONTEXT]
            full += [match for match in found if match.key.source in {_Source.TERM, _Source.BLOCKED}]
            full += _pair(found)
        kept = keep_longest(full)
        hits = [_hit(match) for match in kept if match.key.source is not _Source.BLOCKED]
        hits += _resolve_context(context, kept)
        return tuple(sorted(dict.fromkeys(hits), key=lambda hit: hit.start))


def _list_terms(issue: Issue) -> Iterator[tuple[str, _Term]]:
    for phrase in issue.terms:
        yield phrase, _Term(issue.id, _Source.TERM)
    for phrase in issue.against_terms:
        yield phrase, _Term(issue.id, _Source.TERM, sign=-1)
    for phrase in issue.context_terms:
        yield phrase, _Term(issue.id, _Source.CONTEXT)
    for phrase in issue.not_terms:
        yield phrase, _Term(issue.id, _Source.BLOCKED)
    for number, paired in enumerate(issue.paired_terms):
        sign = -1 if paired.against else 1
        for phrase in paired.terms:
            yield phrase, _Term(issue.id, _Source.PAIRED, sign=sign, pair=number, within=paired.within)
        for phrase in paired.near:
            yield phrase, _Term(issue.id, _Source.NEAR, pair=number)


def _pair(found: Sequence[Match[_Term]]) -> Iterator[Match[_Term]]:
    near = [match for match in found if match.key.source is _Source.NEAR]
    for match in found:
        if match.key.source is _Source.PAIRED and any(_is_pair(match, other) for other in near):
            yield match


def _is_pair(match: Match[_Term], other: Match[_Term]) -> bool:
    if (match.key.issue_id, match.key.pair) != (other.key.issue_id, other.key.pair):
        return False
    gap = max(other.start - match.end, match.start - other.end)
    return 0 <= gap <= match.key.within


def _resolve_context(context: Sequence[Match[_Term]], full: Sequence[Match[_Term]]) -> Iterator[IssueHit]:
    """Give each context term the issue that was introduced last before it, of those that the words can mean.

    Where none was, as in a lead that says "a deal", it is the first that the text introduces.
    """
    taken = {index for match in full for index in range(match.start, match.end)}
    for match in keep_longest(context):
        if taken.intersection(range(match.start, match.end)):
            continue
        meanings = {other.key.issue_id for other in context if (other.start, other.end) == (match.start, match.end)}
        meant = [one for one in full if one.key.issue_id in meanings]
        if meant:
            nearest = max((one for one in meant if one.end <= match.start), key=lambda one: one.start, default=None)
            issue_id = (nearest or min(meant, key=lambda one: one.start)).key.issue_id
            yield IssueHit(start=match.start, end=match.end, issue_id=issue_id, sign=match.key.sign, is_context=True)


def _hit(match: Match[_Term]) -> IssueHit:
    return IssueHit(
        start=match.start, end=match.end, issue_id=match.key.issue_id, sign=match.key.sign, is_context=False
    )
