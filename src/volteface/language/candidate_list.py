"""Gather who speaks in many articles without being configured: one row a person or body, however it is spelt.

Spellings with the same first and last word are one; a lone surname belongs to the only full name that ends so; an
acronym to the only body whose initials it is. What fits several stays apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from volteface.language.known_names import KnownNames, Name, fold_name
from volteface.models import CandidateKind

_MAX_CONTEXTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSeen:
    """One candidate in one article version, as the warehouse has it."""

    candidate_id: str
    name: str
    kind: CandidateKind
    introduced_as: str | None
    speech_count: int
    statement_count: int
    context: str
    article_id: str
    outlet: str
    url: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSummary:
    """One person or body over all articles. ``names``, ``outlets`` and ``introductions``: the most frequent first."""

    candidate_ids: tuple[str, ...]
    names: tuple[str, ...]
    kind: CandidateKind
    speech_count: int
    statement_count: int
    article_count: int
    outlets: tuple[str, ...]
    introductions: tuple[tuple[str, int], ...]
    contexts: tuple[CandidateSeen, ...]  # the newest ones
    first_seen_at: datetime
    last_seen_at: datetime

    @property
    def name(self) -> str:
        """Return the fullest name: the one of most words, then the most frequent."""
        return max(self.names, key=lambda name: (len(fold_name(name)), -self.names.index(name)))


def gather_candidates(rows: Iterable[CandidateSeen], known: KnownNames) -> list[CandidateSummary]:
    """Return the candidates that are not configured, those in most articles first, then those that speak most."""
    groups: dict[Name, list[CandidateSeen]] = {}
    for row in rows:
        if not known.holds(row.name, row.candidate_id):
            groups.setdefault(_find_key(row), []).append(row)
    for short, full in _match_short_names(groups).items():
        groups[full] += groups.pop(short)
    found = [_sum_up(group) for group in groups.values()]
    return sorted(found, key=lambda one: (-one.article_count, -one.speech_count, one.name))


def _find_key(row: CandidateSeen) -> Name:
    """Return the same for all spellings of a name: a body's words, a person's first and last one."""
    words = fold_name(row.name)
    return words if row.kind is CandidateKind.BODY or len(words) < 2 else (words[0], words[-1])  # noqa: PLR2004 -- two names


def _match_short_names(groups: dict[Name, list[CandidateSeen]]) -> dict[Name, Name]:
    """Return for each lone surname or acronym the only full name that it can be short for."""
    by_last: dict[str, list[Name]] = {}
    by_initials: dict[str, list[Name]] = {}
    for key, rows in groups.items():
        if len(key) > 1:
            by_last.setdefault(key[-1], []).append(key)
            for initials in {_list_initials(row.name) for row in rows}:
                by_initials.setdefault(initials, []).append(key)
    matched: dict[Name, Name] = {}
    for key in groups:
        if len(key) == 1:
            fitting = by_last.get(key[0], []) + by_initials.get(key[0], [])
            matched |= {key: fitting[0]} if len(fitting) == 1 else {}
    return matched


def _list_initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper()).lower()


def _sum_up(rows: Sequence[CandidateSeen]) -> CandidateSummary:
    newest = sorted(rows, key=lambda row: (row.seen_at, row.candidate_id), reverse=True)
    return CandidateSummary(
        candidate_ids=_rank(row.candidate_id for row in rows),
        names=_rank(row.name for row in rows),
        kind=_judge_kind(rows),
        speech_count=sum(row.speech_count for row in rows),
        statement_count=sum(row.statement_count for row in rows),
        article_count=len({row.article_id for row in rows}),
        outlets=_rank(row.outlet for row in rows),
        introductions=tuple(Counter(row.introduced_as for row in newest if row.introduced_as).most_common()),
        contexts=tuple(newest[:_MAX_CONTEXTS]),
        first_seen_at=newest[-1].seen_at,
        last_seen_at=newest[0].seen_at,
    )


def _rank(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(values).most_common())


def _judge_kind(rows: Sequence[CandidateSeen]) -> CandidateKind:
    """Return what most articles show; an outlet's reporter is one everywhere."""
    kinds = Counter(row.kind for row in rows if row.kind is not CandidateKind.UNKNOWN)
    if CandidateKind.OUTLET in kinds:
        return CandidateKind.OUTLET
    return kinds.most_common(1)[0][0] if kinds else CandidateKind.UNKNOWN
