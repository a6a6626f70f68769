"""Decides which candidate statements an article makes: the rules and the trained reader together, with a probability.

Abstains under the model's thresholds, of which that for what the reader alone says is the higher, and where the two signs of one actor on one issue in one article are about as
likely: a wrong sign is the worst error of all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from volteface.config.issues import Issue
from volteface.language.stance_candidates import Asked, Candidate, list_candidates
from volteface.language.stance_model import CLASSES, StanceModel
from volteface.language.stance_pairs import Pair, list_pairs
from volteface.models import Stance

FEWEST_LABELS = 20  # pairs with a stance on the issue among those that the model learned from
_CONTRARY = {Stance.SUPPORT: Stance.OPPOSE, Stance.OPPOSE: Stance.SUPPORT}
Place = tuple[bool, int, str, str]
"""In the title or not, the sentence's number, actor, issue."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A candidate that stands, with the probability that the article holds the position."""

    candidate: Candidate
    confidence: float

    @property
    def place(self) -> Place:
        """Return where it stands, on whom and what."""
        pair = self.candidate.pair
        return pair.in_title, pair.sentence, pair.actor_id, self.candidate.issue_id


class StanceJudge:
    """Judges articles with one model, on the issues of a configuration that it was trained on.

    An issue with another proposition than the model's is another issue, and one of which the model saw hardly any
    statement is unknown to it: there the rules alone decide.
    """

    def __init__(self, model: StanceModel, issues: Iterable[Issue]) -> None:
        self.model = model
        self.issues = frozenset(
            one.id
            for one in issues
            if model.propositions.get(one.id) == one.proposition
            and model.meta["labels"].get(one.id, 0) >= FEWEST_LABELS
        )

    def judge(self, article: tuple[Doc, Doc]) -> dict[Place, Decision]:
        """Return the decisions of an article, given as its title and text with their annotations."""
        return self.decide(self.ask(article)) if self.issues else {}

    def ask(self, article: tuple[Doc, Doc]) -> list[Asked]:
        """Return the pairs of one article that are worth reading, read."""
        pairs = self._list_pairs(*article)
        answers = self.model.read(pairs) if pairs else ()
        return [self._ask(pair, answer) for pair, answer in zip(pairs, answers, strict=True)]

    def _list_pairs(self, title: Doc, text: Doc) -> list[Pair]:
        pairs = list_pairs(title, title._.stance_reading, title._.stance_hits, None)
        pairs += list_pairs(text, text._.stance_reading, text._.stance_hits, title.text)
        return [pair for pair in pairs if self.model.is_worth_reading(pair)]

    def _ask(self, pair: Pair, answer: Iterable[Iterable[float]]) -> Asked:
        chances = [dict(zip(CLASSES, map(float, one), strict=True)) for one in answer]
        by_issue = dict(zip(self.model.propositions, chances, strict=True))
        return Asked(pair, {issue_id: one for issue_id, one in by_issue.items() if issue_id in self.issues})

    def decide(self, asked: Sequence[Asked]) -> dict[Place, Decision]:
        """Return the decisions of one article whose pairs were read."""
        weights, thresholds = self.model.linear["judge"], self.model.meta["thresholds"]
        best: dict[Place, Decision] = {}
        for candidate in list_candidates(asked):
            decision = Decision(candidate, round(weights.score(candidate.features), 4))
            known = best.get(decision.place)
            if known is None or decision.confidence > known.confidence:
                best[decision.place] = decision
        sure = {
            place: one
            for place, one in best.items()
            if one.confidence >= thresholds["statement" if one.candidate.ruled else "alone"]
        }
        return _drop_unclear(sure, thresholds["margin"])


def _drop_unclear(decisions: Mapping[Place, Decision], margin: float) -> dict[Place, Decision]:
    """Leave out what the article contradicts more surely, or as surely but for a margin, elsewhere."""
    surest: dict[tuple[str, str, Stance], float] = defaultdict(float)
    for (_, _, actor_id, issue_id), one in decisions.items():
        key = (actor_id, issue_id, one.candidate.stance)
        surest[key] = max(surest[key], one.confidence)
    return {
        place: one
        for place, one in decisions.items()
        if one.candidate.stance not in _CONTRARY
        or surest[(*place[2:], one.candidate.stance)]
        >= surest.get((*place[2:], _CONTRARY[one.candidate.stance]), -1.0) + margin
    }
