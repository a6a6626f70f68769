"""Who would not speak, and on what. "So did the ministry" says the same of the ministry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from volteface.language.annotations import ActorMention, Attribution, Interval, IssueHit, Via
from volteface.language.phrases import norm_words

_NO_ANSWER = frozenset({"respond", "reply", "answer", "returned"})
_BARE = frozenset({"it", "them", "this", "that", "report", "reports", "matter", "record", "specifics", "details"})
_ON = frozenset({"on", "about", "further"})
_PLACES = frozenset({"around", "at", "near", "outside", "inside"})  # "the fighting at the hospital"
_ELLIPSES = (["so", "did"], ["neither", "did"], ["as", "did"])
_MEMORY = 120  # tokens back in which "it" finds what it means


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Somebody declining to comment in one sentence, on one issue."""

    actor_id: str
    speaker_text: str
    via: Via | None
    sentence: Interval
    cue: Interval
    issue_id: str


def find_refusals(doc: Doc, main_issue_id: str) -> Iterator[Refusal]:
    """Yield the refusals to comment of a Doc that carries mentions, attributions and issue hits.

    A refusal is about the issue that its sentence names; for "on it" or "on the reports" the one brought up last;
    without a matter, the article's main one. A matter of its own ("on the fighting at the hospital") is none of ours,
    and who merely did not answer in time has refused nothing.
    """
    for attribution in doc._.attributions:
        if not attribution.is_declined or attribution.cue is None:
            continue
        sentence = doc[attribution.cue[0]].sent
        issue_id = _find_issue(doc, attribution.cue, sentence.end, main_issue_id)
        if issue_id is None:
            continue
        refusals = list(_list_speakers(attribution, (sentence.start, sentence.end), issue_id))
        yield from refusals
        yield from _follow(doc, sentence.end, issue_id) if refusals else ()


def _list_speakers(attribution: Attribution, sentence: Interval, issue_id: str) -> Iterator[Refusal]:
    for speaker in attribution.speakers:
        assert attribution.cue is not None
        yield Refusal(
            actor_id=speaker,
            speaker_text=attribution.speaker_text,
            via=attribution.via,
            sentence=sentence,
            cue=attribution.cue,
            issue_id=issue_id,
        )


def _find_issue(doc: Doc, cue: Interval, end: int, main_issue_id: str) -> str | None:
    words = norm_words(doc[cue[0] : end])
    if not _NO_ANSWER.isdisjoint(words):
        return None
    hits: Sequence[IssueHit] = doc._.issue_hits
    named = [hit for hit in hits if cue[1] <= hit.start < end]
    if named:
        is_incident = named[0].is_context and not _PLACES.isdisjoint(norm_words(doc[named[0].end : named[0].end + 1]))
        return None if is_incident else named[0].issue_id
    after = norm_words(doc[cue[1] : end])
    if not after or after[0] not in _ON:
        return main_issue_id
    if _BARE.isdisjoint(after[1:3]):
        return None
    before = [hit.issue_id for hit in hits if cue[0] - _MEMORY <= hit.start < cue[0]]
    return before[-1] if before else main_issue_id


def _follow(doc: Doc, start: int, issue_id: str) -> Iterator[Refusal]:
    """Yield who did the same in the sentence after: "So did the Israeli prime minister's office."."""
    if start >= len(doc):
        return
    sentence = doc[start].sent
    if norm_words(doc[start : start + 2]) not in _ELLIPSES:
        return
    mentions: Sequence[ActorMention] = doc._.actor_mentions
    for mention in mentions:
        if start + 2 <= mention.start <= start + 4 and mention.end <= sentence.end:
            yield Refusal(
                actor_id=mention.actor_id,
                speaker_text=doc[mention.start : mention.end].text,
                via=mention.via,
                sentence=(sentence.start, sentence.end),
                cue=(start, start + 2),
                issue_id=issue_id,
            )
