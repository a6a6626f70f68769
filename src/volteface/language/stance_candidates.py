"""Candidate statements of one article, from what the rules say and what the reader says, with what speaks for each.

A candidate is a stance that either of them names. Its features are what a logistic regression weighs into the
probability that the article holds the position: stacked generalisation (Wolpert 1992). Says nothing of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from volteface.language.annotations import IssueHit
from volteface.language.kinship import OTHER, is_anonymous
from volteface.language.stance import StanceHit
from volteface.language.stance_model import CLASSES
from volteface.language.stance_pairs import Pair
from volteface.models import Stance

_LEAST = 0.08  # a stance that the reader thinks less likely is no candidate
_FLOOR = 1e-4
_RULED_MIDDLE, _RULED_SCALE = 0.75, 4.0  # the rules' confidences lie between .5 and 1
_LONG = 150  # characters
_FAR = 20  # tokens
Key = tuple[str, str]  # actor, issue
Chances = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair that was read, with the reader's probabilities of ``CLASSES`` for each issue."""

    pair: Pair
    chances: Mapping[str, Chances]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stance of a pair's actor on an issue. ``ruled`` is the rules' own hit where they say the same."""

    pair: Pair
    issue_id: str
    stance: Stance
    chances: Chances
    ruled: StanceHit | None
    features: Mapping[str, float]


def list_candidates(asked: Sequence[Asked]) -> Iterator[Candidate]:
    """Yield the candidates of one article: all its pairs that were read, of title and text."""
    article = _Article(asked)
    for one in asked:
        for issue_id, chances in one.chances.items():
            ruled = one.pair.ruled.get(issue_id)
            for stance in _list_stances(chances, ruled):
                features = article.describe(one, issue_id, stance)
                same = ruled if ruled and ruled.stance is stance else None
                yield Candidate(one.pair, issue_id, stance, chances, same, features)


def _list_stances(chances: Chances, ruled: StanceHit | None) -> list[Stance]:
    likely = Stance.SUPPORT if chances["support"] >= chances["oppose"] else Stance.OPPOSE
    named = [ruled.stance] if ruled and ruled.stance else []
    return list(dict.fromkeys([*([likely] if chances[likely] > _LEAST else []), *named]))


class _Article:
    """What the candidates of one article have in common."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._counts = Counter(hit.issue_id for one in asked for hit in one.pair.hits)
        self._beside: dict[tuple[bool, int], list[Asked]] = defaultdict(list)
        self._best: dict[Key, float] = {}
        for one in asked:
            self._beside[one.pair.in_title, one.pair.sentence].append(one)
            for issue_id, chances in one.chances.items():
                key = (one.pair.actor_id, issue_id)
                self._best[key] = max(self._best.get(key, 0.0), 1 - chances["none"])

    def describe(self, one: Asked, issue_id: str, stance: Stance) -> dict[str, float]:
        """Return the features of a candidate by name. None of them tells one actor from another."""
        chances = one.chances[issue_id]
        return {
            **_describe_chances(chances, stance),
            **_describe_ruled(one.pair.ruled.get(issue_id), stance, chances),
            **self._describe_issue(one.pair, issue_id, stance, chances),
            **_describe_pair(one.pair),
            **self._describe_rivals(one, issue_id),
        }

    def _describe_issue(self, pair: Pair, issue_id: str, stance: Stance, chances: Chances) -> dict[str, float]:
        hit = next((hit for hit in reversed(pair.hits) if hit.issue_id == issue_id), None)
        total = sum(self._counts.values())
        return {
            **_describe_hit(hit),
            "issue near": float(issue_id in pair.near),
            "issue in article": float(self._counts[issue_id] > 0),
            "issue share": self._counts[issue_id] / max(1, total),
            **_describe_subject(pair.subjects.get(issue_id), is_said=pair.is_said),
            **_describe_gap(pair.gaps.get(issue_id), is_said=pair.is_said),
            "unnamed issue, stance": 0.0 if hit else _odds(_chance_of(chances, stance)),
            "elsewhere": _odds(self._best[pair.actor_id, issue_id]),
        }

    def _describe_rivals(self, one: Asked, issue_id: str) -> dict[str, float]:
        beside = self._beside[one.pair.in_title, one.pair.sentence]
        others = [1 - two.chances[issue_id]["none"] for two in beside if two.pair.actor_id != one.pair.actor_id]
        rivals = [1 - chances["none"] for other, chances in one.chances.items() if other != issue_id]
        most = max(others, default=0.0)
        return {
            "other actor": most,
            "over other actor": 1 - one.chances[issue_id]["none"] - most,
            "other issue": max(rivals, default=0.0),
        }


def _chance_of(chances: Chances, stance: Stance) -> float:
    return chances[stance if stance in CLASSES else "other"]


def _odds(chance: float) -> float:
    return log(max(chance, _FLOOR) / max(1 - chance, _FLOOR))


def _describe_chances(chances: Chances, stance: Stance) -> dict[str, float]:
    contrary = {Stance.SUPPORT: "oppose", Stance.OPPOSE: "support"}.get(stance, "none")
    own = _chance_of(chances, stance)
    return {
        "stance": _odds(own),
        "any stance": _odds(1 - chances["none"]),
        "over contrary": log(max(own, 1e-3) / max(chances[contrary], 1e-3)),
        "is support": float(stance is Stance.SUPPORT),
        "is oppose": float(stance is Stance.OPPOSE),
    }


def _describe_ruled(ruled: StanceHit | None, stance: Stance, chances: Chances) -> dict[str, float]:
    is_same = ruled is not None and ruled.stance is stance
    return {
        "rule agrees": float(is_same),
        "rule differs": float(ruled is not None and not is_same),
        "no rule": float(ruled is None),
        "rule confidence": (ruled.confidence - _RULED_MIDDLE) * _RULED_SCALE if ruled and is_same else 0.0,
        "rule agrees, stance": _odds(_chance_of(chances, stance)) if is_same else 0.0,
    }


def _describe_hit(hit: IssueHit | None) -> dict[str, float]:
    return {
        "issue named": float(hit is not None),
        "issue by context": float(hit is not None and hit.is_context),
        "issue's contrary": float(hit is not None and hit.sign < 0),
    }


def _describe_subject(is_own: bool | None, *, is_said: bool) -> dict[str, float]:  # noqa: FBT001 -- three-valued
    own, other = float(is_own is True), float(is_own is False)
    return {
        "its subject": own,
        "another's subject": other,
        "another's subject, no speaker": 0.0 if is_said else other,
    }


def _describe_gap(gap: tuple[int, int] | None, *, is_said: bool) -> dict[str, float]:
    tokens, others = gap or (0, 0)
    far, crossed = min(tokens, _FAR) / _FAR, float(min(others, 2))
    return {
        "far": far,
        "far, no speaker": 0.0 if is_said else far,
        "others between": crossed,
        "others between, no speaker": 0.0 if is_said else crossed,
    }


def _describe_pair(pair: Pair) -> dict[str, float]:
    return {
        "speaks": float(pair.is_said),
        "named": float(pair.is_named),
        "speaks and named": float(pair.is_said and pair.is_named),
        "title": float(pair.in_title),
        "unnamed source": float(is_anonymous(pair.actor_id)),
        "unlisted": float(pair.actor_id.startswith(OTHER)),
        "length": min(2.0, len(pair.text) / _LONG),
    }
