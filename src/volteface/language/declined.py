"""Who would not speak, and on what. "So did the ministry" says the same of the ministry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from volteface.language.annotations import ActorMention, Attribution, Interval, IssueHit, Via
from volteface.language.lexicon import WEEKDAYS
from volteface.language.phrases import norm_words

_NO_ANSWER = frozenset(
    {"respond", "responded", "reply", "replied", "answer", "answered", "return", "returned", "immediate"}
)
_NOT_YET = (["not", "commented"], ["not", "yet", "commented"])  # "has not commented": nobody may have asked
_BARE = frozenset({"it", "them", "this", "that", "report", "reports", "matter", "record", "specifics", "details"})
_ON = frozenset({"on", "about", "further"})
_ASKED = frozenset({"asked", "questioned", "pressed"})
_PLACES = frozenset({"around", "at", "near", "outside", "inside"})  # "the fighting at the hospital"
_ELLIPSES = (["so", "did"], ["neither", "did"], ["as", "did"])
_MEMORY = 2  # sentences back in which "it", or a refusal without a matter, finds what it means
_DETERMINERS = frozenset({"the", "these", "those", "any", "such", "further", "more", "his", "her", "its", "their"})


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

    A refusal is about the issue that its sentence names; for "on it" or "on the reports" the one brought up last, in
    the sentences right before; without a matter, the article's main one, where they bring it up or there are none. A
    matter of its own ("on the fighting at the hospital", "asked about the claim") is none of ours, and who merely did
    not answer in time, or has not commented, has refused nothing.
    """
    for attribution in doc._.attributions:
        if not attribution.is_declined or attribution.cue is None:
            continue
        sentence = doc[attribution.cue[0]].sent
        issue_id = _find_issue(doc, attribution.cue, (sentence.start, sentence.end), main_issue_id)
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


def _find_issue(doc: Doc, cue: Interval, sentence: Interval, main_issue_id: str) -> str | None:
    start, end = sentence
    if not _NO_ANSWER.isdisjoint(norm_words(doc[cue[0] : end])) or _has_only_not_spoken(doc, cue):
        return None
    matter = _find_matter(doc, cue, sentence)
    hits: Sequence[IssueHit] = doc._.issue_hits
    if matter is None:
        before = _list_recent(doc, hits, cue[0])
        return main_issue_id if main_issue_id in before or _opens_text(doc, start) else None
    named = [hit for hit in hits if matter[0] <= hit.start < matter[1]]
    if named:
        is_incident = named[0].is_context and not _PLACES.isdisjoint(norm_words(doc[named[0].end : named[0].end + 1]))
        return None if is_incident else named[0].issue_id
    if not _is_bare(norm_words(doc[matter[0] : matter[1]])):
        return None
    before = _list_recent(doc, hits, cue[0])
    return before[-1] if before else None


def _has_only_not_spoken(doc: Doc, cue: Interval) -> bool:
    said = norm_words(doc[cue[0] : cue[1]])
    return any(said[-len(words) :] == words for words in _NOT_YET)


def _find_matter(doc: Doc, cue: Interval, sentence: Interval) -> Interval | None:
    """Return the words for what is not commented on: after "on", or after "asked about"; None where there are none."""
    words = norm_words(doc[sentence[0] : sentence[1]])
    at = cue[1] - sentence[0]
    if at < len(words) and words[at] in _ON and WEEKDAYS.isdisjoint(words[at + 1 : at + 2]):
        return (cue[1] + 1, sentence[1])
    asked = next((index for index, word in enumerate(words) if word in _ASKED), None)
    if asked is None:
        return None
    begin = sentence[0] + asked + 1
    return (begin + (words[asked + 1 : asked + 2] == ["about"]), cue[0] if begin <= cue[0] else sentence[1])


def _is_bare(words: Sequence[str]) -> bool:
    """Tell whether a matter is only a word that points back: "it", "the reports"; not "reports of strikes"."""
    plain = [word for word in words if word not in _DETERMINERS]
    return bool(plain) and plain[0] in _BARE and (len(plain) == 1 or not plain[1].isalpha())


def _list_recent(doc: Doc, hits: Sequence[IssueHit], token: int) -> list[str]:
    """Return the issues that the sentence of a token, up to it, and those right before it bring up, in text order."""
    start = doc[token].sent.start
    for _ in range(_MEMORY):
        start = doc[start - 1].sent.start if start else 0
    return [hit.issue_id for hit in hits if start <= hit.start < token]


def _opens_text(doc: Doc, start: int) -> bool:
    return not any(token.is_alpha for token in doc[:start])


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
