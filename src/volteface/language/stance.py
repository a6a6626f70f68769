"""Who takes which stance on which issue in a Doc: the verdicts of the rules joined to their holders.

Precision first: a verdict without a holder is dropped, and so are two verdicts of one sentence that contradict each
other for the same holder and issue with the same confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from volteface.config.rules import Holder, RuleKind
from volteface.language.annotations import Interval, Via
from volteface.language.clauses import find_condition, find_rationale, has_mark
from volteface.language.documents import ASSEMBLIES
from volteface.language.holders import Holding, find_holders
from volteface.language.kinship import OTHER, Kinship, is_anonymous
from volteface.language.marks import Mark, Reading, Sentence
from volteface.language.polarity import Verdict, judge_sentence
from volteface.models import Basis, Modality, QuoteType, Stance

_VIA_WEIGHT = {
    Via.METONYM: 0.97,
    Via.PRONOUN: 0.9,
    Via.DESCRIPTION: 0.9,
    Via.CANDIDATE: 0.93,
    Via.IMPLICIT: 0.9,
    Via.ROLE: 0.97,
}
_DONE = frozenset((Modality.ACTUAL, Modality.PAST))
_SAYING = ("announc", "pledg", "vow", "promis", "propos")
_SURE = frozenset(("will", "shall", "also"))
_BE = frozenset(("is", "are", "was", "were"))
_FIRST_HAND = frozenset((Basis.ON_RECORD, Basis.ACT))
_NEAR, _FAR = 4, 9  # tokens between cue and issue
_CONTEXT_WEIGHT = 0.9
_UNLISTED_WEIGHT = 0.9  # the id of an actor that nobody configured is made of the words alone


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceHit:
    """One holder's stance on one issue in one sentence; offsets are token indices. ``stance`` is None for a rule that
    only tells a planned event's state.
    """

    sentence: Interval
    verdict: Verdict
    holding: Holding
    basis: Basis
    quote_type: QuoteType
    confidence: float
    condition: Interval | None
    rationale: Interval | None
    is_private: bool
    is_reported_change: bool
    mode: str | None

    @property
    def stance(self) -> Stance | None:
        """What the rule decided, None for an event alone."""
        return self.verdict.stance


def find_stances(reading: Reading, kinship: Kinship) -> Iterator[StanceHit]:
    """Yield the stance hits of a Doc in text order."""
    for sentence in reading.sentences:
        if not sentence.cues:
            continue
        verdicts = _drop_covered(list(judge_sentence(reading, sentence)))
        hits = [
            _join(reading, sentence, verdict, holding)
            for verdict in verdicts
            for holding in find_holders(reading, sentence, verdict, kinship)
        ]
        yield from drop_contradictions(hits)


def _drop_covered(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Drop a verdict whose cue lies inside a longer cue with a verdict on the same issue, unless the longer one tells of
    an agent to the same effect: "appreciate the work of X" says what the speaker wants and what X does.
    """
    return [
        verdict
        for verdict in verdicts
        if not any(
            other.hit.issue_id == verdict.hit.issue_id
            and (other.rule.holder is not Holder.AGENT or other.stance is not verdict.stance)
            and other.cue != verdict.cue
            and other.cue[0] <= verdict.cue[0]
            and verdict.cue[1] <= other.cue[1]
            for other in verdicts
        )
    ]


def _join(reading: Reading, sentence: Sentence, verdict: Verdict, holding: Holding) -> StanceHit:
    focus = (min(verdict.cue[0], verdict.hit.start), max(verdict.cue[1], verdict.hit.end))
    is_private = holding.is_private or has_mark(sentence, Mark.PRIVATE)
    basis = _decide_basis(reading, verdict, holding, is_private=is_private)
    if basis in _FIRST_HAND and sentence.find(Mark.HEARSAY, sentence.start, verdict.cue[0]):
        basis = Basis.REPORTED_BY_OTHER
    if basis is Basis.ON_RECORD and holding.source and reading.words[holding.source[1] - 1] in ASSEMBLIES:
        basis = Basis.VOTE  # an assembly speaks by its votes
    is_deed = basis in {Basis.ACT, Basis.VOTE}
    return StanceHit(
        sentence=(sentence.start, sentence.end),
        verdict=verdict,
        holding=holding,
        basis=basis,
        quote_type=QuoteType.NONE if is_deed else holding.quote_type,
        confidence=_weigh(verdict, holding),
        condition=find_condition(reading, sentence, focus, verdict.stance),
        rationale=find_rationale(reading, sentence, focus),
        is_private=is_private,
        is_reported_change=verdict.rule.is_reported_change or has_mark(sentence, Mark.CHANGE),
        mode=_decide_mode(sentence),
    )


def _decide_basis(reading: Reading, verdict: Verdict, holding: Holding, *, is_private: bool) -> Basis:
    """Say on what footing it is known. What was said in private and is known from no named source is anonymous."""
    if is_anonymous(holding.actor_id) or (holding.reporter and is_anonymous(holding.reporter)):
        return Basis.ANONYMOUS
    if holding.reporter:
        return Basis.REPORTED_BY_OTHER
    if verdict.rule.kind is RuleKind.VOTE:
        return Basis.VOTE
    if is_private:
        return Basis.ANONYMOUS
    return Basis.ACT if _is_deed(reading, verdict, holding) else Basis.ON_RECORD


def _is_deed(reading: Reading, verdict: Verdict, holding: Holding) -> bool:
    """Tell whether it is a deed, not the word for one: done, or sure to be done where the outlet itself tells it.

    "Hamas will free 50 captives" is a deed in the outlet's voice; in the mouth of Hamas, and where Hamas only wants or
    vows to, it is what Hamas says. To announce or to call for a deed is to speak.
    """
    if verdict.rule.kind is not RuleKind.ACT or holding.is_own_word:
        return False
    words, at = reading.words, verdict.cue[0]
    if words[at].startswith(_SAYING):
        return False
    is_sure = words[at - 1] in _SURE or (words[at - 1] == "to" and words[at - 2] in _BE)
    return verdict.modality in _DONE or (verdict.modality is Modality.INTENDED and is_sure and not holding.speaker_text)


def _decide_mode(sentence: Sentence) -> str | None:
    if has_mark(sentence, Mark.VIRTUAL):
        return "virtual"
    return "in_person" if has_mark(sentence, Mark.IN_PERSON) else None


def _weigh(verdict: Verdict, holding: Holding) -> float:
    distance = 1.0 if verdict.gap <= _NEAR else 0.95 if verdict.gap <= _FAR else 0.85
    context = _CONTEXT_WEIGHT if verdict.hit.is_context else 1.0
    via = _VIA_WEIGHT.get(holding.via, 1.0) * (_UNLISTED_WEIGHT if holding.actor_id.startswith(OTHER) else 1.0)
    return round(verdict.rule.confidence * holding.certainty * via * distance * context, 3)


def drop_contradictions(hits: Sequence[StanceHit]) -> list[StanceHit]:
    """Of one sentence's hits that disagree on holder and issue keep the surer, or none where they are as sure."""
    return [hit for hit in hits if hit.stance is None or not _is_outdone(hit, hits)]


def _is_outdone(hit: StanceHit, hits: Iterable[StanceHit]) -> bool:
    return any(
        other.holding.actor_id == hit.holding.actor_id
        and other.verdict.hit.issue_id == hit.verdict.hit.issue_id
        and other.stance not in {hit.stance, None}
        and other.confidence >= hit.confidence
        for other in hits
    )
